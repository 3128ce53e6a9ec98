#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <cmath>
#include <string_view>

#include "engine/device_types.h"
#include "meter/bus_meter.h"
#include "support/engine_rig.h"

using Catch::Matchers::WithinAbs;
using mixwell::engine::CommandError;
using mixwell::engine::Opcode;
using mixwell::engine::StripParam;
using mixwell::test::EngineRig;
using mixwell::test::noise;
using mixwell::test::Recording;
using mixwell::test::Signal;
using mixwell::test::sine;

namespace {

constexpr double chain = -3;
constexpr double referenceBus = -4;

double deviceNumber(std::string_view id) {
  const auto types = mixwell::engine::deviceTypes();
  const auto found =
      std::find_if(types.begin(), types.end(), [&](const auto& type) { return type.table->id == id; });
  return static_cast<double>(found - types.begin());
}

double paramNumber(std::string_view device, std::string_view id) {
  const auto params =
      mixwell::engine::deviceTypes()[static_cast<std::size_t>(deviceNumber(device))].table->params;
  const auto found =
      std::find_if(params.begin(), params.end(), [&](const auto& info) { return info.id == id; });
  return static_cast<double>(found - params.begin());
}

void addNoiseTrack(EngineRig& rig, int handle = 1) {
  rig.addSource(handle, noise(200000, 3), noise(200000, 4));
  rig.trackPerSource();
}

// A gain of 6 dB down and a limiter.
void addChain(EngineRig& rig) {
  REQUIRE(rig.command(Opcode::inserts, {chain, 2, 50, deviceNumber("gain"), 51, deviceNumber("limiter")}) ==
          CommandError::none);
  REQUIRE(rig.command(Opcode::insertParam, {50, paramNumber("gain", "gainDb"), -6}) == CommandError::none);
}

Signal tapOf(EngineRig& rig, std::size_t frames) {
  return rig.run(frames).tap();
}

}  // namespace

TEST_CASE("A mastering chain that is off leaves the mix as it is, to the bit") {
  EngineRig plain;
  addNoiseTrack(plain);
  plain.play();
  EngineRig chained;
  addNoiseTrack(chained);
  addChain(chained);
  chained.play();
  CHECK(tapOf(plain, 20000) == tapOf(chained, 20000));
  CHECK(chained.engine.telemetry().latencyFrames == 0.0);
}

TEST_CASE("The mastering chain sounds as the same devices do on the master, behind its fader") {
  EngineRig mastered;
  addNoiseTrack(mastered);
  addChain(mastered);
  mastered.command(Opcode::mastering, {1});
  mastered.play();
  EngineRig onMaster;
  addNoiseTrack(onMaster);
  onMaster.command(Opcode::inserts, {-2, 2, 50, deviceNumber("gain"), 51, deviceNumber("limiter")});
  onMaster.command(Opcode::insertParam, {50, paramNumber("gain", "gainDb"), -6});
  onMaster.play();
  CHECK(tapOf(mastered, 20000) == tapOf(onMaster, 20000));
  CHECK(mastered.engine.telemetry().latencyFrames == onMaster.engine.telemetry().latencyFrames);
  CHECK(mastered.engine.telemetry().latencyFrames > 0.0);

  mastered.masterVolume(-20);  // under the limiter
  mastered.run(150000);
  const auto levels = mastered.engine.levels();
  CHECK_THAT(20.0 * std::log10(static_cast<double>(levels[0].rmsLeft / levels[1].rmsLeft)),
             WithinAbs(-26.0, 0.2));
}

TEST_CASE(
    "Switched while it plays, the mastering chain comes and goes without a click, in step with a fresh "
    "start") {
  EngineRig rig;
  rig.addSource(1, sine(400000, 200.0 / 48000, 0.5));
  rig.trackPerSource();
  addChain(rig);
  rig.play();
  Recording heard = rig.run(30000);
  rig.command(Opcode::mastering, {1});
  const Recording on = rig.run(30000);
  rig.command(Opcode::mastering, {0});
  const Recording off = rig.run(30000);
  for (const Recording* more : {&on, &off}) {
    heard.monitorLeft.insert(heard.monitorLeft.end(), more->monitorLeft.begin(), more->monitorLeft.end());
  }
  CHECK(mixwell::test::clickSize(heard.monitorLeft) < 2e-3f);

  const auto position = static_cast<double>(on.tap().size() / 2);
  EngineRig fresh;
  fresh.addSource(1, sine(400000, 200.0 / 48000, 0.5));
  fresh.trackPerSource();
  addChain(fresh);
  fresh.command(Opcode::mastering, {1});
  fresh.seek(30000);
  fresh.play();
  const Signal expected = tapOf(fresh, static_cast<std::size_t>(position));
  const Signal got = on.tap();
  REQUIRE(got.size() >= expected.size());
  CHECK(std::equal(expected.begin(), expected.end(), got.begin()));
}

TEST_CASE(
    "The original is heard in step with the master, level-matched and without a gap; the tap stays the "
    "master") {
  EngineRig rig;
  addNoiseTrack(rig);
  addChain(rig);
  rig.command(Opcode::mastering, {1});
  EngineRig same;
  addNoiseTrack(same);
  addChain(same);
  same.command(Opcode::mastering, {1});
  rig.command(Opcode::audition, {1, -6});
  rig.play();
  same.play();
  const Recording original = rig.run(20000);
  const Recording master = same.run(20000);
  CHECK(original.tapLeft == master.tapLeft);
  // Under the limiter the chain is a gain and a delay: matched, both are the same.
  for (std::size_t i = 8192; i < 20000; ++i) {
    if (std::abs(original.monitorLeft[i] - master.monitorLeft[i]) > 1e-6f) {
      FAIL("frame " << i << ": " << original.monitorLeft[i] << " and " << master.monitorLeft[i]);
    }
  }
  CHECK(rig.command(Opcode::audition, {3, 0}) == CommandError::badValue);
  CHECK(rig.command(Opcode::audition, {1, 25}) == CommandError::badValue);
}

TEST_CASE("A reference is heard in the place of the song and comes into no mix, whatever is soloed") {
  EngineRig rig;
  rig.addSource(1, noise(200000, 3), noise(200000, 4));
  rig.addSource(2, noise(200000, 5, 0.25f), noise(200000, 6, 0.25f));
  rig.trackPerSource();
  REQUIRE(rig.command(Opcode::trackRoute, {2, referenceBus}) == CommandError::none);
  rig.param(1, StripParam::solo, 1.0);
  EngineRig alone;
  addNoiseTrack(alone);
  alone.play();
  rig.play();
  rig.run(4096);
  alone.run(4096);
  rig.command(Opcode::audition, {2, 0});
  rig.run(4096);
  alone.run(4096);
  const Recording heard = rig.run(8192);
  CHECK(heard.tap() == alone.run(8192).tap());
  const Signal reference = noise(200000, 5, 0.25f);
  CHECK(std::equal(heard.monitorLeft.begin(), heard.monitorLeft.end(), reference.begin() + 8192));
  CHECK(rig.command(Opcode::trackSends, {1, 1, referenceBus, 0, 0, 0, 1}) == CommandError::unknownHandle);
}

TEST_CASE("Loudness of the tap, of the original and of a track is that of what each gives") {
  EngineRig rig;
  rig.addSource(1, sine(480000, 1000.0 / 48000, 0.1), sine(480000, 1000.0 / 48000, 0.1));
  rig.trackPerSource();
  addChain(rig);
  rig.command(Opcode::mastering, {1});
  rig.command(Opcode::meterTrack, {1});
  REQUIRE(rig.command(Opcode::meterLoudness, {1}) == CommandError::none);
  rig.param(1, StripParam::volumeDb, 3.0);
  rig.play();
  rig.run(240000);
  const auto& [tap, original, track] = rig.engine.telemetry().buses;
  // EBU Tech 3341, case 1: a sine of both channels at -23 dBFS is -23 LUFS.
  CHECK_THAT(original.integratedLufs, WithinAbs(-17.0, 0.1));
  CHECK_THAT(track.shortTermLufs, WithinAbs(-17.0, 0.1));
  CHECK_THAT(tap.momentaryLufs, WithinAbs(-23.0, 0.1));
  CHECK_THAT(20.0 * std::log10(tap.truePeak), WithinAbs(-23.0, 0.1));
  CHECK_THAT(tap.correlation, WithinAbs(1.0, 1e-6));
  CHECK(rig.command(Opcode::meterTrack, {9}) == CommandError::unknownHandle);
  CHECK(rig.command(Opcode::meterLoudness, {2}) == CommandError::badValue);

  rig.stop();
  rig.run(4096);
  rig.play();  // from where it stopped: it goes on
  rig.run(4096);
  CHECK_THAT(tap.integratedLufs, WithinAbs(-23.0, 0.1));
  rig.seek(0);
  rig.run(2048);
  CHECK(std::isinf(tap.integratedLufs));
  CHECK(tap.truePeak < 0.2);
}

TEST_CASE("A bus meter tells the same whatever the blocks are") {
  const Signal left = noise(100000, 1);
  const Signal right = noise(100000, 2);
  mixwell::meter::BusMeter whole;
  mixwell::meter::BusMeter pieces;
  whole.prepare(48000);
  pieces.prepare(48000);
  for (std::size_t at = 0; at + 128 <= 96000; at += 128) whole.process(&left[at], &right[at], 128);
  for (std::size_t at = 0, step = 1; at < 96000; step = step % 127 + 1) {
    const std::size_t frames = std::min<std::size_t>(step, 96000 - at);
    pieces.process(&left[at], &right[at], frames);
    at += frames;
  }
  CHECK(whole.readings().shortTermLufs == pieces.readings().shortTermLufs);
  CHECK(whole.readings().maxMomentaryLufs == pieces.readings().maxMomentaryLufs);
  CHECK(whole.readings().integratedLufs == pieces.readings().integratedLufs);
  CHECK(whole.readings().truePeak == pieces.readings().truePeak);
  CHECK(whole.readings().correlation == pieces.readings().correlation);
  CHECK_THAT(whole.readings().correlation, WithinAbs(0.0, 0.05));
}

TEST_CASE("A recent true peak is forgotten after 3 s, and a NaN does not stay in a bus meter's correlation") {
  mixwell::meter::BusMeter meter;
  meter.prepare(48000);
  Signal loud(128, 0.9f);
  Signal quiet(128, 0.1f);
  meter.process(loud.data(), loud.data(), 128);
  for (int i = 0; i < 375; ++i) meter.process(quiet.data(), quiet.data(), 128);
  CHECK(meter.readings().recentTruePeak > 0.85);
  for (int i = 0; i < 1500; ++i) meter.process(quiet.data(), quiet.data(), 128);
  CHECK(meter.readings().recentTruePeak < 0.2);
  CHECK(meter.readings().truePeak > 0.85);
  loud[5] = NAN;
  meter.process(loud.data(), loud.data(), 128);
  for (int i = 0; i < 10; ++i) meter.process(quiet.data(), quiet.data(), 128);
  CHECK_THAT(meter.readings().correlation, WithinAbs(1.0, 1e-3));
}
