// The test signals of EBU Tech 3341 (2016), table 1, and of EBU Tech 3342 (2016), table 1, at all usual
// sample rates, in stereo as well as in mono and 5.0.
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <memory>

#include "conformance/loudness_signals.h"

using Catch::Matchers::WithinAbs;
using mixwell::test::ToneFeeder;

namespace {

// On the heap: a meter holds some hundred kilobytes.
std::unique_ptr<ToneFeeder> feeder(uint32_t rateHz, size_t channels) {
  return std::make_unique<ToneFeeder>(rateHz, channels);
}

struct Format {
  uint32_t rateHz;
  size_t channels;
};

Format everyFormat() {
  const uint32_t rateHz = GENERATE(44100U, 48000U, 88200U, 96000U, 192000U);
  return {rateHz, GENERATE(size_t{1}, size_t{2}, size_t{5})};
}

// At the highest rates long programmes, and all of the twenty places, are measured in stereo alone.
bool tooLong(const Format& format) {
  return format.rateHz > 88200 && format.channels != 2;
}

}  // namespace

TEST_CASE("EBU Tech 3341, 1 to 6: steady and gated programmes") {
  const auto [rateHz, channels] = everyFormat();
  CAPTURE(rateHz, channels);
  for (const double level : {-23.0, -33.0}) {  // 1 and 2
    const auto steady = feeder(rateHz, channels);
    steady->tone(20.0, level);
    CHECK_THAT(steady->meter.momentaryLufs(), WithinAbs(level, 0.1));
    CHECK_THAT(steady->meter.shortTermLufs(), WithinAbs(level, 0.1));
    CHECK_THAT(steady->meter.integratedLufs(), WithinAbs(level, 0.1));
    CHECK_THAT(steady->meter.maxMomentaryLufs(), WithinAbs(level, 0.1));
    CHECK_THAT(steady->meter.maxShortTermLufs(), WithinAbs(level, 0.1));
  }
  const std::vector<std::vector<std::pair<double, double>>> programmes = {
      {{10.0, -36.0}, {60.0, -23.0}, {10.0, -36.0}},
      {{10.0, -72.0}, {10.0, -36.0}, {60.0, -23.0}, {10.0, -36.0}, {10.0, -72.0}},
      {{20.0, -26.0}, {20.1, -20.0}, {20.0, -26.0}}};
  for (size_t i = 0; i < programmes.size() && !tooLong({rateHz, channels}); ++i) {  // 3 to 5
    const auto programme = feeder(rateHz, channels);
    for (const auto& [seconds, level] : programmes[i]) programme->tone(seconds, level);
    CAPTURE(i + 3);
    CHECK_THAT(programme->meter.integratedLufs(), WithinAbs(-23.0, 0.1));
  }
  if (channels != 5) return;
  const auto surround = feeder(rateHz, channels);  // 6
  surround->tones(20.0, {-28.0, -28.0, -24.0, -30.0, -30.0});
  CHECK_THAT(surround->meter.integratedLufs(), WithinAbs(-23.0, 0.1));
}

TEST_CASE("EBU Tech 3341, 9 and 12: changing tones read constant") {
  const auto [rateHz, channels] = everyFormat();
  CAPTURE(rateHz, channels);
  const auto slow = feeder(rateHz, channels);
  for (int i = 0; i < 5; ++i) {
    for (const auto& [seconds, level] : {std::pair{1.34, -20.0}, std::pair{1.66, -30.0}}) {
      for (double done = 0.0; done < seconds - 0.001; done += 0.02) {
        slow->tone(0.02, level);  // whole periods, so that the pieces join
        if (i >= 1) CHECK_THAT(slow->meter.shortTermLufs(), WithinAbs(-23.0, 0.1));
      }
    }
  }
  const auto fast = feeder(rateHz, channels);
  for (int i = 0; i < 25; ++i) {
    for (const auto& [seconds, level] : {std::pair{0.18, -20.0}, std::pair{0.22, -30.0}}) {
      for (double done = 0.0; done < seconds - 0.001; done += 0.01) {
        fast->tone(0.01, level);
        if (i >= 3) CHECK_THAT(fast->meter.momentaryLufs(), WithinAbs(-23.0, 0.1));
      }
    }
  }
}

TEST_CASE("EBU Tech 3341, 10 and 13: the maxima of tones wherever they begin") {
  const auto [rateHz, channels] = everyFormat();
  for (int i = 0; i < 20; i += tooLong({rateHz, channels}) ? 4 : 1) {
    CAPTURE(rateHz, channels, i);
    const auto shortTerm = feeder(rateHz, channels);
    shortTerm->silence(0.15 * i);
    shortTerm->tone(3.0, -23.0);
    shortTerm->silence(1.0);
    CHECK_THAT(shortTerm->meter.maxShortTermLufs(), WithinAbs(-23.0, 0.1));
    const auto momentary = feeder(rateHz, channels);
    momentary->silence(0.02 * i);
    momentary->tone(0.4, -23.0);
    momentary->silence(1.0);
    CHECK_THAT(momentary->meter.maxMomentaryLufs(), WithinAbs(-23.0, 0.1));
  }
}

TEST_CASE("EBU Tech 3341, 11 and 14: successive maxima") {
  const auto [rateHz, channels] = everyFormat();
  const auto shortTerm = feeder(rateHz, channels);
  const auto momentary = feeder(rateHz, channels);
  for (int i = 0; i < 20; ++i) {
    CAPTURE(rateHz, channels, i);
    shortTerm->silence(0.15 * i);
    shortTerm->tone(3.0, -38.0 + i);
    shortTerm->silence(3.0 - 0.15 * i);
    CHECK_THAT(shortTerm->meter.maxShortTermLufs(), WithinAbs(-38.0 + i, 0.1));
    momentary->silence(0.02 * i);
    momentary->tone(0.4, -38.0 + i);
    momentary->silence(0.4 - 0.02 * i);
    CHECK_THAT(momentary->meter.maxMomentaryLufs(), WithinAbs(-38.0 + i, 0.1));
  }
}

TEST_CASE("EBU Tech 3342, 1 to 4: loudness range") {
  const auto [rateHz, channels] = everyFormat();
  if (tooLong({rateHz, channels})) return;
  const std::pair<std::vector<double>, double> programmes[] = {{{-20.0, -30.0}, 10.0},
                                                               {{-20.0, -15.0}, 5.0},
                                                               {{-40.0, -20.0}, 20.0},
                                                               {{-50.0, -35.0, -20.0, -35.0, -50.0}, 15.0}};
  for (const auto& [levels, range] : programmes) {
    const auto programme = feeder(rateHz, channels);
    for (const double level : levels) programme->tone(20.0, level);
    CAPTURE(rateHz, channels, range);
    CHECK_THAT(programme->meter.loudnessRangeLu(), WithinAbs(range, 1.0));
  }
}
