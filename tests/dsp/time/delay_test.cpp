#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>

#include "core/guard.h"
#include "support/response.h"
#include "support/spectrum.h"

using Catch::Matchers::WithinAbs;
using mixwell::test::clickSize;
using mixwell::test::DeviceRig;
using mixwell::test::gainAt;
using mixwell::test::impulse;
using mixwell::test::noise;
using mixwell::test::peakOf;
using mixwell::test::rmsOf;
using mixwell::test::Signal;
using mixwell::test::sine;
using mixwell::test::Stereo;
using mixwell::test::toDb;
using mixwell::test::widened;

TEST_CASE("A fresh delay, or one at mix 0, changes nothing, to the bit") {
  const Stereo in{noise(20000, 1), noise(20000, 2)};
  DeviceRig fresh("delay");
  const Stereo same = fresh.run(in);
  CHECK(same.left == in.left);
  CHECK(same.right == in.right);
  DeviceRig delay("delay");
  delay.set("timeMs", 20).set("feedback", 100).set("pingPong", 60).set("highCutHz", 3000);
  const Stereo out = delay.set("modDepthMs", 2).set("duckingDb", -12).run(in);
  CHECK(out.left == in.left);
  CHECK(out.right == in.right);
}

TEST_CASE("Echoes come at the time that is set, to the frame, and fall by the feedback") {
  for (const double sampleRateHz : {44100.0, 48000.0, 96000.0}) {
    DeviceRig delay("delay", sampleRateHz);
    const Signal out = delay.set("timeMs", 123.4).set("feedback", 50).set("mix", 100).runMono(impulse(50000));
    const auto frames = static_cast<std::size_t>(std::lround(0.1234 * sampleRateHz));
    Signal expected(50000, 0.0f);
    float level = 1.0f;
    for (std::size_t at = frames; at < expected.size(); at += frames, level *= 0.5f) expected[at] = level;
    CHECK(out == expected);
  }
}

TEST_CASE("The longest time is 4 s at 96 kHz") {
  DeviceRig delay("delay", 96000);
  const Signal out = delay.set("timeMs", 4000).set("mix", 100).runMono(impulse(400000));
  CHECK(out[384000] == 1.0f);
  CHECK(peakOf(Signal(out.begin(), out.begin() + 384000)) == 0.0f);
}

TEST_CASE("Echoes in notes follow the beat of the song") {
  const auto firstEcho = [](std::string_view note) {
    DeviceRig delay("delay");  // a beat is 24000 frames
    const Signal out = delay.choose("sync", note).set("feedback", 0).set("mix", 100).runMono(impulse(120000));
    return std::find_if(out.begin(), out.end(), [](float x) { return x != 0.0f; }) - out.begin();
  };
  CHECK(firstEcho("1/4") == 24000);
  CHECK(firstEcho("1/8 dotted") == 18000);
  CHECK(firstEcho("1/8 triplet") == 8000);
  CHECK(firstEcho("1/16") == 6000);
  CHECK(firstEcho("1/1") == 96000);
}

TEST_CASE("Ping-pong sends the echoes of the middle to the left and right in turn") {
  const auto echoes = [](double pingPong) {
    DeviceRig delay("delay");
    delay.set("timeMs", 100).set("feedback", 50).set("pingPong", pingPong).set("mix", 100);
    return delay.run({impulse(20000), impulse(20000)});
  };
  const Stereo whole = echoes(100);
  const float levels[] = {1.0f, 0.5f, 0.25f, 0.125f};
  for (std::size_t k = 0; k < 4; ++k) {
    const std::size_t at = 4800 * (k + 1);
    CHECK(whole.left[at] == (k % 2 == 0 ? levels[k] : 0.0f));
    CHECK(whole.right[at] == (k % 2 == 0 ? 0.0f : levels[k]));
  }
  const Stereo part = echoes(90);
  CHECK_THAT(part.left[4800], WithinAbs(1.0, 1e-6));
  CHECK_THAT(part.right[4800], WithinAbs(0.1, 1e-6));
}

TEST_CASE("Each echo has gone through the filters once more: 3 dB at the corners, 12 dB an octave") {
  DeviceRig delay("delay");
  delay.set("timeMs", 500).set("feedback", 80).set("lowCutHz", 200).set("highCutHz", 4000).set("mix", 100);
  const Signal out = delay.runMono(impulse(96000));
  for (std::size_t k = 1; k <= 3; ++k) {
    const std::vector<double> echo = widened(out, 24000 * k - 10, 20000);
    const double level = toDb(std::pow(0.8, static_cast<double>(k - 1)));
    const auto gainDb = [&](double hz) { return toDb(gainAt(echo, 48000, hz)) - level; };
    const auto times = static_cast<double>(k);
    CHECK_THAT(gainDb(200), WithinAbs(-3.01 * times, 0.05 * times));
    CHECK_THAT(gainDb(4000), WithinAbs(-3.01 * times, 0.05 * times));
    CHECK_THAT(gainDb(50), WithinAbs(-24.1 * times, 0.2 * times));
    CHECK_THAT(gainDb(900), WithinAbs(0.0, 0.05 * times));
  }
}

TEST_CASE("Sound at the input ducks the echoes by the decibels that are set, silence lets them back") {
  const auto levels = [](double duckingDb) {
    DeviceRig delay("delay");
    delay.set("timeMs", 500).set("feedback", 0).set("duckingDb", duckingDb).set("mix", 100);
    Signal in = sine(48000, 400.0 / 48000.0, 0.5);
    in.resize(96000);  // the last half second of the echo comes in silence
    const Signal out = delay.runMono(in);
    return std::pair{rmsOf(out, 38400, 9600), rmsOf(out, 67200, 4800)};
  };
  const auto plain = levels(0);
  const auto ducked = levels(-12);
  CHECK_THAT(toDb(ducked.first / plain.first), WithinAbs(-12.0, 0.1));
  CHECK_THAT(toDb(ducked.second / plain.second), WithinAbs(0.0, 0.5));
}

// What goes round has at most 0.99 of the energy norm of what went in: the delay keeps it, the matrix of the
// ping-pong (eigenvalues 1 and 1 - 2p) and a Butterworth cut take from it. So a bounded input gives at most
// 1 / (1 - 0.99) times its own; changes of the time can read a stretch twice, which the ceiling stops.
TEST_CASE("At its strongest feedback the loop stays bounded for ever, and decays when the input stops") {
  DeviceRig delay("delay");
  delay.set("timeMs", 20).set("feedback", 100).set("pingPong", 40).set("highCutHz", 12000).set("mix", 100);
  const double resonance = 50.0 / 48000.0;  // a whole number of periods a round
  const Signal driven = delay.runMono(sine(48000 * 20, resonance, 1.0));
  CHECK(peakOf(driven) <= 1.2f * mixwell::core::loopCeiling);
  Signal rest = delay.runMono(Signal(48000 * 20, 0.0f));
  CHECK(rmsOf(rest, 48000 * 19, 48000) < 0.01 * rmsOf(rest, 0, 48000));

  DeviceRig moved("delay");
  moved.set("feedback", 100).set("modDepthMs", 5).set("mix", 100);
  for (int round = 0; round < 400; ++round) {
    moved.turn("timeMs", round % 2 == 0 ? 40.0 : 160.0);
    REQUIRE(peakOf(moved.runMono(noise(2400, static_cast<unsigned>(round)))) <=
            mixwell::core::loopCeiling * 2);
  }
}

TEST_CASE("After its tail a delay is silent, to the bit") {
  DeviceRig delay("delay");
  delay.set("timeMs", 30).set("feedback", 70).set("lowCutHz", 100).set("highCutHz", 5000).set("mix", 100);
  delay.run({noise(4800, 1), noise(4800, 2)});
  const auto tail = static_cast<std::size_t>(delay.device().tailFrames());
  CHECK(tail < 48000 * 30);
  const Stereo out = delay.run({Signal(tail + 1000, 0.0f), Signal(tail + 1000, 0.0f)});
  CHECK(peakOf(out.left, tail) == 0.0f);
  CHECK(peakOf(out.right, tail) == 0.0f);
}

TEST_CASE("A delay's parameters move without clicks") {
  for (const auto& [param, value] :
       {std::pair{"timeMs", 211.0}, std::pair{"sync", 9.0}, std::pair{"feedback", 90.0},
        std::pair{"pingPong", 100.0}, std::pair{"lowCutHz", 800.0}, std::pair{"highCutHz", 700.0},
        std::pair{"modDepthMs", 1.0}, std::pair{"mix", 0.0}}) {
    INFO(param);
    DeviceRig delay("delay");
    delay.set("timeMs", 100).set("feedback", 40).set("mix", 100);
    // The sine comes up slowly, so that the echoes begin without a click too.
    Signal in = sine(96000, 200.0 / 48000.0, 0.5);
    for (std::size_t i = 0; i < 24000; ++i) in[i] *= static_cast<float>(i) / 24000.0f;
    const std::size_t turned = 48000;
    const Signal before = delay.runMono(Signal(in.begin(), in.begin() + turned));
    delay.turn(param, value);
    Signal out = delay.runMono(Signal(in.begin() + turned, in.end()));
    out.insert(out.begin(), before.begin(), before.end());
    CHECK(clickSize(out) < 0.002f);
  }
}
