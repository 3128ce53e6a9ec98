#pragma once

#include <array>
#include <cstddef>
#include <string_view>
#include <vector>

#include "meter/loudness_meter.h"
#include "meter/true_peak_meter.h"

namespace mixwell::meter {

/// What a BusMeter tells, in the order of busReadingNames.
struct BusReadings {
  double momentaryLufs = 0.0;
  double shortTermLufs = 0.0;
  double maxMomentaryLufs = 0.0;
  double maxShortTermLufs = 0.0;
  double integratedLufs = 0.0;
  double loudnessRangeLu = 0.0;
  double truePeak = 0.0;        ///< the highest since the last reset, linear
  double recentTruePeak = 0.0;  ///< the highest in the last 3 s or a little more, linear
  double correlation = 0.0;     ///< of left and right within about 300 ms, -1 to 1; 0 for silence
};
inline constexpr std::array<std::string_view, 9> busReadingNames = {
    "momentaryLufs",   "shortTermLufs", "maxMomentaryLufs", "maxShortTermLufs", "integratedLufs",
    "loudnessRangeLu", "truePeak",      "recentTruePeak",   "correlation"};

/// Loudness (ITU-R BS.1770-5, EBU Tech 3341 and 3342), true peak and correlation of a stereo bus while it
/// plays. Readings are those of the whole sound since the reset and don't depend on how it comes in blocks,
/// but for integrated loudness and range, which are worked out each 100 ms. All methods belong to the thread
/// that runs the engine; only `prepare` allocates.
class BusMeter {
 public:
  static constexpr std::size_t maxFrames = 128;

  void prepare(double sampleRateHz);
  /// Forgets everything heard.
  void reset() noexcept;
  /// Takes 1 to maxFrames frames.
  void process(const float* left, const float* right, std::size_t frames) noexcept;

  const BusReadings& readings() const noexcept { return readings_; }

 private:
  /// Highest peaks of stretches of half a second.
  static constexpr std::size_t stretches = 7;

  void correlate(const float* left, const float* right, std::size_t frames) noexcept;
  void takePeak(std::size_t frames) noexcept;

  LoudnessMeter loudness_;
  TruePeakMeter peak_;
  BusReadings readings_;
  double kept_ = 1.0;  // of the products a frame
  double both_ = 0.0;
  double left_ = 0.0;
  double right_ = 0.0;
  std::size_t hop_ = 4800;
  std::size_t toHop_ = 4800;
  std::size_t stretch_ = 24000;
  std::size_t toStretch_ = 24000;
  std::array<float, stretches> peaks_{};
  std::size_t place_ = 0;
  bool heard_ = true;  // anything since the reset
  float planar_[2][maxFrames] = {};
};

}  // namespace mixwell::meter
