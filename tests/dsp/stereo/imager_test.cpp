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

namespace {

Signal negated(Signal signal) {
  for (float& sample : signal) sample = -sample;
  return signal;
}

// How loud a tone that is wholly side comes out, as a ratio, after a second for the filters to settle.
double sideGain(DeviceRig& rig, double frequencyHz) {
  const Signal tone = sine(48000, frequencyHz / 48000.0);
  const Stereo out = rig.run({tone, negated(tone)});
  double in = 0.0;
  double side = 0.0;
  for (std::size_t i = 24000; i < 48000; ++i) {
    const double difference = 0.5 * (static_cast<double>(out.left[i]) - static_cast<double>(out.right[i]));
    in += static_cast<double>(tone[i]) * static_cast<double>(tone[i]);
    side += difference * difference;
  }
  return std::sqrt(side / in);
}

}  // namespace

TEST_CASE("A fresh imager changes nothing, to the bit") {
  DeviceRig imager("imager");
  const Stereo in{noise(5000, 1), noise(5000, 2)};
  const Stereo out = imager.run(in);
  CHECK(out.left == in.left);
  CHECK(out.right == in.right);
}

TEST_CASE("No width of any band changes the imager's mono sum") {
  for (const auto& widths : {std::array{0.0, 0.0, 0.0, 0.0},
                             {200.0, 200.0, 200.0, 200.0},
                             {0.0, 80.0, 110.0, 150.0},
                             {200.0, 0.0, 200.0, 0.0}}) {
    for (const double mono : {0.0, 1.0}) {
      DeviceRig imager("imager");
      imager.set("band1.width", widths[0]).set("band2.width", widths[1]);
      imager.set("band3.width", widths[2]).set("band4.width", widths[3]).set("monoBelow", mono);
      imager.device().reset();
      const Stereo in{noise(20000, 3), noise(20000, 4)};
      const Stereo out = imager.run(in);
      for (std::size_t i = 0; i < in.left.size(); ++i) {
        REQUIRE(std::abs((out.left[i] + out.right[i]) - (in.left[i] + in.right[i])) < 3e-7f);
      }
    }
  }
}

TEST_CASE("Each width acts in its band alone") {
  DeviceRig imager("imager");
  imager.set("crossover1Hz", 100).set("crossover2Hz", 1000).set("crossover3Hz", 10000);
  imager.set("band1.width", 0).set("band3.width", 200);
  imager.device().reset();
  // What the next band leaves a quarter below its crossover: w^2 sqrt(w^2 + 9) / (w^2 + 1)^1.5.
  CHECK_THAT(sideGain(imager, 25.0), WithinAbs(0.172, 0.02));
  CHECK_THAT(sideGain(imager, 320.0), WithinAbs(1.0, 0.1));
  CHECK_THAT(sideGain(imager, 3200.0), WithinAbs(2.0, 0.4));
  CHECK_THAT(sideGain(imager, 23000.0), WithinAbs(1.0, 0.1));
}

TEST_CASE("Equal widths in all bands scale the side as one, without regard to frequency") {
  for (const double percent : {0.0, 50.0, 180.0}) {
    DeviceRig imager("imager");
    imager.set("width", percent);
    imager.device().reset();
    for (const double frequencyHz : {50.0, 120.0, 700.0, 3000.0, 12000.0}) {
      CHECK_THAT(sideGain(imager, frequencyHz), WithinAbs(0.01 * percent, 1e-4));
    }
  }
}

TEST_CASE("Below its corner the imager is mono by 24 dB an octave, Butterworth") {
  DeviceRig imager("imager");
  imager.set("monoBelow", 1).set("monoBelowHz", 200);
  imager.device().reset();
  CHECK_THAT(20.0 * std::log10(sideGain(imager, 200.0)), WithinAbs(-3.01, 0.05));
  CHECK_THAT(20.0 * std::log10(sideGain(imager, 100.0)), WithinAbs(-24.1, 0.1));
  CHECK_THAT(20.0 * std::log10(sideGain(imager, 50.0)), WithinAbs(-48.2, 0.2));
  CHECK_THAT(20.0 * std::log10(sideGain(imager, 1000.0)), WithinAbs(0.0, 0.01));
}

TEST_CASE("Listening to a band of the imager leaves that band of both sides") {
  DeviceRig imager("imager");
  imager.choose("listen", "band4");
  imager.device().reset();
  const auto level = [&](double frequencyHz) {
    const Signal out = imager.runMono(sine(24000, frequencyHz / 48000.0, 1.0));
    float peak = 0.0f;
    for (std::size_t i = 12000; i < out.size(); ++i) peak = std::max(peak, std::abs(out[i]));
    return peak;
  };
  CHECK(level(100.0) < 0.06f);
  CHECK(level(15000.0) > 0.9f);
}

TEST_CASE("The imager tells the correlation of what comes out") {
  DeviceRig imager("imager");
  const Signal tone = noise(48000, 5);
  imager.run({tone, tone});
  CHECK_THAT(imager.readout("correlation"), WithinAbs(1.0, 1e-4));
  imager.device().reset();
  imager.run({tone, negated(tone)});
  CHECK_THAT(imager.readout("correlation"), WithinAbs(-1.0, 1e-4));
  imager.device().reset();
  imager.run({tone, noise(48000, 6)});
  CHECK_THAT(imager.readout("correlation"), WithinAbs(0.0, 0.03));
  imager.set("width", 0);
  imager.device().reset();
  imager.run({tone, noise(48000, 6)});
  CHECK_THAT(imager.readout("correlation"), WithinAbs(1.0, 1e-4));
}

TEST_CASE("The imager's parameters move without clicks and without regard to blocks") {
  const Signal tone = sine(24000, 200.0 / 48000.0, 0.9);
  const auto run = [&](std::size_t block) {
    DeviceRig imager("imager");
    Stereo out{tone, negated(tone)};
    for (std::size_t at = 0; at < tone.size(); at += block) {
      if (at == 2400) imager.turn("band1.width", 30);
      if (at == 4800) imager.turn("crossover1Hz", 900);
      if (at == 7200) imager.turn("monoBelow", 1);
      if (at == 9600) imager.turn("listen", 2);
      if (at == 14400) imager.turn("listen", 0);
      if (at == 16800) imager.turn("monoBelow", 0);
      if (at == 19200) imager.turn("band1.width", 100);
      if (at == 21600) imager.turn("band2.width", 150);
      imager.device().process(out.left.data() + at, out.right.data() + at, block, {});
    }
    return out;
  };
  const Stereo out = run(2400);
  CHECK(clickSize(out.left) < 0.004f);
  CHECK(clickSize(out.right) < 0.004f);
  const Stereo cut = run(48);
  CHECK(cut.left == out.left);
  CHECK(cut.right == out.right);
}

TEST_CASE("An imager that has faded falls silent to the bit") {
  DeviceRig imager("imager");
  imager.set("band2.width", 20).set("monoBelow", 1);
  imager.device().reset();
  imager.run({noise(4800, 7), noise(4800, 8)});
  imager.run({Signal(48000), Signal(48000)});
  const Stereo rest = imager.run({Signal(4800), Signal(4800)});
  CHECK(rest.left == Signal(4800));
  CHECK(rest.right == Signal(4800));
}
