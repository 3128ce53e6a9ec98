#include "meter/true_peak_meter.h"

#include <ebur128.h>

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <limits>
#include <numbers>
#include <random>
#include <vector>

#include "support/allocation_guard.h"
#include "support/spectrum.h"

using mixwell::meter::TruePeakMeter;
using mixwell::test::toDb;

namespace {

std::vector<float> lowPassedNoise(size_t length, unsigned seed) {
  std::mt19937 random(seed);
  std::normal_distribution<float> normal(0.0F, 0.3F);
  std::vector<float> signal(length);
  float state = 0.0F;
  for (float& sample : signal) sample = state += 0.4F * (normal(random) - state);
  return signal;
}

TruePeakMeter meterFor(size_t channels) {
  TruePeakMeter meter;
  meter.prepare(channels);
  return meter;
}

}  // namespace

TEST_CASE("True peak doesn't depend on blocks, and each channel has its own") {
  constexpr size_t frames = 50000;
  std::vector<float> sound = lowPassedNoise(frames, 1);
  const auto second = lowPassedNoise(frames, 2);
  sound.insert(sound.end(), second.begin(), second.end());
  auto whole = meterFor(2);
  whole.process(sound.data(), frames, frames);
  whole.finish();
  auto alone = meterFor(1);
  alone.process(second.data(), 0, frames);
  alone.finish();
  CHECK(alone.truePeak(0) == whole.truePeak(1));
  CHECK(whole.truePeak() == std::max(whole.truePeak(0), whole.truePeak(1)));

  std::mt19937 random(3);
  auto cut = meterFor(2);
  for (int run = 0; run < 2; ++run) {
    for (size_t done = 0; done < frames;) {
      const size_t count = std::min<size_t>(random() % 900, frames - done);
      cut.process(sound.data() + done, frames, count);
      done += count;
    }
    cut.finish();
    CHECK(cut.truePeak(0) == whole.truePeak(0));
    CHECK(cut.truePeak(1) == whole.truePeak(1));
    CHECK(cut.samplePeak() == whole.samplePeak());
    cut.reset();
    CHECK(cut.truePeak() == 0.0F);
  }
}

TEST_CASE(
    "libebur128 finds about the same true peaks, with its coarser grid never more than 0.6 dB above ours") {
  for (unsigned seed = 0; seed < 20; ++seed) {
    const auto signal = lowPassedNoise(20000, seed);
    auto meter = meterFor(1);
    meter.process(signal.data(), 0, signal.size());
    meter.finish();
    ebur128_state* judge = ebur128_init(1, 48000, EBUR128_MODE_TRUE_PEAK);
    ebur128_add_frames_float(judge, signal.data(), signal.size());
    double peak = 0.0;
    ebur128_true_peak(judge, 0, &peak);
    ebur128_destroy(&judge);
    const double differenceDb = toDb(static_cast<double>(meter.truePeak()) / peak);
    CAPTURE(seed, differenceDb);
    CHECK(std::abs(differenceDb) < 0.6);
  }
}

TEST_CASE(
    "A single pulse of high frequency is found wherever between samples it peaks, after one almost as high") {
  for (int sixteenth = 0; sixteenth <= 16; ++sixteenth) {
    // Bursts of 0.4 fs, the first peaking on a sample, the second `sixteenth` / 16 after one.
    std::vector<float> signal(600);
    for (size_t i = 0; i < signal.size(); ++i) {
      const auto burst = [i](double peak) {
        const double time = static_cast<double>(i) - peak;
        const double window = std::exp(-time * time / 200.0);
        return window * std::cos(2.0 * std::numbers::pi * 0.4 * time);
      };
      signal[i] = static_cast<float>(0.45 * burst(200.0) + 0.5 * burst(400.0 + sixteenth / 16.0));
    }
    auto meter = meterFor(1);
    meter.process(signal.data(), 0, signal.size());
    const double errorDb = toDb(static_cast<double>(meter.truePeak()) / 0.5);
    CAPTURE(sixteenth, errorDb);
    CHECK(std::abs(errorDb) < 0.03);
  }
}

TEST_CASE("A single sample reads as itself, at the very start and the very end too") {
  for (const size_t at : {0U, 1U, 23U, 500U, 998U, 999U}) {
    std::vector<float> signal(1000, 0.0F);
    signal[at] = -0.75F;
    auto meter = meterFor(1);
    meter.process(signal.data(), 0, signal.size());
    meter.finish();
    CAPTURE(at);
    CHECK(meter.samplePeak() == 0.75F);
    CHECK(meter.truePeak() >= 0.75F);
    CHECK(meter.truePeak() < 0.7501F);
  }
}

TEST_CASE("A peak between the last two samples is found once the end is known") {
  const std::vector<float> signal = {0.0F, 0.0F, 0.0F, 0.5F, 0.5F};
  auto meter = meterFor(1);
  meter.process(signal.data(), 0, signal.size());
  CHECK(meter.truePeak() == 0.5F);
  meter.finish();
  CHECK(meter.truePeak() > 0.6F);
}

TEST_CASE("What is no number passes without trace") {
  auto signal = lowPassedNoise(2000, 9);
  auto clean = meterFor(1);
  clean.process(signal.data() + 1000, 0, 1000);
  signal[100] = std::numeric_limits<float>::quiet_NaN();
  auto meter = meterFor(1);
  meter.process(signal.data(), 0, 1000);
  meter.reset();
  meter.process(signal.data() + 1000, 0, 1000);
  CHECK(meter.truePeak() == clean.truePeak());
  CHECK(std::isfinite(meter.truePeak()));
}

TEST_CASE("TruePeakMeter does not allocate while it listens") {
  const auto signal = lowPassedNoise(5000, 10);
  auto meter = meterFor(1);
  const mixwell::test::AllocationGuard guard;
  meter.process(signal.data(), 0, signal.size());
  meter.finish();
  meter.reset();
  CHECK(guard.allocations() == 0);
}
