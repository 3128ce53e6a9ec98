#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <iostream>

#include "dsp/dynamics/gain_trace.h"
#include "support/spectrum.h"

using namespace mixwell::test;
using Catch::Matchers::WithinAbs;

namespace {

constexpr double rate = 48000.0;
constexpr double middleHz = 8061.0;  // of 5 to 12 kHz, where both edges are warped alike

DeviceRig deesser(double thresholdDb) {
  DeviceRig rig("deesser");
  rig.set("thresholdDb", thresholdDb);
  return rig;
}

double gainDb(DeviceRig& rig, double hz, double levelDb) {
  const Signal out = rig.runMono(steppedTone({{levelDb, 800.0}}, hz));
  return toDb(amplitudeAt({out.end() - 24000, out.end()}, rate, hz)) - levelDb;
}

}  // namespace

TEST_CASE("A de-esser lets a 200 Hz tone pass within 0.1 dB, whatever it is set to") {
  for (const char* action : {"band", "all"}) {
    DeviceRig rig = deesser(-60.0);
    rig.choose("action", action).set("maxReductionDb", -24.0);
    const double gain = gainDb(rig, 200.0, 0.0);
    std::cout << "de-esser, 200 Hz, " << action << ": " << gain << " dB\n";
    CHECK_THAT(gain, WithinAbs(0.0, 0.1));
  }
  // Beside sibilance that is held down as far as it goes.
  DeviceRig rig = deesser(-60.0);
  Signal both = steppedTone({{-6.0, 800.0}}, 200.0);
  const Signal sibilance = steppedTone({{-12.0, 800.0}}, middleHz);
  for (std::size_t i = 0; i < both.size(); ++i) both[i] += sibilance[i];
  const Signal out = rig.set("maxReductionDb", -24.0).runMono(both);
  const std::vector<double> tail(out.end() - 24000, out.end());
  CHECK_THAT(toDb(amplitudeAt(tail, rate, 200.0)) + 6.0, WithinAbs(0.0, 0.1));
  CHECK_THAT(toDb(amplitudeAt(tail, rate, middleHz)) + 12.0, WithinAbs(-24.0, 0.3));
}

TEST_CASE("A de-esser takes sibilance down above its threshold, to its most, between its edges") {
  for (const char* action : {"band", "all"}) {
    DeviceRig below = deesser(-20.0);
    CHECK_THAT(gainDb(below.choose("action", action), middleHz, -40.0), WithinAbs(0.0, 0.001));
    DeviceRig above = deesser(-20.0);
    above.choose("action", action);
    CHECK_THAT(gainDb(above, middleHz, -12.0), WithinAbs(-0.8 * 8.0, 0.5));
    CHECK_THAT(above.readout("reductionDb"), WithinAbs(-0.8 * 8.0, 0.5));
    DeviceRig most = deesser(-60.0);
    CHECK_THAT(gainDb(most.choose("action", action), middleHz, -6.0), WithinAbs(-8.0, 0.05));
  }
  DeviceRig moved = deesser(-40.0);
  CHECK_THAT(gainDb(moved.set("lowHz", 2000.0).set("highHz", 4000.0), 2828.0, -6.0), WithinAbs(-8.0, 0.1));
  DeviceRig away = deesser(-40.0);
  CHECK(gainDb(away.set("lowHz", 12000.0).set("highHz", 16000.0), 2828.0, -6.0) > -0.3);
}

TEST_CASE("A de-esser's listening sounds what is taken away, and both together are the sound") {
  const Signal in = noise(20000, 4);
  DeviceRig acts = deesser(-40.0);
  DeviceRig hears = deesser(-40.0);
  const Signal rest = acts.runMono(in);
  const Signal removed = hears.set("listen", 1.0).runMono(in);
  CHECK(largestOf(removed) > 0.05f);
  for (std::size_t i = 0; i < in.size(); ++i) REQUIRE(std::abs(rest[i] + removed[i] - in[i]) < 1e-6f);
}

TEST_CASE("A fresh de-esser changes nothing to the bit, and its knobs make no click") {
  DeviceRig fresh("deesser");
  const Signal in = noise(20000, 4);
  CHECK(fresh.runMono(in) == in);
  for (const auto& [param, value] : {std::pair{"thresholdDb", 0.0},
                                     {"lowHz", 1500.0},
                                     {"highHz", 19000.0},
                                     {"maxReductionDb", -24.0},
                                     {"action", 1.0},
                                     {"listen", 1.0}}) {
    DeviceRig rig = deesser(-50.0);
    Stereo out{steppedTone({{-3.0, 1000.0}}, 1000.0), Signal(48000, 0.0f)};
    rig.set("lowHz", 1000.0).set("highHz", 2000.0);
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
