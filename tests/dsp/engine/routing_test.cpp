#include <algorithm>
#include <catch2/catch_test_macros.hpp>

#include "support/engine_rig.h"

using mixwell::engine::channelParams;
using mixwell::engine::CommandError;
using mixwell::engine::Opcode;
using mixwell::engine::StripParam;
using mixwell::test::EngineRig;
using mixwell::test::noise;
using mixwell::test::Signal;

namespace {

double placeOf(std::string_view id) {
  const auto found = std::find_if(channelParams.begin(), channelParams.end(),
                                  [&](const auto& info) { return info.id == id; });
  return static_cast<double>(found - channelParams.begin());
}

constexpr std::size_t frames = 20000;

float highest(const Signal& signal) {
  float most = 0.0f;
  for (const float sample : signal) most = std::max(most, std::abs(sample));
  return most;
}

}  // namespace

TEST_CASE("A group of a group passes its tracks to the bit") {
  EngineRig rig;
  const Signal sound = noise(frames, 1);
  rig.addSource(1, sound);
  rig.trackPerSource();
  rig.trackList({1, 2, 3});
  CHECK(rig.command(Opcode::trackRoute, {1, 3}) == CommandError::none);
  CHECK(rig.command(Opcode::trackRoute, {3, 2}) == CommandError::none);
  CHECK(rig.command(Opcode::trackRoute, {2, 1}) == CommandError::routingLoop);
  CHECK(rig.command(Opcode::trackSends, {2, 1, 3, 0, 0, 0, 1}) == CommandError::routingLoop);
  rig.play();
  CHECK(rig.run(frames).tapLeft == sound);
}

TEST_CASE("Paths through sends, groups and lookahead arrive together: what is turned over cancels") {
  EngineRig rig;
  rig.addSource(1, noise(frames, 1));
  rig.addSource(2, noise(frames, 1));
  rig.trackPerSource();
  rig.trackList({1, 2, 3, 4});
  rig.param(2, StripParam::polarity, 1.0);
  rig.command(Opcode::trackParam, {1, placeOf("compressor.lookaheadMs"), 5});
  rig.command(Opcode::trackRoute, {1, 3});
  rig.command(Opcode::trackSends, {2, 1, 4, 0, 0, 1, 1});
  rig.param(2, StripParam::volumeDb, -90.0);
  rig.play();
  const auto out = rig.run(frames);
  CHECK(rig.engine.telemetry().latencyFrames == 240.0);
  CHECK(highest(out.tapLeft) == 0.0f);
  rig.stop();
  rig.run(1024);
  rig.param(2, StripParam::mute, 1.0);
  rig.seek(0);
  rig.play();
  CHECK(highest(rig.run(frames).tapLeft) > 0.4f);
}

TEST_CASE("Devices come and go while the sound plays, at unity to the bit in the end") {
  EngineRig rig;
  const Signal sound = noise(frames, 3);
  rig.addSource(1, sound);
  rig.trackPerSource();
  rig.play();
  rig.run(1024);
  CHECK(rig.command(Opcode::inserts, {1, 2, 70, 0, 71, 0}) == CommandError::none);
  CHECK(rig.command(Opcode::inserts, {-2, 1, 70, 0}) == CommandError::handleTaken);
  CHECK(rig.command(Opcode::insertParam, {70, 0, -6}) == CommandError::none);
  rig.run(4096);
  CHECK(rig.command(Opcode::inserts, {1, 2, 71, 0, 70, 0}) == CommandError::none);
  CHECK(rig.command(Opcode::insertOn, {70, 0, 0}) == CommandError::none);
  rig.run(4096);
  const auto position = static_cast<std::size_t>(rig.engine.telemetry().positionFrames);
  const auto out = rig.run(1024);
  CHECK(std::equal(out.tapLeft.begin(), out.tapLeft.end(),
                   sound.begin() + static_cast<std::ptrdiff_t>(position)));
  CHECK(rig.command(Opcode::inserts, {1, 0}) == CommandError::none);
  rig.run(2048);
}
