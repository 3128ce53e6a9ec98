#include "meter/level_meter.h"

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <cmath>
#include <limits>
#include <vector>

using Catch::Matchers::WithinAbs;
using mixwell::meter::LevelBallistics;
using mixwell::meter::LevelMeter;
using mixwell::meter::StretchLevels;

namespace {

constexpr double sampleRateHz = 48000.0;

LevelBallistics ballisticsAt48k() {
  LevelBallistics ballistics;
  ballistics.prepare(sampleRateHz);
  return ballistics;
}

/// A steady level on both sides; `rms` for its squares.
StretchLevels steady(float peak, float rms, std::size_t frames) {
  const float squares = rms * rms * static_cast<float>(frames);
  return {peak, peak, squares, squares};
}

double db(float level) {
  return 20.0 * std::log10(static_cast<double>(level));
}

}  // namespace

TEST_CASE("A peak falls by 20 dB in 1.5 s, in blocks of any size") {
  const LevelBallistics ballistics = ballisticsAt48k();
  for (const std::size_t block : {1U, 37U, 128U}) {
    LevelMeter meter;
    meter.add(steady(0.5f, 0.1f, block), block, ballistics);
    CHECK(meter.peakLeft() == 0.5f);
    for (std::size_t frames = 0; frames < 72000; frames += block) meter.fall(block, ballistics);
    CHECK_THAT(db(meter.peakLeft()), WithinAbs(-6.02 - 20.0, 0.05));
    CHECK(meter.maxPeak() == 0.5f);
  }
}

TEST_CASE("RMS is the level of a steady sound and has a time constant of 300 ms") {
  const LevelBallistics ballistics = ballisticsAt48k();
  LevelMeter meter;
  std::size_t frames = 0;
  for (; frames < 14400; frames += 120) meter.add(steady(0.9f, 0.5f, 120), 120, ballistics);
  const double risen = std::pow(static_cast<double>(meter.rmsLeft()) / 0.5, 2.0);
  CHECK_THAT(risen, WithinAbs(1.0 - std::exp(-1.0), 1e-3));
  for (; frames < 144000; frames += 120) meter.add(steady(0.9f, 0.5f, 120), 120, ballistics);
  CHECK_THAT(db(meter.rmsRight()), WithinAbs(-6.02, 0.01));
}

TEST_CASE("Sides are kept apart and the highest peak is held until it is reset") {
  const LevelBallistics ballistics = ballisticsAt48k();
  LevelMeter meter;
  meter.add({0.25f, 1.5f, 1.0f, 4.0f}, 128, ballistics);
  CHECK(meter.peakLeft() == 0.25f);
  CHECK(meter.peakRight() == 1.5f);
  CHECK(meter.rmsRight() == 2.0f * meter.rmsLeft());
  meter.add({0.1f, 0.1f, 0.0f, 0.0f}, 128, ballistics);
  meter.reportBadSamples();
  CHECK(meter.maxPeak() == 1.5f);
  CHECK(meter.badSamples());
  meter.resetPeak();
  CHECK(meter.maxPeak() == 0.0f);
  CHECK_FALSE(meter.badSamples());
}

TEST_CASE("A meter falls to zero exactly, and an overflow does not stay in it") {
  const LevelBallistics ballistics = ballisticsAt48k();
  LevelMeter meter;
  constexpr float inf = std::numeric_limits<float>::infinity();
  meter.add({inf, inf, inf, inf}, 128, ballistics);
  CHECK(std::isfinite(meter.peakLeft()));
  CHECK(std::isfinite(meter.rmsLeft()));
  for (int seconds = 0; seconds < 60; ++seconds) {
    for (int block = 0; block < 375; ++block) meter.fall(128, ballistics);
  }
  CHECK(meter.peakLeft() == 0.0f);
  CHECK(meter.rmsLeft() == 0.0f);
}
