#pragma once

#include "core/math.h"

namespace mixwell::dynamics {

/// The part of its way that an exponential goes in each frame, when it shall have gone 63 % (1 - 1/e) of it
/// after so many frames.
inline double smoothingPart(double frames) noexcept {
  return 1.0 - core::exp2(-1.4426950408889634 / frames);
}

}  // namespace mixwell::dynamics
