// Lanes of automation as the mixer plays them, held against values computed frame by frame.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <random>

#include "engine/device_types.h"
#include "support/allocation_guard.h"
#include "support/engine_rig.h"

using mixwell::engine::channelParams;
using mixwell::engine::CommandError;
using mixwell::engine::Opcode;
using mixwell::engine::StripParam;
using mixwell::test::clickSize;
using mixwell::test::EngineRig;
using mixwell::test::noise;
using mixwell::test::Recording;
using mixwell::test::Signal;
using mixwell::test::sine;

namespace {

constexpr double master = -2;
enum Kind : int { strip, insert, send };
enum Shape : int { linear, bend, hold };

struct Point {
  double frame;
  double value;
  int shape = linear;
  double bend = 0.0;
};
using Points = std::vector<Point>;

double placeOf(std::string_view id) {
  const auto found = std::find_if(channelParams.begin(), channelParams.end(),
                                  [&](const auto& info) { return info.id == id; });
  REQUIRE(found != channelParams.end());
  return static_cast<double>(found - channelParams.begin());
}

double insertParam(std::string_view device, std::string_view id) {
  const int type = mixwell::engine::deviceTypeOf(device);
  REQUIRE(type >= 0);
  const auto params = mixwell::engine::deviceTypes()[static_cast<std::size_t>(type)].table->params;
  const auto found =
      std::find_if(params.begin(), params.end(), [&](const auto& info) { return info.id == id; });
  REQUIRE(found != params.end());
  return static_cast<double>(found - params.begin());
}

CommandError lane(EngineRig& rig, double owner, Kind kind, double target, double param,
                  const Points& points) {
  std::vector<double> arguments = {owner, static_cast<double>(kind), target, param,
                                   static_cast<double>(points.size())};
  for (const Point& point : points) {
    arguments.insert(arguments.end(),
                     {point.frame, point.value, static_cast<double>(point.shape), point.bend});
  }
  return rig.command(Opcode::automation, arguments);
}

// Found from the front, frame by frame.
double valueOf(const Points& points, double frame) {
  double value = points.front().value;
  for (std::size_t i = 0; i < points.size() && points[i].frame <= frame; ++i) {
    const Point& a = points[i];
    value = a.value;
    if (a.shape == hold || i + 1 == points.size()) continue;
    const Point& b = points[i + 1];
    const double t = std::min(1.0, (frame - a.frame) / (b.frame - a.frame));
    const double k = 0.9375 * a.bend;
    const double y = a.shape == bend ? t * (1 + k) / ((1 - k) + 2 * k * t) : t;
    value = a.value + (b.value - a.value) * y;
  }
  return value;
}

// A held value gives way in a straight line of so many frames.
double heardAt(const Points& points, double frame, double smoothing) {
  double value = valueOf(points, frame);
  for (std::size_t i = 1; i < points.size(); ++i) {
    const double since = frame - points[i].frame;
    if (points[i - 1].shape != hold || since < 0 || since >= smoothing) continue;
    value += (points[i - 1].value - points[i].value) * (1 - (since + 1) / smoothing);
  }
  return value;
}

// A sample as double, so that what is expected is reckoned finer than it is heard.
double at(const Signal& signal, std::size_t i) {
  return static_cast<double>(signal[i]);
}

// Where two sounds part, or -1.
int parting(const Signal& a, const Signal& b) {
  if (a.size() != b.size()) return 0;
  const auto [where, other] = std::mismatch(a.begin(), a.end(), b.begin());
  return where == a.end() ? -1 : static_cast<int>(where - a.begin());
}

double gainOf(double db) {
  return db <= -90.0 ? 0.0 : std::pow(10.0, db / 20.0);
}

Points randomPoints(std::mt19937& random, double low, double high, int frames) {
  Points points;
  double frame = static_cast<double>(random() % 500);
  while (frame < frames) {
    const double value = low + (high - low) * static_cast<double>(random() % 1001) / 1000.0;
    const double bent = static_cast<double>(random() % 201) / 100.0 - 1.0;
    points.push_back({frame, value, static_cast<int>(random() % 3), bent});
    frame += static_cast<double>(1 + random() % (random() % 4 == 0 ? 20 : 3000));
  }
  return points;
}

constexpr std::size_t frames = 24000;
constexpr double smoothing = 960;  // 20 ms

// Two tracks, the second a return, with a lane on nearly everything.
void furnish(EngineRig& rig, unsigned seed) {
  std::mt19937 random(seed);
  rig.addSource(1, noise(frames + 9000, 1), noise(frames + 9000, 2));
  rig.trackPerSource();
  rig.trackList({1, 2});
  rig.command(Opcode::trackSends, {1, 1, 2, -6, 0, static_cast<double>(seed % 2), 1});
  rig.command(Opcode::trackParam, {1, placeOf("eq.on"), 1});
  rig.command(Opcode::trackParam, {1, placeOf("eq.band3.on"), 1});
  rig.command(Opcode::trackParam, {1, placeOf("compressor.on"), 1});
  rig.command(Opcode::trackParam, {1, placeOf("compressor.lookaheadMs"), static_cast<double>(seed % 3)});
  const double gain = mixwell::engine::deviceTypeOf("gain");
  const double delay = mixwell::engine::deviceTypeOf("delay");
  rig.command(Opcode::inserts, {1, 1, 70, gain});
  rig.command(Opcode::inserts, {2, 1, 71, delay});
  const auto draw = [&](double owner, Kind kind, double target, double param, double low, double high) {
    REQUIRE(lane(rig, owner, kind, target, param, randomPoints(random, low, high, frames)) ==
            CommandError::none);
  };
  draw(1, strip, 0, placeOf("volumeDb"), -30, 6);
  draw(1, strip, 0, placeOf("pan"), -100, 100);
  draw(1, strip, 0, placeOf("trimDb"), -12, 6);
  draw(1, strip, 0, placeOf("eq.band3.gainDb"), -12, 12);
  draw(1, strip, 0, placeOf("compressor.thresholdDb"), -40, 0);
  draw(1, send, 0, 0, -40, 6);
  draw(1, send, 0, 1, -100, 100);
  draw(1, insert, 70, insertParam("gain", "gainDb"), -20, 6);
  draw(2, insert, 71, insertParam("delay", "mix"), 0, 100);
  draw(master, strip, 0, 0, -20, 0);
}

Recording play(EngineRig& rig, std::size_t count) {
  rig.play();
  return rig.run(count);
}

}  // namespace

TEST_CASE("Volume and pan have at each frame the value of their lanes") {
  for (unsigned seed = 1; seed <= 6; ++seed) {
    std::mt19937 random(seed);
    EngineRig rig;
    const Signal left = noise(frames, seed);
    const Signal right = noise(frames, seed + 100);
    rig.addSource(1, left, right);
    rig.trackPerSource();
    const Points volume = randomPoints(random, -60, 12, frames);
    const Points pan = randomPoints(random, -100, 100, frames);
    REQUIRE(lane(rig, 1, strip, 0, placeOf("volumeDb"), volume) == CommandError::none);
    REQUIRE(lane(rig, 1, strip, 0, placeOf("pan"), pan) == CommandError::none);
    rig.quantum = [&] { return 1 + random() % 128; };
    const Recording out = play(rig, frames);
    for (std::size_t i = 0; i < frames; ++i) {
      const double gain = gainOf(heardAt(volume, static_cast<double>(i), smoothing));
      const double place = heardAt(pan, static_cast<double>(i), smoothing) / 100.0;
      // Balance, 0 dB at the centre (quality.md, row pan).
      const double leftGain = gain * (place > 0 ? std::cos(place * M_PI / 2) : 1.0);
      const double rightGain = gain * (place < 0 ? std::cos(place * M_PI / 2) : 1.0);
      INFO(i);
      REQUIRE(std::abs(at(out.tapLeft, i) - at(left, i) * leftGain) < 2e-6 * (1 + gain));
      REQUIRE(std::abs(at(out.tapRight, i) - at(right, i) * rightGain) < 2e-6 * (1 + gain));
    }
  }
}

TEST_CASE("A lane moves the sound that it was drawn over, however late that comes") {
  EngineRig rig;
  const Signal sound = noise(frames, 5);
  rig.addSource(1, sound, sound);
  rig.trackPerSource();
  rig.command(Opcode::trackParam, {1, placeOf("compressor.lookaheadMs"), 5});
  const Points volume = {{3000, 0, linear}, {4000, -20, linear}, {9000, 6, linear}};
  lane(rig, 1, strip, 0, placeOf("volumeDb"), volume);
  const Recording out = play(rig, frames);
  REQUIRE(rig.engine.telemetry().latencyFrames == 240.0);
  for (std::size_t i = 0; i + 240 < frames; ++i) {
    const double expected = at(sound, i) * gainOf(valueOf(volume, static_cast<double>(i)));
    REQUIRE(std::abs(at(out.tapLeft, i + 240) - expected) < 3e-6);
  }
}

TEST_CASE("Sends and the master's volume follow their lanes frame by frame") {
  for (const double pre : {0.0, 1.0}) {
    EngineRig rig;
    const Signal sound = noise(frames, 6);
    rig.addSource(1, sound, sound);
    rig.trackPerSource();
    rig.trackList({1, 2});
    rig.param(1, StripParam::volumeDb, pre == 1.0 ? -90.0 : 0.0);
    rig.command(Opcode::trackSends, {1, 1, 2, 0, 0, pre, 1});
    const Points level = {{0, -90, linear}, {8000, 6, bend, 0.4}, {20000, -30}};
    const Points volume = {{100, -6, linear}, {15000, 3}};
    REQUIRE(lane(rig, 1, send, 0, 0, level) == CommandError::none);
    REQUIRE(lane(rig, master, strip, 0, 0, volume) == CommandError::none);
    const Recording out = play(rig, frames);
    for (std::size_t i = 0; i < frames; ++i) {
      const double sent = gainOf(valueOf(level, static_cast<double>(i)));
      const double through = pre == 1.0 ? 0.0 : 1.0;
      const double expected =
          at(sound, i) * (through + sent) * gainOf(valueOf(volume, static_cast<double>(i)));
      INFO(i);
      REQUIRE(std::abs(at(out.tapLeft, i) - expected) < 4e-6);
    }
  }
}

TEST_CASE("Automated mute opens and shuts in 5 ms, pre-fader sends included") {
  EngineRig rig;
  const Signal sound(frames, 0.5f);
  rig.addSource(1, sound, sound);
  rig.trackPerSource();
  rig.trackList({1, 2});
  rig.param(1, StripParam::volumeDb, -90.0);
  rig.command(Opcode::trackSends, {1, 1, 2, 0, 0, 1, 1});
  lane(rig, 1, strip, 0, placeOf("mute"), {{0, 1, hold}, {5000, 0, hold}, {10000, 1, hold}});
  const Signal out = play(rig, frames).tapLeft;
  CHECK(out[4999] == 0.0f);
  CHECK(out[5120] > 0.2f);
  CHECK(out[5120] < 0.3f);
  CHECK(out[5240] == 0.5f);
  CHECK(out[9999] == 0.5f);
  CHECK(out[10240] == 0.0f);
}

TEST_CASE("A device's parameter is on its lane within the grid of 16 frames") {
  EngineRig rig;
  const Signal sound(frames, 0.25f);
  rig.addSource(1, sound, sound);
  rig.trackPerSource();
  rig.command(Opcode::inserts, {1, 1, 70, static_cast<double>(mixwell::engine::deviceTypeOf("gain"))});
  const Points level = {{1003, 0, linear}, {9001, -24, bend, -0.3}, {16000, 6, hold}, {20000, -12}};
  lane(rig, 1, insert, 70, insertParam("gain", "gainDb"), level);
  const Signal out = play(rig, frames).tapLeft;
  for (std::size_t i = 0; i < frames; ++i) {
    const double db = 20 * std::log10(at(out, i) / 0.25);
    INFO(i);
    REQUIRE(std::abs(db - heardAt(level, static_cast<double>(i), smoothing)) < 0.02);
  }
}

TEST_CASE("An equaliser's gain follows its lane") {
  EngineRig rig;
  const Signal tone = sine(96000, 1000.0 / 48000.0, 0.1);
  rig.addSource(1, tone, tone);
  rig.trackPerSource();
  for (const char* id : {"eq.on", "eq.band1.on"}) rig.command(Opcode::trackParam, {1, placeOf(id), 1});
  rig.command(Opcode::trackParam, {1, placeOf("eq.band1.freqHz"), 1000});
  const Points level = {{0, -12, linear}, {90000, 12}};
  lane(rig, 1, strip, 0, placeOf("eq.band1.gainDb"), level);
  const Signal out = play(rig, 96000).tapLeft;
  for (std::size_t begin = 4800; begin < 90000; begin += 4800) {
    float highest = 0.0f;
    for (std::size_t i = begin; i < begin + 48; ++i) highest = std::max(highest, std::abs(out[i]));
    CHECK(std::abs(20 * std::log10(static_cast<double>(highest) / 0.1) -
                   valueOf(level, static_cast<double>(begin) + 24)) < 0.1);
  }
}

TEST_CASE("What lanes move does not depend on blocks, nor on where playing began") {
  for (unsigned seed = 1; seed <= 4; ++seed) {
    EngineRig whole;
    furnish(whole, seed);
    const Recording expected = play(whole, frames);
    EngineRig cut;
    furnish(cut, seed);
    std::mt19937 random(seed);
    cut.quantum = [&] { return 1 + random() % 128; };
    const Recording out = play(cut, frames);
    REQUIRE(parting(out.tapLeft, expected.tapLeft) == -1);
    REQUIRE(parting(out.tapRight, expected.tapRight) == -1);
    // From a place between two lines of the grid: twice the same, from an engine with a past and from a fresh
    // one.
    cut.stop();
    cut.run(2000);
    cut.seek(7777);
    const Signal again = play(cut, 6000).tap();
    EngineRig fresh;
    furnish(fresh, seed);
    fresh.seek(7777);
    const Signal first = play(fresh, 6000).tap();
    REQUIRE(first.size() == 12000);
    REQUIRE(again.size() >= 10000);
    REQUIRE(parting(again, {first.begin(), first.begin() + static_cast<std::ptrdiff_t>(again.size())}) == -1);
  }
}

TEST_CASE("A loop plays its lanes each time round") {
  EngineRig rig;
  const Signal sound(frames, 0.5f);
  rig.addSource(1, sound, sound);
  rig.trackPerSource();
  const Points volume = {{2000, 0, linear}, {3000, -30}};
  lane(rig, 1, strip, 0, placeOf("volumeDb"), volume);
  rig.loop(2000, 3000);
  rig.seek(2000);
  const Signal out = play(rig, 3500).tapLeft;
  for (std::size_t i = 0; i < 3000; ++i) {
    const double expected = 0.5 * gainOf(valueOf(volume, 2000.0 + static_cast<double>(i % 1000)));
    REQUIRE(std::abs(at(out, i) - expected) < 1e-6);
  }
}

TEST_CASE("Lanes that come, change and go while the sound plays make no click, and allocate nothing") {
  EngineRig rig;
  const Signal tone = sine(60000, 100.0 / 48000.0, 0.5);
  rig.addSource(1, tone, tone);
  rig.trackPerSource();
  rig.trackList({1, 2});
  rig.command(Opcode::trackSends, {1, 1, 2, -6, 0, 0, 1});
  rig.command(Opcode::inserts, {1, 1, 70, static_cast<double>(mixwell::engine::deviceTypeOf("gain"))});
  rig.play();
  Signal out;
  std::size_t allocations = 0;
  const auto step = [&](Kind kind, double target, double param, const Points& points) {
    const Recording run = rig.run(3000);
    out.insert(out.end(), run.tapLeft.begin(), run.tapLeft.end());
    std::vector<double> arguments = {1, static_cast<double>(kind), target, param,
                                     static_cast<double>(points.size())};
    for (const Point& p : points) {
      arguments.insert(arguments.end(), {p.frame, p.value, static_cast<double>(p.shape), p.bend});
    }
    std::vector<double> stream = {static_cast<double>(Opcode::automation),
                                  static_cast<double>(arguments.size())};
    stream.insert(stream.end(), arguments.begin(), arguments.end());
    const mixwell::test::AllocationGuard guard;
    CHECK(rig.engine.applyCommands(stream) == CommandError::none);
    allocations += guard.allocations();
  };
  for (const auto& [kind, target, param] :
       {std::tuple{strip, 0.0, placeOf("volumeDb")}, std::tuple{send, 0.0, 0.0},
        std::tuple{insert, 70.0, insertParam("gain", "gainDb")}}) {
    step(kind, target, param, {{0, -20}});
    step(kind, target, param, {{0, -3}});
    step(kind, target, param, {});
  }
  const Recording run = rig.run(3000);
  out.insert(out.end(), run.tapLeft.begin(), run.tapLeft.end());
  CHECK(clickSize(out) < 0.004f);
  CHECK(allocations == 0);
}

TEST_CASE("What is no matter of the song has no lane") {
  EngineRig rig;
  rig.addSource(1, noise(100, 1));
  rig.trackPerSource();
  for (const char* id : {"solo", "soloSafe", "polarity", "panLaw", "compressor.lookaheadMs"}) {
    CHECK(lane(rig, 1, strip, 0, placeOf(id), {{0, 0}}) == CommandError::badValue);
  }
}
