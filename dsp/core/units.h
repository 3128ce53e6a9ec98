#pragma once

#include <cmath>
#include <cstdint>

namespace mixwell::core {

/// The nearest number of frames to a time of up to hours. Any thread.
inline std::uint32_t framesIn(double milliseconds, double sampleRateHz) noexcept {
  return static_cast<std::uint32_t>(std::llround(milliseconds * 0.001 * sampleRateHz));
}

}  // namespace mixwell::core
