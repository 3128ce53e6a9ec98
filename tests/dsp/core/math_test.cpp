#include "core/math.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <limits>
#include <random>

// The judge is libm in long double; the bounds are those that math.h states.

namespace core = mixwell::core;

namespace {

constexpr int draws = 400000;
constexpr long double quarter = 1.570796326794896619231321691639751442L;

long double wide(double x) {
  return static_cast<long double>(x);
}

template <typename Error>
double worst(double from, double to, Error error) {
  std::mt19937_64 random(7);
  std::uniform_real_distribution<double> uniform(from, to);
  long double highest = 0.0L;
  for (int i = 0; i < draws; ++i) highest = std::max(highest, std::fabs(error(uniform(random))));
  return static_cast<double>(highest);
}

long double relative(double value, long double truth) {
  return wide(value) / truth - 1.0L;
}

}  // namespace

TEST_CASE("Sine and cosine keep their error bounds") {
  for (const double range : {1.0, 100.0, 1e5}) {
    CHECK(worst(-range, range, [](double x) { return wide(core::sin(x)) - std::sin(wide(x)); }) < 2.5e-16);
    CHECK(worst(-range, range, [](double x) { return wide(core::cos(x)) - std::cos(wide(x)); }) < 2.5e-16);
  }
  const auto inDoubles = [](double x) {
    return wide(core::sinQuarterTurns(x)) - std::sin(quarter * wide(x));
  };
  CHECK(worst(-1000.0, 1000.0, inDoubles) < 2.5e-16);
  const auto inFloats = [](double x) {
    const auto single = static_cast<float>(x);
    return static_cast<long double>(core::sinQuarterTurns(single)) -
           std::sin(quarter * static_cast<long double>(single));
  };
  CHECK(worst(0.0, 1.0, inFloats) < 3e-7);
}

TEST_CASE("Quarter turns are exact where gains must be") {
  CHECK(core::sinQuarterTurns(0.0) == 0.0);
  CHECK(core::sinQuarterTurns(1.0) == 1.0);
  CHECK(core::sinQuarterTurns(2.0) == 0.0);
  CHECK(core::sinQuarterTurns(-1.0) == -1.0);
  CHECK(core::sinQuarterTurns(0.0f) == 0.0f);
  for (float x = 0.999f; x <= 1.0f; x += 1e-6f) REQUIRE(core::sinQuarterTurns(x) <= 1.0f);
}

TEST_CASE("Powers and logarithms keep their error bounds") {
  CHECK(worst(-1022.0, 1023.0, [](double x) { return relative(core::exp2(x), std::exp2(wide(x))); }) <
        2.5e-16);
  const auto logError = [](double x) {
    const long double truth = std::log2(wide(x));
    return (wide(core::log2(x)) - truth) / (1.0L + std::fabs(truth));
  };
  CHECK(worst(0.4, 2.6, logError) < 2.5e-16);
  CHECK(worst(-1020.0, 1020.0, [&](double exponent) { return logError(std::exp2(exponent)); }) < 2.5e-16);
  const auto powError = [](double y) {
    const double x = std::exp2(40.0 * std::sin(y * 12.9));
    const long double truth = std::pow(wide(x), wide(y));
    return relative(core::pow(x, y), truth) / (2.0L + std::fabs(std::log2(truth)));
  };
  CHECK(worst(-20.0, 20.0, powError) < 3e-16);
  CHECK(worst(-200.0, 200.0, [](double db) {
          return relative(core::dbToGain(db), std::pow(10.0L, wide(db) / 20.0L));
        }) < 5e-15);
  CHECK(worst(-140.0, 140.0,
              [](double db) { return wide(core::gainToDb(std::pow(10.0, db / 20.0))) - wide(db); }) < 1e-13);
}

TEST_CASE("Powers of two and unity gain are exact") {
  for (int e = -1022; e <= 1023; ++e) {
    REQUIRE(core::exp2(e) == std::ldexp(1.0, e));
    REQUIRE(core::log2(std::ldexp(1.0, e)) == e);
  }
  CHECK(core::dbToGain(0.0) == 1.0);
  CHECK(core::gainToDb(1.0) == 0.0);
}

TEST_CASE("Powers and logarithms have an answer for everything") {
  constexpr double inf = std::numeric_limits<double>::infinity();
  constexpr double notANumber = std::numeric_limits<double>::quiet_NaN();
  CHECK(core::exp2(-inf) == 0.0);
  CHECK(core::exp2(-1e300) == 0.0);
  CHECK(core::exp2(notANumber) == 0.0);
  CHECK(core::exp2(inf) == core::exp2(1023.0));
  for (const double x : {0.0, -1.0, notANumber, std::numeric_limits<double>::denorm_min()})
    CHECK(core::log2(x) == -1022.0);
  CHECK(core::pow(0.0, 2.0) == 0.0);
  CHECK(core::dbToGain(-inf) == 0.0);
}

TEST_CASE("Hyperbolic tangent keeps its error bound and its sign") {
  const auto error = [](double x) { return relative(core::tanh(x), std::tanh(wide(x))); };
  CHECK(worst(1e-9, 0.36, error) < 1e-15);
  CHECK(worst(0.34, 25.0, error) < 1e-15);
  CHECK(core::tanh(0.0) == 0.0);
  CHECK(core::tanh(1e300) == 1.0);
  for (double x = 0.001; x < 30.0; x *= 1.01) REQUIRE(core::tanh(-x) == -core::tanh(x));
}
