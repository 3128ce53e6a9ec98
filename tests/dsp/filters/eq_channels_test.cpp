#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <string>
#include <vector>

#include "support/device_rig.h"
#include "support/spectrum.h"

using namespace mixwell;
using test::clickSize;
using test::DeviceRig;
using test::noise;
using test::Signal;
using test::sine;
using test::Stereo;

namespace {

DeviceRig eqOfBell(const std::string& channels, double hz = 1000, double gainDb = 9) {
  DeviceRig eq("eq");
  eq.set("band1.freqHz", hz).set("band1.gainDb", gainDb).choose("band1.channels", channels);
  eq.set("band1.on", 1);
  return eq;
}

double apartDb(const Signal& a, const Signal& b) {
  std::vector<double> difference;
  for (std::size_t i = 0; i < a.size(); ++i) {
    difference.push_back(static_cast<double>(a[i]) - static_cast<double>(b[i]));
  }
  return test::toDb(test::rms(difference));
}

Signal turnedOver(Signal signal) {
  for (float& sample : signal) sample = -sample;
  return signal;
}

}  // namespace

TEST_CASE("A band acts on its part of the sound alone, and leaves the other to the bit") {
  const Signal a = noise(6000, 1);
  const Signal b = noise(6000, 2);
  const Signal filtered = eqOfBell("stereo").runMono(a);
  REQUIRE(filtered != a);

  const Stereo left = eqOfBell("left").run({a, b});
  CHECK(left.left == filtered);
  CHECK(left.right == b);
  const Stereo right = eqOfBell("right").run({b, a});
  CHECK(right.left == b);
  CHECK(right.right == filtered);

  // Sound of the sides alone: the middle is nothing; and the other way round.
  const Stereo sides{a, turnedOver(a)};
  const Stereo middle{a, a};
  const Stereo sidesByMid = eqOfBell("mid").run(sides);
  CHECK(sidesByMid.left == sides.left);
  CHECK(sidesByMid.right == sides.right);
  const Stereo middleBySide = eqOfBell("side").run(middle);
  CHECK(middleBySide.left == a);
  CHECK(middleBySide.right == a);

  const Stereo middleByMid = eqOfBell("mid").run(middle);
  const Stereo sidesBySide = eqOfBell("side").run(sides);
  CHECK(apartDb(middleByMid.left, filtered) < -140);
  CHECK(apartDb(sidesBySide.left, filtered) < -140);
  CHECK(sidesBySide.right == turnedOver(sidesBySide.left));
}

TEST_CASE("Bands of middle and sides with the same values are one of both sides, within rounding") {
  const Stereo in{noise(6000, 1), noise(6000, 2)};
  DeviceRig both = eqOfBell("mid");
  both.set("band2.freqHz", 1000).set("band2.gainDb", 9).choose("band2.channels", "side").set("band2.on", 1);
  const Stereo out = both.run(in);
  const Stereo wanted = eqOfBell("stereo").run(in);
  CHECK(apartDb(out.left, wanted.left) < -135);
  CHECK(apartDb(out.right, wanted.right) < -135);
}

TEST_CASE("A band goes from one part to another without a click, and independently of blocks") {
  const Signal tone = sine(24000, 150.0 / 48000.0, 0.5);
  const auto run = [&](unsigned cut) {
    DeviceRig eq = eqOfBell("stereo", 150, 12);
    Stereo out;
    for (int turn = 0; turn < 5; ++turn) {
      eq.turn("band1.channels", turn);
      const auto from = tone.begin() + turn * 4800;
      const Signal part(from, from + 4800);
      const Stereo piece = eq.run({part, Signal(4800, 0.0f)}, cut);
      out.left.insert(out.left.end(), piece.left.begin(), piece.left.end());
      out.right.insert(out.right.end(), piece.right.begin(), piece.right.end());
    }
    return out;
  };
  const Stereo whole = run(0);
  for (unsigned cut = 1; cut < 4; ++cut) {
    const Stereo other = run(cut);
    CHECK(other.left == whole.left);
    CHECK(other.right == whole.right);
  }
  CHECK(clickSize({whole.left.begin() + 2400, whole.left.end()}) < 6e-4f);
  CHECK(clickSize({whole.right.begin() + 2400, whole.right.end()}) < 6e-4f);
}
