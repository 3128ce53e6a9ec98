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

/// Gains of the two sides.
struct SideGains {
  float left;
  float right;
};

/// Of a track's fader and pan, with values that need not be the track's own.
SideGains outputGains(const Track& track, double volumeDb, double pan) noexcept;
/// Of a send, likewise.
SideGains sendGains(const Track& track, const Send& send, double gainDb, double pan) noexcept;

}  // namespace mixwell::engine
