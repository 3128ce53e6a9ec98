#pragma once

#include <cmath>
#include <cstdint>

#include "core/math.h"
#include "core/ramp.h"

namespace mixwell::engine {

/// How loud a device makes its sound: the ratio of running loudness behind it and in front (mean squares of
/// both sides over about 400 ms). The gain moves every 64 frames, so that it does not depend on blocks.
/// Belongs to the thread that runs the engine.
class LevelMatch {
 public:
  void prepare(double sampleRateHz) noexcept {
    constexpr double seconds = 0.4;
    constexpr double log2OfE = 1.4426950408889634;
    keep_ = static_cast<float>(1.0 - core::exp2(-log2OfE / (seconds * sampleRateHz)));
    reset();
  }
  void reset() noexcept {
    before_ = behind_ = 0.0f;
    frame_ = 0;
    gain_ = core::Ramp<float>{1.0f};
  }

  /// Takes in a frame before and behind the device; returns what the one before is to be multiplied by.
  float next(float beforeLeft, float beforeRight, float left, float right) noexcept {
    before_ += keep_ * (beforeLeft * beforeLeft + beforeRight * beforeRight - before_);
    behind_ += keep_ * (left * left + right * right - behind_);
    if (before_ < quiet) before_ = 0.0f;
    if (behind_ < quiet) behind_ = 0.0f;
    if (frame_++ % step == 0 && before_ > 0.0f && behind_ > 0.0f) {
      const float ratio = std::sqrt(behind_ / before_);
      gain_.start(0, core::min(core::max(ratio, 1.0f / most), most), step);
    }
    const float gain = gain_.next();
    gain_.passed(1);
    return gain;
  }

 private:
  static constexpr std::uint32_t step = 64;
  static constexpr float most = 16.0f;
  static constexpr float quiet = 1e-12f;

  core::Ramp<float> gain_{1.0f};
  float before_ = 0.0f;
  float behind_ = 0.0f;
  float keep_ = 0.0f;
  std::uint32_t frame_ = 0;
};

}  // namespace mixwell::engine
