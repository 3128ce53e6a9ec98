#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>

#include "colour/saturator_params.h"
#include "support/response.h"
#include "support/spectrum.h"

using Catch::Matchers::WithinAbs;
using mixwell::colour::saturatorCurveNames;
using mixwell::test::amplitudeAt;
using mixwell::test::clickSize;
using mixwell::test::DeviceRig;
using mixwell::test::noise;
using mixwell::test::peakOf;
using mixwell::test::powerSpectrum;
using mixwell::test::rmsOf;
using mixwell::test::Signal;
using mixwell::test::sine;
using mixwell::test::Stereo;
using mixwell::test::toDb;
using mixwell::test::widened;

namespace {

constexpr std::size_t fftFrames = 32768;

/// The sine nearest to `hz` that fits a whole, odd number of times, so that no alias falls on an overtone.
double fittingHz(double hz, double sampleRateHz) {
  const double cycles = 2.0 * std::floor(0.5 * hz / sampleRateHz * fftFrames) + 1.0;
  return cycles * sampleRateHz / fftFrames;
}

/// The strongest line that is neither the sine nor an overtone of it nor DC, against the sine, in dB.
double strongestAliasDb(const Signal& out, double cycles) {
  const std::vector<double> spectrum = powerSpectrum(widened(out, out.size() - fftFrames));
  double fundamental = 0.0;
  double alias = 0.0;
  for (std::size_t bin = 3; bin + 1 < spectrum.size(); ++bin) {
    const double nearest = cycles * std::round(static_cast<double>(bin) / cycles);
    const bool overtone = std::abs(static_cast<double>(bin) - nearest) < 3.0;
    if (overtone && nearest == cycles) {
      fundamental += spectrum[bin];
    } else if (!overtone) {
      alias = std::max(alias, spectrum[bin - 1] + spectrum[bin] + spectrum[bin + 1]);
    }
  }
  return 10.0 * std::log10(alias / fundamental);
}

}  // namespace

TEST_CASE("A fresh saturator, or one at mix 0, only delays, to the bit") {
  for (const double sampleRateHz : {44100.0, 48000.0, 96000.0, 192000.0}) {
    const Stereo in{noise(9000, 1), noise(9000, 2)};
    for (const bool driven : {false, true}) {
      DeviceRig rig("saturator", sampleRateHz);
      if (driven) rig.set("driveDb", 18).set("bias", 50).set("toneDb", 6).set("outputDb", 3).set("mix", 0);
      const Stereo out = rig.run(in);
      const std::size_t latency = rig.device().latencySamples();
      CHECK(latency <= 71);
      CHECK(std::equal(out.left.begin() + static_cast<std::ptrdiff_t>(latency), out.left.end(),
                       in.left.begin()));
      CHECK(std::equal(out.right.begin() + static_cast<std::ptrdiff_t>(latency), out.right.end(),
                       in.right.begin()));
    }
  }
}

// quality.md asks for -80 dB of smooth curves to 24 dB of drive and -60 dB of a hard clip.
TEST_CASE("Aliases of a 5 kHz sine at full scale stay 80 dB under it on every curve at any drive") {
  for (const double sampleRateHz : {44100.0, 48000.0, 96000.0}) {
    for (const std::string_view curve : saturatorCurveNames) {
      for (const auto& [drive, bias] : {std::pair{8.0, 60.0}, std::pair{24.0, 0.0}}) {
        DeviceRig rig("saturator", sampleRateHz);
        rig.choose("curve", curve).set("driveDb", drive).set("bias", bias);
        const double hz = fittingHz(5000, sampleRateHz);
        const auto settling = static_cast<std::size_t>(0.4 * sampleRateHz);  // of the filter against DC
        const Signal out = rig.runMono(sine(fftFrames + settling, hz / sampleRateHz, 1.0));
        const double aliasDb = strongestAliasDb(out, hz / sampleRateHz * fftFrames);
        INFO(curve << " at " << sampleRateHz << " Hz, drive " << drive << " dB: " << aliasDb << " dB");
        CHECK(aliasDb < (curve == "fold" ? -80.0 : -90.0));
      }
    }
  }
}

TEST_CASE("Even overtones come from the tube and from bias; soft, tape and hard make odd ones alone") {
  const auto overtoneDb = [](std::string_view curve, double bias, int which) {
    DeviceRig rig("saturator");
    const Signal out = rig.choose("curve", curve)
                           .set("driveDb", 12)
                           .set("bias", bias)
                           .runMono(sine(96000, 1000.0 / 48000.0, 0.5));
    const std::vector<double> settled = widened(out, 48000);
    return toDb(amplitudeAt(settled, 48000, 1000.0 * which) / amplitudeAt(settled, 48000, 1000.0));
  };
  CHECK(overtoneDb("tube", 0, 2) > -30.0);
  for (const std::string_view curve : {"tape", "soft", "hard", "fold"}) {
    INFO(curve);
    CHECK(overtoneDb(curve, 0, 2) < -110.0);
    CHECK(overtoneDb(curve, 0, 3) > -30.0);
    CHECK(overtoneDb(curve, 40, 2) > -40.0);
  }
}

TEST_CASE("A saturator keeps the loudness of noise whatever the drive, and adds no DC") {
  const Signal in = [] {
    Signal sum(96000, 0.0f);  // of twelve, near enough to normal; -15 dBFS
    for (unsigned seed = 1; seed <= 12; ++seed) {
      const Signal one = noise(96000, seed, 0.178f / 2.0f);
      for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += one[i];
    }
    return sum;
  }();
  for (const std::string_view curve : saturatorCurveNames) {
    for (const double drive : {3.0, 12.0, 24.0}) {
      DeviceRig rig("saturator");
      const Signal out = rig.choose("curve", curve).set("driveDb", drive).set("bias", 50).runMono(in);
      INFO(curve << " " << drive);
      // White noise loses what its overtones above 20 kHz would hold, most where it folds.
      CHECK_THAT(toDb(rmsOf(out, 48000, 48000) / rmsOf(in, 48000, 48000)),
                 WithinAbs(0.0, curve == "fold" ? 2.3 : 1.0));
      double mean = 0.0;
      for (std::size_t i = 48000; i < 96000; ++i) mean += static_cast<double>(out[i] - in[i]) / 48000.0;
      CHECK(std::abs(mean) < 3e-4);
    }
  }
}

TEST_CASE("A saturator reports its levels and the distortion that a sine has") {
  DeviceRig rig("saturator");
  const Signal out =
      rig.choose("curve", "soft").set("driveDb", 12).runMono(sine(48000, 100.0 / 48000.0, 0.5));
  const std::vector<double> settled = widened(out, 24000);
  double overtones = 0.0;
  for (int k = 2; k < 40; ++k) overtones += std::pow(amplitudeAt(settled, 48000, 100.0 * k), 2);
  const double percent = 100.0 * std::sqrt(overtones) / amplitudeAt(settled, 48000, 100.0);
  CHECK(percent > 5.0);
  CHECK_THAT(rig.readout("distortion"), WithinAbs(percent, 0.05 * percent));
  CHECK_THAT(rig.readout("inputDb"), WithinAbs(-6.02, 0.3));
  CHECK_THAT(rig.readout("outputDb"), WithinAbs(toDb(static_cast<double>(peakOf(out, 40000))), 0.3));
  DeviceRig fresh("saturator");
  fresh.runMono(sine(4800, 100.0 / 48000.0, 0.5));
  CHECK(fresh.readout("distortion") < 1e-3f);
}

TEST_CASE("A saturator's tone tilts what comes out about 900 Hz") {
  DeviceRig rig("saturator");
  const Signal out = rig.set("toneDb", 6).runMono(mixwell::test::impulse(16384));
  CHECK_THAT(toDb(mixwell::test::gainAt(widened(out), 48000, 50)), WithinAbs(-3.0, 0.1));
  CHECK_THAT(toDb(mixwell::test::gainAt(widened(out), 48000, 15000)), WithinAbs(3.0, 0.3));
}

TEST_CASE("A saturator's parameters move without clicks, from rest and back too, without regard to blocks") {
  for (const auto& [param, value] :
       {std::pair{"driveDb", 0.0}, std::pair{"driveDb", 20.0}, std::pair{"curve", 2.0},
        std::pair{"bias", 60.0}, std::pair{"toneDb", 6.0}, std::pair{"mix", 0.0}}) {
    INFO(param << " " << value);
    const auto run = [&, p = param, v = value](unsigned seed) {
      DeviceRig rig("saturator");
      rig.set("driveDb", 3);
      const Signal in = sine(14400, 200.0 / 48000.0, 0.5);
      Signal out;
      for (std::size_t part = 0; part < 3; ++part) {
        if (part == 1) rig.turn(p, v);
        if (part == 2) rig.turn("driveDb", 3);
        const auto from = in.begin() + static_cast<std::ptrdiff_t>(4800 * part);
        const Stereo piece = rig.run({Signal(from, from + 4800), Signal(from, from + 4800)}, seed);
        out.insert(out.end(), piece.left.begin(), piece.left.end());
      }
      return out;
    };
    const Signal whole = run(0);
    CHECK(clickSize(Signal(whole.begin() + 3000, whole.end())) < 0.004f);
    CHECK(run(5) == whole);
  }
}

TEST_CASE("After its tail a saturator is silent, to the bit") {
  DeviceRig rig("saturator");
  rig.set("driveDb", 24).set("bias", 80).set("toneDb", -6).runMono(noise(9000, 3));
  const auto tail = static_cast<std::size_t>(rig.device().tailFrames());
  CHECK(peakOf(rig.runMono(Signal(tail + 500, 0.0f)), tail) == 0.0f);
}
