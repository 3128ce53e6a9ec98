#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>

#include "support/response.h"
#include "support/spectrum.h"

using Catch::Matchers::WithinAbs;
using mixwell::test::amplitudeAt;
using mixwell::test::clickSize;
using mixwell::test::DeviceRig;
using mixwell::test::noise;
using mixwell::test::peakOf;
using mixwell::test::Signal;
using mixwell::test::sine;
using mixwell::test::Stereo;
using mixwell::test::toDb;
using mixwell::test::widened;

namespace {

/// A settled second of a sine through an exciter at full amount.
std::vector<double> excited(double hz, double amplitude, double harmonics, double driveDb = 6) {
  DeviceRig rig("exciter");
  rig.set("freqHz", 3000).set("harmonics", harmonics).set("driveDb", driveDb).set("amount", 100);
  return widened(rig.runMono(sine(57600, hz / 48000.0, amplitude)), 9600);
}

}  // namespace

TEST_CASE("A fresh exciter only delays, to the bit") {
  const Stereo in{noise(9000, 1), noise(9000, 2)};
  DeviceRig rig("exciter");
  const Stereo out = rig.run(in);
  const auto latency = static_cast<std::ptrdiff_t>(rig.device().latencySamples());
  CHECK(std::equal(out.left.begin() + latency, out.left.end(), in.left.begin()));
  CHECK(std::equal(out.right.begin() + latency, out.right.end(), in.right.begin()));
}

TEST_CASE("An exciter adds even overtones, odd ones or both, to what lies above its frequency") {
  const auto overtoneDb = [](const std::vector<double>& out, double hz) {
    return toDb(amplitudeAt(out, 48000, hz) / 0.1);
  };
  const std::vector<double> even = excited(5000, 0.1, 0);
  CHECK(overtoneDb(even, 10000) > -25.0);
  CHECK(overtoneDb(even, 15000) < -100.0);
  const std::vector<double> odd = excited(5000, 0.1, 100);
  CHECK(overtoneDb(odd, 10000) < -100.0);
  CHECK(overtoneDb(odd, 15000) > -35.0);
  const std::vector<double> low = excited(200, 0.1, 50);
  for (const double hz : {400.0, 600.0, 800.0}) CHECK(overtoneDb(low, hz) < -80.0);
  CHECK_THAT(overtoneDb(low, 200), WithinAbs(0.0, 0.01));
}

TEST_CASE("Aliases of an exciter's 5 kHz sine stay 80 dB under it to 24 dB of drive") {
  for (const double harmonics : {0.0, 100.0}) {
    const std::vector<double> out = excited(5000, 1.0, harmonics, 24);
    const double fundamental = amplitudeAt(out, 48000, 5000);
    // Overtones are multiples of 5 kHz; aliases, 48 kHz or its multiples away from them, all other whole kHz.
    for (double hz = 1000; hz < 24000; hz += 1000) {
      if (static_cast<int>(hz) % 5000 == 0) continue;
      INFO(hz << " Hz");
      CHECK(toDb(amplitudeAt(out, 48000, hz) / fundamental) < -80.0);
    }
  }
}

TEST_CASE("An exciter's parameters move without clicks, and after its tail it is silent, to the bit") {
  DeviceRig rig("exciter");
  const Signal in = sine(24000, 1200.0 / 48000.0, 0.3);
  Signal out;
  const std::pair<std::string_view, double> moves[] = {
      {"amount", 60}, {"freqHz", 1500}, {"driveDb", 12}, {"harmonics", 0}, {"mix", 20}};
  for (std::size_t part = 0; part < 5; ++part) {
    rig.turn(moves[part].first, moves[part].second);
    const auto from = in.begin() + static_cast<std::ptrdiff_t>(4800 * part);
    const Signal piece = rig.runMono(Signal(from, from + 4800));
    out.insert(out.end(), piece.begin(), piece.end());
  }
  // Overtones of 1.2 kHz reach above the 8 kHz from which clicks are seen.
  CHECK(clickSize(out) < 0.02f);
  const auto tail = static_cast<std::size_t>(rig.device().tailFrames());
  CHECK(peakOf(rig.runMono(Signal(tail + 500, 0.0f)), tail) == 0.0f);
}
