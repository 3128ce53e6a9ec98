#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <utility>

#include "support/engine_rig.h"

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

constexpr std::size_t songFrames = 96000;

/// Samples [from, from + count) of a source, left and right in turn, as the tap has them.
Signal stretch(const Signal& left, const Signal& right, std::size_t from, std::size_t count) {
  Signal both;
  for (std::size_t i = from; i < from + count; ++i) {
    both.push_back(left[i]);
    both.push_back(right[i]);
  }
  return both;
}

struct Song {
  EngineRig rig;
  Signal left = noise(songFrames, 21);
  Signal right = noise(songFrames, 22);

  Song() {
    rig.addSource(1, left, right);
    rig.trackPerSource();
  }
  double position() { return rig.engine.telemetry().positionFrames; }
};

void append(Signal& to, const Signal& from) {
  to.insert(to.end(), from.begin(), from.end());
}

}  // namespace

TEST_CASE("Nothing sounds or moves before play") {
  Song song;
  const Recording out = song.rig.run(1000);
  CHECK(out.tap().empty());
  CHECK(out.monitorLeft == Signal(1000, 0.0f));
  CHECK(song.position() == 0.0);
  CHECK(song.rig.engine.telemetry().playing == 0.0);
}

TEST_CASE("Stop leaves the position where the tap ended, and playing goes on from there") {
  Song song;
  song.rig.play();
  Signal tap = song.rig.run(1000).tap();
  song.rig.stop();
  append(tap, song.rig.run(1000).tap());
  CHECK(song.position() == 1000.0);
  CHECK(song.rig.engine.telemetry().playing == 0.0);
  song.rig.play();
  append(tap, song.rig.run(1000).tap());
  CHECK(tap == stretch(song.left, song.right, 0, 2000));
}

TEST_CASE("Seek is exact in the tap, while playing and while stopped") {
  Song song;
  song.rig.seek(5000);
  song.rig.run(256);
  CHECK(song.position() == 5000.0);
  song.rig.play();
  CHECK(song.rig.run(640).tap() == stretch(song.left, song.right, 5000, 640));
  song.rig.seek(40001);
  const Recording out = song.rig.run(1280);
  CHECK(out.tap() == stretch(song.left, song.right, 40001, 1024));  // after two quanta of the old sound
  CHECK_FALSE(out.advanced[0]);
  CHECK(out.tapLeft[0] == 0.0f);
  CHECK(song.position() == 41025.0);
}

TEST_CASE("While the old sound fades the telemetry is already at the new place") {
  Song song;
  song.rig.play();
  song.rig.run(1024);
  song.rig.seek(30000);
  song.rig.run(128);
  CHECK(song.position() == 30000.0);
  song.rig.seek(20000);  // once more on the way
  song.rig.stop();
  song.rig.run(512);
  CHECK(song.position() == 20000.0);
  song.rig.play();
  CHECK(song.rig.run(256).tap() == stretch(song.left, song.right, 20000, 256));
}

TEST_CASE("A stop and a start within the fade start again from the same frame") {
  Song song;
  song.rig.play();
  song.rig.run(1024);
  song.rig.stop();
  song.rig.run(128);
  song.rig.play();
  CHECK(song.rig.run(1024).tap() == stretch(song.left, song.right, 1024, 1024 - 128));
}

TEST_CASE("The monitor starts with the first sample at frame 0 and with a ramp elsewhere") {
  EngineRig rig;
  rig.addSource(1, Signal(songFrames, 0.5f));
  rig.trackPerSource();
  rig.play();
  CHECK(rig.run(300).monitorLeft == Signal(300, 0.5f));
  rig.stop();
  rig.run(1024);
  rig.seek(1000);
  rig.play();
  const Recording out = rig.run(1024);
  CHECK(out.monitorLeft[0] < 0.001f);
  CHECK(out.monitorLeft[120] > 0.2f);
  CHECK(out.monitorLeft[120] < 0.3f);
  CHECK(out.monitorLeft[240] == 0.5f);
  CHECK(out.tapLeft == Signal(1024, 0.5f));
}

TEST_CASE("Start, stop and seek do not click in the monitor") {
  EngineRig rig;
  rig.addSource(1, sine(songFrames, 220.0 / 48000.0, 0.9));
  rig.trackPerSource();
  Signal all = rig.run(300).monitorLeft;
  rig.seek(1055);  // near a crest of the tone
  rig.play();
  append(all, rig.run(3000).monitorLeft);
  rig.seek(20055);
  append(all, rig.run(3000).monitorLeft);
  rig.stop();
  append(all, rig.run(3000).monitorLeft);
  CHECK(all.back() == 0.0f);
  CHECK(clickSize(all) < 0.0005f);
}

TEST_CASE("A stop in the midst of the starting ramp turns it round without a click") {
  EngineRig rig;
  rig.addSource(1, sine(songFrames, 220.0 / 48000.0, 0.9));
  rig.trackPerSource();
  rig.seek(1055);
  Signal all = rig.run(300).monitorLeft;
  rig.play();
  append(all, rig.run(100).monitorLeft);
  rig.stop();
  append(all, rig.run(3000).monitorLeft);
  CHECK(all.back() == 0.0f);
  CHECK(clickSize(all) < 0.004f);
}

TEST_CASE("The tap starts hard, which shows what the monitor's ramps take away") {
  EngineRig rig;
  rig.addSource(1, sine(songFrames, 220.0 / 48000.0, 0.9));
  rig.trackPerSource();
  rig.seek(1055);
  Signal all = rig.run(300).tapLeft;
  rig.play();
  append(all, rig.run(3000).tapLeft);
  CHECK(clickSize(all) > 0.2f);
}

TEST_CASE("A loop wraps within the quantum and carries on, at any length from 64 frames up") {
  for (const std::size_t length : {64U, 65U, 127U, 128U, 129U, 1000U, 4096U, 5003U}) {
    Song song;
    const std::size_t start = 777;
    song.rig.loop(static_cast<double>(start), static_cast<double>(start + length));
    song.rig.seek(500);
    song.rig.play();
    Signal expected = stretch(song.left, song.right, 500, start + length - 500);
    while (expected.size() < 2 * 12000) append(expected, stretch(song.left, song.right, start, length));
    const Signal tap = song.rig.run(12000).tap();
    expected.resize(tap.size());
    REQUIRE(tap.size() == 2 * 12000);
    CHECK(tap == expected);
    const double place = static_cast<double>(start + (12000 - (start - 500)) % length);
    CHECK(song.position() == place);
  }
}

TEST_CASE("A loop does not cut the sound in the monitor, nor the smoothing") {
  EngineRig rig;
  rig.addSource(1, Signal(songFrames, 0.5f));
  rig.trackPerSource();
  rig.loop(1000, 3000);
  rig.play();
  rig.run(2950);
  rig.param(1, StripParam::volumeDb, -90.0);
  const Signal out = rig.run(1024).monitorLeft;
  CHECK(out[60] > 0.4f);  // beyond the wrap at 50, on its way down
  CHECK(out[959] == 0.0f);
  for (std::size_t i = 1; i < 960; ++i) REQUIRE(out[i] <= out[i - 1]);
}

TEST_CASE("From beyond the end of the loop the song plays on") {
  Song song;
  song.rig.loop(1000, 3000);
  song.rig.seek(3000);
  song.rig.play();
  CHECK(song.rig.run(2000).tap() == stretch(song.left, song.right, 3000, 2000));
}

TEST_CASE("A loop switched on in the midst takes hold, switched off lets go") {
  Song song;
  song.rig.play();
  Signal tap = song.rig.run(2048).tap();
  song.rig.loop(1000, 2500);
  append(tap, song.rig.run(1024).tap());
  song.rig.command(Opcode::loop, {0, 0, 0});
  append(tap, song.rig.run(2048).tap());
  Signal expected = stretch(song.left, song.right, 0, 2500);
  append(expected, stretch(song.left, song.right, 1000, 572 + 2048));
  CHECK(tap == expected);
}

TEST_CASE("Start and seek begin with every smoothing at its target") {
  EngineRig rig;
  rig.addSource(1, Signal(songFrames, 0.5f));
  rig.trackPerSource();
  rig.play();
  rig.run(1024);
  rig.param(1, StripParam::volumeDb, -90.0);
  rig.run(128);
  rig.seek(30000);
  rig.param(1, StripParam::mute, 1.0);
  CHECK(rig.run(1024).tap() == Signal(2 * 768, 0.0f));
  rig.stop();
  rig.run(1024);
  rig.param(1, StripParam::volumeDb, 0.0);
  rig.param(1, StripParam::mute, 0.0);
  rig.play();
  CHECK(rig.run(128).tap() == Signal(256, 0.5f));
}

TEST_CASE("Playing from a frame is what a render from that frame is, after any history") {
  Song live;
  live.rig.param(1, StripParam::pan, 30.0);
  live.rig.play();
  live.rig.run(5000);
  live.rig.param(1, StripParam::volumeDb, -8.0);
  live.rig.run(77);
  live.rig.seek(12345);
  live.rig.run(100);
  live.rig.loop(20000, 23000);
  const Signal heard = live.rig.run(20000).tap();
  Song render;
  render.rig.param(1, StripParam::pan, 30.0);
  render.rig.param(1, StripParam::volumeDb, -8.0);
  render.rig.loop(20000, 23000);
  render.rig.seek(12345);
  render.rig.play();
  Signal rendered = render.rig.run(20000).tap();
  rendered.resize(heard.size());
  CHECK(heard == rendered);
}

TEST_CASE("The monitor has its own volume, dim and mono, which the tap does not know") {
  EngineRig rig;
  rig.addSource(1, Signal(songFrames, 0.5f), Signal(songFrames, 0.25f));
  rig.trackPerSource();
  rig.play();
  const auto settled = [&](double gainDb, double dim, double mono) {
    rig.command(Opcode::monitor, {gainDb, dim, mono});
    const Recording out = rig.run(1280);
    CHECK(out.tapLeft == Signal(1280, 0.5f));
    CHECK(out.tapRight == Signal(1280, 0.25f));
    return std::pair{out.monitorLeft.back(), out.monitorRight.back()};
  };
  CHECK(settled(-90, 0, 0) == std::pair{0.0f, 0.0f});
  CHECK(settled(0, 0, 1) == std::pair{0.375f, 0.375f});
  CHECK(settled(0, 0, 0) == std::pair{0.5f, 0.25f});
  CHECK(std::abs(settled(0, 1, 0).first - 0.05f) < 1e-7f);
}

TEST_CASE("Reset stops, goes back and forgets sound, but not the song") {
  Song song;
  song.rig.play();
  song.rig.run(5000);
  song.rig.engine.reset();
  CHECK(song.rig.run(512).tap().empty());
  CHECK(song.position() == 0.0);
  song.rig.play();
  CHECK(song.rig.run(512).tap() == stretch(song.left, song.right, 0, 512));
}
