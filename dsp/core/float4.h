#pragma once

#include <cstddef>

#if defined(__SSE2__)
#include <emmintrin.h>
#elif defined(__wasm_simd128__)
#include <wasm_simd128.h>
#endif

/// Vectors of fixed width with the same bits on every target: plain IEEE operations, no contraction, and min
/// and max written as `a < b ? a : b`, which has one answer for NaN and signed zeros. Any thread.
namespace mixwell::core {

inline constexpr std::size_t laneCount = 4;

#if defined(__SSE2__)
using FourFloats = __m128;
using TwoDoubles = __m128d;
#elif defined(__wasm_simd128__)
using FourFloats = v128_t;
using TwoDoubles = v128_t;
#else
struct FourFloats {
  float lane[4];
};
struct TwoDoubles {
  double lane[2];
};
#endif

/// Four floats. Comparisons give masks (all bits of a lane set or clear) for `select`.
struct Float4 {
  FourFloats v;

  Float4() = default;
  explicit Float4(FourFloats raw) : v(raw) {}
  /// The same value in each lane.
  Float4(float value);  // NOLINT(google-explicit-constructor): `x * 0.5f` is meant to read so

  static Float4 load(const float* from);
  void store(float* to) const;
  float lane(std::size_t index) const;
  void setLane(std::size_t index, float value);
};

/// Two doubles, for what must not lose anything.
struct Double2 {
  TwoDoubles v;

  Double2() = default;
  explicit Double2(TwoDoubles raw) : v(raw) {}
  /// The same value in each lane.
  Double2(double value);  // NOLINT(google-explicit-constructor): as with Float4
  Double2(double first, double second);

  static Double2 load(const double* from);
  void store(double* to) const;
  double first() const;
};

}  // namespace mixwell::core

#if defined(__SSE2__)
#include "core/float4_sse2.h"
#elif defined(__wasm_simd128__)
#include "core/float4_wasm.h"
#else
#include "core/float4_portable.h"
#endif

namespace mixwell::core {

inline float Float4::lane(std::size_t index) const {
  float lanes[laneCount];
  store(lanes);
  return lanes[index];
}

inline void Float4::setLane(std::size_t index, float value) {
  float lanes[laneCount];
  store(lanes);
  lanes[index] = value;
  *this = load(lanes);
}

inline double Double2::first() const {
  double lanes[2];
  store(lanes);
  return lanes[0];
}

// The scalar twins, so that one text serves four lanes and one.
inline float min(float a, float b) {
  return a < b ? a : b;
}
inline float max(float a, float b) {
  return a > b ? a : b;
}
inline float abs(float a) {
  return __builtin_fabsf(a);
}
inline float sqrt(float a) {
  return __builtin_sqrtf(a);
}
inline bool less(float a, float b) {
  return a < b;
}
inline float select(bool mask, float yes, float no) {
  return mask ? yes : no;
}

}  // namespace mixwell::core
