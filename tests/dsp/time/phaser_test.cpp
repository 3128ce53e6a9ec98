#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>

#include "core/guard.h"
#include "support/response.h"
#include "support/spectrum.h"

using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;
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

namespace {

constexpr double pi = std::numbers::pi;

/// Where the bilinear transform puts an analogue frequency that is `ratio` times the corner.
double warpedHz(double ratio, double cornerHz) {
  return 48000.0 / pi * std::atan(ratio * std::tan(pi * cornerHz / 48000.0));
}

}  // namespace

TEST_CASE("A fresh phaser changes nothing, to the bit") {
  const Stereo in{noise(9000, 1), noise(9000, 2)};
  DeviceRig phaser("phaser");
  const Stereo out = phaser.run(in);
  CHECK(out.left == in.left);
  CHECK(out.right == in.right);
}

// N analogue all-passes of the corner fc turn the phase by 2 N atan(f / fc): a notch at each odd multiple of
// 180 degrees, unity at each even one.
TEST_CASE("A phaser that stands still has a notch for every two stages, where the analogue has them") {
  for (int stages = 2; stages <= 12; stages += 2) {
    for (const double feedback : {-60.0, 0.0, 60.0}) {
      DeviceRig phaser("phaser");
      phaser.set("stages", stages / 2 - 1).set("reachOctaves", 0).set("centreHz", 900);
      const Signal out = phaser.set("feedback", feedback).set("mix", 50).runMono(impulse(48000));
      const std::vector<double> response = widened(out);
      const double fed = 0.0097 * feedback;
      for (int k = 0; k < stages; ++k) {
        const double hz = warpedHz(std::tan(pi * (k + 0.0) / (2.0 * stages)), 900.0);
        const double turned = k % 2 == 0 ? 1.0 : -1.0;
        INFO(stages << " stages, " << hz << " Hz, feedback " << feedback);
        CHECK_THAT(gainAt(response, 48000, hz),
                   WithinAbs(std::abs(0.5 + 0.5 * turned / (1.0 - turned * fed)), 2e-3));
      }
    }
  }
}

TEST_CASE("A phaser sweeps by the reach about the centre, at the rate") {
  DeviceRig phaser("phaser");
  phaser.set("rateHz", 2).set("centreHz", 900).set("reachOctaves", 1.5);
  double low = 1e9;
  double high = 0.0;
  std::vector<std::size_t> passages;
  double last = 0.0;
  for (std::size_t block = 0; block < 1125; ++block) {  // 3 s
    phaser.runMono(Signal(128, 0.0f));
    const double now = static_cast<double>(phaser.readout("nowHz"));
    if (block > 0 && last < 900.0 && now >= 900.0) passages.push_back(block);
    low = std::min(low, now);
    high = std::max(high, now);
    last = now;
  }
  CHECK_THAT(low, WithinRel(900.0 / std::exp2(1.5), 0.01));
  CHECK_THAT(high, WithinRel(900.0 * std::exp2(1.5), 0.01));
  REQUIRE(passages.size() >= 4);
  CHECK(passages[3] - passages[0] >= 561);  // three turns, 562.5 blocks
  CHECK(passages[3] - passages[0] <= 564);
}

TEST_CASE(
    "At its strongest feedback of either sign a phaser stays bounded, and after its tail it is silent") {
  for (const double feedback : {-100.0, 100.0}) {
    DeviceRig phaser("phaser");
    phaser.set("rateHz", 10)
        .set("reachOctaves", 4)
        .set("stages", 5)
        .set("feedback", feedback)
        .set("mix", 100);
    CHECK(peakOf(phaser.runMono(noise(48000 * 4, 4, 1.0f))) < mixwell::core::loopCeiling);
  }
  DeviceRig phaser("phaser");
  phaser.set("centreHz", 2000).set("reachOctaves", 1).set("feedback", 50).set("mix", 100);
  phaser.runMono(noise(4800, 2));
  const auto tail = static_cast<std::size_t>(phaser.device().tailFrames());
  CHECK(tail < 48000 * 20);
  CHECK(peakOf(phaser.runMono(Signal(tail + 500, 0.0f)), tail) < 1e-12f);
}

TEST_CASE("A phaser moves without zipper noise, and so do its parameters") {
  for (const auto& [param, value] :
       {std::pair{"mix", 100.0}, std::pair{"centreHz", 2000.0}, std::pair{"reachOctaves", 0.5},
        std::pair{"feedback", -70.0}, std::pair{"stages", 5.0}, std::pair{"spread", 100.0}}) {
    INFO(param);
    DeviceRig phaser("phaser");
    phaser.set("rateHz", 3).set("feedback", 50).set("mix", 50);
    Signal in = sine(96000, 200.0 / 48000.0, 0.5);
    for (std::size_t i = 0; i < 24000; ++i) in[i] *= static_cast<float>(i) / 24000.0f;
    const std::size_t turned = 48000;
    const Signal before = phaser.runMono(Signal(in.begin(), in.begin() + turned));
    phaser.turn(param, value);
    Signal out = phaser.runMono(Signal(in.begin() + turned, in.end()));
    out.insert(out.begin(), before.begin(), before.end());
    CHECK(clickSize(before) < 1e-4f);
    CHECK(clickSize(out) < 2e-3f);
  }
}
