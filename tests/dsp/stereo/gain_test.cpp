#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <cmath>

#include "support/device_rig.h"

using Catch::Matchers::WithinAbs;
using mixwell::test::clickSize;
using mixwell::test::DeviceRig;
using mixwell::test::noise;
using mixwell::test::Signal;
using mixwell::test::sine;
using mixwell::test::Stereo;

TEST_CASE("A fresh gain changes nothing, to the bit") {
  DeviceRig gain("gain");
  const Stereo in{noise(5000, 1), noise(5000, 2)};
  const Stereo out = gain.run(in);
  CHECK(out.left == in.left);
  CHECK(out.right == in.right);
  CHECK(gain.device().latencySamples() == 0);
}

TEST_CASE("Gain has the level, place, width and polarity that are set") {
  const auto levels = [](std::string_view param, double value, std::size_t channels) {
    DeviceRig gain("gain", 48000, channels);
    const Stereo out = gain.set(param, value).run({{0.5f}, {0.25f}});
    return std::pair{out.left[0], out.right[0]};
  };
  CHECK_THAT(levels("gainDb", -6.0, 2).first, WithinAbs(0.5 * std::pow(10.0, -0.3), 1e-7));
  CHECK(levels("gainDb", -90.0, 2) == std::pair{0.0f, 0.0f});
  CHECK(levels("polarity", 1.0, 2) == std::pair{-0.5f, -0.25f});
  CHECK(levels("pan", -100.0, 2) == std::pair{0.5f, 0.0f});
  CHECK(levels("pan", 100.0, 2) == std::pair{0.0f, 0.25f});
  CHECK_THAT(levels("pan", -100.0, 1).first, WithinAbs(0.5 * std::sqrt(2.0), 1e-7));
  CHECK(levels("width", 0.0, 2) == std::pair{0.375f, 0.375f});
  CHECK(levels("width", 200.0, 2) == std::pair{0.625f, 0.125f});
}

TEST_CASE("Width leaves the mono sum alone") {
  for (const double percent : {0.0, 35.0, 100.0, 150.0, 200.0}) {
    DeviceRig gain("gain");
    const Stereo in{noise(2000, 3), noise(2000, 4)};
    const Stereo out = gain.set("width", percent).run(in);
    for (std::size_t i = 0; i < 2000; ++i) {
      REQUIRE(std::abs((out.left[i] + out.right[i]) - (in.left[i] + in.right[i])) < 3e-7f);
    }
  }
}

TEST_CASE("Gain refuses a value out of its range and half a switch") {
  DeviceRig gain("gain");
  CHECK_FALSE(gain.device().setParam(gain.indexOf("gainDb"), 25.0, 0));
  CHECK_FALSE(gain.device().setParam(gain.indexOf("polarity"), 0.5, 0));
}

TEST_CASE("Gain's parameters move without clicks and without regard to blocks") {
  const Signal tone = sine(9600, 200.0 / 48000.0, 0.9);
  const auto run = [&](std::size_t block) {
    DeviceRig gain("gain");
    Stereo out{tone, tone};
    for (std::size_t at = 0; at < tone.size(); at += block) {
      if (at == 2400) gain.turn("gainDb", -20.0);
      if (at == 4800) gain.turn("pan", 80.0);
      if (at == 7200) gain.turn("polarity", 1.0);
      gain.device().process(out.left.data() + at, out.right.data() + at, block, {});
    }
    return out;
  };
  const Stereo out = run(2400);
  CHECK(clickSize(out.left) < 0.003f);
  CHECK(clickSize(out.right) < 0.003f);
  const Stereo cut = run(48);
  CHECK(cut.left == out.left);
  CHECK(cut.right == out.right);
}

TEST_CASE("A chain runs its devices in order and knows only what there is") {
  mixwell::engine::DeviceChain chain({.sampleRateHz = 48000, .sourceChannels = 2});
  CHECK(chain.add("no such device") == -1);
  REQUIRE(chain.add("gain") == 0);
  REQUIRE(chain.add("gain") == 1);
  CHECK(chain.setParam(0, 0, -90.0));
  CHECK(chain.setParam(1, 0, 6.0));
  CHECK_FALSE(chain.setParam(2, 0, 6.0));
  chain.reset();
  Stereo out{noise(100, 5), noise(100, 6)};
  chain.process(out.left.data(), out.right.data(), 100);
  CHECK(out.left == Signal(100, 0.0f));
  CHECK(chain.latencySamples() == 0);
}
