#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>

#include "support/response.h"
#include "support/spectrum.h"

using Catch::Matchers::WithinAbs;
using mixwell::test::clickSize;
using mixwell::test::delayTrack;
using mixwell::test::DeviceRig;
using mixwell::test::noise;
using mixwell::test::rmsOf;
using mixwell::test::Signal;
using mixwell::test::sine;
using mixwell::test::Stereo;
using mixwell::test::toDb;

namespace {

/// Frames between two upward passages through the middle.
double turnFrames(const std::vector<double>& track, double middle) {
  std::vector<double> passages;
  for (std::size_t i = 1; i < track.size(); ++i) {
    if (track[i - 1] < middle && track[i] >= middle) passages.push_back(static_cast<double>(i));
  }
  REQUIRE(passages.size() >= 2);
  return (passages.back() - passages.front()) / static_cast<double>(passages.size() - 1);
}

}  // namespace

TEST_CASE("A fresh chorus, or one at mix 0, changes nothing, to the bit") {
  const Stereo in{noise(9000, 1), noise(9000, 2)};
  DeviceRig chorus("chorus");
  const Stereo out = chorus.run(in);
  CHECK(out.left == in.left);
  CHECK(out.right == in.right);
  CHECK(chorus.device().latencySamples() == 0);
}

TEST_CASE("A chorus moves its delay by the depth, at the rate, about the delay that is set") {
  for (const double sampleRateHz : {48000.0, 96000.0}) {
    DeviceRig chorus("chorus", sampleRateHz);
    chorus.set("voices", 0).set("rateHz", 1.5).set("depthMs", 3).set("delayMs", 14).set("mix", 100);
    const auto frames = static_cast<std::size_t>(3.0 * sampleRateHz);
    const Signal out = chorus.runMono(sine(frames, 1.0 / 96.0));
    std::vector<double> track = delayTrack(out, 96, 0.014 * sampleRateHz);
    track.erase(track.begin(), track.begin() + static_cast<std::ptrdiff_t>(0.1 * sampleRateHz));
    const auto [low, high] = std::minmax_element(track.begin(), track.end());
    CHECK_THAT(*low / sampleRateHz, WithinAbs(0.011, 2e-6));
    CHECK_THAT(*high / sampleRateHz, WithinAbs(0.017, 2e-6));
    CHECK_THAT(sampleRateHz / turnFrames(track, 0.014 * sampleRateHz), WithinAbs(1.5, 0.002));
  }
}

TEST_CASE("A chorus in notes turns once a note") {
  DeviceRig chorus("chorus");  // a beat is 24000 frames
  chorus.set("voices", 0).choose("sync", "1/4").set("mix", 100);
  std::vector<double> track = delayTrack(chorus.runMono(sine(120000, 1.0 / 96.0)), 96, 672.0);
  track.erase(track.begin(), track.begin() + 4800);
  CHECK_THAT(turnFrames(track, 672.0), WithinAbs(24000, 5));
}

TEST_CASE("However many voices, a chorus is as loud as its input, on both sides") {
  for (int voices = 1; voices <= 6; ++voices) {
    DeviceRig chorus("chorus");
    chorus.set("voices", voices - 1).set("mix", 100);
    const Signal in = noise(96000, 3);
    const Stereo out = chorus.run({in, in});
    INFO(voices);
    CHECK_THAT(toDb(rmsOf(out.left, 9600, 86400) / rmsOf(in, 9600, 86400)), WithinAbs(0.0, 1.0));
    CHECK_THAT(toDb(rmsOf(out.right, 9600, 86400) / rmsOf(in, 9600, 86400)), WithinAbs(0.0, 1.0));
  }
}

TEST_CASE("Spread sets the voices to the sides; without it a mono input stays mono") {
  const Signal in = noise(48000, 5);
  const auto run = [&](double spread) {
    DeviceRig chorus("chorus");
    return chorus.set("spread", spread).set("mix", 100).run({in, in});
  };
  const Stereo narrow = run(0);
  CHECK(narrow.left == narrow.right);
  const Stereo wide = run(100);
  double product = 0.0;
  for (std::size_t i = 0; i < in.size(); ++i) {
    product += static_cast<double>(wide.left[i]) * static_cast<double>(wide.right[i]);
  }
  const double correlation =
      product / static_cast<double>(in.size()) / rmsOf(wide.left, 0, 48000) / rmsOf(wide.right, 0, 48000);
  CHECK(correlation < 0.6);
}

TEST_CASE("A chorus moves without zipper noise, and so do its parameters") {
  for (const auto& [param, value] :
       {std::pair{"mix", 100.0}, std::pair{"rateHz", 5.0}, std::pair{"depthMs", 1.0},
        std::pair{"delayMs", 15.0}, std::pair{"voices", 4.0}, std::pair{"spread", 0.0},
        std::pair{"sync", 2.0}}) {
    INFO(param);
    DeviceRig chorus("chorus");
    chorus.set("rateHz", 2).set("mix", 50);
    Signal in = sine(96000, 200.0 / 48000.0, 0.5);
    for (std::size_t i = 0; i < 24000; ++i) in[i] *= static_cast<float>(i) / 24000.0f;
    const std::size_t turned = 48000;
    const Signal before = chorus.runMono(Signal(in.begin(), in.begin() + turned));
    chorus.turn(param, value);
    Signal out = chorus.runMono(Signal(in.begin() + turned, in.end()));
    out.insert(out.begin(), before.begin(), before.end());
    CHECK(clickSize(before) < 2e-4f);
    CHECK(clickSize(out) < 2e-3f);
  }
}
