#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace mixwell::mastering {

inline constexpr size_t noiseShaperOrder = 12;

// The filter 1 + a[0] z^-1 + a[1] z^-2 + ... that noise is passed through so that it is heard least: the
// prediction-error filter of the ear's sensitivity (linear prediction as in Gerzon and Craven, "Optimal noise
// shaping and dither of digital signals", AES 1989), minimum phase. The sensitivity is the inverse of
// Terhardt's threshold in quiet (1979), held within 35 dB so that the noise at high frequencies stays
// moderate. `sampleRateHz` is 8000 or more. Not for the audio thread.
std::array<double, noiseShaperOrder> designNoiseShaper(uint32_t sampleRateHz) noexcept;

}  // namespace mixwell::mastering
