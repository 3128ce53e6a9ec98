// The stages of dynamics in four lanes against their scalar twins, lane by lane, to the bit.
#include <catch2/catch_test_macros.hpp>
#include <chrono>
#include <cstring>
#include <iostream>
#include <memory>
#include <random>
#include <vector>

#include "dynamics/compressor_stage.h"
#include "dynamics/gate_stage.h"
#include "support/engine_rig.h"

using namespace mixwell;
using core::Float4;
using engine::QuadBlock;

namespace {

constexpr double rate = 48000.0;

template <typename Stage>
struct Owned {
  Stage stage;
  std::vector<Float4> memory;

  Owned() {
    if constexpr (requires(core::Memory & m) { stage.takeMemory(params::DeviceSpec{}, m); }) {
      const params::DeviceSpec spec{.sampleRateHz = rate, .sourceChannels = 2};
      core::Memory counted;
      stage.takeMemory(spec, counted);
      memory.assign(counted.bytes() / sizeof(Float4), Float4(3.0f));
      core::Memory real({reinterpret_cast<std::byte*>(memory.data()), counted.bytes()});
      stage.takeMemory(spec, real);
    }
    stage.prepare(rate);
  }
};

struct Compressors {
  using Quad = dynamics::CompressorStage<Float4>;
  using One = dynamics::CompressorStage<float>;
  static constexpr auto& infos = dynamics::compressorParams;
};
struct Gates {
  using Quad = dynamics::GateStage<Float4>;
  using One = dynamics::GateStage<float>;
  static constexpr auto& infos = dynamics::gateParams;
};

bool sameBits(float a, float b) {
  return std::memcmp(&a, &b, sizeof(float)) == 0;
}

double randomValue(const params::ParamInfo& info, std::mt19937& random) {
  if (info.id == "on") return random() % 3 == 0 ? 0.0 : 1.0;
  if (info.kind != params::ParamKind::continuous) return random() % 4 == 0 ? info.max : info.min;
  if (random() % 3 == 0) return info.defaultValue;
  return info.min + (info.max - info.min) * static_cast<double>(random() % 1001) / 1000.0;
}

// Noise in bursts of any level, now and then a stretch of silence.
struct Source {
  std::mt19937 random;
  double level = 0.5;
  void fill(QuadBlock<float>& block, std::size_t frames) {
    if (random() % 4 == 0) level = random() % 5 == 0 ? 0.0 : static_cast<double>(random() % 1000) * 0.001;
    for (std::size_t i = 0; i < frames; ++i) {
      block.left[i] = static_cast<float>(level * (static_cast<double>(random() % 2001) * 0.001 - 1.0));
      block.right[i] = static_cast<float>(level * (static_cast<double>(random() % 2001) * 0.001 - 1.0));
    }
  }
};

template <typename Kind>
void compareLanes(unsigned seed) {
  std::mt19937 random(seed);
  auto quad = std::make_unique<Owned<typename Kind::Quad>>();
  std::vector<std::unique_ptr<Owned<typename Kind::One>>> ones;
  std::vector<Source> sources;
  std::vector<Source> keys;
  for (unsigned lane = 0; lane < 4; ++lane) {
    ones.push_back(std::make_unique<Owned<typename Kind::One>>());
    sources.push_back({std::mt19937(seed * 10 + lane)});
    keys.push_back({std::mt19937(seed * 10 + lane + 5)});
  }
  for (int round = 0; round < 160; ++round) {
    for (std::size_t lane = 0; lane < 4; ++lane) {
      for (std::size_t i = 0; i < Kind::infos.size(); ++i) {
        if (random() % (round == 0 ? 1 : 60) != 0) continue;
        const double value = randomValue(Kind::infos[i], random);
        const std::uint32_t glide = static_cast<std::uint32_t>(random() % 3 == 0 ? 0 : random() % 1500);
        CHECK(quad->stage.setParam(lane, i, value, glide));
        CHECK(ones[lane]->stage.setParam(0, i, value, glide));
      }
      if (random() % 40 == 0) {
        const bool keyed = random() % 2 == 0;
        quad->stage.setKeyed(lane, keyed);
        ones[lane]->stage.setKeyed(0, keyed);
      }
      if (random() % 60 == 0) {
        quad->stage.reset(lane);
        ones[lane]->stage.reset(0);
      }
      REQUIRE(quad->stage.isIdle(lane) == ones[lane]->stage.isIdle());
    }
    const std::size_t frames = 1 + random() % 128;
    QuadBlock<Float4> block;
    QuadBlock<Float4> key;
    QuadBlock<float> alone[4];
    QuadBlock<float> aloneKeys[4];
    const bool poison = random() % 30 == 0;
    for (std::size_t lane = 0; lane < 4; ++lane) {
      sources[lane].fill(alone[lane], frames);
      keys[lane].fill(aloneKeys[lane], frames);
      if (poison && lane == 1) alone[lane].left[0] = alone[lane].left[0] / 0.0f;
      for (std::size_t i = 0; i < frames; ++i) {
        block.left[i].setLane(lane, alone[lane].left[i]);
        block.right[i].setLane(lane, alone[lane].right[i]);
        key.left[i].setLane(lane, aloneKeys[lane].left[i]);
        key.right[i].setLane(lane, aloneKeys[lane].right[i]);
      }
    }
    quad->stage.process(block, &key, frames);
    for (std::size_t lane = 0; lane < 4; ++lane) {
      ones[lane]->stage.process(alone[lane], &aloneKeys[lane], frames);
      for (std::size_t i = 0; i < frames; ++i) {
        const float left = block.left[i].lane(lane);
        if (left != left && alone[lane].left[i] != alone[lane].left[i]) continue;
        INFO("seed " << seed << " round " << round << " lane " << lane << " frame " << i);
        REQUIRE(sameBits(left, alone[lane].left[i]));
        REQUIRE(sameBits(block.right[i].lane(lane), alone[lane].right[i]));
      }
      REQUIRE(sameBits(quad->stage.reductionDb(lane), ones[lane]->stage.reductionDb(0)));
    }
  }
}

// Lanes change places half-way; what they sound like does not.
template <typename Kind>
void compareMoved(unsigned seed) {
  std::mt19937 random(seed);
  auto first = std::make_unique<Owned<typename Kind::Quad>>();
  auto second = std::make_unique<Owned<typename Kind::Quad>>();
  for (std::size_t lane = 0; lane < 4; ++lane) {
    for (std::size_t i = 0; i < Kind::infos.size(); ++i) {
      first->stage.setParam(lane, i, randomValue(Kind::infos[i], random), 700);
    }
  }
  Source source{std::mt19937(seed)};
  for (int round = 0; round < 80; ++round) {
    QuadBlock<float> sound;
    source.fill(sound, 128);
    QuadBlock<Float4> block;
    for (std::size_t i = 0; i < 128; ++i) {
      block.left[i] = Float4(sound.left[i]);
      block.right[i] = Float4(sound.right[i]);
    }
    QuadBlock<Float4> again = block;
    if (round == 40) {
      for (std::size_t lane = 0; lane < 4; ++lane) second->stage.copyLane(3 - lane, first->stage, lane);
    }
    first->stage.process(block, nullptr, 128);
    second->stage.process(again, nullptr, 128);
    if (round < 40) continue;
    for (std::size_t i = 0; i < 128; ++i) {
      for (std::size_t lane = 0; lane < 4; ++lane) {
        REQUIRE(sameBits(block.left[i].lane(lane), again.left[i].lane(3 - lane)));
        REQUIRE(sameBits(block.right[i].lane(lane), again.right[i].lane(3 - lane)));
      }
    }
  }
}

// Silence passed over is silence processed.
template <typename Kind>
void compareSkipped(unsigned seed) {
  std::mt19937 random(seed);
  Owned<typename Kind::One> skips;
  Owned<typename Kind::One> works;
  for (std::size_t i = 0; i < Kind::infos.size(); ++i) {
    const double value = randomValue(Kind::infos[i], random);
    for (auto* owned : {&skips, &works}) owned->stage.setParam(0, i, value, 0);
  }
  Source source{std::mt19937(seed)};
  for (const std::size_t silence : {1000, 40000, 500000}) {
    for (int round = 0; round < 30; ++round) {
      QuadBlock<float> a;
      source.level = 0.7;
      source.fill(a, 128);
      QuadBlock<float> b = a;
      skips.stage.process(a, nullptr, 128);
      works.stage.process(b, nullptr, 128);
      for (std::size_t i = 0; i < 128; ++i) REQUIRE(sameBits(a.left[i], b.left[i]));
    }
    for (std::size_t at = 0; at < silence; at += 100) {
      QuadBlock<float> zeros{};
      skips.stage.skip(100);
      works.stage.process(zeros, nullptr, 100);
    }
  }
}

// Microseconds for a quantum of 128 tracks, printed and not asserted.
template <typename Kind>
double microseconds(double keyLowCutHz) {
  std::vector<std::unique_ptr<Owned<typename Kind::Quad>>> quads;
  for (int quad = 0; quad < 32; ++quad) {
    quads.push_back(std::make_unique<Owned<typename Kind::Quad>>());
    for (std::size_t lane = 0; lane < 4; ++lane) {
      auto& stage = quads.back()->stage;
      stage.setParam(lane, 0, 1.0, 0);
      for (std::size_t i = 0; i < Kind::infos.size(); ++i) {
        if (Kind::infos[i].id == "thresholdDb") stage.setParam(lane, i, -30.0, 0);
        if (Kind::infos[i].id == "ratio") stage.setParam(lane, i, 4.0, 0);
        if (Kind::infos[i].id == "keyLowCutHz") stage.setParam(lane, i, keyLowCutHz, 0);
      }
      stage.reset(lane);
    }
  }
  QuadBlock<Float4> sound;
  const auto noise = test::noise(1024, 1);
  for (std::size_t i = 0; i < 128; ++i) {
    sound.left[i] = Float4::load(noise.data() + 4 * i);
    sound.right[i] = Float4::load(noise.data() + 4 * i + 512);
  }
  double best = 1e9;
  for (int round = 0; round < 40; ++round) {
    const auto start = std::chrono::steady_clock::now();
    for (auto& quad : quads) {
      QuadBlock<Float4> block = sound;
      quad->stage.process(block, nullptr, 128);
    }
    const std::chrono::duration<double, std::micro> took = std::chrono::steady_clock::now() - start;
    best = std::min(best, took.count());
  }
  return best;
}

}  // namespace

TEST_CASE("Each lane of a compressor has the bits of a compressor alone") {
  for (unsigned seed = 1; seed <= 6; ++seed) compareLanes<Compressors>(seed);
}

TEST_CASE("Each lane of a gate has the bits of a gate alone") {
  for (unsigned seed = 1; seed <= 6; ++seed) compareLanes<Gates>(seed);
}

TEST_CASE("Lanes of dynamics move to other places with all they know") {
  for (unsigned seed = 1; seed <= 4; ++seed) {
    compareMoved<Compressors>(seed);
    compareMoved<Gates>(seed);
  }
}

TEST_CASE("Silence that a stage of dynamics passes over leaves what processing it would") {
  for (unsigned seed = 1; seed <= 4; ++seed) {
    compareSkipped<Compressors>(seed);
    compareSkipped<Gates>(seed);
  }
}

TEST_CASE("Stages of dynamics say what a quantum of 128 tracks takes") {
  std::cout << "compressor, 128 tracks: " << microseconds<Compressors>(10.0) << " us, with a key filter "
            << microseconds<Compressors>(100.0) << " us; gate " << microseconds<Gates>(10.0) << " us\n";
}
