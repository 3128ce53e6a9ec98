#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <memory>
#include <random>

#include "filters/cut_stage.h"
#include "filters/eq_stage.h"
#include "support/allocation_guard.h"

using namespace mixwell;
using core::Float4;
using engine::QuadBlock;
using filters::CutStage;
using filters::EqStage;

namespace {

constexpr std::size_t quantum = engine::quantumFrames;

float between(std::mt19937& random, float low, float high) {
  return low + (high - low) * static_cast<float>(random() % 100001) / 100000.0f;
}

// Four tracks beside each other, and each alone.
template <template <typename> class Stage, typename Table>
class Twins {
 public:
  explicit Twins(const Table& table) : table_(table) {
    quad->prepare(48000.0);
    for (auto& single : singles) {
      single = std::make_unique<Stage<float>>();
      single->prepare(48000.0);
    }
  }

  void set(std::size_t lane, std::size_t index, double value, std::uint32_t frames) {
    REQUIRE(quad->setParam(lane, index, value, frames));
    REQUIRE(singles[lane]->setParam(0, index, value, frames));
  }
  void setRandomly(std::mt19937& random, std::size_t lane) {
    const std::size_t index = random() % table_.size();
    const auto& info = table_[index];
    double value = info.min + (info.max - info.min) * static_cast<double>(random() % 1001) / 1000.0;
    if (info.kind != params::ParamKind::continuous) value = std::round(value);
    // Low corners are where a lane sums differently.
    if (info.unit == "Hz" && random() % 2 == 0) value = info.min * static_cast<double>(1 + random() % 4);
    set(lane, index, value, random() % 4 == 0 ? 0U : static_cast<std::uint32_t>(random() % 700));
  }
  // A block of noise through both; false where a bit differs.
  bool agree(std::mt19937& random, std::size_t frames) {
    QuadBlock<Float4> block;
    std::array<QuadBlock<float>, 4> alone;
    for (std::size_t i = 0; i < frames; ++i) {
      for (std::size_t lane = 0; lane < 4; ++lane) {
        alone[lane].left[i] = between(random, -0.5f, 0.5f);
        alone[lane].right[i] = random() % 7 == 0 ? -0.0f : between(random, -0.5f, 0.5f);
        block.left[i].setLane(lane, alone[lane].left[i]);
        block.right[i].setLane(lane, alone[lane].right[i]);
      }
    }
    quad->process(block, frames);
    for (std::size_t lane = 0; lane < 4; ++lane) {
      singles[lane]->process(alone[lane], frames);
      for (std::size_t i = 0; i < frames; ++i) {
        if (!sameBits(block.left[i].lane(lane), alone[lane].left[i])) return false;
        if (!sameBits(block.right[i].lane(lane), alone[lane].right[i])) return false;
      }
    }
    return true;
  }
  static bool sameBits(float a, float b) {
    return __builtin_bit_cast(std::uint32_t, a) == __builtin_bit_cast(std::uint32_t, b);
  }

  std::unique_ptr<Stage<Float4>> quad = std::make_unique<Stage<Float4>>();
  std::array<std::unique_ptr<Stage<float>>, 4> singles;

 private:
  const Table& table_;
};

template <template <typename> class Stage, typename Table>
void lanesEqualTwins(const Table& table) {
  for (unsigned seed = 1; seed <= 3; ++seed) {
    std::mt19937 random(seed);
    Twins<Stage, Table> twins(table);
    for (int block = 0; block < 250; ++block) {
      if (random() % 3 == 0) twins.setRandomly(random, random() % 4);
      if (random() % 40 == 0) {
        const std::size_t lane = random() % 4;
        twins.quad->reset(lane);
        twins.singles[lane]->reset(0);
      }
      INFO("seed " << seed << " block " << block);
      REQUIRE(twins.agree(random, random() % 3 == 0 ? 1 + random() % quantum : quantum));
      for (std::size_t lane = 0; lane < 4; ++lane) {
        REQUIRE(twins.quad->isIdle(lane) == twins.singles[lane]->isIdle());
      }
    }
  }
}

void useAllBands(EqStage<Float4>& eq, std::size_t lane, double shift) {
  using filters::BandParam;
  eq.setParam(lane, 0, 1.0, 0);
  for (std::size_t band = 0; band < filters::eqBands; ++band) {
    eq.setParam(lane, filters::bandParam(band, BandParam::on), 1.0, 0);
    eq.setParam(lane, filters::bandParam(band, BandParam::type), static_cast<double>((band + lane) % 7), 0);
    eq.setParam(lane, filters::bandParam(band, BandParam::gainDb), 6.0 - shift, 0);
    eq.setParam(lane, filters::bandParam(band, BandParam::freqHz),
                40.0 * (shift + 1.0) * static_cast<double>(band + 1), 0);
  }
}

QuadBlock<Float4> soundOf(unsigned seed) {
  std::mt19937 random(seed);
  QuadBlock<Float4> block;
  for (std::size_t i = 0; i < quantum; ++i) {
    for (std::size_t lane = 0; lane < 4; ++lane) {
      block.left[i].setLane(lane, between(random, -0.5f, 0.5f));
      block.right[i].setLane(lane, between(random, -0.5f, 0.5f));
    }
  }
  return block;
}

}  // namespace

TEST_CASE("Four tracks beside each other get the bits that each gets alone: EQ") {
  lanesEqualTwins<EqStage>(filters::eqParams);
}

TEST_CASE("Four tracks beside each other get the bits that each gets alone: cuts") {
  lanesEqualTwins<CutStage>(filters::cutParams);
}

TEST_CASE("Fresh stages are idle and pass the sound to the bit") {
  EqStage<Float4> eq;
  CutStage<Float4> cut;
  eq.prepare(48000.0);
  cut.prepare(48000.0);
  CHECK(eq.isIdle());
  CHECK(cut.isIdle());
  const QuadBlock<Float4> in = soundOf(1);
  QuadBlock<Float4> out = in;
  eq.process(out, quantum);
  cut.process(out, quantum);
  for (std::size_t i = 0; i < quantum; ++i) {
    for (std::size_t lane = 0; lane < 4; ++lane) REQUIRE(out.left[i].lane(lane) == in.left[i].lane(lane));
  }
  CHECK_FALSE(eq.setParam(4, 0, 1.0, 0));
  CHECK_FALSE(eq.setParam(0, filters::eqParams.size(), 1.0, 0));
  CHECK_FALSE(cut.setParam(0, filters::cutParams.size(), 1.0, 0));
  CHECK_FALSE(cut.setParam(0, 2, 0.5, 0));
}

TEST_CASE("An EQ turned back to neutral becomes idle when it has rung out") {
  EqStage<float> eq;
  eq.prepare(48000.0);
  eq.setParam(0, 0, 1.0, 0);
  eq.setParam(0, filters::bandParam(0, filters::BandParam::on), 1.0, 0);
  eq.setParam(0, filters::bandParam(0, filters::BandParam::gainDb), 9.0, 0);
  QuadBlock<float> block{};
  block.left[0] = 1.0f;
  eq.process(block, quantum);
  CHECK_FALSE(eq.isIdle());
  eq.setParam(0, filters::bandParam(0, filters::BandParam::gainDb), 0.0, 1440);
  for (int i = 0; i < 2000 && !eq.isIdle(); ++i) eq.skip(quantum);
  CHECK(eq.isIdle());
  CHECK(eq.isIdle(0));
}

TEST_CASE("A lane that moves to another quad takes its sound, its glides and its fades along") {
  auto here = std::make_unique<EqStage<Float4>>();
  auto there = std::make_unique<EqStage<Float4>>();
  here->prepare(48000.0);
  there->prepare(48000.0);
  for (std::size_t lane = 0; lane < 4; ++lane) {
    useAllBands(*here, lane, static_cast<double>(lane));
    useAllBands(*there, lane, static_cast<double>(lane) + 0.5);
  }
  QuadBlock<Float4> block = soundOf(2);
  here->process(block, quantum);
  block = soundOf(2);
  there->process(block, quantum);
  here->setParam(2, filters::bandParam(3, filters::BandParam::freqHz), 3000.0, 900);
  here->setParam(2, filters::bandParam(4, filters::BandParam::on), 0.0, 500);
  block = soundOf(3);
  here->process(block, quantum);
  block = soundOf(3);
  there->process(block, quantum);
  there->copyLane(0, *here, 2);
  for (unsigned seed = 4; seed < 20; ++seed) {
    QuadBlock<Float4> stays = soundOf(seed);
    QuadBlock<Float4> moved = stays;
    for (std::size_t i = 0; i < quantum; ++i) {
      moved.left[i].setLane(0, stays.left[i].lane(2));
      moved.right[i].setLane(0, stays.right[i].lane(2));
    }
    here->process(stays, quantum);
    there->process(moved, quantum);
    for (std::size_t i = 0; i < quantum; ++i) {
      REQUIRE(stays.left[i].lane(2) == moved.left[i].lane(0));
      REQUIRE(stays.right[i].lane(2) == moved.right[i].lane(0));
    }
  }
}

TEST_CASE("Skipping silence leaves what processing it would") {
  for (const std::size_t frames : {std::size_t{128}, std::size_t{5000}, std::size_t{400000}}) {
    auto skipped = std::make_unique<EqStage<Float4>>();
    auto processed = std::make_unique<EqStage<Float4>>();
    for (EqStage<Float4>* eq : {skipped.get(), processed.get()}) {
      eq->prepare(48000.0);
      useAllBands(*eq, 1, 0.0);
      QuadBlock<Float4> block = soundOf(5);
      eq->process(block, quantum);
      eq->setParam(1, filters::bandParam(0, filters::BandParam::gainDb), -3.0, 7000);
    }
    skipped->skip(frames);
    for (std::size_t left = frames; left > 0;) {
      const std::size_t stretch = left < quantum ? left : quantum;
      QuadBlock<Float4> silence;
      for (std::size_t i = 0; i < quantum; ++i) silence.left[i] = silence.right[i] = Float4(0.0f);
      processed->process(silence, stretch);
      left -= stretch;
    }
    QuadBlock<Float4> a = soundOf(6);
    QuadBlock<Float4> b = a;
    skipped->process(a, quantum);
    processed->process(b, quantum);
    for (std::size_t i = 0; i < quantum; ++i) {
      for (std::size_t lane = 0; lane < 4; ++lane) REQUIRE(a.left[i].lane(lane) == b.left[i].lane(lane));
    }
  }
}

TEST_CASE("A lane that was poisoned sounds again after its reset, and its neighbours never noticed") {
  auto eq = std::make_unique<EqStage<Float4>>();
  auto clean = std::make_unique<EqStage<Float4>>();
  for (EqStage<Float4>* each : {eq.get(), clean.get()}) {
    each->prepare(48000.0);
    for (std::size_t lane = 0; lane < 4; ++lane) useAllBands(*each, lane, 1.0);
    each->resetAll();
  }
  QuadBlock<Float4> poisoned = soundOf(7);
  QuadBlock<Float4> block = poisoned;
  poisoned.left[50].setLane(1, std::nanf(""));
  eq->process(poisoned, quantum);
  clean->process(block, quantum);
  for (std::size_t i = 0; i < quantum; ++i) REQUIRE(poisoned.left[i].lane(0) == block.left[i].lane(0));
  eq->reset(1);
  block = soundOf(8);
  const test::AllocationGuard guard;
  eq->process(block, quantum);
  const std::size_t allocations = guard.allocations();
  CHECK(allocations == 0);
  for (std::size_t i = 0; i < quantum; ++i) REQUIRE(std::isfinite(block.left[i].lane(1)));
}
