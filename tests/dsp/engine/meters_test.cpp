#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <cmath>

#include "support/engine_rig.h"

using Catch::Matchers::WithinAbs;
using mixwell::engine::Levels;
using mixwell::engine::Opcode;
using mixwell::engine::StripParam;
using mixwell::test::EngineRig;
using mixwell::test::Signal;
using mixwell::test::sine;

TEST_CASE("Meters show each strip behind its fader, in order, and the master") {
  EngineRig rig;
  rig.addSource(1, sine(200000, 0.01, 0.5), sine(200000, 0.01, 0.25));
  rig.addSource(2, sine(200000, 0.01, 0.1));
  rig.trackPerSource();
  rig.param(2, StripParam::volumeDb, 6.0);
  rig.param(2, StripParam::pan, 100.0);
  rig.masterVolume(-6.0);
  rig.play();
  rig.run(150000);
  const auto levels = rig.engine.levels();
  CHECK_THAT(levels[1].peakLeft, WithinAbs(0.5, 1e-3));
  CHECK_THAT(levels[1].peakRight, WithinAbs(0.25, 1e-3));
  CHECK_THAT(levels[1].rmsLeft, WithinAbs(0.5 / std::sqrt(2.0), 1e-3));
  CHECK(levels[2].peakLeft == 0.0f);
  CHECK_THAT(levels[2].peakRight, WithinAbs(0.1 * std::pow(10.0, 0.3) * std::sqrt(2.0), 1e-3));
  CHECK_THAT(levels[0].peakLeft, WithinAbs(0.5 * std::pow(10.0, -0.3), 1e-3));
  CHECK(levels[0].maxPeak == std::max(levels[0].peakLeft, levels[0].peakRight));
  rig.trackList({2, 1});
  rig.run(128);
  CHECK_THAT(levels[2].peakLeft, WithinAbs(0.5, 5e-3));
  CHECK(levels[1].peakLeft == 0.0f);
}

TEST_CASE("The clip light goes on above full scale only and off by hand") {
  EngineRig rig;
  rig.addSource(1, Signal(200000, 1.0f));
  rig.trackPerSource();
  rig.play();
  rig.run(1024);
  CHECK(rig.engine.levels()[1].flags == 0.0f);
  rig.masterVolume(0.1);
  rig.run(2048);
  CHECK(rig.engine.levels()[1].flags == 0.0f);
  CHECK(rig.engine.levels()[0].flags == 1.0f);
  rig.masterVolume(0.0);
  rig.run(2048);
  CHECK(rig.engine.levels()[0].flags == 1.0f);
  rig.command(Opcode::resetPeaks, {-2});
  rig.run(128);
  CHECK(rig.engine.levels()[0].flags == 0.0f);
  CHECK(rig.engine.levels()[0].maxPeak == 1.0f);
}

TEST_CASE("Meters fall by 20 dB in 1.5 s when the transport stops, when a track is muted and between clips") {
  EngineRig rig;
  rig.addSource(1, Signal(400000, 0.5f));
  rig.addSource(2, Signal(8192, 0.5f));
  rig.addSource(3, Signal(400000, 0.5f));
  rig.trackPerSource();
  rig.play();
  rig.run(8192);
  rig.param(3, StripParam::mute, 1.0);
  rig.run(72000);
  CHECK(rig.engine.levels()[1].peakLeft == 0.5f);
  CHECK_THAT(rig.engine.levels()[2].peakLeft, WithinAbs(0.05, 0.001));
  CHECK_THAT(rig.engine.levels()[3].peakLeft, WithinAbs(0.05, 0.001));
  rig.stop();
  rig.run(72000);
  CHECK_THAT(rig.engine.levels()[1].peakLeft, WithinAbs(0.05, 0.001));
  CHECK(rig.engine.levels()[1].maxPeak == 0.5f);
}

TEST_CASE("Telemetry counts quanta, frames and tracks") {
  EngineRig rig;
  rig.addSource(1, Signal(20000, 0.5f));
  rig.addSource(2, Signal(20000, 0.5f));
  rig.trackPerSource();
  rig.run(256);
  rig.play();
  rig.run(1280);
  const auto& telemetry = rig.engine.telemetry();
  CHECK(telemetry.quanta == 12.0);
  CHECK(telemetry.advancedFrames == 1280.0);
  CHECK(telemetry.positionFrames == 1280.0);
  CHECK(telemetry.playing == 1.0);
  CHECK(telemetry.trackCount == 2.0);
}
