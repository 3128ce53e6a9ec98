#include <algorithm>
#include <array>
#include <catch2/catch_test_macros.hpp>
#include <iostream>

#include "dsp/dynamics/gain_trace.h"
#include "mastering/limiter_params.h"
#include "support/programme.h"
#include "support/spectrum.h"
#include "support/true_peak_judge.h"

using namespace mixwell;
using namespace mixwell::test;

namespace {

struct Sound {
  const char* name;
  Stereo sound;
};

// The other side is softer, and late.
Stereo apart(Signal left) {
  Signal right = left;
  std::rotate(right.begin(), right.begin() + 333, right.end());
  for (float& sample : right) sample *= 0.7f;
  return {std::move(left), std::move(right)};
}

std::vector<Sound> soundsAt(double rate) {
  const auto frames = [&](double ms) { return static_cast<std::size_t>(ms * 0.001 * rate); };
  return {{"bursts", apart(bursts(frames(250), 3, rate))},
          {"more bursts", apart(bursts(frames(250), 9, rate))},
          {"noise", apart(limitedNoise(frames(100), 4, 20000.0, rate))},
          {"square 60 Hz", apart(squares(frames(120), 60.0, rate))},
          {"square 997 Hz", apart(squares(frames(60), 997.0, rate))},
          {"square 5 kHz", apart(squares(frames(60), 5003.0, rate))}};
}

constexpr std::array lookaheads = {0.5, 10.0};
constexpr std::array releases = {10.0, 1000.0};
constexpr std::array inputGains = {0.0, 24.0};
constexpr std::array ceilings = {-0.1, -12.0};
constexpr std::array links = {0.0, 100.0};
constexpr std::size_t corners =
    2 * 2 * 2 * 2 * 2 * mastering::limiterStyles.size() * mastering::limiterOversamplings.size();

// How far a sound that went through a corner of the settings comes over the ceiling, in dB.
double overCeiling(const Sound& of, double rate, std::size_t corner) {
  const auto pick = [&corner](const auto& values) {
    const auto value = values[corner % values.size()];
    corner /= values.size();
    return value;
  };
  const double lookahead = pick(lookaheads);
  const double release = pick(releases);
  const double input = pick(inputGains);
  const auto style = pick(mastering::limiterStyles);
  const double ceiling = pick(ceilings);
  const double link = pick(links);
  const auto oversampling = pick(mastering::limiterOversamplings);
  DeviceRig rig("limiter", rate);
  rig.set("lookaheadMs", lookahead).set("releaseMs", release).set("inputGainDb", input);
  rig.choose("style", style)
      .choose("oversampling", oversampling)
      .set("ceilingDb", ceiling)
      .set("stereoLink", link);
  const Stereo out = rig.run(of.sound);
  const double over = std::max(judgedTruePeakDb(out.left), judgedTruePeakDb(out.right)) - ceiling;
  const double sampleOver =
      toDb(static_cast<double>(std::max(largestOf(out.left), largestOf(out.right)))) - ceiling;
  INFO(of.name << " at " << rate << " Hz, " << input << " dB in, ceiling " << ceiling << " dB, look-ahead "
               << lookahead << " ms, release " << release << " ms, " << style << ", link " << link
               << ", oversampled: " << oversampling);
  CHECK(over < 0.02);
  CHECK(sampleOver <= 0.0);
  return over;
}

}  // namespace

TEST_CASE(
    "No true peak of a limiter's output passes its ceiling by more than 0.02 dB, no sample does at all, at "
    "every corner of its settings and every rate") {
  for (const double rate : {44100.0, 48000.0, 88200.0, 96000.0}) {
    double worst = -100.0;
    std::size_t turn = 0;
    for (const Sound& sound : soundsAt(rate)) {
      // Every corner with one or two of the sounds; which, differs from rate to rate.
      for (std::size_t corner = 0; corner < corners; ++corner) {
        if ((corner + turn + static_cast<std::size_t>(rate / 100.0)) % 5 == 0)
          worst = std::max(worst, overCeiling(sound, rate, corner));
      }
      ++turn;
    }
    std::cout << "limiter at " << rate << " Hz: worst true peak over the ceiling " << worst << " dB\n";
  }
}

TEST_CASE("The demo song through a limiter stays under its ceiling") {
  for (const double rate : {44100.0, 96000.0}) {
    const Sound song{"demo song", demoMix(static_cast<std::size_t>(2.5 * rate), rate)};
    double worst = -100.0;
    for (std::size_t corner = 0; corner < corners; corner += 19)
      worst = std::max(worst, overCeiling(song, rate, corner));
    std::cout << "limiter at " << rate << " Hz: demo song " << worst << " dB over the ceiling\n";
  }
}
