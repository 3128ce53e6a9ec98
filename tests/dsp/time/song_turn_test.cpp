// Oscillators whose turn is a note of the song (chorus, flanger, phaser).
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <cmath>

#include "engine/tempo_map.h"
#include "support/device_rig.h"

using namespace mixwell;
using namespace mixwell::test;
using Catch::Matchers::WithinAbs;

namespace {

constexpr std::string_view swaying[] = {"chorus", "flanger", "phaser"};
constexpr double framesPerBeat = 24000.0;

DeviceRig inNotes(std::string_view id, std::string_view note) {
  DeviceRig rig(id);
  rig.choose("sync", note).set("mix", 50);
  return rig;
}

Signal silence(std::size_t frames) {
  return Signal(frames, 0.0f);
}

// Of a turn, from -0.5 to 0.5.
double apart(double phase, double other) {
  const double difference = phase - other;
  return difference - std::round(difference);
}

// The phaser shows the phase of the point of its grid before.
double phaseAt(std::int64_t frame, double beats) {
  return static_cast<double>(frame) / (beats * framesPerBeat);
}

}  // namespace

TEST_CASE("In notes, an oscillator's phase is a function of the place in the song, wherever playing begins") {
  for (const std::string_view id : swaying) {
    INFO(id);
    for (const std::int64_t start : {0, 16 * 1001, 123457, 48000 * 3600}) {
      DeviceRig rig = inNotes(id, "1/2");
      rig.at(start);
      rig.run({silence(4000), silence(4000)}, 3);
      CHECK_THAT(apart(static_cast<double>(rig.readout("phase")), phaseAt(start + 4000, 2.0)),
                 WithinAbs(0.0, 17.0 / 48000.0));
    }
  }
}

TEST_CASE("In notes, sound from a frame on is that of a start at this frame, to the bit on the grid") {
  const std::size_t start = 16 * 1001;
  const Stereo in{noise(20000, 1), noise(20000, 2)};
  for (const std::string_view id : swaying) {
    INFO(id);
    DeviceRig whole = inNotes(id, "1/4");
    whole.set("spread", 60);
    whole.run({silence(start), silence(start)}, 5);
    const Stereo expected = whole.run(in, 6);
    DeviceRig late = inNotes(id, "1/4");
    late.set("spread", 60).at(start);
    const Stereo out = late.run(in);
    CHECK((out.left == expected.left));
    CHECK((out.right == expected.right));
  }
}

TEST_CASE("Where the song jumps back an oscillator in notes catches up without a click") {
  for (const std::string_view id : swaying) {
    INFO(id);
    DeviceRig rig = inNotes(id, "1/2");
    Signal in = sine(120000, 200.0 / 48000.0, 0.5);
    for (std::size_t i = 0; i < 24000; ++i) in[i] *= static_cast<float>(i) / 24000.0f;
    const auto middle = in.begin() + 40003;
    Signal out = rig.runMono({in.begin(), middle});
    rig.at(20007);
    const Signal after = rig.runMono({middle, in.end()});
    out.insert(out.end(), after.begin(), after.end());
    CHECK(clickSize(out) < 2e-3f);
    CHECK_THAT(apart(static_cast<double>(rig.readout("phase")), phaseAt(20007 + 120000 - 40003, 2.0)),
               WithinAbs(0.0, 17.0 / 48000.0));
  }
}

TEST_CASE("Where no sound went through for a while an oscillator in notes is where the song is") {
  for (const std::string_view id : swaying) {
    INFO(id);
    DeviceRig rig = inNotes(id, "1/1");
    rig.run({silence(1000), silence(1000)});
    rig.at(51000);
    rig.run({silence(128), silence(128)});
    CHECK_THAT(apart(static_cast<double>(rig.readout("phase")), phaseAt(51128, 4.0)),
               WithinAbs(0.0, 17.0 / 96000.0));
  }
}

TEST_CASE("A tempo map counts the beats over its changes") {
  engine::TempoMap map;
  map.prepare(48000.0);
  map.set(std::array{engine::TempoChange{0, 120.0}, engine::TempoChange{48000, 60.0},
                     engine::TempoChange{144000, 180.0}});
  const auto beats = [&](std::int64_t frame) {
    return map.tempoQuarter(frame) +
           static_cast<double>(frame - map.tempoFrame(frame)) / map.framesPerQuarter(frame);
  };
  CHECK_THAT(beats(24000), WithinAbs(1.0, 1e-12));
  CHECK_THAT(beats(47999), WithinAbs(2.0, 1e-4));
  CHECK_THAT(beats(48000), WithinAbs(2.0, 1e-12));
  CHECK_THAT(beats(96000), WithinAbs(3.0, 1e-12));
  CHECK_THAT(beats(144000), WithinAbs(4.0, 1e-12));
  CHECK_THAT(beats(160000), WithinAbs(5.0, 1e-12));
}
