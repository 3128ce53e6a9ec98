#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <cmath>
#include <numeric>

#include "stereo/pan_law.h"
#include "support/engine_rig.h"

using Catch::Matchers::WithinAbs;
using mixwell::engine::CommandError;
using mixwell::engine::Opcode;
using mixwell::engine::StripParam;
using mixwell::test::EngineRig;
using mixwell::test::noise;
using mixwell::test::Recording;
using mixwell::test::Signal;

namespace {

constexpr std::size_t frames = 20000;

float rms(const Signal& signal, std::size_t from, std::size_t to) {
  double sum = 0.0;
  for (std::size_t i = from; i < to; ++i)
    sum += static_cast<double>(signal[i]) * static_cast<double>(signal[i]);
  return static_cast<float>(std::sqrt(sum / static_cast<double>(to - from)));
}

}  // namespace

TEST_CASE("A stereo track at unity passes to the bit, to the tap and to the monitor") {
  EngineRig rig;
  const Signal left = noise(frames, 1);
  const Signal right = noise(frames, 2);
  rig.addSource(1, left, right);
  rig.trackPerSource();
  rig.play();
  const Recording out = rig.run(frames);
  CHECK(out.tapLeft == left);
  CHECK(out.tapRight == right);
  CHECK(out.monitorLeft == left);
  CHECK(out.monitorRight == right);
}

TEST_CASE("A mono track at unity goes to both sides to the bit") {
  EngineRig rig;
  const Signal sound = noise(frames, 3);
  rig.addSource(1, sound);
  rig.trackPerSource();
  rig.play();
  const Recording out = rig.run(frames);
  CHECK(out.tapLeft == sound);
  CHECK(out.tapRight == sound);
}

TEST_CASE("Stems at unity sum without loss: the mix is the exact sum, rounded once") {
  constexpr int tracks = 13;
  EngineRig rig;
  std::vector<double> exact(frames, 0.0);
  for (int track = 1; track <= tracks; ++track) {
    // Levels that differ, so that a sum in floats would lose digits on the way.
    Signal left = noise(frames, static_cast<unsigned>(track), track % 3 == 0 ? 0.9f : 0.0001f);
    for (std::size_t i = 0; i < frames; ++i) {
      if (track % 4 == 1) left[i] *= 0.333f;
      exact[i] += static_cast<double>(left[i]);
    }
    rig.addSource(track, left, noise(frames, 99));
  }
  rig.trackPerSource();
  rig.play();
  const Recording out = rig.run(frames);
  std::size_t different = 0;
  for (std::size_t i = 0; i < frames; ++i)
    different += out.tapLeft[i] != static_cast<float>(exact[i]) ? 1 : 0;
  CHECK(different == 0);
}

TEST_CASE("The stems of a mix add up to it") {
  EngineRig rig({.sampleRateHz = 48000, .trackCapacity = 16, .pageSlots = 256, .keepStems = true});
  for (int track = 1; track <= 6; ++track)
    rig.addSource(track, noise(6000, 10U + static_cast<unsigned>(track)));
  rig.trackPerSource();
  rig.param(2, StripParam::pan, 40.0);
  rig.param(3, StripParam::volumeDb, -7.5);
  rig.param(4, StripParam::mute, 1.0);
  rig.masterVolume(-3.0);
  rig.play();
  double worst = 0.0;
  for (int block = 0; block < 40; ++block) {
    if (block == 20) rig.masterVolume(2.0);
    rig.deliver();
    const std::size_t advanced = rig.engine.process(128);
    REQUIRE(advanced == 128);
    std::vector<double> sum(128, 0.0);
    const mixwell::engine::Outputs& out = rig.engine.outputs();
    for (int track = 1; track <= 6; ++track) {
      REQUIRE(rig.engine.stem(track));
      for (std::size_t i = 0; i < 128; ++i) sum[i] += static_cast<double>(out.stemLeft[i]);
      if (track == 4) CHECK(std::all_of(out.stemLeft, out.stemLeft + 128, [](float x) { return x == 0.0f; }));
    }
    for (std::size_t i = 0; i < 128; ++i)
      worst = std::max(worst, std::abs(sum[i] - static_cast<double>(out.tapLeft[i])));
  }
  CHECK(worst < 3e-7);
  CHECK_FALSE(rig.engine.stem(77));
}

TEST_CASE("Pan of mono and stereo tracks follows the laws of the table") {
  for (const bool mono : {false, true}) {
    for (int law = 0; law < 4; ++law) {
      for (const double pan : {-100.0, -37.0, 0.0, 60.0, 100.0}) {
        EngineRig rig;
        if (mono) {
          rig.addSource(1, Signal(2000, 0.5f));
        } else {
          rig.addSource(1, Signal(2000, 0.5f), Signal(2000, 0.25f));
        }
        rig.trackPerSource();
        rig.param(1, StripParam::panLaw, law);
        rig.param(1, StripParam::pan, pan);
        rig.play();
        const Recording out = rig.run(1000);
        const auto gains = mixwell::stereo::panGains(static_cast<mixwell::stereo::PanLaw>(law), pan, mono);
        CHECK_THAT(out.tapLeft[500], WithinAbs(0.5 * gains.left, 1e-7));
        CHECK_THAT(out.tapRight[500], WithinAbs((mono ? 0.5 : 0.25) * gains.right, 1e-7));
      }
    }
  }
}

TEST_CASE("Trim, polarity, fader and master fader have the levels that they show") {
  EngineRig rig;
  rig.addSource(1, Signal(4000, 0.25f));
  rig.trackPerSource();
  const auto level = [&] {
    rig.seek(0);
    rig.play();
    const Recording out = rig.run(1000);
    rig.stop();
    rig.run(1000);
    return out.tapLeft[999];
  };
  rig.param(1, StripParam::trimDb, 6.0);
  CHECK_THAT(level(), WithinAbs(0.25 * std::pow(10.0, 0.3), 1e-6));
  rig.param(1, StripParam::polarity, 1.0);
  CHECK_THAT(level(), WithinAbs(-0.25 * std::pow(10.0, 0.3), 1e-6));
  rig.param(1, StripParam::volumeDb, -12.0);
  CHECK_THAT(level(), WithinAbs(-0.25 * std::pow(10.0, -0.3), 1e-6));
  rig.masterVolume(-6.0);
  CHECK_THAT(level(), WithinAbs(-0.25 * std::pow(10.0, -0.6), 1e-6));
  rig.param(1, StripParam::volumeDb, -90.0);
  CHECK(level() == 0.0f);
  rig.param(1, StripParam::volumeDb, 0.0);
  rig.masterVolume(-1e9);
  CHECK(level() == 0.0f);
}

TEST_CASE("Mute and solo in place let through who should be heard") {
  EngineRig rig;
  for (int track = 1; track <= 4; ++track)
    rig.addSource(track, Signal(60000, static_cast<float>(1 << track)));
  rig.trackPerSource();
  const auto heard = [&] {
    rig.seek(0);
    rig.play();
    const Recording out = rig.run(1024);
    rig.stop();
    rig.run(1024);
    return static_cast<int>(out.tapLeft[500]);
  };
  CHECK(heard() == 2 + 4 + 8 + 16);
  rig.param(2, StripParam::mute, 1.0);
  CHECK(heard() == 2 + 8 + 16);
  rig.param(3, StripParam::solo, 1.0);
  CHECK(heard() == 8);
  rig.param(4, StripParam::soloSafe, 1.0);
  CHECK(heard() == 8 + 16);
  rig.param(2, StripParam::solo, 1.0);
  CHECK(heard() == 8 + 16);  // muted all the same
  rig.param(2, StripParam::mute, 0.0);
  CHECK(heard() == 4 + 8 + 16);
  rig.trackList({1, 2, 4});
  CHECK(heard() == 4 + 16);
  rig.trackList({1, 4});  // the last solo is gone
  CHECK(heard() == 2 + 16);
}

TEST_CASE("A mute is carried out within 5 ms, in the tap as well") {
  EngineRig rig;
  rig.addSource(1, Signal(20000, 0.5f));
  rig.trackPerSource();
  rig.play();
  rig.run(1024);
  rig.param(1, StripParam::mute, 1.0);
  const Recording out = rig.run(1024);
  CHECK(out.tapLeft[0] > 0.49f);
  CHECK_THAT(out.tapLeft[60], WithinAbs(0.5 * 0.84375, 0.01));  // a smooth step: 3x^2 - 2x^3
  CHECK_THAT(out.tapLeft[119], WithinAbs(0.25, 0.001));
  CHECK(out.tapLeft[239] == 0.0f);
  rig.param(1, StripParam::mute, 0.0);
  const Recording back = rig.run(1024);
  CHECK(back.tapLeft[0] < 0.01f);
  CHECK(back.tapLeft[239] == 0.5f);
}

TEST_CASE("Parameters move without clicks") {
  const Signal tone = mixwell::test::sine(96000, 220.0 / 48000.0, 0.9);
  const auto clickOf = [&](StripParam which, double value) {
    EngineRig rig;
    rig.addSource(1, tone);
    rig.trackPerSource();
    rig.play();
    Recording out = rig.run(4805);
    rig.param(1, which, value);
    const Recording after = rig.run(4805);
    Signal both = out.tapLeft;
    both.insert(both.end(), after.tapLeft.begin(), after.tapLeft.end());
    CHECK(rms(after.tapLeft, 2000, 4800) != rms(out.tapLeft, 2000, 4800));
    return mixwell::test::clickSize(both);
  };
  // A hard switch of this tone leaves about 0.4 above 8 kHz.
  CHECK(clickOf(StripParam::mute, 1.0) < 0.001f);
  CHECK(clickOf(StripParam::volumeDb, -20.0) < 0.003f);
  CHECK(clickOf(StripParam::volumeDb, 12.0) < 0.003f);
  CHECK(clickOf(StripParam::trimDb, -24.0) < 0.003f);
  CHECK(clickOf(StripParam::pan, 100.0) < 0.003f);
  CHECK(clickOf(StripParam::panLaw, 3.0) < 0.003f);
}

TEST_CASE("Turning polarity and pulling the master do not click") {
  EngineRig rig;
  const Signal tone = mixwell::test::sine(96000, 220.0 / 48000.0, 0.9);
  rig.addSource(1, tone);
  rig.trackPerSource();
  rig.play();
  Signal all = rig.run(4805).tapLeft;
  const auto append = [&](const Signal& more) { all.insert(all.end(), more.begin(), more.end()); };
  rig.param(1, StripParam::polarity, 1.0);
  append(rig.run(4805).tapLeft);
  rig.masterVolume(-90.0);
  append(rig.run(4805).tapLeft);
  CHECK(mixwell::test::clickSize(all) < 0.005f);
  CHECK(all.back() == 0.0f);
}

TEST_CASE("A clip plays its stretch of the source with its gain and fades") {
  using mixwell::engine::fadeCurveNames;
  const Signal ones(30000, 1.0f);
  for (int curve = 0; curve < static_cast<int>(fadeCurveNames.size()); ++curve) {
    EngineRig rig;
    rig.addSource(1, ones);
    rig.trackList({1});
    rig.clips(1, {{.start = 1000,
                   .offset = 3000,
                   .length = 9000,
                   .gainDb = -6.0,
                   .fadeIn = 2000,
                   .fadeInCurve = curve,
                   .fadeOut = 4000,
                   .fadeOutCurve = curve}});
    rig.play();
    const Signal out = rig.run(12000).tapLeft;
    const double gain = std::pow(10.0, -0.3);
    const auto shape = [&](double x) {
      switch (curve) {
        case 0:
          return x;
        case 1:
          return std::sin(x * std::acos(0.0));
        case 2:
          return x * x * (3.0 - 2.0 * x);
        case 3:
          return x * x;
        default:
          return 1.0 - (1.0 - x) * (1.0 - x);
      }
    };
    CHECK(out[999] == 0.0f);
    CHECK(out[1000] == 0.0f);
    for (int i = 0; i < 2000; i += 50) {
      REQUIRE_THAT(out[static_cast<std::size_t>(1000 + i)], WithinAbs(gain * shape(i / 2000.0), 5e-7));
    }
    CHECK_THAT(out[3000], WithinAbs(gain, 1e-7));
    CHECK_THAT(out[6000], WithinAbs(gain, 1e-7));
    for (int i = 0; i < 4000; i += 50) {
      REQUIRE_THAT(out[static_cast<std::size_t>(6000 + i)], WithinAbs(gain * shape(1.0 - i / 4000.0), 5e-7));
    }
    CHECK(out[10000] == 0.0f);
  }
}

TEST_CASE("Two clips that cross with linear fades of one source sum to the source") {
  EngineRig rig;
  const Signal sound = noise(30000, 8);
  rig.addSource(1, sound);
  rig.trackList({1});
  rig.clips(1, {{.length = 12000, .fadeOut = 4000},
                {.start = 8000, .offset = 8000, .length = 12000, .fadeIn = 4000}});
  rig.play();
  const Signal out = rig.run(20000).tapLeft;
  float worst = 0.0f;
  for (std::size_t i = 0; i < 20000; ++i) worst = std::max(worst, std::abs(out[i] - sound[i]));
  CHECK(worst < 1e-7f);
}

TEST_CASE("A clip that is longer than its source ends with it, one of a removed source is silent") {
  EngineRig rig;
  const Signal sound(5000, 0.5f);
  rig.addSource(1, sound);
  rig.addSource(2, sound);
  rig.trackList({1});
  rig.clips(1,
            {{.source = 1, .offset = 1000, .length = 9000}, {.source = 2, .start = 20000, .length = 5000}});
  rig.command(Opcode::sourceRemove, {2});
  rig.play();
  const Recording out = rig.run(25000);
  CHECK(std::all_of(out.advanced.begin(), out.advanced.end(), [](bool advanced) { return advanced; }));
  CHECK(out.tapLeft[3999] == 0.5f);
  CHECK(std::accumulate(out.tapLeft.begin() + 4000, out.tapLeft.end(), 0.0f) == 0.0f);
}
