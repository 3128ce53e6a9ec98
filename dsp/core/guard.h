#pragma once

/// What keeps a loop sound: no NaN goes round, nothing grows for ever, nothing fades into denormals. Any
/// thread.
namespace mixwell::core {

/// The sample, or 0 where it is no number or far beyond any sound.
inline float soundOrZero(float x) noexcept {
  return __builtin_fabsf(x) < 1e6f ? x : 0.0f;
}

/// 30 dB over full scale: more than a loop of gain under 1 holds of any sound.
inline constexpr float loopCeiling = 32.0f;

/// The sample within the ceiling of a loop; 0 where it is no number or under -300 dB.
inline float heldInLoop(float x) noexcept {
  if (!(__builtin_fabsf(x) > 1e-15f)) return 0.0f;
  const float below = x < loopCeiling ? x : loopCeiling;
  return below > -loopCeiling ? below : -loopCeiling;
}

/// 0 where a state of a filter has decayed to nothing.
inline double flushed(double state) noexcept {
  return __builtin_fabs(state) > 1e-18 ? state : 0.0;
}

}  // namespace mixwell::core
