#pragma once

#include <cstdint>

#include "core/float4.h"

/// Logarithm and power to base 2 in floats, quick enough for each sample of each lane, with the same bits for
/// Float4 and float and on every target. Polynomials fitted by Remez' exchange. Errors are bounds that
/// fast_log2_test.cpp measures. Any thread.
namespace mixwell::core {

namespace detail {

#if defined(__SSE2__)
inline Float4 exponentOf(Float4 x) {
  const __m128i bits = _mm_srli_epi32(_mm_castps_si128(x.v), 23);
  return Float4(_mm_cvtepi32_ps(_mm_sub_epi32(bits, _mm_set1_epi32(127))));
}
inline Float4 mantissaOf(Float4 x) {
  const __m128i bits = _mm_and_si128(_mm_castps_si128(x.v), _mm_set1_epi32(0x7fffff));
  return Float4(_mm_castsi128_ps(_mm_or_si128(bits, _mm_set1_epi32(0x3f800000))));
}
inline Float4 lowBitsAsPower(Float4 x) {
  return Float4(_mm_castsi128_ps(_mm_slli_epi32(_mm_castps_si128(x.v), 23)));
}
#elif defined(__wasm_simd128__)
inline Float4 exponentOf(Float4 x) {
  return Float4(wasm_f32x4_convert_i32x4(wasm_i32x4_sub(wasm_u32x4_shr(x.v, 23), wasm_i32x4_splat(127))));
}
inline Float4 mantissaOf(Float4 x) {
  return Float4(wasm_v128_or(wasm_v128_and(x.v, wasm_i32x4_splat(0x7fffff)), wasm_i32x4_splat(0x3f800000)));
}
inline Float4 lowBitsAsPower(Float4 x) {
  return Float4(wasm_i32x4_shl(x.v, 23));
}
#endif

inline float exponentOf(float x) {
  return static_cast<float>(static_cast<std::int32_t>(__builtin_bit_cast(std::uint32_t, x) >> 23U) - 127);
}
inline float mantissaOf(float x) {
  return __builtin_bit_cast(float, (__builtin_bit_cast(std::uint32_t, x) & 0x7fffffU) | 0x3f800000U);
}
inline float lowBitsAsPower(float x) {
  return __builtin_bit_cast(float, __builtin_bit_cast(std::uint32_t, x) << 23U);
}

#if !defined(__SSE2__) && !defined(__wasm_simd128__)
inline Float4 exponentOf(Float4 x) {
  for (float& lane : x.v.lane) lane = exponentOf(lane);
  return x;
}
inline Float4 mantissaOf(Float4 x) {
  for (float& lane : x.v.lane) lane = mantissaOf(lane);
  return x;
}
inline Float4 lowBitsAsPower(Float4 x) {
  for (float& lane : x.v.lane) lane = lowBitsAsPower(lane);
  return x;
}
#endif

}  // namespace detail

/// Logarithm to base 2 of a normal number above 0, exact for powers of two; error under 2e-5 and the rounding
/// of the result.
template <typename V>
V fastLog2(V x) noexcept {
  const V t = detail::mantissaOf(x) - V(1.0f);
  V p = V(0.148426666f) + t * V(-0.045149056f);
  p = V(-0.267179414f) + t * p;
  p = V(0.44191704f) + t * p;
  return detail::exponentOf(x) + (t + t * (V(1.0f) - t) * p);
}

/// 2 to the power of x, exact for whole x, 1 for |x| < 1e-8; |x| <= 125. Relative error under 4e-6.
template <typename V>
V fastExp2(V x) noexcept {
  // 1.5 * 2^23 + 127: the sum's low bits are the exponent's.
  const V shifted = x + V(12583039.0f);
  const V f = x - (shifted - V(12583039.0f));
  V p = V(0.0559062276f) + f * V(0.00958287209f);
  p = V(0.240240971f) + f * p;
  p = V(0.693124216f) + f * p;
  return (V(1.0f) + f * p) * detail::lowBitsAsPower(shifted);
}

}  // namespace mixwell::core
