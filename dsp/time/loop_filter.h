#pragma once

#include <array>

#include "core/guard.h"
#include "core/math.h"
#include "core/ramp.h"

namespace mixwell::time {

/// A cut for the loop of a delay: second-order Butterworth, 12 dB an octave, whose gain is nowhere above 1,
/// for two sides (state-variable filter with trapezoidal integrators; Simper, "Solving the continuous SVF
/// equations using trapezoidal integration", 2013). Switched off it passes everything, to the bit. Any one
/// thread.
class LoopFilter {
 public:
  enum class Kind : std::uint8_t { lowCut, highCut };

  explicit LoopFilter(Kind kind) noexcept : kind_(kind) {}

  void reset() noexcept { state_ = {}; }

  void tune(bool on, double cutoffHz, double sampleRateHz, std::uint32_t glideFrames) noexcept {
    if (on && amount_.settled() && amount_.target() == 0.0f) reset();
    const double highestHz = 0.45 * sampleRateHz;
    const double angle = core::pi * (cutoffHz < highestHz ? cutoffHz : highestHz) / sampleRateHz;
    warped_.start(0, static_cast<float>(core::sin(angle) / core::cos(angle)), glideFrames);
    amount_.start(0, on ? 1.0f : 0.0f, glideFrames);
  }

  bool isOff() const noexcept { return amount_.settled() && amount_.target() == 0.0f; }

  /// One frame, where it is not off.
  void process(float& left, float& right) noexcept {
    const double g = static_cast<double>(warped_.next());
    if (g != tuned_) {
      tuned_ = g;
      a1_ = 1.0 / (1.0 + g * (g + damping));
      a2_ = g * a1_;
      a3_ = g * a2_;
    }
    const float amount = amount_.next();
    left += amount * (filtered(state_[0], left) - left);
    right += amount * (filtered(state_[1], right) - right);
  }
  void passed(std::size_t frames) noexcept {
    warped_.passed(frames);
    amount_.passed(frames);
  }

  /// Goes on without sound.
  void skip(std::size_t frames) noexcept {
    warped_.skip(frames);
    amount_.skip(frames);
  }

 private:
  static constexpr double damping = 1.4142135623730951;

  struct Integrators {
    double band = 0.0;
    double low = 0.0;
  };

  float filtered(Integrators& state, float x) const noexcept {
    const double rest = static_cast<double>(x) - state.low;
    const double band = a1_ * state.band + a2_ * rest;
    const double low = state.low + a2_ * state.band + a3_ * rest;
    state.band = core::flushed(2.0 * band - state.band);
    state.low = core::flushed(2.0 * low - state.low);
    return static_cast<float>(kind_ == Kind::highCut ? low : static_cast<double>(x) - damping * band - low);
  }

  Kind kind_;
  core::Ramp<float> warped_{0.0f};
  core::Ramp<float> amount_{0.0f};
  double tuned_ = -1.0;
  double a1_ = 0.0;
  double a2_ = 0.0;
  double a3_ = 0.0;
  std::array<Integrators, 2> state_;
};

}  // namespace mixwell::time
