#include "demo/plucked_string.h"

#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <vector>

#include "demo/tone_math.h"
#include "support/spectrum.h"

using namespace mixwell::demo;

namespace {

std::vector<double> pluckOnce(double hz, double lossHz, double rateHz, std::size_t frames) {
  PluckedString string;
  string.prepare(34.0, rateHz);
  string.pluck({.hz = hz, .amp = 1.0, .position = 0.13, .widthS = 0.0005, .lossHz = lossHz, .decayS = 4.0},
               0);
  std::vector<double> samples(frames);
  for (std::size_t i = 0; i < frames; ++i) {
    samples[i] = static_cast<double>(string.tick());
    if (i % 64 == 63) string.endBlock();
  }
  return samples;
}

}  // namespace

TEST_CASE("a string is in tune within three cents at every sample rate", "[demo]") {
  for (const double rateHz : {44100.0, 48000.0, 96000.0}) {
    for (const double hz : {41.2, 110.0, 440.0, 740.0}) {
      INFO(hz << " Hz at " << rateHz);
      const auto samples = pluckOnce(hz, 5000.0, rateHz, 65536);
      const double inTune = mixwell::test::amplitudeAt(samples, rateHz, hz);
      // Over this second and more, three cents off shows as a loss at the pitch and a gain beside it.
      const double cents = std::exp2(3.0 / 1200.0);
      CHECK(inTune > mixwell::test::amplitudeAt(samples, rateHz, hz * cents));
      CHECK(inTune > mixwell::test::amplitudeAt(samples, rateHz, hz / cents));
    }
  }
}

TEST_CASE("a string dies away as fast as it is told, carries no DC and falls asleep", "[demo]") {
  const auto samples = pluckOnce(220.0, 9000.0, 48000.0, 48000 * 8);
  const auto fundamentalAt = [&samples](std::ptrdiff_t second) {
    const auto from = samples.begin() + 48000 * second;
    return mixwell::test::toDb(mixwell::test::amplitudeAt({from, from + 48000}, 48000.0, 220.0));
  };
  // 4 s to -60 dB is 15 dB a second; the low-pass in the loop takes a little more.
  CHECK(std::abs(fundamentalAt(1) - fundamentalAt(3) - 30.0) < 1.5);
  double sum = 0.0;
  for (const double sample : samples) sum += sample;
  CHECK(std::abs(sum) / static_cast<double>(samples.size()) < 1e-6);
  CHECK(samples.back() == 0.0);
}

TEST_CASE("the demo's sine agrees with libm to a millionth", "[demo]") {
  double worst = 0.0;
  for (int i = -40000; i <= 40000; ++i) {
    const float turns = static_cast<float>(i) * 0.000137f;
    const double expected = std::sin(2.0 * 3.141592653589793 * static_cast<double>(turns));
    worst = std::max(worst, std::abs(static_cast<double>(sinTurns(turns)) - expected));
  }
  CHECK(worst < 1e-6);
}
