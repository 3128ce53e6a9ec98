#pragma once

#include "core/float4.h"
#include "core/math.h"

namespace mixwell::dynamics {

/// The largest magnitude of a block on both sides; a NaN counts for nothing.
class BlockPeak {
 public:
  void clear() noexcept { peak_ = 0.0f; }
  void take(float left, float right) noexcept {
    peak_ = core::max(core::abs(left), peak_);
    peak_ = core::max(core::abs(right), peak_);
  }
  /// -130 for silence.
  float db() const noexcept {
    const double held = static_cast<double>(core::min(core::max(peak_, 3.2e-7f), 1e30f));
    return static_cast<float>(core::gainToDb(held));
  }

 private:
  float peak_ = 0.0f;
};

}  // namespace mixwell::dynamics
