// Random consoles against a mix written down without blocks, vectors or delay lines (support/naive_mix.h).
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <numeric>

#include "engine/device_types.h"
#include "support/naive_mix.h"

using namespace mixwell;
using engine::CommandError;
using engine::Opcode;
using engine::StripParam;
using test::Console;
using test::ConsoleTrack;
using test::Dice;
using test::EngineRig;
using test::noise;
using test::Signal;
using test::Stereo;
using test::toMaster;
using test::unkeyed;

namespace {

constexpr std::size_t frames = 6000;

std::map<int, Stereo> someSources(int count) {
  std::map<int, Stereo> sources;
  for (int source = 1; source <= count; ++source) {
    const auto seed = static_cast<unsigned>(source);
    sources[source] = {noise(frames, seed),
                       source % 2 == 0 ? Signal{} : noise(frames, seed + 50)};  // even ones are mono
  }
  return sources;
}

/// Tracks that lead to each other in any way but round in a circle.
Console randomConsole(Dice& dice, int trackCount) {
  Console console;
  std::vector<int> ways(static_cast<std::size_t>(trackCount));  // a track leads to those behind it
  std::iota(ways.begin(), ways.end(), 1);
  for (std::size_t i = ways.size() - 1; i > 0; --i) std::swap(ways[i], ways[dice.roll(i + 1)]);
  int insert = 100;
  const auto anyInsert = [&](std::size_t keys) {
    test::ConsoleInsert one = dice.insert(insert++);
    one.on = !dice.oneIn(4);
    if (keys > 0 && dice.oneIn(3)) one.key = ways[dice.roll(keys)];
    return one;
  };
  for (int handle = 1; handle <= trackCount; ++handle) {
    ConsoleTrack track{.handle = handle, .channels = 2 - handle % 2};
    const auto place = static_cast<std::size_t>(std::find(ways.begin(), ways.end(), handle) - ways.begin());
    const std::size_t behind = ways.size() - place - 1;
    const auto anyBehind = [&] { return ways[place + 1 + dice.roll(behind)]; };
    if (behind > 0 && dice.oneIn(2)) track.output = anyBehind();
    for (std::size_t sends = behind > 0 ? dice.roll(4) : 0; sends > 0; --sends) {
      track.sends.push_back({.bus = anyBehind(),
                             .gainDb = dice.between(-20, 3),
                             .pan = dice.between(-100, 100),
                             .pre = dice.oneIn(2),
                             .on = !dice.oneIn(5)});
    }
    for (int& key : track.keys) {
      if (place > 0 && dice.oneIn(3)) key = ways[dice.roll(place)];
    }
    for (std::size_t count = dice.roll(3); count > 0; --count) track.inserts.push_back(anyInsert(place));
    if (!dice.oneIn(3)) {
      track.clips.push_back({.source = handle,
                             .start = static_cast<double>(dice.roll(300)),
                             .length = static_cast<double>(frames)});
    }
    dice.strip(track);
    if (dice.oneIn(8)) track.params[static_cast<std::size_t>(StripParam::mute)] = 1.0;
    console.tracks.push_back(std::move(track));
  }
  if (dice.oneIn(2)) console.masterInserts.push_back(anyInsert(ways.size()));
  return console;
}

void addSources(EngineRig& rig, const std::map<int, Stereo>& sources) {
  for (const auto& [handle, sound] : sources) rig.addSource(handle, sound.left, sound.right);
}

float highest(const Signal& signal) {
  float most = 0.0f;
  for (const float sample : signal) most = std::max(most, std::abs(sample));
  return most;
}

float distance(const Signal& a, const Signal& b) {
  float most = 0.0f;
  for (std::size_t i = 0; i < a.size(); ++i) most = std::max(most, std::abs(a[i] - b[i]));
  return most;
}

}  // namespace

TEST_CASE("Random consoles sound as they do when mixed naively, and are as late") {
  const auto sources = someSources(9);
  int sounding = 0;
  int late = 0;
  for (unsigned seed = 1; seed <= 26; ++seed) {
    CAPTURE(seed);
    Dice dice(seed);
    const Console console = randomConsole(dice, 3 + static_cast<int>(dice.roll(7)));
    const test::NaiveMix naive = test::mixNaively(console, sources, frames);
    EngineRig rig;
    addSources(rig, sources);
    test::tell(rig, console);
    rig.play();
    const auto out = rig.run(frames);
    CHECK(rig.engine.telemetry().latencyFrames == static_cast<double>(naive.latencyFrames));
    const float loudest = std::max(highest(naive.sound.left), highest(naive.sound.right));
    INFO("peak " << loudest << " latency " << naive.latencyFrames);
    CHECK(distance(out.tapLeft, naive.sound.left) <= 3e-5f * loudest);
    CHECK(distance(out.tapRight, naive.sound.right) <= 3e-5f * loudest);
    sounding += loudest > 0.01f ? 1 : 0;
    late += naive.latencyFrames > 0 ? 1 : 0;
  }
  CHECK(sounding >= 20);
  CHECK(late >= 10);
}

TEST_CASE("Mute and solo let through who is on a way to what is soloed, and nobody else") {
  int choosy = 0;
  for (unsigned seed = 1; seed <= 40; ++seed) {
    CAPTURE(seed);
    Dice dice(seed);
    const int count = 3 + static_cast<int>(dice.roll(8));
    Console console = randomConsole(dice, count);
    EngineRig rig({.sampleRateHz = 48000, .trackCapacity = 16, .pageSlots = 64, .keepStems = true});
    rig.addSource(1, noise(1024, 1));
    console.masterInserts.clear();
    for (ConsoleTrack& track : console.tracks) {
      track.params.clear();
      track.inserts.clear();
      track.keys = {unkeyed, unkeyed};
      track.clips = {{.source = 1, .length = 1024}};
      const auto set = [&](StripParam which, std::size_t sides) {
        if (dice.oneIn(sides)) track.params[static_cast<std::size_t>(which)] = 1.0;
      };
      set(StripParam::solo, 6);
      set(StripParam::soloSafe, 8);
      set(StripParam::mute, 8);
    }
    test::tell(rig, console);
    rig.play();
    rig.run(128);
    const std::set<int> heard = test::heardTracks(console);
    for (const ConsoleTrack& track : console.tracks) {
      CAPTURE(track.handle);
      REQUIRE(rig.engine.stem(track.handle));
      const engine::Outputs& out = rig.engine.outputs();
      const bool sounds = std::any_of(out.stemLeft, out.stemLeft + 128, [](float x) { return x != 0.0f; });
      CHECK(sounds == heard.contains(track.handle));
    }
    choosy += !heard.empty() && heard.size() < console.tracks.size() ? 1 : 0;
  }
  CHECK(choosy >= 20);
}

TEST_CASE("Whatever device lies in a path, bypassed it cancels with a path turned over, in every way round") {
  for (std::size_t device = 0; device < engine::deviceTypes().size(); ++device) {
    INFO(engine::deviceTypes()[device].table->id);
    for (const int way : {0, 1, 2}) {
      CAPTURE(way);
      Dice dice(static_cast<unsigned>(10 * device) + static_cast<unsigned>(way));
      test::ConsoleInsert insert{.handle = 100, .device = device, .on = false};
      const auto infos = engine::deviceTypes()[device].table->params;
      for (std::size_t i = 0; i < infos.size(); ++i) insert.params[i] = dice.valueOf(infos[i], 0.7);
      Console console;
      console.tracks = {{.handle = 1, .clips = {{.source = 1, .length = frames}}},
                        {.handle = 2, .clips = {{.source = 1, .length = frames}}},
                        {.handle = 3}};
      console.tracks[1].params[static_cast<std::size_t>(StripParam::polarity)] = 1.0;
      if (way == 0) {  // in the track
        console.tracks[0].inserts = {insert};
      } else if (way == 1) {  // in its group
        console.tracks[0].output = 3;
        console.tracks[2].inserts = {insert};
      } else {  // in a return that a send leads to, the device's sound in the other path's key
        console.tracks[0].sends = {{.bus = 3, .pre = true}};
        console.tracks[0].params[static_cast<std::size_t>(StripParam::volumeDb)] = -90.0;
        console.tracks[2].inserts = {insert};
        console.tracks[1].inserts = {{.handle = 200, .on = false, .key = 3}};
      }
      EngineRig rig;
      rig.addSource(1, noise(frames, 3), noise(frames, 4));
      test::tell(rig, console);
      rig.play();
      const auto out = rig.run(frames / 2);
      CHECK(highest(out.tapLeft) == 0.0f);
      CHECK(highest(out.tapRight) == 0.0f);
      rig.param(2, StripParam::mute, 1.0);
      CHECK(highest(rig.run(2 * frames).tapLeft) > 0.4f);  // however late the device
    }
  }
}

TEST_CASE("Two tracks with the same device cancel when one is turned over behind it, in groups apart") {
  for (std::size_t device = 0; device < engine::deviceTypes().size(); ++device) {
    INFO(engine::deviceTypes()[device].table->id);
    Console console;
    console.tracks = {{.handle = 1, .clips = {{.source = 1, .length = frames}}},
                      {.handle = 2, .clips = {{.source = 1, .length = frames}}},
                      {.handle = 3},
                      {.handle = 4}};
    console.tracks[0].output = 3;
    console.tracks[1].output = 4;
    console.tracks[0].inserts = {{.handle = 100, .device = device}};
    console.tracks[3].inserts = {{.handle = 101, .device = device}};
    console.tracks[2].params[static_cast<std::size_t>(StripParam::polarity)] = 1.0;
    EngineRig rig;
    rig.addSource(1, noise(frames, 3), noise(frames, 4));
    test::tell(rig, console);
    rig.play();
    const auto out = rig.run(frames);
    CHECK(highest(out.tapLeft) == 0.0f);
    CHECK(highest(out.tapRight) == 0.0f);
  }
}
