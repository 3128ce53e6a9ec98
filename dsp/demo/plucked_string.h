#pragma once

#include <cstdint>
#include <vector>

#include "demo/tone_filters.h"

namespace mixwell::demo {

/// A string as a delay loop with losses (Karplus and Strong 1983), tuned by an all-pass (Jaffe and Smith
/// 1983) and plucked by a soft pulse and its echo from the near end, which sums to zero: the loop never holds
/// DC.
class PluckedString {
 public:
  struct Pluck {
    double hz;
    double amp;
    double position;  ///< of the string's length, from the bridge
    double widthS;    ///< of the finger or plectrum: wide is dull
    double lossHz;    ///< corner of the loop's low-pass
    double decayS;    ///< of the fundamental, to -60 dB
  };

  void prepare(double lowestHz, double rateHz);
  void reset() noexcept;
  void pluck(const Pluck& pluck, int offset) noexcept;
  /// A finger on the string; the pitch stays.
  void damp(double decayS) noexcept;
  float tick() noexcept;
  /// Once a block: keeps denormals out and puts a string that has died away to sleep.
  void endBlock() noexcept;
  bool sounds() const noexcept { return awake_; }

 private:
  float excitation() noexcept;

  double rateHz_ = 48000.0;
  std::vector<float> loop_;
  std::size_t mask_ = 0;
  std::size_t write_ = 0;
  std::size_t delay_ = 1;
  float allpass_ = 0.0f;
  float allpassIn_ = 0.0f;
  float allpassOut_ = 0.0f;
  OnePole loss_;
  float gain_ = 0.0f;
  float gainTarget_ = 0.0f;
  double hz_ = 100.0;
  bool awake_ = false;
  int wait_ = 0;
  float amp_ = 0.0f;
  int age_ = 0;
  int width_ = 1;
  int echo_ = 1;
  float peak_ = 0.0f;
};

}  // namespace mixwell::demo
