#include "core/ramp.h"

#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <random>
#include <vector>

using mixwell::core::Float4;
using mixwell::core::Ramp;

TEST_CASE("A ramp goes straight to its target and rests on it exactly") {
  for (const std::uint32_t frames : {1U, 7U, 240U, 960U}) {
    for (const float target : {0.0f, 0.1f, -3.98107f, 1.0f}) {
      Ramp<float> ramp(0.7f);
      ramp.start(0, target, frames);
      float before = 0.7f;
      const auto start = static_cast<double>(before);
      for (std::uint32_t i = 1; i <= frames; ++i) {
        const float now = ramp.next();
        const double straight = start + (static_cast<double>(target) - start) * i / frames;
        REQUIRE(std::abs(static_cast<double>(now) - straight) < 1e-6);
        REQUIRE(std::abs(now - before) <
                std::abs(target - 0.7f) / static_cast<float>(frames) * 1.001f + 1e-6f);
        before = now;
      }
      CHECK(before == target);
      ramp.passed(frames);
      CHECK(ramp.settled());
      CHECK(ramp.next() == target);
    }
  }
}

TEST_CASE("A ramp that turns on its way goes on from where it is") {
  Ramp<float> ramp(0.0f);
  ramp.start(0, 1.0f, 100);
  for (int i = 0; i < 50; ++i) ramp.next();
  ramp.passed(50);
  const float middle = ramp.value(0);
  ramp.start(0, 0.0f, 100);
  CHECK(std::abs(ramp.next() - middle) < 0.006f);
  ramp.start(0, 0.25f, 0);
  CHECK(ramp.value(0) == 0.25f);
}

TEST_CASE("A ramp is the same however it is cut, looked at or skipped") {
  std::mt19937 random(3);
  Ramp<float> whole(0.2f);
  whole.start(0, 0.9f, 500);
  std::vector<float> expected(700);
  for (float& value : expected) value = whole.next();

  Ramp<float> cut(0.2f);
  cut.start(0, 0.9f, 500);
  for (std::size_t at = 0; at < expected.size();) {
    const std::size_t frames = std::min<std::size_t>(1 + random() % 60, expected.size() - at);
    if (random() % 2 == 0) {
      cut.skip(frames);
    } else if (cut.settled()) {
      REQUIRE(cut.target() == expected[at]);
    } else {
      for (std::size_t i = 0; i < frames; ++i) REQUIRE(cut.next() == expected[at + i]);
      cut.passed(frames);
    }
    at += frames;
  }
  CHECK(cut.settled());
}

TEST_CASE("Four ramps in a vector are four single ramps, to the bit") {
  std::mt19937 random(11);
  std::uniform_real_distribution<float> gains(-2.0f, 2.0f);
  Ramp<Float4> four(1.0f);
  std::vector<Ramp<float>> single(4, Ramp<float>(1.0f));
  for (int round = 0; round < 200; ++round) {
    const std::size_t lane = random() % 4;
    const float target = gains(random);
    const auto frames = static_cast<std::uint32_t>(random() % 300);
    four.start(lane, target, frames);
    single[lane].start(0, target, frames);
    const std::size_t block = 1 + random() % 128;
    for (std::size_t i = 0; i < block; ++i) {
      const Float4 values = four.next();
      for (std::size_t k = 0; k < 4; ++k) REQUIRE(values.lane(k) == single[k].next());
    }
    four.passed(block);
    for (auto& ramp : single) ramp.passed(block);
    const bool allRest =
        single[0].settled() && single[1].settled() && single[2].settled() && single[3].settled();
    if (four.settled()) REQUIRE(allRest);
  }
}

TEST_CASE("A ramp follows its track to another lane") {
  Ramp<Float4> from(0.0f);
  from.start(1, 1.0f, 100);
  for (int i = 0; i < 30; ++i) from.next();
  from.passed(30);
  Ramp<Float4> to(0.5f);
  to.copyLane(3, from, 1);
  for (int i = 0; i < 100; ++i) {
    const float expected = from.next().lane(1);
    const Float4 values = to.next();
    REQUIRE(values.lane(3) == expected);
    REQUIRE(values.lane(0) == 0.5f);
  }
}
