#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <cstring>

#include "core/fast_log2.h"

using namespace mixwell::core;

namespace {

bool sameBits(float a, float b) {
  return std::memcmp(&a, &b, sizeof(float)) == 0;
}

}  // namespace

TEST_CASE("The quick logarithm is within 2e-5 and exact at powers of two") {
  for (int power = -120; power <= 120; ++power) {
    REQUIRE(sameBits(fastLog2(std::ldexp(1.0f, power)), static_cast<float>(power)));
  }
  for (int i = 0; i < 40000; ++i) {
    const float x = std::ldexp(1.0f + static_cast<float>(i) / 40000.0f, i % 60 - 40);
    const double expected = std::log2(static_cast<double>(x));
    REQUIRE(std::abs(static_cast<double>(fastLog2(x)) - expected) < 2e-5 + 1e-7 * std::abs(expected));
  }
}

TEST_CASE("The quick power is within 4e-6 and exact at whole numbers and near zero") {
  for (int power = -125; power <= 125; ++power) {
    REQUIRE(sameBits(fastExp2(static_cast<float>(power)), std::ldexp(1.0f, power)));
  }
  CHECK(sameBits(fastExp2(1e-9f), 1.0f));
  CHECK(sameBits(fastExp2(-1e-9f), 1.0f));
  for (int i = -40000; i <= 40000; ++i) {
    const float x = static_cast<float>(i) * 0.00037f;
    const double expected = std::exp2(static_cast<double>(x));
    REQUIRE(std::abs(static_cast<double>(fastExp2(x)) / expected - 1.0) < 4e-6);
  }
}

TEST_CASE("Quick logarithm and power have the same bits in a lane and alone") {
  for (int i = 0; i < 4000; ++i) {
    const float at = static_cast<float>(i) * 0.0071f - 14.0f;
    const float levels[4] = {at, at * 1.7f, -at, at * 0.01f};
    const Float4 powers = fastExp2(Float4::load(levels));
    const Float4 back = fastLog2(powers);
    for (std::size_t lane = 0; lane < 4; ++lane) {
      REQUIRE(sameBits(powers.lane(lane), fastExp2(levels[lane])));
      REQUIRE(sameBits(back.lane(lane), fastLog2(powers.lane(lane))));
    }
  }
}
