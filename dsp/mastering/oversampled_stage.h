#pragma once

#include "core/oversampler.h"
#include "mastering/limiter_stage.h"

namespace mixwell::mastering {

/// A limiter's first stage at 4 or 8 times the sample rate: peaks are found and the gain moves on a finer
/// grid, so that less of what they make of high tones folds back into the band. Only the change that the gain
/// makes goes through filters; while there is none, sound passes to the bit. One thread.
class OversampledStage {
 public:
  /// Of the factors that `tune` takes.
  static constexpr std::size_t factors = 2;

  void takeMemory(std::size_t longestLookahead, std::size_t longestHold, core::Memory& memory) noexcept;
  /// As if no sound had gone through; to be called behind `tune`.
  void reset() noexcept;
  /// 4 times for 0, 8 times for 1; the lookahead in frames of the sound. Resets, too.
  void tune(std::size_t factor, std::size_t lookahead) noexcept;
  /// In frames of the sound, for the factor that is tuned.
  void setRelease(const LimiterRelease& release) noexcept;
  void setUnlinked(bool unlinked) noexcept { stage_.setUnlinked(unlinked); }

  std::size_t delay() const noexcept { return stage_.delay() / now().factor() + now().latencySamples(); }

  /// As LimiterStage::process.
  float process(float* left, float* right, std::size_t frames, const float* ceiling,
                const float* link) noexcept;

 private:
  const core::Oversampler& now() const noexcept { return oversamplers_[factor_]; }

  std::array<core::Oversampler, factors> oversamplers_;
  std::size_t factor_ = 0;
  LimiterStage<SampledPeaks> stage_;
  std::array<core::DelayLine, 2> dry_;
};

}  // namespace mixwell::mastering
