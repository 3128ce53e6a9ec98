#include "time/convolution.h"

#include <algorithm>
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
using mixwell::time::ConvolutionParam;
using mixwell::time::convolutionParams;
using mixwell::time::shapedImpulse;
using mixwell::time::StereoImpulse;
using mixwell::time::tableOf;

namespace {

std::vector<double> defaultShape() {
  std::vector<double> shape;
  for (std::size_t i = 0; i < mixwell::time::impulseParamCount; ++i) {
    shape.push_back(convolutionParams[i].defaultValue);
  }
  return shape;
}

std::vector<double> shapeWith(ConvolutionParam which, double value) {
  std::vector<double> shape = defaultShape();
  shape[static_cast<std::size_t>(which)] = value;
  return shape;
}

StereoImpulse decayingNoise(std::size_t frames, unsigned seed) {
  Signal left = noise(frames, seed);
  Signal right = noise(frames, seed + 1);
  for (std::size_t i = 0; i < frames; ++i) {
    const auto fall =
        static_cast<float>(std::exp(-4.0 * static_cast<double>(i) / static_cast<double>(frames)));
    left[i] *= fall;
    right[i] *= fall;
  }
  return shapedImpulse(left.data(), right.data(), frames, defaultShape(), 48000);
}

void give(DeviceRig& rig, const StereoImpulse& impulse) {
  const std::vector<float> table = tableOf(impulse);
  const std::span<float> room = rig.device().claimTable(table.size());
  REQUIRE(room.size() == table.size());
  std::copy(table.begin(), table.end(), room.begin());
  rig.device().commitTable(table.size());
}

double energy(const Signal& signal) {
  double sum = 0.0;
  for (const float sample : signal) sum += static_cast<double>(sample) * static_cast<double>(sample);
  return sum;
}

}  // namespace

TEST_CASE("Convolution equals the sum that defines it, late by 128 frames") {
  for (const std::size_t frames : {1U, 100U, 4096U, 4097U, 30000U}) {
    const StereoImpulse impulse = decayingNoise(frames, 3);
    DeviceRig rig("convolution");
    rig.set("mix", 100);
    rig.device().reset();
    give(rig, impulse);
    CHECK(rig.device().latencySamples() == 128);
    const Stereo in{noise(40000, 11), noise(40000, 12)};
    const Stereo out = rig.run(in, 5);
    double worst = 0.0;
    for (std::size_t at = 130; at < in.left.size(); at += 271) {
      double left = 0.0;
      double right = 0.0;
      for (std::size_t k = 0; k < impulse.left.size() && k + 128 <= at; ++k) {
        left += static_cast<double>(impulse.left[k]) * static_cast<double>(in.left[at - 128 - k]);
        right += static_cast<double>(impulse.right[k]) * static_cast<double>(in.right[at - 128 - k]);
      }
      worst = std::max({worst, std::abs(left - static_cast<double>(out.left[at])),
                        std::abs(right - static_cast<double>(out.right[at]))});
    }
    INFO(frames << " frames: " << worst);
    CHECK(worst < 1e-6);
  }
}

TEST_CASE("Without an impulse the convolution gives the dry sound alone, late by its latency") {
  DeviceRig rig("convolution");
  rig.set("mix", 0);
  rig.device().reset();
  const Signal in = noise(5000, 1);
  const Signal out = rig.runMono(in);
  CHECK(std::equal(in.begin(), in.end() - 128, out.begin() + 128));
  rig.set("mix", 100);
  rig.device().reset();
  CHECK(rig.runMono(in) == Signal(5000));
}

TEST_CASE("A new impulse is faded to without a click while the old one sounds on") {
  DeviceRig rig("convolution");
  rig.set("mix", 100);
  rig.device().reset();
  const StereoImpulse first = decayingNoise(20000, 3);
  const StereoImpulse second = decayingNoise(9000, 8);
  give(rig, first);
  const Signal tone = sine(48000, 200.0 / 48000.0);
  rig.runMono(tone);
  give(rig, second);
  const Signal out = rig.runMono(sine(48000, 200.0 / 48000.0));
  CHECK(clickSize(out) < 0.002f);
  DeviceRig fresh("convolution");
  fresh.set("mix", 100);
  fresh.device().reset();
  give(fresh, second);
  fresh.runMono(tone);
  const Signal expected = fresh.runMono(tone);
  for (std::size_t i = 6200; i < out.size(); ++i) REQUIRE(std::abs(out[i] - expected[i]) < 2e-6f);
}

TEST_CASE("The convolution has room for 6 seconds, and for no table while it fades") {
  DeviceRig rig("convolution");
  const std::size_t most = mixwell::time::mostTableFloats(48000);
  CHECK(rig.device().claimTable(most).size() == most);
  CHECK(rig.device().claimTable(most + 1).empty());
  rig.runMono(Signal(256));
  give(rig, decayingNoise(5000, 3));
  rig.runMono(Signal(2200));
  CHECK(rig.device().claimTable(1000).empty());
  rig.runMono(Signal(4096));
  CHECK(rig.device().claimTable(1000).size() == 1000);
}

TEST_CASE("A table that says more than it holds is silent") {
  DeviceRig rig("convolution");
  rig.set("mix", 100);
  const std::span<float> room = rig.device().claimTable(2000);
  std::fill(room.begin(), room.end(), 30.0f);
  rig.device().commitTable(2000);
  CHECK(rig.runMono(noise(9000, 3)) == Signal(9000));
}

TEST_CASE("The convolution falls silent to the bit when its tail has gone") {
  DeviceRig rig("convolution");
  rig.set("mix", 100);
  rig.device().reset();
  give(rig, decayingNoise(20000, 3));
  rig.runMono(noise(9000, 4));
  const auto tail = static_cast<std::size_t>(rig.device().tailFrames());
  CHECK(energy(rig.runMono(Signal(tail))) > 0.0);
  CHECK(rig.runMono(Signal(4000)) == Signal(4000));
}

TEST_CASE("Impulses are cut, faded, stretched, filtered and levelled as their parameters say") {
  const Signal raw = noise(48000, 9);
  const auto shaped = [&](ConvolutionParam which, double value) {
    return shapedImpulse(raw.data(), nullptr, raw.size(), shapeWith(which, value), 48000).left;
  };
  CHECK_THAT(energy(shaped(ConvolutionParam::fadeS, 0.0)), WithinAbs(0.5, 1e-5));
  CHECK(shaped(ConvolutionParam::startMs, 250.0).size() == 36000);
  CHECK(shaped(ConvolutionParam::endS, 0.5).size() == 24000);
  CHECK(shaped(ConvolutionParam::stretch, 50.0).size() == 24000);
  CHECK(shaped(ConvolutionParam::stretch, 200.0).size() == 96000);
  const Signal faded = shaped(ConvolutionParam::fadeS, 0.5);
  CHECK(energy(Signal(faded.end() - 4800, faded.end())) <
        0.01 * energy(Signal(faded.begin(), faded.begin() + 4800)));
  // Butterworth cuts of second order, against a tone far above.
  const auto peak = [](const Signal& signal) {
    return *std::max_element(signal.begin() + 12000, signal.end() - 12000);
  };
  const auto ratio = [&](ConvolutionParam which, double value, double frequencyHz) {
    Signal mixed = sine(48000, frequencyHz / 48000.0);
    const Signal other = sine(48000, 2000.0 / 48000.0);
    const Signal left = shapedImpulse(mixed.data(), other.data(), 48000, shapeWith(which, value), 48000).left;
    const Signal right =
        shapedImpulse(mixed.data(), other.data(), 48000, shapeWith(which, value), 48000).right;
    return peak(left) / peak(right);
  };
  CHECK_THAT(ratio(ConvolutionParam::lowCutHz, 100.0, 100.0), WithinAbs(0.707, 0.01));
  CHECK_THAT(ratio(ConvolutionParam::lowCutHz, 100.0, 50.0), WithinAbs(0.2425, 0.01));
}

TEST_CASE("A stretched impulse is the same sound at another speed") {
  const Signal tone = sine(24000, 440.0 / 48000.0);
  const auto crossings = [](const Signal& signal) {
    int count = 0;
    for (std::size_t i = 1000; i + 1000 < signal.size(); ++i) {
      if (signal[i - 1] < 0.0f && signal[i] >= 0.0f) ++count;
    }
    return static_cast<double>(count) / static_cast<double>(signal.size() - 2000);
  };
  const Signal slow =
      shapedImpulse(tone.data(), nullptr, tone.size(), shapeWith(ConvolutionParam::stretch, 200), 48000).left;
  CHECK_THAT(crossings(slow) * 48000.0, WithinAbs(220.0, 1.0));
}
