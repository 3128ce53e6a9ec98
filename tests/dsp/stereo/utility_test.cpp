#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>

#include "support/response.h"
#include "support/spectrum.h"

using Catch::Matchers::WithinAbs;
using mixwell::test::clickSize;
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

TEST_CASE("A fresh utility changes nothing, to the bit") {
  const Stereo in{noise(5000, 1), noise(5000, 2)};
  DeviceRig utility("utility");
  const Stereo out = utility.run(in);
  CHECK(out.left == in.left);
  CHECK(out.right == in.right);
}

TEST_CASE("A utility's level, polarities, exchange, mono and width are those that are set") {
  const auto levels = [](std::initializer_list<std::pair<std::string_view, double>> settings) {
    DeviceRig utility("utility");
    for (const auto& [param, value] : settings) utility.set(param, value);
    const Stereo out = utility.run({{0.5f}, {0.25f}});
    return std::pair{out.left[0], out.right[0]};
  };
  CHECK_THAT(levels({{"gainDb", -6.0}}).first, WithinAbs(0.5 * std::pow(10.0, -0.3), 1e-7));
  CHECK(levels({{"gainDb", -90.0}}) == std::pair{0.0f, 0.0f});
  CHECK(levels({{"polarityLeft", 1}}) == std::pair{-0.5f, 0.25f});
  CHECK(levels({{"polarityRight", 1}}) == std::pair{0.5f, -0.25f});
  CHECK(levels({{"swap", 1}}) == std::pair{0.25f, 0.5f});
  CHECK(levels({{"swap", 1}, {"polarityLeft", 1}}) == std::pair{0.25f, -0.5f});
  CHECK(levels({{"mono", 1}}) == std::pair{0.375f, 0.375f});
  CHECK(levels({{"mono", 1}, {"polarityRight", 1}}) == std::pair{0.125f, 0.125f});
  CHECK(levels({{"width", 0}}) == std::pair{0.375f, 0.375f});
  CHECK(levels({{"width", 200}}) == std::pair{0.625f, 0.125f});
}

TEST_CASE("A utility delays by whole frames and its tail says so") {
  DeviceRig utility("utility");
  const Signal out = utility.set("delayMs", 2.5).runMono(impulse(1000));
  CHECK(out[120] == 1.0f);
  CHECK(peakOf(Signal(out.begin(), out.begin() + 120)) == 0.0f);
  CHECK(peakOf(out, 121) == 0.0f);
  CHECK(utility.device().tailFrames() == 120);
  CHECK(utility.device().latencySamples() == 0);
}

TEST_CASE("The DC block takes DC away and leaves 20 Hz and up") {
  DeviceRig utility("utility");
  utility.set("dcBlock", 1);
  const Signal out = utility.runMono(Signal(96000, 0.5f));
  CHECK(peakOf(out, 90000) < 1e-6f);
  utility.device().reset();
  const std::vector<double> response = widened(utility.runMono(impulse(96000)));
  CHECK_THAT(toDb(gainAt(response, 48000, 5)), WithinAbs(-3.01, 0.05));
  CHECK_THAT(toDb(gainAt(response, 48000, 20)), WithinAbs(-0.26, 0.02));
  CHECK_THAT(toDb(gainAt(response, 48000, 1000)), WithinAbs(0.0, 0.01));
}

TEST_CASE("A utility's parameters move without clicks") {
  for (const auto& [param, value] :
       {std::pair{"gainDb", -12.0}, std::pair{"delayMs", 40.3}, std::pair{"mono", 1.0},
        std::pair{"polarityLeft", 1.0}, std::pair{"swap", 1.0}, std::pair{"width", 200.0},
        std::pair{"dcBlock", 1.0}}) {
    INFO(param);
    DeviceRig utility("utility");
    const Signal tone = sine(9600, 200.0 / 48000.0, 0.7);
    const Signal other = sine(9600, 150.0 / 48000.0, 0.3);
    const std::size_t turned = 4800;
    Stereo out = utility.run(
        {Signal(tone.begin(), tone.begin() + turned), Signal(other.begin(), other.begin() + turned)});
    utility.turn(param, value);
    const Stereo after =
        utility.run({Signal(tone.begin() + turned, tone.end()), Signal(other.begin() + turned, other.end())});
    out.left.insert(out.left.end(), after.left.begin(), after.left.end());
    out.right.insert(out.right.end(), after.right.begin(), after.right.end());
    CHECK(clickSize(out.left) < 0.002f);
    CHECK(clickSize(out.right) < 0.002f);
  }
}
