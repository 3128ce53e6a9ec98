#include "stereo/pan_law.h"

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <cmath>
#include <initializer_list>

using Catch::Matchers::WithinAbs;
using mixwell::stereo::PanGains;
using mixwell::stereo::panGains;
using mixwell::stereo::PanLaw;

namespace {

constexpr PanLaw laws[] = {PanLaw::zeroDb, PanLaw::minus3Db, PanLaw::minus4Point5Db, PanLaw::minus6Db};

double db(double gain) {
  return 20.0 * std::log10(gain);
}

}  // namespace

TEST_CASE("The default law changes nothing at the centre, for stereo and mono sources") {
  for (const bool mono : {false, true}) {
    CHECK(panGains(PanLaw::zeroDb, 0.0, mono).left == 1.0);
    CHECK(panGains(PanLaw::zeroDb, 0.0, mono).right == 1.0);
  }
}

TEST_CASE("Each law has the level at the centre that its name says") {
  for (const bool mono : {false, true}) {
    CHECK_THAT(db(panGains(PanLaw::minus3Db, 0.0, mono).left), WithinAbs(-3.0103, 1e-4));
    CHECK_THAT(db(panGains(PanLaw::minus4Point5Db, 0.0, mono).left), WithinAbs(-4.5154, 1e-4));
    CHECK_THAT(db(panGains(PanLaw::minus6Db, 0.0, mono).left), WithinAbs(-6.0206, 1e-4));
  }
}

TEST_CASE("At the ends one side is silent to the bit") {
  for (const PanLaw law : laws) {
    for (const bool mono : {false, true}) {
      CHECK(panGains(law, -100.0, mono).right == 0.0);
      CHECK(panGains(law, 100.0, mono).left == 0.0);
      const double near = law == PanLaw::zeroDb && mono ? std::sqrt(2.0) : 1.0;
      CHECK_THAT(panGains(law, -100.0, mono).left, WithinAbs(near, 1e-15));
      CHECK_THAT(panGains(law, 100.0, mono).right, WithinAbs(near, 1e-15));
    }
  }
}

TEST_CASE("Balance leaves the near side alone") {
  for (double pan = 0.0; pan <= 100.0; pan += 2.5) {
    CHECK(panGains(PanLaw::zeroDb, pan, false).right == 1.0);
    CHECK(panGains(PanLaw::zeroDb, -pan, false).left == 1.0);
  }
}

TEST_CASE("Mono sources keep their power, or their sum with the -6 dB law, on the whole way") {
  for (double pan = -100.0; pan <= 100.0; pan += 1.0) {
    const PanGains scaled = panGains(PanLaw::zeroDb, pan, true);
    CHECK_THAT(scaled.left * scaled.left + scaled.right * scaled.right, WithinAbs(2.0, 1e-12));
    const PanGains power = panGains(PanLaw::minus3Db, pan, true);
    CHECK_THAT(power.left * power.left + power.right * power.right, WithinAbs(1.0, 1e-12));
    const PanGains sum = panGains(PanLaw::minus6Db, pan, true);
    CHECK_THAT(sum.left + sum.right, WithinAbs(1.0, 1e-12));
  }
}

TEST_CASE("Every law is even-handed and moves one way only") {
  for (const PanLaw law : laws) {
    for (const bool mono : {false, true}) {
      double before = -1.0;
      for (double pan = -100.0; pan <= 100.0; pan += 0.5) {
        const PanGains gains = panGains(law, pan, mono);
        CHECK_THAT(panGains(law, -pan, mono).left, WithinAbs(gains.right, 1e-15));
        REQUIRE(gains.right >= before);
        before = gains.right;
      }
    }
  }
}
