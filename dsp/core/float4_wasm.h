#pragma once

// Part of float4.h.
namespace mixwell::core {

inline Float4::Float4(float value) : v(wasm_f32x4_splat(value)) {}
inline Float4 Float4::load(const float* from) {
  return Float4(wasm_v128_load(from));
}
inline void Float4::store(float* to) const {
  wasm_v128_store(to, v);
}

inline Float4 operator+(Float4 a, Float4 b) {
  return Float4(wasm_f32x4_add(a.v, b.v));
}
inline Float4 operator-(Float4 a, Float4 b) {
  return Float4(wasm_f32x4_sub(a.v, b.v));
}
inline Float4 operator*(Float4 a, Float4 b) {
  return Float4(wasm_f32x4_mul(a.v, b.v));
}
inline Float4 operator/(Float4 a, Float4 b) {
  return Float4(wasm_f32x4_div(a.v, b.v));
}
// pmin(x, y) is y < x ? y : x and pmax(x, y) is x < y ? y : x: the arguments change places.
inline Float4 min(Float4 a, Float4 b) {
  return Float4(wasm_f32x4_pmin(b.v, a.v));
}
inline Float4 max(Float4 a, Float4 b) {
  return Float4(wasm_f32x4_pmax(b.v, a.v));
}
inline Float4 abs(Float4 a) {
  return Float4(wasm_f32x4_abs(a.v));
}
inline Float4 less(Float4 a, Float4 b) {
  return Float4(wasm_f32x4_lt(a.v, b.v));
}
inline Float4 select(Float4 mask, Float4 yes, Float4 no) {
  return Float4(wasm_v128_bitselect(yes.v, no.v, mask.v));
}
inline Float4 sqrt(Float4 a) {
  return Float4(wasm_f32x4_sqrt(a.v));
}
inline void interleave(Float4& a, Float4& b) {
  const Float4 low(wasm_i32x4_shuffle(a.v, b.v, 0, 4, 1, 5));
  b = Float4(wasm_i32x4_shuffle(a.v, b.v, 2, 6, 3, 7));
  a = low;
}
inline void deinterleave(Float4& a, Float4& b) {
  const Float4 even(wasm_i32x4_shuffle(a.v, b.v, 0, 2, 4, 6));
  b = Float4(wasm_i32x4_shuffle(a.v, b.v, 1, 3, 5, 7));
  a = even;
}
inline void transpose(Float4& a, Float4& b, Float4& c, Float4& d) {
  const v128_t ab0 = wasm_i32x4_shuffle(a.v, b.v, 0, 4, 1, 5);
  const v128_t ab1 = wasm_i32x4_shuffle(a.v, b.v, 2, 6, 3, 7);
  const v128_t cd0 = wasm_i32x4_shuffle(c.v, d.v, 0, 4, 1, 5);
  const v128_t cd1 = wasm_i32x4_shuffle(c.v, d.v, 2, 6, 3, 7);
  a.v = wasm_i32x4_shuffle(ab0, cd0, 0, 1, 4, 5);
  b.v = wasm_i32x4_shuffle(ab0, cd0, 2, 3, 6, 7);
  c.v = wasm_i32x4_shuffle(ab1, cd1, 0, 1, 4, 5);
  d.v = wasm_i32x4_shuffle(ab1, cd1, 2, 3, 6, 7);
}

inline Double2::Double2(double value) : v(wasm_f64x2_splat(value)) {}
inline Double2::Double2(double first, double second) : v(wasm_f64x2_make(first, second)) {}
inline Double2 Double2::load(const double* from) {
  return Double2(wasm_v128_load(from));
}
inline void Double2::store(double* to) const {
  wasm_v128_store(to, v);
}
inline Double2 operator+(Double2 a, Double2 b) {
  return Double2(wasm_f64x2_add(a.v, b.v));
}
inline Double2 operator-(Double2 a, Double2 b) {
  return Double2(wasm_f64x2_sub(a.v, b.v));
}
inline Double2 operator*(Double2 a, Double2 b) {
  return Double2(wasm_f64x2_mul(a.v, b.v));
}
inline Double2 widenLow(Float4 a) {
  return Double2(wasm_f64x2_promote_low_f32x4(a.v));
}
inline Double2 widenHigh(Float4 a) {
  return Double2(wasm_f64x2_promote_low_f32x4(wasm_i32x4_shuffle(a.v, a.v, 2, 3, 2, 3)));
}
inline Float4 narrowed(Double2 a, Double2 b) {
  return Float4(
      wasm_i32x4_shuffle(wasm_f32x4_demote_f64x2_zero(a.v), wasm_f32x4_demote_f64x2_zero(b.v), 0, 1, 4, 5));
}

}  // namespace mixwell::core
