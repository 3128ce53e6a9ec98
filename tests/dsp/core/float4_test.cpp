#include "core/float4.h"

#include <array>
#include <bit>
#include <catch2/catch_test_macros.hpp>
#include <cstdint>
#include <limits>

// Every operation is held, lane by lane and to the bit, against the same operation on single floats.

namespace core = mixwell::core;
using core::Float4;

namespace {

constexpr std::array<float, 8> values = {0.0f,
                                         -0.0f,
                                         1.5f,
                                         -2.25f,
                                         std::numeric_limits<float>::infinity(),
                                         std::numeric_limits<float>::quiet_NaN(),
                                         std::numeric_limits<float>::denorm_min(),
                                         3e38f};

template <typename Vector, typename Scalar>
void checkAgainst(Vector vector, Scalar scalar) {
  for (const float a : values) {
    for (const float b : values) {
      const Float4 result = vector(Float4(a), Float4(b));
      const float expected = scalar(a, b);
      for (std::size_t lane = 0; lane < core::laneCount; ++lane) {
        const float actual = result.lane(lane);
        const bool bothNan = actual != actual && expected != expected;
        REQUIRE((bothNan || std::bit_cast<std::uint32_t>(actual) == std::bit_cast<std::uint32_t>(expected)));
      }
    }
  }
}

}  // namespace

TEST_CASE("Float4 does arithmetic as single floats do") {
  checkAgainst([](Float4 a, Float4 b) { return a + b; }, [](float a, float b) { return a + b; });
  checkAgainst([](Float4 a, Float4 b) { return a - b; }, [](float a, float b) { return a - b; });
  checkAgainst([](Float4 a, Float4 b) { return a * b; }, [](float a, float b) { return a * b; });
  checkAgainst([](Float4 a, Float4 b) { return a / b; }, [](float a, float b) { return a / b; });
}

TEST_CASE("Double2 does arithmetic as single doubles do, and is rounded to floats as they are") {
  constexpr std::array<double, 5> numbers = {0.1, -2.25, 1e300, -1e-300, 1.0 + 1e-12};
  for (const double a : numbers) {
    for (const double b : numbers) {
      const core::Double2 x(a, b);
      const core::Double2 y(b);
      std::array<double, 2> sum{};
      std::array<double, 2> difference{};
      std::array<double, 2> product{};
      (x + y).store(sum.data());
      (x - y).store(difference.data());
      (x * y).store(product.data());
      REQUIRE(sum == std::array{a + b, b + b});
      REQUIRE(difference == std::array{a - b, b - b});
      REQUIRE(product == std::array{a * b, b * b});
      const Float4 narrow = core::narrowed(x, {b, a});
      const std::array<double, 4> expected = {a, b, b, a};
      for (std::size_t lane = 0; lane < core::laneCount; ++lane)
        REQUIRE(narrow.lane(lane) == static_cast<float>(expected[lane]));
    }
  }
}

TEST_CASE("Float4's minimum and maximum give the second value for NaN and for equal zeros") {
  checkAgainst([](Float4 a, Float4 b) { return min(a, b); }, [](float a, float b) { return a < b ? a : b; });
  checkAgainst([](Float4 a, Float4 b) { return max(a, b); }, [](float a, float b) { return a > b ? a : b; });
  checkAgainst([](Float4 a, Float4 b) { return min(a, b); },
               [](float a, float b) { return core::min(a, b); });
  checkAgainst([](Float4 a, Float4 b) { return max(a, b); },
               [](float a, float b) { return core::max(a, b); });
}

TEST_CASE("Float4 compares, selects and takes magnitudes lane by lane") {
  checkAgainst([](Float4 a, Float4 b) { return select(less(a, b), a, b); },
               [](float a, float b) { return core::select(core::less(a, b), a, b); });
  checkAgainst([](Float4 a, Float4) { return abs(a); }, [](float a, float) { return core::abs(a); });
  const std::array<float, 4> low = {1, 5, 2, 7};
  const std::array<float, 4> high = {2, 4, 3, 6};
  std::array<float, 4> chosen{};
  select(less(Float4::load(low.data()), Float4::load(high.data())), Float4(1.0f), Float4(0.0f))
      .store(chosen.data());
  CHECK(chosen == std::array<float, 4>{1, 0, 1, 0});
}

TEST_CASE("Float4 transposes, sets lanes and widens to doubles") {
  std::array<std::array<float, 4>, 4> rows{};
  std::array<Float4, 4> vectors{};
  for (std::size_t r = 0; r < 4; ++r) {
    for (std::size_t c = 0; c < 4; ++c) rows[r][c] = static_cast<float>(10 * r + c);
    vectors[r] = Float4::load(rows[r].data());
  }
  transpose(vectors[0], vectors[1], vectors[2], vectors[3]);
  for (std::size_t r = 0; r < 4; ++r) {
    for (std::size_t c = 0; c < 4; ++c) REQUIRE(vectors[r].lane(c) == rows[c][r]);
  }
  vectors[0].setLane(2, 99.0f);
  CHECK(vectors[0].lane(2) == 99.0f);
  CHECK(vectors[0].lane(1) == rows[1][0]);
  std::array<double, 4> wide{};
  (core::widenLow(vectors[1]) + core::widenLow(vectors[1])).store(wide.data());
  core::widenHigh(vectors[1]).store(wide.data() + 2);
  CHECK(wide == std::array<double, 4>{2, 22, 21, 31});
}

TEST_CASE("Float4 takes roots and interleaves as single floats do") {
  checkAgainst([](Float4 a, Float4) { return sqrt(a); }, [](float a, float) { return core::sqrt(a); });
  const std::array<float, 8> numbers = {0, 1, 2, 3, 4, 5, 6, 7};
  std::array<float, 8> result{};
  Float4 a = Float4::load(numbers.data());
  Float4 b = Float4::load(numbers.data() + 4);
  interleave(a, b);
  a.store(result.data());
  b.store(result.data() + 4);
  CHECK(result == std::array<float, 8>{0, 4, 1, 5, 2, 6, 3, 7});
  deinterleave(a, b);
  a.store(result.data());
  b.store(result.data() + 4);
  CHECK(result == numbers);
}
