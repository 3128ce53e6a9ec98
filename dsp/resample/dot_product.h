#pragma once

#include <array>
#include <cstddef>
#include <cstring>

namespace mixwell::resample {

// Two doubles that are added and multiplied at once: SSE2, NEON or wasm SIMD, with the same bits on each.
using Double2 = double __attribute__((vector_size(16)));

inline Double2 load2(const double* at) noexcept {
  Double2 value;
  std::memcpy(&value, at, sizeof(value));
  return value;
}

// Sums of products of one set of taps with several signals; `count` is a multiple of 8. The order of
// summation is fixed: eight interleaved partial sums, then pairwise.
template <size_t signals>
std::array<double, signals> dotProducts(const double* taps, const std::array<const double*, signals>& at,
                                        size_t count) noexcept {
  Double2 sums[signals][4] = {};
  for (size_t i = 0; i < count; i += 8) {
    for (size_t part = 0; part < 4; ++part) {
      const Double2 tap = load2(taps + i + 2 * part);
      for (size_t s = 0; s < signals; ++s) sums[s][part] += tap * load2(at[s] + i + 2 * part);
    }
  }
  std::array<double, signals> result;
  for (size_t s = 0; s < signals; ++s) {
    const Double2 sum = (sums[s][0] + sums[s][1]) + (sums[s][2] + sums[s][3]);
    result[s] = sum[0] + sum[1];
  }
  return result;
}

}  // namespace mixwell::resample
