#include "engine/commands.h"

#include <catch2/catch_test_macros.hpp>
#include <limits>
#include <random>

#include "support/engine_rig.h"

using mixwell::engine::CommandError;
using mixwell::engine::CommandReader;
using mixwell::engine::Opcode;
using mixwell::engine::opcodeNames;
using mixwell::engine::StripParam;
using mixwell::test::EngineRig;
using mixwell::test::noise;
using mixwell::test::Recording;
using mixwell::test::Signal;

namespace {

constexpr double notANumber = std::numeric_limits<double>::quiet_NaN();
constexpr double inf = std::numeric_limits<double>::infinity();

/// A song of two tracks, and what it sounds like.
struct Song {
  EngineRig rig;

  Song() {
    rig.addSource(1, noise(20000, 1), noise(20000, 2));
    rig.addSource(2, noise(20000, 3));
    rig.trackPerSource();
    rig.param(2, StripParam::pan, -20.0);
  }

  Signal sound() {
    rig.seek(0);
    rig.play();
    const Signal tap = rig.run(8192).tap();
    rig.stop();
    rig.run(1024);
    return tap;
  }
};

}  // namespace

TEST_CASE("A stream is read command by command") {
  const std::vector<double> stream = {9, 0, 11, 1, 500, 3, 3, 2, 7, 8};
  CommandReader reader(stream);
  CHECK(reader.next()->opcode == 9);
  const auto seek = reader.next();
  CHECK(seek->arguments[0] == 500);
  CHECK(seek->at == 2);
  CHECK(reader.next()->arguments.size() == 3);
  CHECK_FALSE(reader.next());
  CHECK_FALSE(reader.malformed());
}

TEST_CASE("Opcodes keep their numbers, which streams on disk may hold") {
  CHECK(static_cast<int>(Opcode::sourceAdd) == 1);
  CHECK(static_cast<int>(Opcode::trackClips) == 6);
  CHECK(static_cast<int>(Opcode::monitor) == 13);
  CHECK(static_cast<int>(Opcode::trackRoute) == 14);
  CHECK(static_cast<int>(Opcode::insertTable) == 24);
  CHECK(opcodeNames[static_cast<std::size_t>(Opcode::resetPeaks) - 1] == "resetPeaks");
}

TEST_CASE("A stream whose structure is broken is refused from there on") {
  for (const std::vector<double>& tail : std::vector<std::vector<double>>{{9},
                                                                          {11, 2, 5},
                                                                          {11, -1, 5},
                                                                          {11, 0.5, 5},
                                                                          {11, notANumber},
                                                                          {11, inf, 1},
                                                                          {11, 1e300},
                                                                          {11, 4294967297.0, 1}}) {
    Song song;
    std::vector<double> stream = {11, 1, 700};
    stream.insert(stream.end(), tail.begin(), tail.end());
    CHECK(song.rig.send(stream) == CommandError::malformed);
    CHECK(song.rig.engine.errorPosition() == 3);
    song.rig.run(128);
    CHECK(song.rig.engine.telemetry().positionFrames == 700.0);
  }
}

TEST_CASE("A refused command changes nothing, and those after it are applied") {
  const double huge = 1e18;
  struct Case {
    std::vector<double> command;
    CommandError error;
  };
  const std::vector<Case> cases = {
      {{0, 0}, CommandError::unknownOpcode},
      {{opcodeNames.size() + 1.0, 0}, CommandError::unknownOpcode},
      {{notANumber, 0}, CommandError::unknownOpcode},
      {{1.5, 0}, CommandError::unknownOpcode},
      {{1, 2, 5, 1}, CommandError::argumentCount},
      {{1, 3, 5, 3, 100}, CommandError::badValue},
      {{1, 3, 5, 0, 100}, CommandError::badValue},
      {{1, 3, -5, 1, 100}, CommandError::badValue},
      {{1, 3, 5, 1, huge}, CommandError::badValue},
      {{1, 3, 1, 1, 100}, CommandError::handleTaken},
      {{2, 1, 9}, CommandError::unknownHandle},
      {{3, 0}, CommandError::argumentCount},
      {{3, 3, 1, 1, 2}, CommandError::argumentCount},
      {{3, 3, 2, 1, 1}, CommandError::badValue},
      {{3, 2, 1, 1e12}, CommandError::badValue},
      {{4, 3, 9, 0, 0}, CommandError::unknownHandle},
      {{4, 3, 1, mixwell::engine::channelParamCount, 0}, CommandError::badValue},
      {{4, 3, 1, -1, 0}, CommandError::badValue},
      {{4, 3, 1, 0, notANumber}, CommandError::badValue},
      {{4, 3, 1, 0, 25}, CommandError::badValue},
      {{4, 3, 1, 2, -101}, CommandError::badValue},
      {{4, 3, 1, 3, 1.5}, CommandError::badValue},
      {{4, 3, 1, 4, inf}, CommandError::badValue},
      {{5, 2, 1, 3}, CommandError::badValue},
      {{5, 2, 9, 1}, CommandError::unknownHandle},
      {{6, 1, 1}, CommandError::argumentCount},
      {{6, 3, 1, 1, 5}, CommandError::argumentCount},
      {{6, 2, 1, -1}, CommandError::badValue},
      {{6, 2, 9, 0}, CommandError::unknownHandle},
      {{6, 11, 1, 1, 9, 0, 0, 10, 0, 0, 0, 0, 0}, CommandError::unknownHandle},
      {{6, 11, 1, 1, 1, -1, 0, 10, 0, 0, 0, 0, 0}, CommandError::badValue},
      {{6, 11, 1, 1, 1, 0, -1, 10, 0, 0, 0, 0, 0}, CommandError::badValue},
      {{6, 11, 1, 1, 1, 0, 0, -10, 0, 0, 0, 0, 0}, CommandError::badValue},
      {{6, 11, 1, 1, 1, 0, 0, huge, 0, 0, 0, 0, 0}, CommandError::badValue},
      {{6, 11, 1, 1, 1, 0, 0, 10, notANumber, 0, 0, 0, 0}, CommandError::badValue},
      {{6, 11, 1, 1, 1, 0, 0, 10, 37, 0, 0, 0, 0}, CommandError::badValue},
      {{6, 11, 1, 1, 1, 0, 0, 10, 0, -1, 0, 0, 0}, CommandError::badValue},
      {{6, 11, 1, 1, 1, 0, 0, 10, 0, 0, 5, 0, 0}, CommandError::badValue},
      {{6, 11, 1, 1, 1, 0, 0, 10, 0, 0, 0, 0, -1}, CommandError::badValue},
      {{6, 20, 1, 2, 1, 0, 0, 10, 0, 0, 0, 0, 0, 1, 0, 0, notANumber, 0, 0, 0, 0, 0}, CommandError::badValue},
      {{7, 2, 1, 0}, CommandError::badValue},
      {{7, 2, 0, 13}, CommandError::badValue},
      {{8, 3, 1, 100, 163}, CommandError::badValue},
      {{8, 3, 1, 1000, 100}, CommandError::badValue},
      {{8, 3, 2, 0, 1000}, CommandError::badValue},
      {{8, 3, 1, notANumber, 1000}, CommandError::badValue},
      {{9, 1, 0}, CommandError::argumentCount},
      {{11, 1, -1}, CommandError::badValue},
      {{11, 1, huge}, CommandError::badValue},
      {{12, 1, -3}, CommandError::badValue},
      {{12, 1, 9}, CommandError::unknownHandle},
      {{13, 3, notANumber, 0, 0}, CommandError::badValue},
      {{13, 3, 0, 2, 0}, CommandError::badValue},
      {{14, 2, 1, 9}, CommandError::unknownHandle},
      {{14, 2, -2, 1}, CommandError::unknownHandle},
      {{14, 2, 1, 1}, CommandError::routingLoop},
      {{15, 2, 1, 17}, CommandError::badValue},
      {{15, 3, 1, 1, 2}, CommandError::argumentCount},
      {{15, 7, 1, 1, 9, 0, 0, 0, 1}, CommandError::unknownHandle},
      {{15, 7, 1, 1, -2, 0, 0, 0, 1}, CommandError::unknownHandle},
      {{15, 7, 1, 1, 2, 12.5, 0, 0, 1}, CommandError::badValue},
      {{15, 7, 1, 1, 2, notANumber, 0, 0, 1}, CommandError::badValue},
      {{15, 7, 1, 1, 2, 0, 101, 0, 1}, CommandError::badValue},
      {{15, 7, 1, 1, 2, 0, 0, 2, 1}, CommandError::badValue},
      {{15, 7, 1, 1, 1, 0, 0, 0, 1}, CommandError::routingLoop},
      {{16, 3, 1, 2, 2}, CommandError::badValue},
      {{16, 3, 1, 0, 9}, CommandError::unknownHandle},
      {{16, 3, 1, 0, -2}, CommandError::unknownHandle},
      {{16, 3, 1, 1, 1}, CommandError::routingLoop},
      {{17, 2, 9, 0}, CommandError::unknownHandle},
      {{17, 2, 1, 17}, CommandError::badValue},
      {{17, 4, 1, 1, 5, 1000}, CommandError::badValue},
      {{17, 4, 1, 1, -5, 0}, CommandError::badValue},
      {{17, 6, 1, 2, 5, 0, 5, 0}, CommandError::badValue},
      {{17, 3, 1, 1, 5}, CommandError::argumentCount},
      {{18, 3, 9, 0, 0}, CommandError::unknownHandle},
      {{19, 3, 9, 1, 0}, CommandError::unknownHandle},
      {{19, 3, 9, 2, 0}, CommandError::badValue},
      {{20, 2, 9, 1}, CommandError::unknownHandle},
      {{21, 5, 1, 3, 0, 0, 0}, CommandError::badValue},
      {{21, 5, 1, 1, 9, 0, 0}, CommandError::unknownHandle},
      {{21, 9, 1, 0, 0, 4, 1, -5, 0, 0, 0}, CommandError::badValue},
      {{21, 9, 1, 0, 0, 4, 1, 5, 13, 0, 0}, CommandError::badValue},
      {{21, 9, 1, 0, 0, 4, 1, 5, 0, 3, 0}, CommandError::badValue},
      {{21, 9, 1, 0, 0, 4, 1, 5, 0, 1, 2}, CommandError::badValue},
      {{21, 13, 1, 0, 0, 4, 2, 5, 0, 0, 0, 4, 0, 0, 0}, CommandError::badValue},
      {{21, 9, -2, 0, 0, 1, 1, 5, 0, 0, 0}, CommandError::badValue},
      {{21, 9, -2, 2, 0, 0, 1, 5, 0, 0, 0}, CommandError::badValue},
      {{22, 1, 0}, CommandError::badValue},
      {{22, 3, 1, 1, 120}, CommandError::badValue},
      {{22, 3, 1, 0, 0}, CommandError::badValue},
      {{22, 5, 2, 0, 120, 0, 100}, CommandError::badValue},
      {{23, 4, 8, 1, 0, 0}, CommandError::badValue},
      {{23, 4, 0, 1, 0, 4}, CommandError::badValue},
      {{23, 4, 0, -2, 0, 0}, CommandError::badValue},
      {{23, 4, 0, 1, 1, 9}, CommandError::unknownHandle},
      {{24, 2, 9, 100}, CommandError::unknownHandle},
      {{25, 1, 2}, CommandError::badValue},
      {{26, 2, 3, 0}, CommandError::badValue},
      {{26, 2, 0, notANumber}, CommandError::badValue},
      {{26, 2, 0, 24.1}, CommandError::badValue},
      {{27, 1, 9}, CommandError::unknownHandle},
      {{27, 1, -2}, CommandError::unknownHandle},
  };
  Song song;
  const Signal before = song.sound();
  for (const Case& entry : cases) {
    std::vector<double> stream = {11, 1, 300};
    stream.insert(stream.end(), entry.command.begin(), entry.command.end());
    stream.insert(stream.end(), {11, 1, 4000});
    CAPTURE(entry.command);
    CHECK(song.rig.send(stream) == entry.error);
    CHECK(song.rig.engine.errorPosition() == 3);
    song.rig.run(128);
    CHECK(song.rig.engine.telemetry().positionFrames == 4000.0);
    REQUIRE(song.sound() == before);
  }
}

TEST_CASE("What is beyond the engine's capacity is refused") {
  EngineRig rig({.sampleRateHz = 48000, .trackCapacity = 4, .pageSlots = 8});
  CHECK(rig.trackList({1, 2, 3, 4, 5}) == CommandError::overCapacity);
  CHECK(rig.trackList({1, 2, 3, 4}) == CommandError::none);
  for (int source = 0; source < static_cast<int>(mixwell::engine::maxSources); ++source) {
    REQUIRE(rig.command(Opcode::sourceAdd, {static_cast<double>(source), 1, 1000}) == CommandError::none);
  }
  CHECK(rig.command(Opcode::sourceAdd, {1e6, 1, 1000}) == CommandError::overCapacity);
  CHECK(rig.command(Opcode::sourceRemove, {17}) == CommandError::none);
  CHECK(rig.command(Opcode::sourceAdd, {1e6, 1, 1000}) == CommandError::none);

  const std::vector<mixwell::test::ClipSpec> many(mixwell::engine::maxClips / 2, {.source = 1, .length = 10});
  CHECK(rig.clips(1, many) == CommandError::none);
  CHECK(rig.clips(2, many) == CommandError::none);
  CHECK(rig.clips(3, {{.source = 1, .length = 10}}) == CommandError::overCapacity);
  CHECK(rig.clips(1, {}) == CommandError::none);
  CHECK(rig.clips(3, {{.source = 1, .length = 10}}) == CommandError::none);
}

TEST_CASE("Specs out of range are refused") {
  mixwell::engine::Engine engine;
  CHECK_FALSE(engine.prepare({.sampleRateHz = notANumber}));
  CHECK_FALSE(engine.prepare({.sampleRateHz = 100}));
  CHECK_FALSE(engine.prepare({.trackCapacity = 0}));
  CHECK_FALSE(engine.prepare({.trackCapacity = 257}));
  CHECK_FALSE(engine.prepare({.pageSlots = 3}));
  CHECK_FALSE(engine.prepare({.pageSlots = 100000}));
}

TEST_CASE("Random numbers for commands never lead out of bounds or to sound that is no number") {
  const unsigned seed = 20240;
  std::mt19937 random(seed);
  const std::vector<double> odd = {notANumber, inf,  -inf, -1,   0,    1,      2,      3,     64,  128,
                                   0.5,        1e9,  1e18, 4096, 8191, 1e-300, -0.0,   255,   256, 65536,
                                   20000,      1e12, -90,  -91,  12,   1.1e12, 5e-324, 1e300, 4,   8};
  Song song;
  for (int round = 0; round < 20000; ++round) {
    std::vector<double> stream;
    for (auto commands = 1 + random() % 3; commands > 0; --commands) {
      const std::size_t arguments = random() % 24;
      stream.push_back(random() % 20 == 0 ? odd[random() % odd.size()] : static_cast<double>(random() % 26));
      stream.push_back(random() % 20 == 0 ? odd[random() % odd.size()] : static_cast<double>(arguments));
      for (std::size_t i = 0; i < arguments; ++i) {
        stream.push_back(random() % 3 == 0 ? odd[random() % odd.size()] : static_cast<double>(random() % 5));
      }
    }
    // Sources that are not in memory can't be delivered: they are not added.
    if (stream[0] == 1.0) stream[0] = 9.0;
    song.rig.send(stream);
    song.rig.delivers = false;
    const Recording out = song.rig.run(1 + random() % 200);
    for (const float sample : out.tapLeft) REQUIRE(sample - sample == 0.0f);
    for (const float sample : out.monitorRight) REQUIRE(sample - sample == 0.0f);
  }
}
