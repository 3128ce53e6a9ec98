#pragma once

#include <cstdint>
#include <span>

#include "core/delay_line.h"
#include "dynamics/sliding_maximum.h"
#include "mastering/limiter_peaks.h"

namespace mixwell::mastering {

/// The mean under a triangle, as two running sums one after the other. The values are whole numbers, so that
/// the sums are exact and never drift. One thread.
class TriangleMean {
 public:
  void takeMemory(std::size_t longest, core::Memory& memory) noexcept;
  /// Of two boxes of `length` values each.
  void reset(std::size_t length) noexcept;
  double next(double value) noexcept;
  void copy(const TriangleMean& other) noexcept;
  bool isZero() const noexcept { return quiet_ >= 2 * length_; }

 private:
  std::span<double> first_;
  std::span<double> second_;
  std::size_t length_ = 1;
  std::size_t at_ = 0;
  std::size_t quiet_ = 0;  // values of 0 since the last other one
  double firstSum_ = 0.0;
  double secondSum_ = 0.0;
  double scale_ = 1.0;
};

/// How a limiter's gain comes back, in frames.
struct LimiterRelease {
  double hold = 0.0;      // for so long it stays, beside the lookahead
  double quick = 1000;    // time of 63 % while the reduction is above its mean
  double release = 1000;  // and else
  double mean = 1000;     // over which that mean is taken
};

/// Delays sound by `delay()` and turns it down ahead of each peak over the ceiling, so that no sample is
/// over, and between samples only what the movement of the gain brings about. One thread.
template <typename PeaksOf>
class LimiterStage {
 public:
  using Peaks = PeaksOf;

  void takeMemory(std::size_t longestLookahead, std::size_t longestHold, core::Memory& memory) noexcept;
  /// As if no sound had gone through.
  void reset() noexcept;
  /// Resets, too. The lookahead is rounded up to an even number.
  void setLookahead(std::size_t frames) noexcept;
  void setRelease(const LimiterRelease& release) noexcept;
  /// Whether the sides may go their own ways; they begin from the same gain.
  void setUnlinked(bool unlinked) noexcept;

  /// Whether peaks between samples are measured finely, which is on at first (LimiterPeaks::process).
  void setFine(bool fine) noexcept { fine_ = fine; }

  /// Whether what the gain adds comes out, a negative share of the sound, in place of what it leaves.
  void setChangeOnly(bool changeOnly) noexcept { whole_ = changeOnly ? 1.0f : 0.0f; }

  std::size_t delay() const noexcept { return Peaks::delay + lookahead_; }

  /// At most Peaks::longestBlock frames. `link` says how much a side follows the louder one, from 0
  /// to 1. Returns the largest reduction, in powers of 2.
  float process(const typename Peaks::Filter& filter, float* left, float* right, std::size_t frames,
                const float* ceiling, const float* link) noexcept;

 private:
  struct Side {
    Peaks peaks;
    dynamics::SlidingMaximum held;
    TriangleMean smooth;
    core::DelayLine line;
    float reduction = 0.0f;
    float mean = 0.0f;
  };

  float gainOf(Side& side, float asked, float& largest) noexcept;

  Side left_;
  Side right_;
  std::size_t lookahead_ = 2;
  std::size_t hold_ = 0;
  bool unlinked_ = false;
  bool fine_ = true;
  float whole_ = 0.0f;  // is taken off the gain
  float quickKeeps_ = 0.0f;
  float releaseKeeps_ = 0.0f;
  float meanPart_ = 1.0f;
};

extern template class LimiterStage<LimiterPeaks<48>>;
extern template class LimiterStage<LimiterPeaks<128>>;
extern template class LimiterStage<SampledPeaks>;

}  // namespace mixwell::mastering
