#include <array>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <iostream>
#include <numbers>
#include <random>

#include "dsp/dynamics/gain_trace.h"
#include "mastering/limiter_params.h"
#include "support/programme.h"
#include "support/spectrum.h"

using namespace mixwell;
using namespace mixwell::test;

namespace {

constexpr double rate = 48000.0;
constexpr double nyquistHz = 0.5 * rate;

// Two sines of whole numbers of cycles in a second.
Signal twoTones(int lowHz, int highHz, float amplitude, std::size_t frames) {
  const auto sine = [](int hz, std::size_t i) {
    return std::sin(2.0 * std::numbers::pi * std::fmod(hz * (static_cast<double>(i) / rate), 1.0));
  };
  Signal out(frames);
  for (std::size_t i = 0; i < frames; ++i)
    out[i] = amplitude * static_cast<float>(sine(lowHz, i) + sine(highHz, i));
  return out;
}

// Of two tones through a hasty limiter, in dB under the tones: what lies at or under 20 kHz only because it
// was folded back at the Nyquist frequency.
double aliasesDb(std::string_view oversampling, int lowHz, int highHz) {
  DeviceRig rig("limiter", rate);
  rig.set("lookaheadMs", 0.5).set("releaseMs", 10.0).set("inputGainDb", 6.0);
  rig.choose("style", "loud").choose("oversampling", oversampling);
  const Signal out = rig.runMono(twoTones(lowHz, highHz, 0.9f, 96000));
  const std::vector<double> tail(out.end() - 48000, out.end());
  double folded = 0.0;
  for (int product = 1; product < 14; ++product) {
    for (const int hz : {highHz + product * (highHz - lowHz), lowHz - product * (highHz - lowHz)}) {
      const double at = rate - std::abs(hz);
      if (std::abs(hz) > nyquistHz && at > 20.0 && at <= 20000.0)
        folded += std::pow(amplitudeAt(tail, rate, at), 2.0);
    }
  }
  return toDb(std::sqrt(folded) /
              std::hypot(amplitudeAt(tail, rate, lowHz), amplitudeAt(tail, rate, highHz)));
}

}  // namespace

TEST_CASE("The oversampling of a limiter lessens aliases, 8 times more than 4 times") {
  for (const auto& [lowHz, highHz] : {std::pair{15000, 18700}, {9000, 19100}}) {
    std::array<double, mastering::limiterOversamplings.size()> aliases{};
    for (std::size_t i = 0; i < aliases.size(); ++i) {
      aliases[i] = aliasesDb(mastering::limiterOversamplings[i], lowHz, highHz);
      std::cout << "limiter, " << lowHz << " and " << highHz
                << " Hz, oversampled: " << mastering::limiterOversamplings[i] << ": aliases at " << aliases[i]
                << " dB\n";
    }
    CHECK(aliases[1] < aliases[0] - 12.0);
    CHECK(aliases[2] < aliases[1] - 6.0);
  }
}

TEST_CASE("An oversampled limiter leaves high tones as loud as the plain one") {
  for (const double hz : {997.0, 16001.0, 18503.0}) {
    std::array<double, mastering::limiterOversamplings.size()> levels{};
    for (std::size_t i = 0; i < levels.size(); ++i) {
      DeviceRig rig("limiter", 44100.0);
      rig.set("inputGainDb", 6.0).choose("oversampling", mastering::limiterOversamplings[i]);
      const Signal out = rig.runMono(steppedTone({{0.0, 1000.0}}, hz));
      levels[i] = toDb(rms({out.end() - 20000, out.end()}));
      INFO(hz << " Hz, oversampled: " << mastering::limiterOversamplings[i]);
      CHECK(std::abs(levels[i] - levels[0]) < 0.05);
    }
  }
}

TEST_CASE("What an oversampled limiter does depends on no block size") {
  for (const double oversampling : {1.0, 2.0}) {
    const Stereo song = demoMix(20000);
    const auto through = [&](unsigned seed) {
      DeviceRig rig("limiter");
      rig.set("inputGainDb", 9.0).set("stereoLink", 40.0).set("oversampling", oversampling);
      return rig.run(song, seed);
    };
    const Stereo even = through(0);
    const Stereo uneven = through(5);
    CHECK(even.left == uneven.left);
    CHECK(even.right == uneven.right);
  }
}
