#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>

#include "core/guard.h"
#include "support/response.h"
#include "support/spectrum.h"

using Catch::Matchers::WithinAbs;
using mixwell::test::clickSize;
using mixwell::test::delayTrack;
using mixwell::test::DeviceRig;
using mixwell::test::gainAt;
using mixwell::test::impulse;
using mixwell::test::noise;
using mixwell::test::peakOf;
using mixwell::test::Signal;
using mixwell::test::sine;
using mixwell::test::Stereo;
using mixwell::test::toDb;
using mixwell::test::widened;

TEST_CASE("A fresh flanger changes nothing, to the bit") {
  const Stereo in{noise(9000, 1), noise(9000, 2)};
  DeviceRig flanger("flanger");
  const Stereo out = flanger.run(in);
  CHECK(out.left == in.left);
  CHECK(out.right == in.right);
}

// The comb of a delay T: at the frequencies k / T everything adds, between them it takes away; with feedback
// f the delayed part is 1 / (1 - f) or 1 / (1 + f) there.
TEST_CASE("A flanger that stands still is the comb of its delay, with feedback of either sign") {
  for (const double feedback : {-90.0, -45.0, 0.0, 45.0, 90.0}) {
    DeviceRig flanger("flanger");
    flanger.set("depthMs", 0).set("delayMs", 2).set("feedback", feedback).set("mix", 50);
    const std::vector<double> response = widened(flanger.runMono(impulse(48000)));
    const double fed = 0.0097 * feedback;
    for (const double hz : {500.0, 1000.0, 5000.0}) {
      CHECK_THAT(gainAt(response, 48000, hz), WithinAbs(0.5 + 0.5 / (1.0 - fed), 1e-4));
    }
    for (const double hz : {250.0, 750.0, 5250.0}) {
      CHECK_THAT(gainAt(response, 48000, hz), WithinAbs(std::abs(0.5 - 0.5 / (1.0 + fed)), 1e-4));
    }
  }
}

TEST_CASE(
    "A flanger sweeps its delay by the depth at the rate; spread turns the right side against the left") {
  DeviceRig flanger("flanger");
  flanger.set("rateHz", 1).set("depthMs", 1.5).set("delayMs", 3).set("spread", 100).set("mix", 100);
  const Signal in = sine(96000, 1.0 / 480.0);
  const Stereo out = flanger.run({in, in});
  std::vector<double> left = delayTrack(out.left, 480, 144);
  std::vector<double> right = delayTrack(out.right, 480, 144);
  left.erase(left.begin(), left.begin() + 4800);
  right.erase(right.begin(), right.begin() + 4800);
  const auto [low, high] = std::minmax_element(left.begin(), left.end());
  // The mean over a period of the sine rounds the tips of the sweep off, by 0.02 frames.
  CHECK_THAT(*low, WithinAbs(72.0, 0.2));
  CHECK_THAT(*high, WithinAbs(216.0, 0.2));
  for (std::size_t i = 0; i < left.size(); i += 100) REQUIRE(std::abs(left[i] + right[i] - 288.0) < 1.0);
  CHECK_THAT(flanger.readout("phase"), WithinAbs(0.0, 1e-3) || WithinAbs(1.0, 1e-3));
  CHECK_THAT(flanger.readout("nowMs"), WithinAbs(3.0, 0.01));
}

TEST_CASE(
    "At its strongest feedback of either sign a flanger stays bounded, and after its tail it is silent") {
  for (const double feedback : {-100.0, 100.0}) {
    DeviceRig flanger("flanger");
    flanger.set("rateHz", 5).set("depthMs", 5).set("delayMs", 5).set("feedback", feedback).set("mix", 100);
    CHECK(peakOf(flanger.runMono(noise(48000 * 5, 4, 1.0f))) < mixwell::core::loopCeiling);
    const auto tail = static_cast<std::size_t>(flanger.device().tailFrames());
    CHECK(tail < 48000 * 30);
    CHECK(peakOf(flanger.runMono(Signal(tail + 500, 0.0f)), tail) == 0.0f);
  }
}

TEST_CASE("A flanger moves without zipper noise") {
  DeviceRig flanger("flanger");
  flanger.set("rateHz", 2).set("feedback", 60).set("mix", 50);
  Signal in = sine(96000, 200.0 / 48000.0, 0.5);
  for (std::size_t i = 0; i < 24000; ++i) in[i] *= static_cast<float>(i) / 24000.0f;
  CHECK(clickSize(flanger.runMono(in)) < 1e-4f);
}
