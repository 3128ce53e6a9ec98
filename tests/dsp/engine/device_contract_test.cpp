// What every device promises (params/device.h), tried on each of them.
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <limits>
#include <random>
#include <set>

#include "support/allocation_guard.h"
#include "support/device_rig.h"

using namespace mixwell;
using test::DeviceRig;
using test::noise;
using test::Signal;
using test::Stereo;

namespace {

constexpr float notANumber = std::numeric_limits<float>::quiet_NaN();

template <typename Check>
void forEachDevice(Check check) {
  for (const engine::DeviceType& type : engine::deviceTypes()) {
    INFO(type.table->id);
    check(*type.table);
  }
}

bool allFinite(const Stereo& sound) {
  for (const Signal* side : {&sound.left, &sound.right}) {
    for (const float sample : *side) {
      if (!std::isfinite(sample)) return false;
    }
  }
  return true;
}

double randomValue(const params::ParamInfo& info, std::mt19937& random) {
  const double part = static_cast<double>(random() % 1001) / 1000.0;
  const double value = info.min + part * (info.max - info.min);
  return info.kind == params::ParamKind::continuous ? value : std::round(value);
}

void setRandomly(DeviceRig& rig, std::mt19937& random, bool atOnce) {
  for (const params::ParamInfo& info : rig.device().table().params) {
    if (random() % 3 == 0) continue;
    const double value = randomValue(info, random);
    if (atOnce) {
      rig.set(info.id, value);
    } else {
      rig.turn(info.id, value);
    }
  }
}

}  // namespace

TEST_CASE("Every device stands once in the list and its read-outs are as many as its table says") {
  std::set<std::string_view> ids;
  forEachDevice([&](const params::DeviceTable& table) {
    CHECK(ids.insert(table.id).second);
    CHECK(table.readouts.size() <= params::maxReadouts);
    DeviceRig rig(table.id);
    CHECK(rig.device().readouts().size() == table.readouts.size());
  });
}

TEST_CASE("No device's sound depends on how it is cut into blocks") {
  forEachDevice([](const params::DeviceTable& table) {
    for (unsigned seed = 1; seed <= 4; ++seed) {
      const auto run = [&](unsigned cut) {
        std::mt19937 random(seed);
        DeviceRig rig(table.id);
        setRandomly(rig, random, true);
        rig.device().reset();
        return rig.run({noise(20000, seed), noise(20000, seed + 50)}, cut);
      };
      const Stereo whole = run(0);
      const Stereo cut = run(seed);
      REQUIRE(whole.left == cut.left);
      REQUIRE(whole.right == cut.right);
    }
  });
}

TEST_CASE("After a reset every device sounds as if new") {
  forEachDevice([](const params::DeviceTable& table) {
    std::mt19937 random(7);
    DeviceRig rig(table.id);
    setRandomly(rig, random, true);
    rig.device().reset();
    const Stereo in{noise(9000, 3), noise(9000, 4)};
    const Stereo first = rig.run(in);
    DeviceRig fresh(table.id);
    std::mt19937 again(7);
    setRandomly(fresh, again, true);
    rig.device().reset();
    fresh.device().reset();
    const Stereo second = fresh.run(in);
    CHECK(first.left == second.left);
    CHECK(first.right == second.right);
  });
}

TEST_CASE("A NaN or an infinity does not stay in any device") {
  forEachDevice([](const params::DeviceTable& table) {
    for (const float poison : {notANumber, std::numeric_limits<float>::infinity(), -3e38f}) {
      std::mt19937 random(11);
      DeviceRig rig(table.id);
      setRandomly(rig, random, true);
      rig.device().reset();
      Stereo in{noise(512, 5), noise(512, 6)};
      in.left[100] = poison;
      in.right[300] = poison;
      rig.run(in);
      rig.run({noise(rig.device().latencySamples() + 512, 7), noise(rig.device().latencySamples() + 512, 8)});
      CHECK(allFinite(rig.run({noise(4000, 9), noise(4000, 10)})));
    }
  });
}

TEST_CASE("A storm of parameters leaves every device finite, bounded and free of allocations") {
  forEachDevice([](const params::DeviceTable& table) {
    std::mt19937 random(23);
    DeviceRig rig(table.id);
    const Stereo in{noise(128, 1), noise(128, 2)};
    for (int round = 0; round < 150; ++round) {
      setRandomly(rig, random, round % 10 == 0);
      Stereo block = in;
      const params::BlockContext context;
      std::size_t allocations = 0;
      {
        const test::AllocationGuard guard;
        rig.device().process(block.left.data(), block.right.data(), 128, context);
        if (round % 40 == 39) rig.device().reset();
        allocations = guard.allocations();
      }
      REQUIRE(allocations == 0);
      REQUIRE(allFinite(block));
      for (const float sample : block.left) REQUIRE(std::abs(sample) < 1e6f);
    }
  });
}

TEST_CASE("Every device refuses what its table does not have") {
  forEachDevice([](const params::DeviceTable& table) {
    DeviceRig rig(table.id);
    CHECK_FALSE(rig.device().setParam(table.params.size(), 0.0, 0));
    for (std::size_t i = 0; i < table.params.size(); ++i) {
      CHECK_FALSE(rig.device().setParam(i, std::numeric_limits<double>::quiet_NaN(), 0));
      CHECK_FALSE(rig.device().setParam(i, table.params[i].max + 1.0, 0));
    }
  });
}
