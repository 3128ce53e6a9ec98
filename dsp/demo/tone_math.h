#pragma once

#include "core/math.h"

/// What the demo song's instruments compute with, beside core/math.h: the same bits natively and in wasm.
namespace mixwell::demo {

using core::dbToGain;
using core::exp2;

/// sin(2 pi turns) within 1e-6 for |turns| < 2^21, without a branch.
inline float sinTurns(float turns) noexcept {
  constexpr float kRound = 12582912.0f;
  const float x = turns - ((turns + kRound) - kRound);
  const float u = x * x;
  const float rest =
      6.2831837813f + u * (-16.2086541001f + u * (16.7595083976f + u * (-9.5159071240f + u * 3.0184155820f)));
  return x * (1.0f - 4.0f * u) * rest;
}

inline double sinTurns(double turns) noexcept {
  return core::sinQuarterTurns(4.0 * turns);
}

inline double cosTurns(double turns) noexcept {
  return core::sinQuarterTurns(4.0 * turns + 1.0);
}

/// MIDI pitch (69 is A4, 440 Hz) to Hz.
inline double pitchToHz(double pitch) noexcept {
  return 440.0 * exp2((pitch - 69.0) / 12.0);
}

/// Factor per step of something that falls by 60 dB in `seconds`, with `rateHz` steps a second.
inline float decayFactor(double seconds, double rateHz) noexcept {
  return static_cast<float>(exp2(-9.965784284662087 / (seconds * rateHz)));
}

/// Coefficient of y += a * (x - y) for a one-pole low-pass.
inline float onePoleFactor(double cutoffHz, double rateHz) noexcept {
  return static_cast<float>(1.0 - exp2(-9.064720283654388 * cutoffHz / rateHz));
}

/// The same for a time constant.
inline float slewFactor(double seconds, double rateHz) noexcept {
  return static_cast<float>(1.0 - exp2(-1.4426950408889634 / (seconds * rateHz)));
}

inline float clampUnit(float x) noexcept {
  return x < 0.0f ? 0.0f : (x > 1.0f ? 1.0f : x);
}

inline double clampUnit(double x) noexcept {
  return x < 0.0 ? 0.0 : (x > 1.0 ? 1.0 : x);
}

/// Odd saturation with slope 1 at zero, bounded by 1 (a rational stand-in for tanh).
inline float saturate(float x) noexcept {
  const float held = x < -3.0f ? -3.0f : (x > 3.0f ? 3.0f : x);
  const float square = held * held;
  return held * (27.0f + square) / (27.0f + 9.0f * square);
}

}  // namespace mixwell::demo
