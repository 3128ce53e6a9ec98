#pragma once

// Part of float4.h.
namespace mixwell::core {

inline Float4::Float4(float value) : v{{value, value, value, value}} {}
inline Float4 Float4::load(const float* from) {
  return Float4(FourFloats{{from[0], from[1], from[2], from[3]}});
}
inline void Float4::store(float* to) const {
  for (std::size_t i = 0; i < laneCount; ++i) to[i] = v.lane[i];
}

template <typename Operation>
Float4 eachLane(Float4 a, Float4 b, Operation operation) {
  for (std::size_t i = 0; i < laneCount; ++i) a.v.lane[i] = operation(a.v.lane[i], b.v.lane[i]);
  return a;
}

inline float maskLane(bool set) {
  return __builtin_bit_cast(float, set ? 0xffffffffU : 0U);
}

inline Float4 operator+(Float4 a, Float4 b) {
  return eachLane(a, b, [](float x, float y) { return x + y; });
}
inline Float4 operator-(Float4 a, Float4 b) {
  return eachLane(a, b, [](float x, float y) { return x - y; });
}
inline Float4 operator*(Float4 a, Float4 b) {
  return eachLane(a, b, [](float x, float y) { return x * y; });
}
inline Float4 operator/(Float4 a, Float4 b) {
  return eachLane(a, b, [](float x, float y) { return x / y; });
}
inline Float4 min(Float4 a, Float4 b) {
  return eachLane(a, b, [](float x, float y) { return x < y ? x : y; });
}
inline Float4 max(Float4 a, Float4 b) {
  return eachLane(a, b, [](float x, float y) { return x > y ? x : y; });
}
inline Float4 abs(Float4 a) {
  return eachLane(a, a, [](float x, float) { return __builtin_fabsf(x); });
}
inline Float4 less(Float4 a, Float4 b) {
  return eachLane(a, b, [](float x, float y) { return maskLane(x < y); });
}
inline Float4 select(Float4 mask, Float4 yes, Float4 no) {
  for (std::size_t i = 0; i < laneCount; ++i) {
    if (__builtin_bit_cast(unsigned, mask.v.lane[i]) != 0U) no.v.lane[i] = yes.v.lane[i];
  }
  return no;
}
inline Float4 sqrt(Float4 a) {
  return eachLane(a, a, [](float x, float) { return __builtin_sqrtf(x); });
}
inline void interleave(Float4& a, Float4& b) {
  const Float4 x = a;
  const Float4 y = b;
  for (std::size_t i = 0; i < laneCount; ++i) {
    a.v.lane[i] = i % 2 == 0 ? x.v.lane[i / 2] : y.v.lane[i / 2];
    b.v.lane[i] = i % 2 == 0 ? x.v.lane[2 + i / 2] : y.v.lane[2 + i / 2];
  }
}
inline void deinterleave(Float4& a, Float4& b) {
  const Float4 x = a;
  const Float4 y = b;
  for (std::size_t i = 0; i < laneCount; ++i) {
    a.v.lane[i] = i < 2 ? x.v.lane[2 * i] : y.v.lane[2 * i - 4];
    b.v.lane[i] = i < 2 ? x.v.lane[2 * i + 1] : y.v.lane[2 * i - 3];
  }
}
inline void transpose(Float4& a, Float4& b, Float4& c, Float4& d) {
  const Float4 rows[laneCount] = {a, b, c, d};
  for (std::size_t i = 0; i < laneCount; ++i) {
    a.v.lane[i] = rows[i].v.lane[0];
    b.v.lane[i] = rows[i].v.lane[1];
    c.v.lane[i] = rows[i].v.lane[2];
    d.v.lane[i] = rows[i].v.lane[3];
  }
}

inline Double2::Double2(double value) : v{{value, value}} {}
inline Double2::Double2(double first, double second) : v{{first, second}} {}
inline Double2 Double2::load(const double* from) {
  return {from[0], from[1]};
}
inline void Double2::store(double* to) const {
  to[0] = v.lane[0];
  to[1] = v.lane[1];
}
inline Double2 operator+(Double2 a, Double2 b) {
  return {a.v.lane[0] + b.v.lane[0], a.v.lane[1] + b.v.lane[1]};
}
inline Double2 operator-(Double2 a, Double2 b) {
  return {a.v.lane[0] - b.v.lane[0], a.v.lane[1] - b.v.lane[1]};
}
inline Double2 operator*(Double2 a, Double2 b) {
  return {a.v.lane[0] * b.v.lane[0], a.v.lane[1] * b.v.lane[1]};
}
inline Double2 widenLow(Float4 a) {
  return {a.v.lane[0], a.v.lane[1]};
}
inline Double2 widenHigh(Float4 a) {
  return {a.v.lane[2], a.v.lane[3]};
}
inline Float4 narrowed(Double2 a, Double2 b) {
  return Float4(FourFloats{{static_cast<float>(a.v.lane[0]), static_cast<float>(a.v.lane[1]),
                            static_cast<float>(b.v.lane[0]), static_cast<float>(b.v.lane[1])}});
}

}  // namespace mixwell::core
