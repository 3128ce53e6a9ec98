// Edits while a low tone plays: nothing of it may be heard as a click. A hard switch of this tone leaves
// about 0.3 above 8 kHz.
#include <catch2/catch_test_macros.hpp>
#include <cmath>

#include "engine/device_types.h"
#include "support/console.h"

using namespace mixwell;
using engine::CommandError;
using engine::Opcode;
using engine::StripParam;
using test::Console;
using test::EngineRig;
using test::Signal;

namespace {

constexpr float inaudible = 0.004f;
constexpr std::size_t sourceFrames = 240000;

double deviceOf(std::string_view id) {
  const int place = engine::deviceTypeOf(id);
  REQUIRE(place >= 0);
  return place;
}

/// A tone of 110 Hz on track 1, a group 2 and a return 3.
struct Stage {
  EngineRig rig;
  Signal heard;

  Stage() {
    Console console;
    console.tracks = {
        {.handle = 1, .clips = {{.source = 1, .length = sourceFrames}}}, {.handle = 2}, {.handle = 3}};
    rig.addSource(1, test::sine(sourceFrames, 110.0 / 48000.0, 0.5));
    test::tell(rig, console);
    rig.play();
    wait();
  }
  void wait(std::size_t frames = 3000) {
    const Signal more = rig.run(frames).tapLeft;
    heard.insert(heard.end(), more.begin(), more.end());
  }
  void edit(Opcode opcode, const std::vector<double>& arguments) {
    REQUIRE(rig.command(opcode, arguments) == CommandError::none);
    wait();
  }
  /// Of what was heard from the second half second on, where filters have swung in.
  float click() const { return test::clickSize(heard); }
};

double rms(const Signal& signal) {
  double sum = 0.0;
  for (const float sample : signal) sum += static_cast<double>(sample) * static_cast<double>(sample);
  return std::sqrt(sum / static_cast<double>(signal.size()));
}

}  // namespace

TEST_CASE("The measure of clicks sees a hard switch") {
  Stage stage;
  std::fill(stage.heard.begin() + 2000, stage.heard.end(), 0.0f);
  CHECK(stage.click() > 10.0f * inaudible);
}

TEST_CASE("Every device comes, is bypassed and goes without a click") {
  for (const engine::DeviceType& type : engine::deviceTypes()) {
    INFO(type.table->id);
    Stage stage;
    const double device = deviceOf(type.table->id);
    stage.edit(Opcode::inserts, {1, 1, 70, device});
    for (const double matched : {0.0, 1.0}) {
      stage.edit(Opcode::insertOn, {70, 0, matched});
      stage.edit(Opcode::insertOn, {70, 1, matched});
    }
    stage.edit(Opcode::inserts, {1, 0});
    CHECK(stage.click() < inaudible);
  }
}

TEST_CASE("Devices change places without a click") {
  Stage stage;
  const double gain = deviceOf("gain");
  const double limiter = deviceOf("limiter");
  const double saturator = deviceOf("saturator");
  stage.edit(Opcode::inserts, {1, 3, 70, gain, 71, limiter, 72, saturator});
  stage.edit(Opcode::insertParam, {70, 0, 6});
  stage.edit(Opcode::inserts, {1, 3, 72, saturator, 71, limiter, 70, gain});
  stage.edit(Opcode::inserts, {1, 2, 70, gain, 72, saturator});
  CHECK(stage.click() < inaudible);
}

TEST_CASE("Sends, routes and tracks come and go without a click") {
  SECTION("sends") {
    for (const double pre : {0.0, 1.0}) {
      Stage stage;
      stage.edit(Opcode::trackSends, {1, 1, 3, 0, 0, pre, 1});
      stage.edit(Opcode::trackSends, {1, 1, 3, -12, 40, pre, 1});
      stage.edit(Opcode::trackSends, {1, 1, 3, -12, 40, 1.0 - pre, 1});
      stage.edit(Opcode::trackSends, {1, 1, 3, -12, 40, 1.0 - pre, 0});
      stage.edit(Opcode::trackSends, {1, 1, 3, -12, 40, 1.0 - pre, 1});
      stage.edit(Opcode::trackSends, {1, 0});
      CHECK(stage.click() < inaudible);
    }
  }
  SECTION("routes, also where latencies differ") {
    Stage stage;
    stage.edit(Opcode::inserts, {2, 1, 70, deviceOf("limiter")});
    stage.edit(Opcode::trackRoute, {1, 2});
    stage.edit(Opcode::trackRoute, {2, 3});
    stage.edit(Opcode::trackRoute, {1, 3});
    stage.edit(Opcode::trackRoute, {2, -2});
    stage.edit(Opcode::trackRoute, {3, 2});
    stage.edit(Opcode::trackRoute, {1, -2});
    CHECK(stage.click() < inaudible);
  }
  SECTION("a way turned round") {
    Stage stage;
    stage.edit(Opcode::trackRoute, {1, 2});
    stage.edit(Opcode::trackRoute, {2, 3});
    stage.rig.command(Opcode::trackRoute, {1, 3});
    stage.rig.command(Opcode::trackRoute, {2, -2});
    stage.edit(Opcode::trackRoute, {3, 2});
    CHECK(stage.click() < inaudible);
  }
  SECTION("sections, lookahead and keys") {
    Stage stage;
    const auto param = [](std::string_view id) { return static_cast<double>(test::channelParam(id)); };
    stage.edit(Opcode::trackParam, {1, param("compressor.lookaheadMs"), 6});
    stage.edit(Opcode::trackParam, {1, param("compressor.on"), 1});
    stage.edit(Opcode::trackParam, {1, param("compressor.lookaheadMs"), 2});
    stage.edit(Opcode::trackKey, {1, 1, 3});
    stage.edit(Opcode::trackKey, {1, 1, -1});
    stage.edit(Opcode::trackParam, {1, param("gate.on"), 1});
    stage.edit(Opcode::trackParam, {1, param("eq.on"), 1});
    stage.edit(Opcode::trackParam, {1, param("compressor.lookaheadMs"), 0});
    CHECK(stage.click() < inaudible);
  }
  SECTION("tracks") {
    Stage stage;
    stage.rig.trackList({1, 2, 3, 4});
    stage.edit(Opcode::trackClips, {4, 1, 1, 9000, 500, 100000, 0, 0, 0, 0, 0});
    stage.rig.trackList({4, 2, 1, 3});
    stage.wait();
    stage.rig.trackList({1, 2, 3});
    stage.wait();
    stage.edit(Opcode::trackRoute, {1, 2});
    stage.rig.trackList({1, 3});
    stage.wait();
    stage.rig.trackList({3});
    stage.wait();
    CHECK(stage.click() < inaudible);
    CHECK(stage.heard.back() == 0.0f);
  }
}

TEST_CASE("A level-matched bypass is as loud as the device") {
  const auto difference = [](std::string_view id, const std::vector<std::pair<double, double>>& params) {
    EngineRig rig;
    rig.addSource(1, test::noise(200000, 5));
    rig.trackPerSource();
    rig.command(Opcode::inserts, {1, 1, 70, deviceOf(id)});
    for (const auto& [index, value] : params) rig.command(Opcode::insertParam, {70, index, value});
    rig.play();
    rig.run(48000);
    const double on = rms(rig.run(24000).tapLeft);
    rig.command(Opcode::insertOn, {70, 0, 1});
    rig.run(72000);
    return 20.0 * std::log10(rms(rig.run(24000).tapLeft) / on);
  };
  const double louder = difference("gain", {{0, 9}});
  const double softer = difference("gain", {{0, -11}});
  const double compressed = difference("compressor", {{1, -30}, {2, 8}});
  const double saturated = difference("saturator", {});
  CAPTURE(louder, softer, compressed, saturated);
  for (const double db : {louder, softer, compressed, saturated}) CHECK(std::abs(db) < 0.5);
}
