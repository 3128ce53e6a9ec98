#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>

#include "dsp/dynamics/gain_trace.h"

using namespace mixwell;
using namespace mixwell::test;
using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;

namespace {

DeviceRig gate(double thresholdDb, double hysteresisDb = 6.0) {
  DeviceRig rig("gate");
  rig.set("thresholdDb", thresholdDb).set("hysteresisDb", hysteresisDb);
  return rig;
}

// How often the gain turns from falling to rising.
int openings(const Signal& in, const Signal& out) {
  int count = 0;
  bool falling = true;
  double before = -200.0;
  for (std::size_t i = 0; i < in.size(); ++i) {
    if (std::abs(in[i]) < 1e-4f) continue;
    const double now = 20.0 * std::log10(std::abs(static_cast<double>(out[i]) / static_cast<double>(in[i])));
    if (falling && now > before + 0.05) ++count;
    if (now > before + 0.05) falling = false;
    if (now < before - 0.05) falling = true;
    before = now;
  }
  return count;
}

}  // namespace

TEST_CASE("A gate passes what is above its threshold to the bit and holds the rest down by its range") {
  const Signal loud = steppedTone({{-20.0, 1000.0}}, 997.0);
  DeviceRig open = gate(-30.0);
  const Signal out = open.runMono(loud);
  for (std::size_t i = 4800; i < out.size(); ++i) REQUIRE(out[i] == loud[i]);
  CHECK(open.readout("open") == 1.0f);
  CHECK(open.readout("reductionDb") == 0.0f);
  const Signal soft = steppedTone({{-31.0, 1000.0}}, 997.0);
  for (const double range : {-80.0, -24.0, -6.0, 0.0}) {
    DeviceRig shut = gate(-30.0);
    CHECK_THAT(gainDbAt(soft, shut.set("rangeDb", range).runMono(soft), 40000), WithinAbs(range, 0.01));
    CHECK_THAT(shut.readout("reductionDb"), WithinAbs(range, 0.01));
    CHECK(shut.readout("open") == 0.0f);
  }
}

TEST_CASE("A gate that is open stays so down to the threshold less its hysteresis") {
  for (const double hysteresis : {0.0, 6.0, 12.0}) {
    const Signal in =
        steppedTone({{-29.0, 300.0}, {-29.5 - hysteresis, 500.0}, {-30.5 - hysteresis, 1500.0}}, 997.0);
    DeviceRig rig = gate(-30.0, hysteresis);
    const Signal out = rig.runMono(in);
    INFO(hysteresis);
    CHECK(gainDbAt(in, out, 36000) == 0.0);
    CHECK(gainDbAt(in, out, in.size() - 100) < -60.0);
  }
}

TEST_CASE("A gate's hold is as long as set, and its attack and release go 63 % of the gain in their times") {
  for (const auto& [attack, hold, release] : {std::tuple{5.0, 40.0, 100.0}, {20.0, 150.0, 400.0}}) {
    DeviceRig rig = gate(-30.0);
    rig.set("attackMs", attack).set("holdMs", hold).set("releaseMs", release);
    const Signal in = steppedTone({{-60.0, 100.0}, {-10.0, 600.0}, {-60.0, 3000.0}}, 4000.0);
    const Signal out = rig.runMono(in);
    const auto firstFrame = [&](std::size_t from, auto holds) {
      std::size_t i = from;
      while (i < in.size() - 1 && (std::abs(in[i]) < 1e-5f || !holds(std::abs(out[i] / in[i])))) ++i;
      return static_cast<double>(i - from) / 48.0;
    };
    CHECK_THAT(firstFrame(4800, [](float gain) { return gain > 0.6321f; }), WithinRel(attack, 0.05));
    const double held = firstFrame(33600, [](float gain) { return gain < 1.0f; });
    CHECK_THAT(held, WithinAbs(hold, 0.2));
    CHECK_THAT(firstFrame(33600, [](float gain) { return gain < 0.3679f; }) - held, WithinRel(release, 0.05));
  }
}

TEST_CASE("A gate does not chatter on a decaying tone, even without hold and hysteresis") {
  for (const double hz : {55.0, 200.0, 1000.0}) {
    for (const double hysteresis : {0.0, 6.0}) {
      DeviceRig rig = gate(-30.0, hysteresis);
      rig.set("holdMs", 0.0).set("releaseMs", 20.0).set("rangeDb", -40.0);
      Signal in = steppedTone({{-3.0, 3000.0}}, hz);
      for (std::size_t i = 0; i < in.size(); ++i)
        in[i] *= static_cast<float>(std::exp(-static_cast<double>(i) / 20000.0));
      INFO(hz << " Hz, hysteresis " << hysteresis);
      CHECK(openings(in, rig.runMono(in)) == 1);
    }
  }
}

TEST_CASE("A gate's key can be filtered, heard and come from outside") {
  const Signal low = steppedTone({{-10.0, 500.0}}, 80.0);
  DeviceRig filtered = gate(-30.0);
  CHECK(gainDbAt(low, filtered.set("keyLowCutHz", 1000.0).runMono(low), 20000) < -70.0);
  DeviceRig listens = gate(-30.0);
  const Signal heard = listens.set("keyListen", 1.0).set("keyLowCutHz", 80.0).runMono(low);
  CHECK_THAT(20.0 * std::log10(static_cast<double>(largestOf({heard.end() - 4800, heard.end()}))),
             WithinAbs(-13.01, 0.05));
  const Signal soft = steppedTone({{-50.0, 1500.0}}, 997.0);
  const Signal key = steppedTone({{-10.0, 500.0}, {-80.0, 1000.0}}, 300.0);
  const Stereo keys{key, key};
  DeviceRig keyed = gate(-30.0);
  const Stereo out = keyed.set("releaseMs", 50.0).run({soft, soft}, 0, &keys);
  CHECK(gainDbAt(soft, out.left, 20000) == 0.0);
  CHECK(gainDbAt(soft, out.left, 70000) < -70.0);
}

TEST_CASE("A gate that is off changes nothing to the bit, and switching it makes no click") {
  const Stereo in{noise(9000, 1, 0.001f), noise(9000, 2, 0.001f)};
  DeviceRig off = gate(-20.0);
  CHECK(off.set("on", 0.0).run(in).left == in.left);
  for (const auto& [param, value] :
       {std::pair{"on", 0.0}, {"rangeDb", 0.0}, {"thresholdDb", -80.0}, {"keyListen", 1.0}}) {
    DeviceRig rig = gate(-1.0);
    rig.set("rangeDb", -20.0).set("attackMs", 20.0);
    Stereo out{steppedTone({{-3.0, 1000.0}}, 200.0), Signal(48000, 0.0f)};
    for (std::size_t at = 0; at < 48000; at += 128) {
      if (at == 128 * 120) rig.turn(param, value);
      rig.device().process(out.left.data() + at, out.right.data() + at,
                           std::min<std::size_t>(128, 48000 - at), {});
    }
    INFO(param);
    CHECK(clickSize(out.left) < 0.003f);
  }
}
