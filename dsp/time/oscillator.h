#pragma once

#include "core/math.h"
#include "params/device.h"
#include "time/note_lengths.h"

namespace mixwell::time {

/// A slow sine and its cosine, turned on frame by frame. Any one thread.
class Oscillator {
 public:
  void reset() noexcept {
    sine_ = 0.0;
    cosine_ = 1.0;
    phase_ = 0.0;
  }

  /// From here on; the phase goes on without a jump.
  void setRate(double turnsPerFrame) noexcept {
    if (turnsPerFrame == rate_) return;
    rate_ = turnsPerFrame;
    stepSine_ = core::sin(2.0 * core::pi * rate_);
    stepCosine_ = core::cos(2.0 * core::pi * rate_);
  }

  void advance() noexcept {
    const double s = sine_ * stepCosine_ + cosine_ * stepSine_;
    const double c = cosine_ * stepCosine_ - sine_ * stepSine_;
    const double toUnit = 1.5 - 0.5 * (s * s + c * c);
    sine_ = s * toUnit;
    cosine_ = c * toUnit;
    phase_ += rate_;
    if (phase_ >= 1.0) phase_ -= 1.0;
  }

  double sine() const noexcept { return sine_; }
  double cosine() const noexcept { return cosine_; }
  /// The sine of another phase, given by the parts that it has of this sine and cosine.
  double turned(float ofSine, float ofCosine) const noexcept {
    return static_cast<double>(ofSine) * sine_ + static_cast<double>(ofCosine) * cosine_;
  }
  /// 0 to 1, for pictures.
  float phase() const noexcept { return static_cast<float>(phase_); }

 private:
  double rate_ = 0.0;
  double stepSine_ = 0.0;
  double stepCosine_ = 1.0;
  double sine_ = 0.0;
  double cosine_ = 1.0;
  double phase_ = 0.0;
};

/// Turns a frame of an oscillator whose turn is a note (a place in `turnBeats`), or `rateHz` where it is
/// none.
inline double turnsPerFrame(double note, double rateHz, double sampleRateHz,
                            const params::BlockContext& context) noexcept {
  const double beats = turnBeats[static_cast<std::size_t>(note)];
  if (!(beats > 0.0)) return rateHz / sampleRateHz;
  const double frames = beats * context.framesPerBeat;
  return frames > 8.0 ? 1.0 / frames : 0.125;
}

}  // namespace mixwell::time
