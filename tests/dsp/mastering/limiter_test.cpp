#include <array>
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <chrono>
#include <iostream>
#include <random>

#include "dsp/dynamics/gain_trace.h"
#include "mastering/limiter_params.h"
#include "support/programme.h"
#include "support/spectrum.h"

using namespace mixwell;
using namespace mixwell::test;
using Catch::Matchers::WithinAbs;

namespace {

constexpr double rate = 48000.0;

double thdPercent(double hz) {
  DeviceRig rig("limiter");
  rig.set("inputGainDb", 6.0);
  const Signal out = rig.runMono(steppedTone({{0.0, 2500.0}}, hz));
  CHECK_THAT(rig.readout("reductionDb"), WithinAbs(-6.0, 0.1));
  const std::vector<double> tail(out.end() - 48000, out.end());
  double harmonics = 0.0;
  for (int n = 2; n * hz < 20000.0 && n <= 40; ++n)
    harmonics += std::pow(amplitudeAt(tail, rate, hz * n), 2.0);
  return 100.0 * std::sqrt(harmonics) / amplitudeAt(tail, rate, hz);
}

}  // namespace

TEST_CASE("At 6 dB of reduction a limiter distorts 1 kHz by less than 0.1 %, 60 Hz by less than 1 %") {
  const double middle = thdPercent(1000.0);
  const double low = thdPercent(60.0);
  std::cout << "limiter THD: " << middle << " % at 1 kHz, " << low << " % at 60 Hz\n";
  CHECK(middle < 0.1);
  CHECK(low < 1.0);
}

TEST_CASE(
    "A limiter's latency is what it reports and follows the look-ahead and the oversampling alone; below the "
    "ceiling it changes nothing") {
  for (const auto& [lookahead, oversampling] :
       {std::pair{0.5, 0}, {4.0, 0}, {10.0, 0}, {0.5, 1}, {4.0, 1}, {10.0, 1}, {0.5, 2}, {10.0, 2}}) {
    DeviceRig rig("limiter");
    rig.set("lookaheadMs", lookahead).set("oversampling", oversampling);
    const std::size_t latency = rig.device().latencySamples();
    for (const auto& info : rig.device().table().params) {
      if (info.changesLatency) continue;
      rig.set(info.id, info.max).set(info.id, info.min).set(info.id, info.defaultValue);
      CHECK(rig.device().latencySamples() == latency);
    }
    rig.device().reset();
    const Signal in = noise(6000, 3, 0.2f);
    const Signal out = rig.runMono(in);
    std::cout << "limiter latency at " << lookahead << " ms, "
              << mastering::limiterOversamplings[static_cast<std::size_t>(oversampling)] << ": " << latency
              << " frames\n";
    for (std::size_t i = 0; i < in.size(); ++i) REQUIRE(out[i] == (i < latency ? 0.0f : in[i - latency]));
    CHECK(rig.readout("reductionDb") == 0.0f);
  }
}

TEST_CASE("A limiter reaches its ceiling, and lets go of it in its release time") {
  DeviceRig rig("limiter");
  rig.set("ceilingDb", -6.0).set("releaseMs", 200.0);
  const Signal in = steppedTone({{0.0, 500.0}, {-12.0, 1500.0}}, 2000.0);
  const Signal out = rig.runMono(in);
  const auto latency = static_cast<std::ptrdiff_t>(rig.device().latencySamples());
  CHECK_THAT(toDb(static_cast<double>(largestOf({out.begin() + 12000, out.begin() + 22000}))),
             WithinAbs(-6.0, 0.1));
  Signal late(in.begin(), in.end() - latency);
  const Signal moved(out.begin() + latency, out.end());
  CHECK_THAT(timeOf63Percent(late, moved, 24000, late.size() - 100), WithinAbs(200.0, 12.0));
}

TEST_CASE("The styles of a limiter differ as they are called") {
  const double release = 400.0;
  // How long the gain takes for 63 % of its way back after a tone that was 12 dB over for a while.
  const auto recoveryMs = [&](std::string_view style, double loudMs) {
    DeviceRig rig("limiter");
    rig.choose("style", style).set("releaseMs", release).set("ceilingDb", -6.0);
    const Signal in = steppedTone({{-12.0, 100.0}, {6.0, loudMs}, {-12.0, 2000.0}}, 2000.0);
    const Signal out = rig.runMono(in);
    const auto latency = static_cast<std::ptrdiff_t>(rig.device().latencySamples());
    const Signal moved(out.begin() + latency, out.end());
    const auto end = static_cast<std::size_t>(48.0 * (100.0 + loudMs));
    return timeOf63Percent({in.begin(), in.end() - latency}, moved, end + 100, moved.size() - 100);
  };
  const auto rmsOfSong = [&](std::string_view style) {
    DeviceRig rig("limiter");
    rig.choose("style", style).set("inputGainDb", 12.0);
    const Stereo out = rig.run(demoMix(96000));
    return toDb(rms({out.left.begin() + 24000, out.left.end()}));
  };
  std::array<double, 3> shortPeak{};
  std::array<double, 3> longPeak{};
  std::array<double, 3> level{};
  for (std::size_t i = 0; i < 3; ++i) {
    const std::string_view style = mastering::limiterStyles[i];
    shortPeak[i] = recoveryMs(style, 5.0);
    longPeak[i] = recoveryMs(style, 3000.0);
    level[i] = rmsOfSong(style);
    std::cout << "limiter, " << style << ": back in " << shortPeak[i] << " ms after a peak, " << longPeak[i]
              << " ms after a long passage; the song at " << level[i] << " dB RMS\n";
  }
  // Transparent: as slowly as it is told, always. Punchy: quickly after peaks, slowly after loud passages.
  // Loud: quickly, always.
  CHECK_THAT(shortPeak[0], WithinAbs(release, 0.05 * release));
  CHECK_THAT(longPeak[0], WithinAbs(release, 0.05 * release));
  CHECK_THAT(shortPeak[1], WithinAbs(release / 4.0, 0.0125 * release));
  CHECK_THAT(longPeak[1], WithinAbs(release, 0.05 * release));
  CHECK_THAT(shortPeak[2], WithinAbs(release / 3.0, 0.02 * release));
  CHECK_THAT(longPeak[2], WithinAbs(release / 3.0, 0.02 * release));
  CHECK(level[1] > level[0] + 0.5);
  CHECK(level[2] > level[1]);
}

TEST_CASE("Linked sides of a limiter keep the stereo picture") {
  DeviceRig rig("limiter");
  const Signal loud = steppedTone({{6.0, 500.0}}, 997.0);
  const Signal soft = steppedTone({{-20.0, 500.0}}, 997.0);
  const Stereo linked = rig.run({loud, soft});
  CHECK_THAT(gainDbAt({soft.begin(), soft.end() - static_cast<std::ptrdiff_t>(rig.device().latencySamples())},
                      {linked.right.begin() + static_cast<std::ptrdiff_t>(rig.device().latencySamples()),
                       linked.right.end()},
                      18000),
             WithinAbs(-6.0, 0.05));
  DeviceRig free("limiter");
  free.set("stereoLink", 0.0);
  const Stereo apart = free.run({loud, soft});
  CHECK_THAT(toDb(static_cast<double>(largestOf({apart.right.end() - 4800, apart.right.end()}))),
             WithinAbs(-20.0, 0.01));
}

TEST_CASE("Turning a limiter's knobs makes no click") {
  for (const auto& [param, value] : {std::pair{"inputGainDb", 12.0},
                                     {"ceilingDb", -9.0},
                                     {"releaseMs", 20.0},
                                     {"style", 2.0},
                                     {"stereoLink", 0.0}}) {
    DeviceRig rig("limiter");
    Stereo out{steppedTone({{3.0, 1000.0}}, 200.0), steppedTone({{-3.0, 1000.0}}, 300.0)};
    for (std::size_t at = 0; at < 48000; at += 128) {
      if (at == 128 * 120) rig.turn(param, value);
      rig.device().process(out.left.data() + at, out.right.data() + at,
                           std::min<std::size_t>(128, 48000 - at), {});
    }
    INFO(param);
    out.left.erase(out.left.begin(), out.left.begin() + 9600);
    CHECK(clickSize(out.left) < 0.003f);
  }
}

TEST_CASE("A limiter says what a quantum takes") {
  DeviceRig rig("limiter");
  rig.set("inputGainDb", 6.0);
  const Signal sound = demoMix(12800).left;
  double best = 1e9;
  double sum = 0.0;
  for (std::size_t at = 0; at < 12800; at += 128) {
    Stereo block{{sound.begin() + static_cast<std::ptrdiff_t>(at),
                  sound.begin() + static_cast<std::ptrdiff_t>(at) + 128},
                 {}};
    block.right = block.left;
    const auto start = std::chrono::steady_clock::now();
    rig.device().process(block.left.data(), block.right.data(), 128, {});
    const std::chrono::duration<double, std::micro> took = std::chrono::steady_clock::now() - start;
    best = std::min(best, took.count());
    sum += took.count();
  }
  std::cout << "limiter, 128 frames: " << best << " us at best, " << sum / 100.0 << " us on average\n";
}
