#pragma once

#include "demo/tone_math.h"

/// Filters of the demo song's instruments. `flush()` once a block keeps decaying states out of the denormals.
namespace mixwell::demo {

inline constexpr float kSilence = 1e-15f;

inline void flushTiny(float& state) noexcept {
  if (state < kSilence && state > -kSilence) state = 0.0f;
}

inline void flushTiny(double& state) noexcept {
  if (state < 1e-15 && state > -1e-15) state = 0.0;
}

class OnePole {
 public:
  void setCutoff(double cutoffHz, double rateHz) noexcept { factor_ = onePoleFactor(cutoffHz, rateHz); }
  void reset() noexcept { state_ = 0.0f; }
  float lowpass(float x) noexcept {
    state_ += factor_ * (x - state_);
    return state_;
  }
  float highpass(float x) noexcept { return x - lowpass(x); }
  void flush() noexcept { flushTiny(state_); }

 private:
  float factor_ = 1.0f;
  float state_ = 0.0f;
};

/// State-variable filter, trapezoidal (Zavalishin, "The Art of VA Filter Design", chapter 4).
class Svf {
 public:
  struct Bands {
    float low;
    float band;  ///< unity at the centre
    float high;
  };

  /// The cutoff is held below 0.45 of the sample rate.
  void set(double cutoffHz, double q, double rateHz) noexcept {
    const double ratio = cutoffHz / rateHz;
    const double turns = 0.5 * (ratio > 0.45 ? 0.45 : ratio);
    const double g = sinTurns(turns) / cosTurns(turns);
    const double k = 1.0 / q;
    const double scale = 1.0 / (1.0 + g * (g + k));
    k_ = static_cast<float>(k);
    a1_ = static_cast<float>(scale);
    a2_ = static_cast<float>(g * scale);
    a3_ = static_cast<float>(g * g * scale);
  }
  void reset() noexcept { first_ = second_ = 0.0f; }
  Bands tick(float x) noexcept {
    const float rest = x - second_;
    const float band = a1_ * first_ + a2_ * rest;
    const float low = second_ + a2_ * first_ + a3_ * rest;
    first_ = 2.0f * band - first_;
    second_ = 2.0f * low - second_;
    return {low, k_ * band, x - k_ * band - low};
  }
  void flush() noexcept {
    flushTiny(first_);
    flushTiny(second_);
  }

 private:
  float k_ = 1.0f;
  float a1_ = 1.0f;
  float a2_ = 0.0f;
  float a3_ = 0.0f;
  float first_ = 0.0f;
  float second_ = 0.0f;
};

/// Two-pole resonator with unity gain at 0 Hz (Klatt 1980, equation 1): one formant.
class Resonator {
 public:
  void set(double centreHz, double bandwidthHz, double rateHz) noexcept {
    const double radius = exp2(-4.532360141827194 * bandwidthHz / rateHz);
    b_ = 2.0 * radius * cosTurns(centreHz / rateHz);
    c_ = -radius * radius;
    a_ = 1.0 - b_ - c_;
  }
  void reset() noexcept { first_ = second_ = 0.0; }
  double tick(double x) noexcept {
    const double y = a_ * x + b_ * first_ + c_ * second_;
    second_ = first_;
    first_ = y;
    return y;
  }
  void flush() noexcept {
    flushTiny(first_);
    flushTiny(second_);
  }

 private:
  double a_ = 1.0;
  double b_ = 0.0;
  double c_ = 0.0;
  double first_ = 0.0;
  double second_ = 0.0;
};

/// Second-order high-pass in double precision, far below the music: no stem carries DC.
class DcBlocker {
 public:
  void setCutoff(double cutoffHz, double rateHz) noexcept {
    factor_ = 1.0 - exp2(-9.064720283654388 * cutoffHz / rateHz);
  }
  void reset() noexcept { first_ = second_ = 0.0; }
  float tick(float x) noexcept {
    const double once = static_cast<double>(x) - first_;
    first_ += factor_ * once;
    const double twice = once - second_;
    second_ += factor_ * twice;
    return static_cast<float>(twice);
  }
  void flush() noexcept {
    flushTiny(first_);
    flushTiny(second_);
  }

 private:
  double factor_ = 0.0;
  double first_ = 0.0;
  double second_ = 0.0;
};

}  // namespace mixwell::demo
