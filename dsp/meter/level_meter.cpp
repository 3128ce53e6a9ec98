#include "meter/level_meter.h"

#include <cmath>

#include "core/math.h"

namespace mixwell::meter {

namespace {

constexpr double peakFallDbPerSecond = 20.0 / 1.5;
constexpr double meanSquareSeconds = 0.3;
constexpr double log2OfE = 1.4426950408889634;

// Under -180 dBFS a meter rests, which also keeps denormals out.
constexpr float restingPeak = 1e-9f;
// An overflow must not stay in the meter for ever.
constexpr float highestPeak = 1e15f;

float larger(float a, float b) noexcept {
  return a > b ? a : b;
}

float within(float level, float lowest, float highest) noexcept {
  if (!(level < highest)) return highest;
  return level > lowest ? level : 0.0f;
}

float fallen(float before, float kept, float now) noexcept {
  return within(larger(before * kept, now), restingPeak, highestPeak);
}

float averaged(float before, float kept, float mean) noexcept {
  return within(before * kept + mean * (1.0f - kept), restingPeak * restingPeak, highestPeak * highestPeak);
}

}  // namespace

void LevelBallistics::prepare(double sampleRateHz) noexcept {
  for (std::size_t frames = 0; frames <= maxFrames; ++frames) {
    const double seconds = static_cast<double>(frames) / sampleRateHz;
    peak_[frames] = static_cast<float>(core::dbToGain(-peakFallDbPerSecond * seconds));
    meanSquare_[frames] = static_cast<float>(core::exp2(-log2OfE * seconds / meanSquareSeconds));
  }
}

void LevelMeter::add(const StretchLevels& levels, std::size_t frames,
                     const LevelBallistics& ballistics) noexcept {
  const float peakKept = ballistics.peakKept(frames);
  peakLeft_ = fallen(peakLeft_, peakKept, levels.peakLeft);
  peakRight_ = fallen(peakRight_, peakKept, levels.peakRight);
  const float squareKept = ballistics.meanSquareKept(frames);
  const float perFrame = 1.0f / static_cast<float>(frames);
  meanSquareLeft_ = averaged(meanSquareLeft_, squareKept, levels.squaresLeft * perFrame);
  meanSquareRight_ = averaged(meanSquareRight_, squareKept, levels.squaresRight * perFrame);
  maxPeak_ = larger(maxPeak_, larger(levels.peakLeft, levels.peakRight));
  sounding_ = peakLeft_ + peakRight_ + meanSquareLeft_ + meanSquareRight_ > 0.0f;
}

void LevelMeter::resetPeak() noexcept {
  maxPeak_ = 0.0f;
  badSamples_ = false;
}

float LevelMeter::rmsLeft() const noexcept {
  return std::sqrt(meanSquareLeft_);
}
float LevelMeter::rmsRight() const noexcept {
  return std::sqrt(meanSquareRight_);
}

}  // namespace mixwell::meter
