#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>

#include "dsp/dynamics/gain_trace.h"

using namespace mixwell::test;
using Catch::Matchers::WithinAbs;

namespace {

// Strokes that decay, four a second, over a floor.
Signal strokes(double peakDb) {
  Signal sound = steppedTone({{peakDb, 2000.0}}, 1000.0);
  for (std::size_t i = 0; i < sound.size(); ++i) {
    sound[i] *= static_cast<float>(std::exp(-static_cast<double>(i % 12000) / 2400.0));
  }
  return sound;
}

struct Gains {
  double onset;
  double decay;
};

Gains gains(double attackDb, double sustainDb, double peakDb = -12.0) {
  DeviceRig rig("transient");
  const Signal in = strokes(peakDb);
  const Signal out = rig.set("attackDb", attackDb).set("sustainDb", sustainDb).runMono(in);
  return {gainDbAt(in, out, 48000 + 100), gainDbAt(in, out, 48000 + 7210)};
}

}  // namespace

TEST_CASE(
    "A transient shaper turns the attack by what is set and leaves the decay, and the other way round") {
  for (const double level : {-6.0, -30.0}) {
    for (const double db : {6.0, -6.0, 12.0}) {
      CHECK_THAT(gains(db, 0.0, level).onset, WithinAbs(db, 0.2));
      CHECK_THAT(gains(db, 0.0, level).decay, WithinAbs(0.0, 0.35));
      CHECK_THAT(gains(0.0, db, level).onset, WithinAbs(0.0, 0.5));
      CHECK(std::abs(gains(0.0, db, level).decay) > 0.7 * std::abs(db));
      CHECK(std::abs(gains(0.0, db, level).decay) < std::abs(db) + 0.01);
    }
  }
}

TEST_CASE("A transient shaper leaves a steady tone alone") {
  for (const double hz : {50.0, 440.0}) {
    DeviceRig rig("transient");
    const Signal in = steppedTone({{-12.0, 2000.0}}, hz);
    const Signal out = rig.set("attackDb", 12.0).set("sustainDb", 12.0).runMono(in);
    CHECK_THAT(gainDbAt(in, out, 90010), WithinAbs(0.0, 0.02));
  }
}

TEST_CASE("A longer speed lets the attack last longer") {
  const auto lasts = [](double speedMs) {
    DeviceRig rig("transient");
    const Signal in = steppedTone({{-60.0, 500.0}, {-12.0, 3000.0}}, 1000.0);
    const Signal out = rig.set("attackDb", 6.0).set("speedMs", speedMs).runMono(in);
    std::size_t i = 24100;
    while (i < in.size() && gainDbAt(in, out, i) > 3.0) ++i;
    return static_cast<double>(i - 24000) / 48.0;
  };
  CHECK(lasts(60.0) > 1.8 * lasts(30.0));
  CHECK(lasts(60.0) < 2.2 * lasts(30.0));
}

TEST_CASE("Mix and output of a transient shaper, and none of it when fresh") {
  const Signal in = strokes(-6.0);
  DeviceRig fresh("transient");
  CHECK(fresh.runMono(in) == in);
  DeviceRig dry("transient");
  CHECK(dry.set("attackDb", 12.0).set("mix", 0.0).runMono(in) == in);
  DeviceRig quieter("transient");
  CHECK_THAT(gainDbAt(in, quieter.set("outputDb", -6.0).runMono(in), 30000), WithinAbs(-6.0, 1e-4));
}

TEST_CASE("Guard keeps a transient shaper from clipping what did not clip") {
  const Signal in = strokes(-1.0);
  DeviceRig loud("transient");
  CHECK(largestOf(loud.set("attackDb", 12.0).runMono(in)) > 2.0f);
  DeviceRig guarded("transient");
  const Signal out = guarded.set("attackDb", 12.0).set("guardClips", 1.0).runMono(in);
  CHECK(largestOf(out) <= 1.0f);
  CHECK(largestOf(out) > 0.98f);
}
