#pragma once

#include <cstddef>

#include "core/float4.h"

namespace mixwell::core {

/// Adds the product of two spectra, bins `from` to `to` (multiples of 4), whose imaginary parts lie `bins`
/// floats behind the real ones. Bin 0 holds two real numbers: that of 0 Hz and that of half the rate.
inline void addProduct(const float* a, const float* b, float* sum, std::size_t bins, std::size_t from,
                       std::size_t to) noexcept {
  const float zero = sum[0] + a[0] * b[0];
  const float highest = sum[bins] + a[bins] * b[bins];
  for (std::size_t k = from; k < to; k += 4) {
    const Float4 aRe = Float4::load(a + k);
    const Float4 aIm = Float4::load(a + bins + k);
    const Float4 bRe = Float4::load(b + k);
    const Float4 bIm = Float4::load(b + bins + k);
    (Float4::load(sum + k) + (aRe * bRe - aIm * bIm)).store(sum + k);
    (Float4::load(sum + bins + k) + (aRe * bIm + aIm * bRe)).store(sum + bins + k);
  }
  if (from == 0) {
    sum[0] = zero;
    sum[bins] = highest;
  }
}

}  // namespace mixwell::core
