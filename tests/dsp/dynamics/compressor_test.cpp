#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <iostream>

#include "dsp/dynamics/gain_trace.h"
#include "support/spectrum.h"

using namespace mixwell;
using namespace mixwell::test;
using Catch::Matchers::WithinAbs;

namespace {

constexpr double rate = 48000.0;

DeviceRig compressor(double thresholdDb, double ratio, double kneeDb, double sampleRateHz = rate) {
  DeviceRig rig("compressor", sampleRateHz);
  rig.set("thresholdDb", thresholdDb).set("ratio", ratio).set("kneeDb", kneeDb);
  return rig;
}

// Giannoulis, Massberg, Reiss, JAES 60 (2012), equation 4.
double curveDb(double in, double threshold, double ratio, double knee) {
  const double over = in - threshold;
  if (2.0 * over <= -knee) return in;
  if (2.0 * std::abs(over) <= knee) {
    return in + (1.0 / ratio - 1.0) * (over + knee / 2.0) * (over + knee / 2.0) / (2.0 * knee);
  }
  return threshold + over / ratio;
}

double levelOfTailDb(const Signal& out) {
  const std::vector<double> tail(out.end() - 9600, out.end());
  return toDb(rms(tail) * std::numbers::sqrt2);
}

}  // namespace

TEST_CASE("A compressor's static curve is within 0.1 dB of threshold, ratio and quadratic knee") {
  double worst = 0.0;
  for (const double hz : {60.0, 997.0, 9000.0}) {
    for (const auto& [threshold, ratio, knee] :
         {std::tuple{-18.0, 4.0, 6.0}, {-30.0, 2.0, 0.0}, {-40.0, 100.0, 24.0}, {-24.0, 1.5, 12.0}}) {
      for (double in = -50.0; in <= 0.0; in += 5.0) {
        DeviceRig rig = compressor(threshold, ratio, knee);
        const double out = levelOfTailDb(rig.runMono(steppedTone({{in, 1000.0}}, hz)));
        const double error = std::abs(out - curveDb(in, threshold, ratio, knee));
        worst = std::max(worst, error);
        INFO(hz << " Hz, " << in << " dB, threshold " << threshold << ", ratio " << ratio);
        CHECK(error < 0.1);
        CHECK_THAT(rig.readout("reductionDb"), WithinAbs(out - in, 0.1));
        if (hz == 997.0) CHECK_THAT(rig.readout("keyDb"), WithinAbs(in, 0.02));
      }
    }
  }
  std::cout << "compressor static curve: worst error " << worst << " dB\n";
}

TEST_CASE("The RMS detector puts a sine on the same curve, and a square wave 3 dB higher") {
  for (double in = -30.0; in <= 0.0; in += 10.0) {
    DeviceRig rig = compressor(-20.0, 4.0, 6.0);
    rig.choose("detector", "rms");
    const double out = levelOfTailDb(rig.runMono(steppedTone({{in, 1000.0}}, 997.0)));
    CHECK_THAT(out, WithinAbs(curveDb(in, -20.0, 4.0, 6.0), 0.1));
  }
  DeviceRig rig = compressor(-20.0, 4.0, 0.0);
  rig.choose("detector", "rms").run({Signal(48000, 0.1f), Signal(48000, 0.1f)});
  CHECK_THAT(rig.readout("reductionDb"), WithinAbs(-3.01 * 0.75, 0.02));
}

TEST_CASE("63 % of attack and release come within 5 % of their settings") {
  double worst = 0.0;
  for (const double sampleRateHz : {44100.0, 96000.0}) {
    for (const auto& [attack, release] :
         {std::pair{5.0, 50.0}, {10.0, 120.0}, {30.0, 300.0}, {100.0, 1000.0}, {200.0, 80.0}}) {
      // All the way back, and only a part of it.
      for (const double low : {-50.0, -14.0}) {
        DeviceRig rig = compressor(-20.0, 4.0, 0.0, sampleRateHz);
        rig.set("attackMs", attack).set("releaseMs", release);
        const double settle = 10.0 * attack;
        const Signal in =
            steppedTone({{low, settle}, {-2.0, settle}, {low, 10.0 * release}}, 2000.0, sampleRateHz);
        const Signal out = rig.runMono(in);
        const auto up = static_cast<std::size_t>(settle * 0.001 * sampleRateHz);
        const double attacked = timeOf63Percent(in, out, up, 2 * up - 100, sampleRateHz);
        const double released = timeOf63Percent(in, out, 2 * up, in.size() - 100, sampleRateHz);
        INFO("attack " << attack << " release " << release << " from " << low << " dB");
        CHECK_THAT(attacked, WithinAbs(attack, 0.05 * attack));
        CHECK_THAT(released, WithinAbs(release, 0.05 * release));
        worst = std::max({worst, std::abs(attacked / attack - 1.0), std::abs(released / release - 1.0)});
      }
    }
  }
  std::cout << "compressor times: worst error " << 100.0 * worst << " %\n";
}

TEST_CASE("With the RMS detector long times hold as well, short ones are longer by the averaging") {
  for (const auto& [attack, release] : {std::pair{100.0, 1000.0}, {5.0, 120.0}}) {
    DeviceRig rig = compressor(-20.0, 4.0, 0.0);
    rig.choose("detector", "rms").set("attackMs", attack).set("releaseMs", release);
    const Signal in = steppedTone({{-14.0, 1000.0}, {-2.0, 1000.0}, {-14.0, 6000.0}}, 2000.0);
    const Signal out = rig.runMono(in);
    const double attacked = timeOf63Percent(in, out, 48000, 95900);
    const double released = timeOf63Percent(in, out, 96000, in.size() - 100);
    CHECK(attacked > attack);
    CHECK(attacked < 1.05 * attack + 5.0);
    CHECK(released > 0.97 * release);
    CHECK(released < 1.05 * release + 15.0);
  }
}

TEST_CASE("A compressor at ratio 1, or off, changes nothing to the bit") {
  const Stereo in{noise(20000, 1), noise(20000, 2)};
  DeviceRig fresh("compressor");
  CHECK(fresh.run(in).left == in.left);
  DeviceRig off = compressor(-40.0, 8.0, 6.0);
  off.set("on", 0.0).set("makeupDb", 12.0);
  CHECK(off.run(in).right == in.right);
  DeviceRig dry = compressor(-40.0, 8.0, 6.0);
  dry.set("mix", 0.0).set("makeupDb", 12.0);
  CHECK(dry.run(in).left == in.left);
}

TEST_CASE("Switching and turning a compressor makes no click") {
  const Signal tone = steppedTone({{-3.0, 1500.0}}, 200.0);
  for (const auto& [param, value] : {std::pair{"on", 0.0},
                                     {"thresholdDb", -50.0},
                                     {"ratio", 20.0},
                                     {"kneeDb", 30.0},
                                     {"makeupDb", 12.0},
                                     {"autoMakeup", 1.0},
                                     {"mix", 30.0},
                                     {"stereoLink", 0.0},
                                     {"keyLowCutHz", 500.0},
                                     {"keyHighCutHz", 150.0},
                                     {"keyListen", 1.0},
                                     {"detector", 1.0}}) {
    DeviceRig rig = compressor(-24.0, 4.0, 6.0);
    rig.set("lookaheadMs", 0.0);
    const double before = rig.device().table().params[rig.indexOf(param)].defaultValue;
    Stereo out{tone, tone};
    for (std::size_t at = 0; at < tone.size(); at += 128) {
      if (at == 128 * 200) rig.turn(param, value);
      if (at == 128 * 400) rig.turn(param, before);
      rig.device().process(out.left.data() + at, out.right.data() + at,
                           std::min<std::size_t>(128, tone.size() - at), {});
    }
    INFO(param);
    out.left.erase(out.left.begin(), out.left.begin() + 12000);
    CHECK(clickSize(out.left) < 0.003f);
  }
}

TEST_CASE("Lookahead delays by itself, on or off, and catches an attack before it is heard") {
  DeviceRig rig = compressor(-20.0, 10.0, 0.0);
  rig.set("lookaheadMs", 5.0).set("attackMs", 1.0);
  CHECK(rig.device().latencySamples() == 240);
  const Signal in = steppedTone({{-60.0, 200.0}, {0.0, 200.0}}, 2000.0);
  const Signal out = rig.runMono(in);
  // Reduced by all but 1 % of 18 dB when the loud part arrives.
  Signal late(240, 0.0f);
  late.insert(late.end(), in.begin(), in.end());
  late.resize(in.size());
  CHECK_THAT(gainDbAt(late, out, 9600 + 242), WithinAbs(-18.0, 0.3));
  rig.set("on", 0.0).device().reset();
  CHECK(rig.device().latencySamples() == 240);
  CHECK(rig.runMono(in) == late);
}

TEST_CASE("A parallel mix has no comb: with lookahead, half and half is the mean of dry and wet") {
  DeviceRig rig = compressor(-20.0, 4.0, 6.0);
  rig.set("lookaheadMs", 3.0);
  DeviceRig half = compressor(-20.0, 4.0, 6.0);
  half.set("lookaheadMs", 3.0).set("mix", 50.0);
  const Signal in = noise(20000, 5);
  const Signal wet = rig.runMono(in);
  const Signal mixed = half.runMono(in);
  for (std::size_t i = 144; i < in.size(); ++i) {
    REQUIRE(std::abs(mixed[i] - 0.5f * (in[i - 144] + wet[i])) < 1e-6f);
  }
}

TEST_CASE("Linked sides share a gain, unlinked ones keep their own") {
  const Signal loud = steppedTone({{0.0, 500.0}}, 997.0);
  const Signal soft = steppedTone({{-30.0, 500.0}}, 997.0);
  const auto gains = [&](double link) {
    DeviceRig rig = compressor(-20.0, 2.0, 0.0);
    const Stereo out = rig.set("stereoLink", link).run({loud, soft});
    return std::pair{gainDbAt(loud, out.left, 23000), gainDbAt(soft, out.right, 23000)};
  };
  CHECK_THAT(gains(100.0).first, WithinAbs(-10.0, 0.1));
  CHECK_THAT(gains(100.0).second, WithinAbs(-10.0, 0.1));
  CHECK_THAT(gains(0.0).first, WithinAbs(-10.0, 0.1));
  CHECK_THAT(gains(0.0).second, WithinAbs(0.0, 0.01));
  // At half, the level of the soft side lies half-way: -15 dB.
  CHECK_THAT(gains(50.0).second, WithinAbs(-2.5, 0.1));
}

TEST_CASE("The side-chain's cuts keep frequencies out of the detector, and can be heard") {
  const auto reduction = [](double hz, const char* param, double value) {
    DeviceRig rig = compressor(-30.0, 100.0, 0.0);
    rig.set(param, value).runMono(steppedTone({{0.0, 500.0}}, hz));
    return rig.readout("reductionDb");
  };
  // 12 dB an octave: two octaves are 24 dB, 3 dB at the corner.
  CHECK_THAT(reduction(100.0, "keyLowCutHz", 400.0), WithinAbs(-(30.0 - 24.1) * 0.99, 0.3));
  CHECK_THAT(reduction(400.0, "keyLowCutHz", 400.0), WithinAbs(-(30.0 - 3.01) * 0.99, 0.1));
  CHECK_THAT(reduction(4000.0, "keyHighCutHz", 1000.0), WithinAbs(-(30.0 - 24.1) * 0.99, 0.5));
  CHECK_THAT(reduction(1000.0, "keyHighCutHz", 1000.0), WithinAbs(-(30.0 - 3.01) * 0.99, 0.1));
  DeviceRig rig = compressor(-30.0, 100.0, 0.0);
  const Signal heard =
      rig.set("keyListen", 1.0).set("keyLowCutHz", 400.0).runMono(steppedTone({{0.0, 500.0}}, 400.0));
  CHECK_THAT(levelOfTailDb(heard), WithinAbs(-3.01, 0.05));
}

TEST_CASE("An external key ducks the sound by the key's level") {
  DeviceRig rig = compressor(-20.0, 4.0, 0.0);
  const Signal in = steppedTone({{-40.0, 800.0}}, 997.0);
  const Signal key = steppedTone({{-80.0, 400.0}, {0.0, 400.0}}, 300.0);
  const Stereo keys{key, key};
  const Stereo out = rig.run({in, in}, 0, &keys);
  CHECK_THAT(gainDbAt(in, out.left, 18000), WithinAbs(0.0, 0.001));
  CHECK_THAT(gainDbAt(in, out.left, 38000), WithinAbs(-15.0, 0.1));
}

TEST_CASE("Make-up by itself gives back half of what full scale loses") {
  DeviceRig rig = compressor(-20.0, 4.0, 0.0);
  const Signal out = rig.set("autoMakeup", 1.0).runMono(steppedTone({{-40.0, 500.0}}, 997.0));
  CHECK_THAT(levelOfTailDb(out), WithinAbs(-40.0 + 7.5, 0.01));
  CHECK_THAT(rig.readout("makeupDb"), WithinAbs(7.5, 1e-4));
}

TEST_CASE("A compressor barely distorts a low tone that it holds down") {
  DeviceRig rig = compressor(-20.0, 4.0, 6.0);
  const Signal out = rig.runMono(steppedTone({{0.0, 1500.0}}, 50.0));
  const std::vector<double> tail(out.end() - 48000, out.end());
  double harmonics = 0.0;
  for (int n = 2; n <= 20; ++n) harmonics += std::pow(amplitudeAt(tail, rate, 50.0 * n), 2.0);
  const double distortion = std::sqrt(harmonics) / amplitudeAt(tail, rate, 50.0);
  std::cout << "compressor THD, 50 Hz, 15 dB of reduction: " << 100.0 * distortion << " %\n";
  CHECK(distortion < 0.001);
}
