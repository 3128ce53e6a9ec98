#pragma once

#include "engine/arrangement.h"

namespace mixwell::engine {

/// Linear gains that a strip's parameters amount to.
struct StripGains {
  float input;  ///< trim and polarity
  float left;   ///< pan and fader
  float right;
  float on;  ///< mute and solo: 1 or 0
};

StripGains stripGains(const Track& track, bool heard) noexcept;

}  // namespace mixwell::engine
