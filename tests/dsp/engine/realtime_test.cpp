#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <limits>
#include <new>
#include <random>

#include "support/allocation_guard.h"
#include "support/engine_rig.h"

using mixwell::engine::Opcode;
using mixwell::engine::PageId;
using mixwell::engine::StripParam;
using mixwell::test::AllocationGuard;
using mixwell::test::ClipSpec;
using mixwell::test::EngineRig;
using mixwell::test::noise;
using mixwell::test::Signal;

namespace {

std::vector<double> command(Opcode opcode, std::vector<double> arguments) {
  arguments.insert(arguments.begin(), {static_cast<double>(opcode), static_cast<double>(arguments.size())});
  return arguments;
}

std::vector<double> clipList(double track, std::size_t count) {
  std::vector<double> arguments = {track, static_cast<double>(count)};
  for (std::size_t i = 0; i < count; ++i) {
    const auto place = static_cast<double>((count - i) * 37);
    arguments.insert(arguments.end(), {1, place, place / 2, 500, 0, 100, 1, 100, 2});
  }
  return command(Opcode::trackClips, arguments);
}

}  // namespace

TEST_CASE("The guard sees an allocation") {
  AllocationGuard guard;
  ::operator delete(::operator new(16));  // called by name, so that no compiler leaves it out
  CHECK(guard.allocations() == 1);
}

TEST_CASE("After prepare neither commands nor pages nor processing allocate") {
  EngineRig rig({.sampleRateHz = 48000, .trackCapacity = 32, .pageSlots = 48, .keepStems = true});
  for (int source = 1; source <= 12; ++source) rig.addSource(source, noise(60000, 1));
  rig.trackPerSource();
  const std::vector<std::vector<double>> streams = {
      command(Opcode::sourceAdd, {100, 2, 5000}),
      command(Opcode::trackList, {5, 3, 1, 40, 12, 7}),
      command(Opcode::trackParam, {3, 4, -20}),
      command(Opcode::trackParam, {1, 6, 1}),
      command(Opcode::trackParam, {3, 2, 44}),
      command(Opcode::trackChannels, {3, 1}),
      clipList(1, 1000),
      clipList(3, 3),
      clipList(40, 2000),
      clipList(1, 10),
      command(Opcode::masterParam, {0, -3}),
      command(Opcode::loop, {1, 1000, 1100}),
      command(Opcode::play, {}),
      command(Opcode::seek, {20000}),
      command(Opcode::resetPeaks, {-1}),
      command(Opcode::monitor, {-6, 1, 1}),
      command(Opcode::loop, {0, 0, 0}),
      command(Opcode::trackList, {3, 1, 3, 40}),
      command(Opcode::stop, {}),
      command(Opcode::sourceRemove, {100}),
      {99, 0, 4, 3, 1},
  };
  std::vector<PageId> pages(64);
  AllocationGuard guard;
  for (const std::vector<double>& stream : streams) {
    rig.engine.applyCommands(stream);
    for (int quantum = 0; quantum < 20; ++quantum) {
      std::size_t count = rig.engine.takeRequests(pages);
      for (std::size_t i = 0; i < count; ++i) {
        if (rig.engine.claimPage(pages[i]) != nullptr) rig.engine.commitPage(pages[i]);
      }
      rig.engine.process(128);
      rig.engine.stem(1);
      count = rig.engine.missingPages(20000, pages);
      for (std::size_t i = 0; i < count; ++i) {
        if (rig.engine.claimPage(pages[i]) != nullptr) rig.engine.commitPage(pages[i]);
      }
      rig.engine.takeFlush();
    }
  }
  rig.engine.reset();
  rig.engine.process(128);
  CHECK(guard.allocations() == 0);
}

TEST_CASE("Thousands of edits of clips stay within the store and sound right") {
  EngineRig rig;
  const Signal sound = noise(60000, 4);
  rig.addSource(1, sound);
  std::mt19937 random(5);
  rig.trackList({1, 2, 3});
  for (int round = 0; round < 3000; ++round) {
    const int track = 1 + static_cast<int>(random() % 3);
    REQUIRE(
        rig.clips(track, std::vector<ClipSpec>(random() % 60, {.source = 1, .start = 50000, .length = 10})) ==
        mixwell::engine::CommandError::none);
  }
  // Pieces of one source, in an order that is not theirs.
  std::vector<ClipSpec> pieces;
  for (int i = 0; i < 100; ++i) pieces.push_back({.start = i * 300.0, .offset = i * 300.0, .length = 300});
  std::shuffle(pieces.begin(), pieces.end(), random);
  rig.trackList({1});
  REQUIRE(rig.clips(1, pieces) == mixwell::engine::CommandError::none);
  rig.play();
  CHECK(rig.run(30000).tapLeft == Signal(sound.begin(), sound.begin() + 30000));
}

TEST_CASE("A storm of parameters leaves sound that is finite, and the last values") {
  EngineRig rig;
  for (int source = 1; source <= 9; ++source) rig.addSource(source, noise(200000, 6, 0.9f));
  rig.trackPerSource();
  std::mt19937 random(7);
  std::uniform_real_distribution<double> any(-150.0, 150.0);
  rig.play();
  for (int round = 0; round < 1000; ++round) {
    for (int i = 0; i < 30; ++i) {
      const double value = i == 0 ? std::numeric_limits<double>::quiet_NaN() : any(random);
      rig.param(1 + static_cast<int>(random() % 9), static_cast<StripParam>(random() % 8), value);
      rig.param(1 + static_cast<int>(random() % 9), static_cast<StripParam>(random() % 8),
                random() % 2 == 0 ? 0.0 : 1.0);
    }
    const auto out = rig.run(128);
    for (const float sample : out.tapLeft) REQUIRE((sample < 1e6f && sample > -1e6f));
  }
  for (int track = 1; track <= 9; ++track) {
    for (std::size_t i = 0; i < mixwell::engine::stripParams.size(); ++i) {
      rig.param(track, static_cast<StripParam>(i), mixwell::engine::stripParams[i].defaultValue);
    }
  }
  rig.run(1024);
  EngineRig fresh;
  for (int source = 1; source <= 9; ++source) fresh.addSource(source, noise(200000, 6, 0.9f));
  fresh.trackPerSource();
  fresh.seek(rig.engine.telemetry().positionFrames);
  fresh.play();
  CHECK(rig.run(4096).tap() == fresh.run(4096).tap());
}
