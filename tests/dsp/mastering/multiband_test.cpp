#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <cmath>

#include "support/device_rig.h"
#include "support/spectrum.h"

using Catch::Matchers::WithinAbs;
using mixwell::test::amplitudeAt;
using mixwell::test::clickSize;
using mixwell::test::DeviceRig;
using mixwell::test::noise;
using mixwell::test::Signal;
using mixwell::test::sine;
using mixwell::test::Stereo;
using mixwell::test::toDb;

namespace {

// Magnitude in dB of the response at a frequency, out of the impulse response.
double responseDb(const Signal& impulseResponse, double frequencyHz) {
  double re = 0.0;
  double im = 0.0;
  for (std::size_t i = 0; i < impulseResponse.size(); ++i) {
    const double angle = 2.0 * M_PI * frequencyHz / 48000.0 * static_cast<double>(i);
    re += static_cast<double>(impulseResponse[i]) * std::cos(angle);
    im += static_cast<double>(impulseResponse[i]) * std::sin(angle);
  }
  return toDb(std::sqrt(re * re + im * im));
}

Signal impulseResponse(DeviceRig& rig, float level = 1.0f) {
  Signal impulse(48000);
  impulse[0] = level;
  return rig.runMono(impulse);
}

double levelAfter(DeviceRig& rig, double frequencyHz, double peakDb, std::size_t frames = 96000) {
  const Signal out = rig.runMono(sine(frames, frequencyHz / 48000.0, std::pow(10.0, peakDb / 20.0)));
  const std::vector<double> end(out.end() - 9600, out.end());
  return toDb(amplitudeAt(end, 48000.0, frequencyHz));
}

}  // namespace

TEST_CASE("Multiband's bands at unity sum to an all-pass within 0.01 dB") {
  for (const auto& corners : {std::array{120.0, 900.0, 5000.0},
                              {40.0, 100.0, 250.0},
                              {5000.0, 120.0, 900.0},
                              {1000.0, 1000.0, 16000.0}}) {
    DeviceRig multiband("multiband");
    multiband.set("crossover1Hz", corners[0]).set("crossover2Hz", corners[1]);
    multiband.set("crossover3Hz", corners[2]);
    multiband.device().reset();
    const Signal response = impulseResponse(multiband);
    double worst = 0.0;
    for (double frequencyHz = 20.0; frequencyHz < 22000.0; frequencyHz *= 1.15) {
      worst = std::max(worst, std::abs(responseDb(response, frequencyHz)));
    }
    CHECK(worst < 0.001);
  }
}

TEST_CASE("A band of the multiband alone falls by 24 dB an octave and is down 6 dB at its edges") {
  DeviceRig multiband("multiband");
  multiband.set("crossover1Hz", 200).set("crossover2Hz", 2000).set("crossover3Hz", 12000);
  multiband.set("band2.solo", 1);
  multiband.device().reset();
  const Signal response = impulseResponse(multiband);
  CHECK_THAT(responseDb(response, 632.0), WithinAbs(-0.17, 0.05));  // (1 + 0.1^4)^-2 of both slopes
  CHECK_THAT(responseDb(response, 200.0), WithinAbs(-6.02, 0.05));
  CHECK_THAT(responseDb(response, 2000.0), WithinAbs(-6.02, 0.05));
  CHECK_THAT(responseDb(response, 50.0) - responseDb(response, 25.0), WithinAbs(24.0, 0.3));
  CHECK(responseDb(response, 8000.0) < -48.0);
}

TEST_CASE("Each band compresses by its own threshold and ratio and reads it out") {
  DeviceRig multiband("multiband");
  multiband.set("crossover1Hz", 40).set("crossover2Hz", 3000);
  multiband.set("band2.thresholdDb", -30).set("band2.ratio", 3).set("band2.kneeDb", 0);
  multiband.device().reset();
  // Giannoulis et al., equation 4: 20 dB over, a third of it is left.
  CHECK_THAT(levelAfter(multiband, 330.0, -10.0), WithinAbs(-10.0 - 20.0 * 2.0 / 3.0, 0.15));
  CHECK_THAT(multiband.readout("band2.reductionDb"), WithinAbs(-13.3, 0.5));
  CHECK(multiband.readout("reductionDb") == multiband.readout("band2.reductionDb"));
  multiband.device().reset();
  CHECK_THAT(levelAfter(multiband, 330.0, -36.0), WithinAbs(-36.0, 0.1));
  multiband.device().reset();
  CHECK_THAT(levelAfter(multiband, 10000.0, -10.0), WithinAbs(-10.0, 0.05));
  CHECK(multiband.readout("band4.reductionDb") == 0.0f);
}

TEST_CASE("Multiband's knee is quadratic") {
  DeviceRig multiband("multiband");
  multiband.set("crossover2Hz", 300).set("crossover3Hz", 14000);
  multiband.set("band3.thresholdDb", -20).set("band3.ratio", 4).set("band3.kneeDb", 12);
  multiband.device().reset();
  // At the threshold: slope * (knee / 2)^2 / (2 * knee) = 0.75 * 36 / 24.
  CHECK_THAT(levelAfter(multiband, 2100.0, -20.0), WithinAbs(-20.0 - 1.125, 0.05));
}

TEST_CASE("Bypass, gain and mix of the multiband do what they say") {
  DeviceRig multiband("multiband");
  multiband.set("crossover1Hz", 40).set("crossover2Hz", 3000);
  multiband.set("band2.thresholdDb", -30).set("band2.ratio", 10).set("band2.gainDb", 4);
  multiband.set("band2.bypass", 1);
  multiband.device().reset();
  CHECK_THAT(levelAfter(multiband, 330.0, -10.0), WithinAbs(-10.0, 0.01));
  CHECK(multiband.readout("reductionDb") == 0.0f);
  multiband.set("band2.bypass", 0).set("band2.ratio", 1);
  multiband.device().reset();
  CHECK_THAT(levelAfter(multiband, 330.0, -10.0), WithinAbs(-6.0, 0.02));
  multiband.set("mix", 0);
  multiband.device().reset();
  CHECK_THAT(levelAfter(multiband, 330.0, -10.0), WithinAbs(-10.0, 0.01));
}

TEST_CASE("Attack and release of a band take their time") {
  DeviceRig multiband("multiband");
  multiband.set("band2.thresholdDb", -40).set("band2.ratio", 20).set("band2.kneeDb", 0);
  multiband.set("band2.attackMs", 50).set("band2.releaseMs", 1000);
  multiband.device().reset();
  const Signal tone = sine(48000, 330.0 / 48000.0, 0.5);
  multiband.runMono(tone);
  const float full = multiband.readout("band2.reductionDb");
  CHECK(full < -25.0f);
  multiband.device().reset();
  multiband.runMono(Signal(tone.begin(), tone.begin() + 2400));
  CHECK_THAT(multiband.readout("band2.reductionDb") / full, WithinAbs(0.632, 0.05));
  multiband.runMono(Signal(tone.begin() + 2400, tone.end()));
  multiband.runMono(Signal(48000));
  // After the hold ends at once: e^-1, and the attack's smoothing on top of it.
  CHECK_THAT(multiband.readout("band2.reductionDb") / full, WithinAbs(0.368, 0.04));
}

TEST_CASE("Both sides of a band are reduced alike") {
  DeviceRig multiband("multiband");
  multiband.set("band2.thresholdDb", -40).set("band2.ratio", 8);
  multiband.device().reset();
  const Stereo out = multiband.run({sine(48000, 330.0 / 48000.0, 0.5), sine(48000, 330.0 / 48000.0, 0.125)});
  for (std::size_t i = 24000; i < 48000; ++i) {
    REQUIRE(std::abs(out.left[i] - 4.0f * out.right[i]) < 1e-5f);
  }
}

TEST_CASE("Multiband's parameters move without clicks and without regard to blocks") {
  const Signal tone = sine(24000, 200.0 / 48000.0, 0.9);
  const auto run = [&](std::size_t block) {
    DeviceRig multiband("multiband");
    multiband.set("band2.ratio", 4).set("band2.attackMs", 100).set("band2.releaseMs", 1000);
    multiband.device().reset();
    Stereo out{tone, tone};
    for (std::size_t at = 0; at < tone.size(); at += block) {
      if (at == 4800) multiband.turn("crossover1Hz", 400);
      if (at == 9600) multiband.turn("band1.bypass", 1);
      if (at == 12000) multiband.turn("band2.solo", 1);
      if (at == 16800) multiband.turn("band2.gainDb", 6);
      if (at == 19200) multiband.turn("mix", 40);
      multiband.device().process(out.left.data() + at, out.right.data() + at, block, {});
    }
    return out;
  };
  const Stereo out = run(2400);
  CHECK(clickSize(Signal(out.left.begin() + 2400, out.left.end())) < 0.01f);
  const Stereo cut = run(48);
  CHECK(cut.left == out.left);
  CHECK(cut.right == out.right);
}

TEST_CASE("A multiband that has faded falls silent to the bit") {
  DeviceRig multiband("multiband");
  multiband.set("crossover1Hz", 40);
  multiband.device().reset();
  multiband.run({noise(4800, 7), noise(4800, 8)});
  multiband.run({Signal(48000), Signal(48000)});
  const Stereo rest = multiband.run({Signal(4800), Signal(4800)});
  CHECK(rest.left == Signal(4800));
  CHECK(rest.right == Signal(4800));
}
