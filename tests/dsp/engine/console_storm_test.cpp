// The console under hands that press everything, without memory, and with broken sound.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <limits>

#include "engine/device_types.h"
#include "support/allocation_guard.h"
#include "support/console.h"

using namespace mixwell;
using engine::CommandError;
using engine::Opcode;
using engine::StripParam;
using test::Console;
using test::Dice;
using test::EngineRig;
using test::noise;
using test::Signal;

namespace {

double deviceOf(std::string_view id) {
  return engine::deviceTypeOf(id);
}

bool allFinite(const Signal& signal) {
  return std::all_of(signal.begin(), signal.end(), [](float sample) { return std::isfinite(sample); });
}

double anyNumber(Dice& dice) {
  constexpr double strange[] = {std::numeric_limits<double>::quiet_NaN(),
                                std::numeric_limits<double>::infinity(),
                                -1e300,
                                1e300,
                                0.5,
                                4294967296.0,
                                -2.0,
                                -1.0};
  if (dice.oneIn(12)) return strange[dice.roll(std::size(strange))];
  if (dice.oneIn(4)) return dice.between(-100, 100);
  return static_cast<double>(dice.roll(dice.oneIn(2) ? 3 : 12));
}

std::vector<double> anyCommand(Dice& dice) {
  const auto opcode = 1 + dice.roll(engine::opcodeNames.size());
  std::vector<double> arguments;
  const std::size_t count = dice.roll(8);
  for (std::size_t i = 0; i < count; ++i) arguments.push_back(anyNumber(dice));
  const auto list = [&](std::size_t at, std::size_t fields) {
    if (arguments.size() <= at) arguments.resize(at + 1, 1.0);
    const std::size_t items = dice.roll(4);
    arguments[at] = static_cast<double>(items);
    arguments.resize(at + 1 + items * fields, 0.0);
    for (std::size_t i = at + 1; i < arguments.size(); ++i) arguments[i] = anyNumber(dice);
  };
  switch (static_cast<Opcode>(opcode)) {
    case Opcode::trackList:
      list(0, 1);
      if (dice.oneIn(2)) arguments = {5, 1, 2, 3, 4, 5};
      break;
    case Opcode::trackSends:
      list(1, engine::sendFields);
      break;
    case Opcode::trackClips:
      list(1, engine::clipFields);
      break;
    case Opcode::inserts:
      list(1, engine::insertFields);
      break;
    case Opcode::automation:
      list(4, engine::pointFields);
      break;
    case Opcode::tempoMap:
      list(0, engine::tempoFields);
      break;
    default:
      break;
  }
  arguments.insert(arguments.begin(), {static_cast<double>(opcode), static_cast<double>(arguments.size())});
  return arguments;
}

}  // namespace

TEST_CASE("Storms of any commands with any values leave the sound finite") {
  int accepted = 0;
  for (unsigned seed = 1; seed <= 4; ++seed) {
    CAPTURE(seed);
    Dice dice(seed);
    EngineRig rig({.sampleRateHz = 48000, .trackCapacity = 16, .pageSlots = 64});
    for (int source = 0; source <= 4; ++source) rig.addSource(source, noise(30000, 7));
    rig.trackList({1, 2, 3, 4, 5});
    rig.play();
    for (int round = 0; round < 500; ++round) {
      for (int i = 0; i < 8; ++i) accepted += rig.send(anyCommand(dice)) == CommandError::none ? 1 : 0;
      if (round % 20 == 0) {
        rig.trackList({1, 2, 3, 4, 5});
        for (int source = 0; source <= 4; ++source) {
          rig.command(Opcode::sourceAdd, {static_cast<double>(source), 1, 30000});
          rig.clips(1 + source, {{.source = source, .length = 30000}});
        }
        rig.seek(0);
        rig.play();
      }
      rig.delivers = true;
      const auto out = rig.run(1 + dice.roll(200));
      REQUIRE(allFinite(out.tapLeft));
      REQUIRE(allFinite(out.monitorRight));
    }
  }
  CHECK(accepted > 800);
}

TEST_CASE("Without memory for a device a chain is refused and everything stays as it was") {
  const auto run = [](bool asksTooMuch) {
    EngineRig rig({.sampleRateHz = 48000, .trackCapacity = 8, .pageSlots = 64, .insertBytes = 300000});
    rig.addSource(1, noise(20000, 3), noise(20000, 4));
    rig.trackPerSource();
    rig.play();
    REQUIRE(rig.command(Opcode::inserts, {1, 2, 70, deviceOf("gain"), 71, deviceOf("limiter")}) ==
            CommandError::none);
    rig.command(Opcode::insertParam, {70, 0, -6});
    Signal heard = rig.run(1500).tapLeft;
    const auto chorus = deviceOf("chorus");
    if (asksTooMuch) {
      std::vector<double> arguments = {1, 16, 71, deviceOf("limiter")};
      for (int i = 1; i < 16; ++i) arguments.insert(arguments.end(), {80.0 + i, deviceOf("reverb")});
      CHECK(rig.command(Opcode::inserts, arguments) == CommandError::overCapacity);
      CHECK(rig.command(Opcode::insertParam, {81, 0, 0}) == CommandError::unknownHandle);
      CHECK(rig.command(Opcode::insertOn, {70, 1, 0}) == CommandError::none);
    }
    const Signal more = rig.run(3000).tapLeft;
    heard.insert(heard.end(), more.begin(), more.end());
    // And there is as much room as before.
    CHECK(rig.command(Opcode::inserts, {1, 3, 70, deviceOf("gain"), 71, deviceOf("limiter"), 72, chorus}) ==
          CommandError::none);
    const Signal last = rig.run(3000).tapLeft;
    heard.insert(heard.end(), last.begin(), last.end());
    return heard;
  };
  CHECK(run(true) == run(false));
}

TEST_CASE("Neither edits of a console nor its processing allocate") {
  EngineRig rig({.sampleRateHz = 48000, .trackCapacity = 16, .pageSlots = 64, .keepStems = true});
  for (int source = 1; source <= 6; ++source) rig.addSource(source, noise(30000, 1));
  rig.trackPerSource();
  rig.play();
  std::vector<std::vector<double>> streams;
  const auto add = [&](Opcode opcode, std::vector<double> arguments) {
    arguments.insert(arguments.begin(), {static_cast<double>(opcode), static_cast<double>(arguments.size())});
    streams.push_back(std::move(arguments));
  };
  for (std::size_t device = 0; device < engine::deviceTypes().size(); ++device) {
    const auto handle = static_cast<double>(100 + device);
    const auto place = static_cast<double>(device);
    add(Opcode::inserts, {1, 2, handle, place, handle + 100, 0});
    add(Opcode::insertKey, {handle, 5});
    add(Opcode::insertParam, {handle, 0, engine::deviceTypes()[device].table->params[0].max});
    add(Opcode::inserts, {1, 2, handle + 100, 0, handle, place});
    add(Opcode::insertOn, {handle, 0, 1});
  }
  add(Opcode::trackRoute, {1, 4});
  add(Opcode::trackSends, {2, 2, 4, 0, 0, 1, 1, 6, -6, 20, 0, 1});
  add(Opcode::trackKey, {3, 1, 2});
  add(Opcode::trackRoute, {4, 6});
  add(Opcode::probe, {0, 1, 2, 0});
  add(Opcode::trackList, {5, 6, 3, 4, 2, 5});
  add(Opcode::seek, {100});
  std::size_t allocations = 0;
  for (const std::vector<double>& stream : streams) {
    CommandError error{};
    {
      const test::AllocationGuard guard;
      error = rig.engine.applyCommands(stream);
      allocations += guard.allocations();
    }
    CHECK(error == CommandError::none);
    for (int quantum = 0; quantum < 12; ++quantum) {
      rig.deliver();
      const test::AllocationGuard guard;
      rig.engine.process(128);
      allocations += guard.allocations();
    }
  }
  CHECK(allocations == 0);
}

TEST_CASE("What devices make of sound that is too loud for floats is silenced, told, and over with it") {
  EngineRig rig;
  Signal sound = noise(20000, 3);
  std::fill(sound.begin(), sound.begin() + 200, 1e12f);
  rig.addSource(1, sound);
  rig.trackPerSource();
  rig.trackList({1, 2});
  rig.command(Opcode::trackRoute, {1, 2});
  const double gain = deviceOf("gain");
  const double most = engine::deviceTypes()[static_cast<std::size_t>(gain)].table->params[0].max;
  for (const double owner : {1.0, 2.0}) {
    std::vector<double> chain = {owner, 16};
    for (int i = 0; i < 16; ++i) chain.insert(chain.end(), {100.0 * owner + i, gain});
    REQUIRE(rig.command(Opcode::inserts, chain) == CommandError::none);
    for (int i = 0; i < 16; ++i) rig.command(Opcode::insertParam, {100.0 * owner + i, 0, most});
  }
  rig.play();
  CHECK(allFinite(rig.run(1024).tapLeft));
  CHECK((static_cast<int>(rig.engine.levels()[2].flags) & 2) == 2);
  rig.command(Opcode::inserts, {1, 0});
  rig.command(Opcode::inserts, {2, 0});
  rig.run(4096);
  const auto position = static_cast<std::ptrdiff_t>(rig.engine.telemetry().positionFrames);
  const Signal out = rig.run(512).tapLeft;
  CHECK(std::equal(out.begin(), out.end(), sound.begin() + position));
  rig.command(Opcode::resetPeaks, {-1});
  rig.run(128);
  CHECK((static_cast<int>(rig.engine.levels()[2].flags) & 2) == 0);
}

TEST_CASE("A strip that went to sleep wakes as if it had been awake") {
  // The neighbour in the same vector keeps the lanes running; it is heard on the right alone.
  const auto run = [](bool neighbour) {
    Dice dice(9);
    Console console;
    console.tracks = {
        {.handle = 1,
         .clips = {{.source = 1, .length = 3000}, {.source = 1, .start = 60000, .length = 8000}}},
        {.handle = 2, .clips = {{.source = 2, .length = 80000}}}};
    dice.strip(console.tracks[0]);
    for (const auto* id : {"gate.on", "eq.on", "compressor.on"}) {
      console.tracks[0].params[test::channelParam(id)] = 1;
    }
    console.tracks[0].params[static_cast<std::size_t>(StripParam::pan)] = -100;
    console.tracks[1].params[static_cast<std::size_t>(StripParam::pan)] = 100;
    console.tracks[0].inserts = {{.handle = 70, .device = static_cast<std::size_t>(deviceOf("limiter"))}};
    if (!neighbour) console.tracks[1].clips.clear();
    EngineRig rig;
    rig.addSource(1, noise(8000, 1), noise(8000, 2));
    rig.addSource(2, noise(80000, 3), noise(80000, 4));
    test::tell(rig, console);
    rig.play();
    return rig.run(70000).tapLeft;
  };
  const Signal slept = run(false);
  CHECK(std::any_of(slept.begin() + 61000, slept.end(), [](float x) { return x != 0.0f; }));
  CHECK(slept == run(true));
}
