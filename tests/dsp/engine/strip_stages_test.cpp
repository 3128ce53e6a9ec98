#include "engine/strip_stages.h"

#include <array>
#include <catch2/catch_test_macros.hpp>
#include <memory>
#include <random>

using mixwell::core::Float4;
using mixwell::core::laneCount;
using mixwell::engine::QuadBlock;
using mixwell::engine::quantumFrames;
using mixwell::engine::StripLanes;

namespace {

/// Four strips in a vector, and their scalar twins.
struct Twins {
  StripLanes<Float4> four;
  std::array<StripLanes<float>, laneCount> single;

  Twins() {
    four.prepare(48000.0);
    for (auto& strip : single) strip.prepare(48000.0);
  }

  void start(std::size_t which, std::size_t lane, float target, std::uint32_t frames) {
    const auto ramp = [&](auto& lanes, std::size_t at) {
      const std::array ramps = {&lanes.input.gain, &lanes.output.left, &lanes.output.right, &lanes.output.on};
      ramps[which]->start(at, target, frames);
    };
    ramp(four, lane);
    ramp(single[lane], 0);
  }
};

}  // namespace

TEST_CASE("Four strips in a vector are four single strips, to the bit, meters included") {
  std::mt19937 random(17);
  std::uniform_real_distribution<float> samples(-1.0f, 1.0f);
  Twins twins;
  auto block = std::make_unique<QuadBlock<Float4>>();
  std::array<QuadBlock<float>, laneCount> blocks{};
  for (int round = 0; round < 400; ++round) {
    for (auto changes = random() % 3; changes > 0; --changes) {
      const std::size_t which = random() % 4;
      const float target = which == 3 ? static_cast<float>(random() % 2) : samples(random) * 2.0f;
      twins.start(which, random() % laneCount, target, static_cast<std::uint32_t>(random() % 400));
    }
    const std::size_t frames = 1 + random() % quantumFrames;
    if (random() % 5 == 0) {
      twins.four.skip(frames);
      for (auto& strip : twins.single) strip.skip(frames);
      continue;
    }
    for (std::size_t i = 0; i < frames; ++i) {
      for (std::size_t lane = 0; lane < laneCount; ++lane) {
        blocks[lane].left[i] = samples(random);
        blocks[lane].right[i] = samples(random);
        block->left[i].setLane(lane, blocks[lane].left[i]);
        block->right[i].setLane(lane, blocks[lane].right[i]);
      }
    }
    twins.four.process(*block, frames);
    for (std::size_t lane = 0; lane < laneCount; ++lane) {
      twins.single[lane].process(blocks[lane], frames);
      for (std::size_t i = 0; i < frames; ++i) {
        REQUIRE(block->left[i].lane(lane) == blocks[lane].left[i]);
        REQUIRE(block->right[i].lane(lane) == blocks[lane].right[i]);
      }
      const auto vector = twins.four.output.levels(lane);
      const auto scalar = twins.single[lane].output.levels(0);
      REQUIRE(vector.peakLeft == scalar.peakLeft);
      REQUIRE(vector.peakRight == scalar.peakRight);
      REQUIRE(vector.squaresLeft == scalar.squaresLeft);
      REQUIRE(vector.squaresRight == scalar.squaresRight);
      REQUIRE(twins.four.output.isShut(lane) == twins.single[lane].output.isShut(0));
    }
  }
}

TEST_CASE("A strip that is muted or faded to nothing is shut once its ramps are through") {
  StripLanes<float> strip;
  strip.prepare(48000.0);
  CHECK_FALSE(strip.output.isShut(0));
  strip.output.on.start(0, 0.0f, 100);
  strip.skip(99);
  CHECK_FALSE(strip.output.isShut(0));
  strip.skip(1);
  CHECK(strip.output.isMuted(0));
  CHECK(strip.output.isShut(0));
  strip.output.on.start(0, 1.0f, 0);
  strip.output.left.start(0, 0.0f, 0);
  CHECK_FALSE(strip.output.isShut(0));
  strip.output.right.start(0, 0.0f, 0);
  CHECK(strip.output.isFaded(0));
}
