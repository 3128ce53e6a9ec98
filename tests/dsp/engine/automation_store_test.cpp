#include "engine/automation_store.h"

#include <catch2/catch_test_macros.hpp>
#include <map>
#include <random>

#include "engine/tempo_map.h"
#include "support/allocation_guard.h"

using namespace mixwell::engine;

TEST_CASE("The store of lanes keeps what a plain map keeps, through edits at random, and allocates nothing") {
  AutomationStore store;
  store.prepare();
  std::map<std::uint32_t, std::size_t> expected;  // param to number of points
  std::mt19937 random(9);
  std::size_t allocations = 0;
  for (int round = 0; round < 3000; ++round) {
    const LaneTarget target{
        .kind = LaneKind::strip, .owner = 7, .param = static_cast<std::uint32_t>(random() % 60)};
    const std::size_t count = random() % 4 == 0 ? 0 : 1 + random() % 6000;
    const bool fits = count == 0 || store.fits(target, count);
    {
      const mixwell::test::AllocationGuard guard;
      if (count == 0) {
        store.remove(target);
      } else if (fits) {
        const auto points = store.replace(target, count);
        for (std::size_t i = 0; i < count; ++i) {
          points[i] = {static_cast<std::int64_t>(i), static_cast<double>(target.param)};
        }
      }
      allocations += guard.allocations();
    }
    if (count == 0) expected.erase(target.param);
    if (count > 0 && fits) expected[target.param] = count;
    REQUIRE(store.lanes().size() == expected.size());
    for (const std::uint32_t lane : store.lanes()) {
      const auto param = store.target(lane).param;
      REQUIRE(store.points(lane).size() == expected[param]);
      REQUIRE(store.points(lane).back().value == static_cast<double>(param));
    }
  }
  CHECK(allocations == 0);
}

TEST_CASE("Lanes of other owners, kinds, slots and parameters are different lanes") {
  AutomationStore store;
  store.prepare();
  const LaneTarget targets[] = {{LaneKind::strip, 1, 0, 0}, {LaneKind::insert, 1, 0, 0},
                                {LaneKind::send, 1, 0, 0},  {LaneKind::send, 1, 1, 0},
                                {LaneKind::send, 1, 1, 1},  {LaneKind::strip, -2, 0, 0},
                                {LaneKind::strip, 1, 0, 1}};
  for (const LaneTarget& target : targets) store.replace(target, 1)[0] = {};
  CHECK(store.lanes().size() == std::size(targets));
  store.removeIf([](const LaneTarget& target) { return target.kind == LaneKind::send; });
  CHECK(store.lanes().size() == 4);
  CHECK(store.find(targets[3]) == AutomationStore::none);
  CHECK(store.target(store.find(targets[5])) == targets[5]);
}

TEST_CASE("Points beyond the store's room do not fit") {
  AutomationStore store;
  store.prepare();
  const LaneTarget first{.owner = 1};
  const LaneTarget second{.owner = 2};
  store.replace(first, maxAutomationPoints - 10);
  CHECK(store.fits(second, 10));
  CHECK_FALSE(store.fits(second, 11));
  CHECK(store.fits(first, maxAutomationPoints));
}

TEST_CASE("The tempo holds from each change to the next") {
  TempoMap map;
  map.prepare(48000);
  CHECK(map.framesPerQuarter(12345) == 24000.0);
  const TempoChange changes[] = {{0, 60.0}, {1000, 120.0}, {5000, 240.0}};
  map.set(changes);
  CHECK(map.framesPerQuarter(0) == 48000.0);
  CHECK(map.framesPerQuarter(999) == 48000.0);
  CHECK(map.framesPerQuarter(1000) == 24000.0);
  CHECK(map.framesPerQuarter(1 << 30) == 12000.0);
  CHECK(map.nextChange(0) == 1000);
  CHECK(map.nextChange(1000) == 5000);
  CHECK(map.nextChange(5000) == std::int64_t{1} << 62);
}
