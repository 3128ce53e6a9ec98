#pragma once

// Part of float4.h.
namespace mixwell::core {

inline Float4::Float4(float value) : v(_mm_set1_ps(value)) {}
inline Float4 Float4::load(const float* from) {
  return Float4(_mm_loadu_ps(from));
}
inline void Float4::store(float* to) const {
  _mm_storeu_ps(to, v);
}

inline Float4 operator+(Float4 a, Float4 b) {
  return Float4(a.v + b.v);
}
inline Float4 operator-(Float4 a, Float4 b) {
  return Float4(a.v - b.v);
}
inline Float4 operator*(Float4 a, Float4 b) {
  return Float4(a.v * b.v);
}
inline Float4 operator/(Float4 a, Float4 b) {
  return Float4(a.v / b.v);
}
inline Float4 min(Float4 a, Float4 b) {
  return Float4(_mm_min_ps(a.v, b.v));  // NOLINT(portability-simd-intrinsics)
}
inline Float4 max(Float4 a, Float4 b) {
  return Float4(_mm_max_ps(a.v, b.v));  // NOLINT(portability-simd-intrinsics)
}
inline Float4 abs(Float4 a) {
  return Float4(_mm_andnot_ps(_mm_set1_ps(-0.0f), a.v));
}
inline Float4 less(Float4 a, Float4 b) {
  return Float4(_mm_cmplt_ps(a.v, b.v));
}
inline Float4 select(Float4 mask, Float4 yes, Float4 no) {
  return Float4(_mm_or_ps(_mm_and_ps(mask.v, yes.v), _mm_andnot_ps(mask.v, no.v)));
}
inline Float4 sqrt(Float4 a) {
  return Float4(_mm_sqrt_ps(a.v));
}
/// a0 b0 a1 b1 becomes a, a2 b2 a3 b3 becomes b.
inline void interleave(Float4& a, Float4& b) {
  const Float4 low(_mm_unpacklo_ps(a.v, b.v));
  b = Float4(_mm_unpackhi_ps(a.v, b.v));
  a = low;
}
/// The other way round.
inline void deinterleave(Float4& a, Float4& b) {
  const Float4 even(_mm_shuffle_ps(a.v, b.v, _MM_SHUFFLE(2, 0, 2, 0)));
  b = Float4(_mm_shuffle_ps(a.v, b.v, _MM_SHUFFLE(3, 1, 3, 1)));
  a = even;
}
/// Rows become columns.
inline void transpose(Float4& a, Float4& b, Float4& c, Float4& d) {
  _MM_TRANSPOSE4_PS(a.v, b.v, c.v, d.v);
}

inline Double2::Double2(double value) : v(_mm_set1_pd(value)) {}
inline Double2::Double2(double first, double second) : v(_mm_set_pd(second, first)) {}
inline Double2 Double2::load(const double* from) {
  return Double2(_mm_loadu_pd(from));
}
inline void Double2::store(double* to) const {
  _mm_storeu_pd(to, v);
}
inline Double2 operator+(Double2 a, Double2 b) {
  return Double2(a.v + b.v);
}
inline Double2 operator-(Double2 a, Double2 b) {
  return Double2(a.v - b.v);
}
inline Double2 operator*(Double2 a, Double2 b) {
  return Double2(a.v * b.v);
}
inline Double2 widenLow(Float4 a) {
  return Double2(_mm_cvtps_pd(a.v));
}
inline Double2 widenHigh(Float4 a) {
  return Double2(_mm_cvtps_pd(_mm_movehl_ps(a.v, a.v)));
}
/// Rounded to floats, those of b behind those of a.
inline Float4 narrowed(Double2 a, Double2 b) {
  return Float4(_mm_movelh_ps(_mm_cvtpd_ps(a.v), _mm_cvtpd_ps(b.v)));
}

}  // namespace mixwell::core
