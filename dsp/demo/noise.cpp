#include "demo/noise.h"

#include <cmath>

#include "demo/tone_math.h"

namespace mixwell::demo {

// Two poles over white noise of variance 1/3; the gain makes the deviation 1 for small factors.
Wander::Wander(std::uint32_t seed, double cutoffHz, double blockRateHz) noexcept
    : noise_(seed),
      factor_(static_cast<double>(onePoleFactor(cutoffHz, blockRateHz))),
      gain_(std::sqrt(12.0 / factor_)) {}

double Wander::step() noexcept {
  first_ += factor_ * (static_cast<double>(noise_.white()) - first_);
  second_ += factor_ * (first_ - second_);
  return gain_ * second_;
}

}  // namespace mixwell::demo
