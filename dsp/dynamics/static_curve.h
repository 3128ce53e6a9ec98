#pragma once

#include "core/float4.h"

namespace mixwell::dynamics {

/// The least reduction that is ever asked for: keeps what follows off denormals, and its gain is 1.
inline constexpr float leastReduction = 1e-12f;

/// What a compressor asks for at a level, with a quadratic knee (Giannoulis, Massberg, Reiss, JAES 60, 2012,
/// equation 4). All in powers of 2 of power; the slope is 1 - 1 / ratio.
template <typename V>
class StaticCurve {
 public:
  StaticCurve(V threshold, V knee, V slope) noexcept
      : kneeStart_(threshold - V(0.5f) * knee),
        knee_(knee),
        halfOverKnee_(V(0.5f) / core::max(knee, V(1e-6f))),
        slope_(slope) {}

  V reductionAt(V level) const noexcept {
    const V above = level - kneeStart_;
    const V curved = core::min(core::max(above, V(0.0f)), knee_);
    const V straight = core::max(above - knee_, V(0.0f));
    return core::max(slope_ * (curved * curved * halfOverKnee_ + straight), V(leastReduction));
  }

 private:
  V kneeStart_;
  V knee_;
  V halfOverKnee_;
  V slope_;
};

}  // namespace mixwell::dynamics
