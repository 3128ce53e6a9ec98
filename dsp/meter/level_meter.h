#pragma once

#include <array>
#include <cstddef>

namespace mixwell::meter {

/// Time constants of level meters at a sample rate. Any thread once made.
class LevelBallistics {
 public:
  static constexpr std::size_t maxFrames = 128;

  /// Peaks fall by 20 dB in 1.5 s; the mean square has a time constant of 300 ms.
  void prepare(double sampleRateHz) noexcept;

  /// What is left of a peak and of a mean square after so many frames, at most maxFrames.
  float peakKept(std::size_t frames) const noexcept { return peak_[frames]; }
  float meanSquareKept(std::size_t frames) const noexcept { return meanSquare_[frames]; }

 private:
  std::array<float, maxFrames + 1> peak_{};
  std::array<float, maxFrames + 1> meanSquare_{};
};

/// What a meter is told of a stretch of sound: the highest magnitude and the sum of squares of both sides.
struct StretchLevels {
  float peakLeft = 0.0f;
  float peakRight = 0.0f;
  float squaresLeft = 0.0f;
  float squaresRight = 0.0f;
};

/// Sample peak and RMS of a stereo signal, linear, 1 being full scale. Belongs to one thread.
class LevelMeter {
 public:
  /// Takes in 1 to LevelBallistics::maxFrames frames.
  void add(const StretchLevels& levels, std::size_t frames, const LevelBallistics& ballistics) noexcept;
  /// Takes in silence.
  void fall(std::size_t frames, const LevelBallistics& ballistics) noexcept {
    if (sounding_) add({}, frames, ballistics);
  }
  /// Forgets the highest peak and the bad samples.
  void resetPeak() noexcept;
  void reportBadSamples() noexcept { badSamples_ = true; }

  float peakLeft() const noexcept { return peakLeft_; }
  float peakRight() const noexcept { return peakRight_; }
  float rmsLeft() const noexcept;
  float rmsRight() const noexcept;
  /// The highest sample since resetPeak.
  float maxPeak() const noexcept { return maxPeak_; }
  bool badSamples() const noexcept { return badSamples_; }

 private:
  float peakLeft_ = 0.0f;
  float peakRight_ = 0.0f;
  float meanSquareLeft_ = 0.0f;
  float meanSquareRight_ = 0.0f;
  float maxPeak_ = 0.0f;
  bool badSamples_ = false;
  bool sounding_ = false;
};

}  // namespace mixwell::meter
