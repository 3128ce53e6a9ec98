#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <chrono>
#include <iostream>

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

TEST_CASE("An exciter that adds nothing computes nothing, and comes back without a click, however cut") {
  const auto costOf = [](double amount) {
    DeviceRig rig("exciter");
    rig.set("amount", amount).device().reset();
    const Stereo in{noise(12800, 1), noise(12800, 2)};
    std::chrono::steady_clock::duration least = std::chrono::hours(1);
    for (int i = 0; i < 5; ++i) {
      const auto start = std::chrono::steady_clock::now();
      rig.run(in);
      least = std::min(least, std::chrono::steady_clock::now() - start);
    }
    return std::chrono::duration<double, std::micro>(least).count() / 100.0;
  };
  std::cout << "exciter, 128 frames: " << costOf(0) << " us at amount 0, " << costOf(50) << " us at 50\n";

  const Signal in = sine(40000, 500.0 / 48000.0, 0.3);
  const auto moved = [&](unsigned cut) {
    DeviceRig rig("exciter");
    rig.set("freqHz", 1000).set("amount", 50).device().reset();
    Signal out;
    const auto go = [&](std::ptrdiff_t from, std::ptrdiff_t to, double amount) {
      rig.turn("amount", amount);
      const Signal piece{in.begin() + from, in.begin() + to};
      const Stereo made = rig.run({piece, piece}, cut);
      out.insert(out.end(), made.left.begin(), made.left.end());
    };
    go(0, 9000, 50);
    go(9000, 11100, 0);  // just off
    go(11100, 16000, 50);
    go(16000, 25000, 0);
    go(25000, 40000, 50);
    return out;
  };
  const Signal out = moved(0);
  for (const unsigned cut : {3U, 4U, 5U}) REQUIRE(moved(cut) == out);
  const auto latency = static_cast<std::ptrdiff_t>(DeviceRig("exciter").device().latencySamples());
  CHECK(std::equal(out.begin() + 20000, out.begin() + 24000, in.begin() + 20000 - latency));
  // No more than the tone's beginning and overtones make.
  DeviceRig still("exciter");
  still.set("freqHz", 1000).set("amount", 50).device().reset();
  CHECK(clickSize(out) < 1.1f * clickSize(still.runMono(in)));
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
