#include "engine/page_cache.h"

#include <algorithm>
#include <array>
#include <catch2/catch_test_macros.hpp>
#include <map>
#include <random>
#include <vector>

#include "engine/index_map.h"
#include "engine/slot_list.h"

using mixwell::engine::IndexMap;
using mixwell::engine::PageCache;
using mixwell::engine::pageFloats;
using mixwell::engine::PageId;
using mixwell::engine::SlotList;

namespace {

constexpr std::int64_t second = 48000;

PageCache cacheOf(std::size_t slots) {
  PageCache cache;
  cache.prepare(slots);
  return cache;
}

void fill(PageCache& cache, PageId page, float value) {
  float* into = cache.claim(page);
  REQUIRE(into != nullptr);
  std::fill_n(into, pageFloats, value);
  REQUIRE(cache.commit(page));
}

std::vector<PageId> queued(PageCache& cache) {
  std::vector<PageId> pages(1000);
  pages.resize(cache.takeRequests(pages));
  return pages;
}

}  // namespace

TEST_CASE("IndexMap does what std::map does") {
  std::mt19937 random(2);
  IndexMap map;
  map.prepare(300);
  std::map<std::uint64_t, std::uint32_t> judge;
  for (int round = 0; round < 100000; ++round) {
    const std::uint64_t key = (random() % 40) << 32U | (random() % 20);
    if (judge.contains(key)) {
      REQUIRE(map.find(key) == judge[key]);
      map.erase(key);
      judge.erase(key);
    } else {
      REQUIRE(map.find(key) == IndexMap::none);
      map.erase(key);
      if (judge.size() < 300) {
        judge[key] = static_cast<std::uint32_t>(round);
        map.insert(key, static_cast<std::uint32_t>(round));
      }
    }
    REQUIRE(map.size() == judge.size());
  }
  map.clear();
  for (const auto& [key, value] : judge) REQUIRE(map.find(key) == IndexMap::none);
}

TEST_CASE("SlotList keeps its order at both ends and in the middle") {
  SlotList list;
  list.prepare(5);
  CHECK(list.empty());
  CHECK(list.front() == SlotList::none);
  for (const std::uint32_t slot : {2U, 0U, 4U}) list.pushBack(slot);
  list.pushFront(3);
  list.remove(0);
  list.remove(0);
  CHECK_FALSE(list.contains(0));
  CHECK(list.front() == 3);
  CHECK(list.after(3) == 2);
  CHECK(list.after(4) == SlotList::none);
  CHECK(list.before(4) == 2);
  CHECK(list.back() == 4);
}

TEST_CASE("A page is asked for once, delivered once, and then there") {
  PageCache cache = cacheOf(8);
  cache.beginPass();
  CHECK(cache.want({1, 5}, 0, second) == PageCache::Wanted::pending);
  CHECK(cache.want({1, 5}, 0, second) == PageCache::Wanted::pending);
  CHECK(queued(cache) == std::vector<PageId>{{1, 5}});
  CHECK(cache.use({1, 5}).samples == nullptr);
  fill(cache, {1, 5}, 0.25f);
  CHECK(cache.want({1, 5}, 0, second) == PageCache::Wanted::ready);
  CHECK(cache.use({1, 5}).samples[4096] == 0.25f);
  CHECK(cache.claim({1, 5}) == nullptr);
}

TEST_CASE("Full to the brim, the pages needed soonest stay") {
  PageCache cache = cacheOf(10);
  for (int pass = 0; pass < 50; ++pass) {
    cache.beginPass();
    int named = 0;
    while (named < 30 && cache.want({1, pass + named}, 0, second) != PageCache::Wanted::noRoom) ++named;
    CHECK(named == 10);
    for (const PageId& page : queued(cache)) {
      CHECK(page.index >= pass);
      fill(cache, page, 1.0f);
    }
    for (int index = pass; index < pass + 10; ++index) REQUIRE(cache.use({1, index}).samples != nullptr);
  }
}

TEST_CASE("What a block needs at once takes the place of what is needed latest") {
  PageCache cache = cacheOf(6);
  cache.beginPass();
  for (int index = 0; index < 6; ++index) cache.want({1, index}, 0, second);
  for (const PageId& page : queued(cache)) fill(cache, page, 1.0f);
  cache.beginBlock();
  cache.use({1, 0});
  cache.wantNow({2, 0}, 0);
  cache.wantNow({3, 0}, 0);
  CHECK(queued(cache).size() == 2);
  for (int index = 0; index < 4; ++index) CHECK(cache.use({1, index}).samples != nullptr);
  CHECK(cache.use({1, 5}).samples == nullptr);
  cache.beginBlock();
  for (int index = 0; index < 4; ++index) cache.use({1, index});
  cache.wantNow({2, 0}, 0);
  cache.wantNow({3, 0}, 0);
  cache.wantNow({4, 0}, 0);  // nothing can go for it
  CHECK(cache.claim({4, 0}) == nullptr);
}

TEST_CASE("Forgotten requests are not wanted, pages that are there stay") {
  PageCache cache = cacheOf(8);
  cache.beginPass();
  cache.want({1, 0}, 0, second);
  cache.want({1, 1}, 0, second);
  fill(cache, {1, 0}, 1.0f);
  cache.forgetRequests();
  CHECK(queued(cache).empty());
  CHECK(cache.claim({1, 1}) == nullptr);
  CHECK(cache.use({1, 0}).samples != nullptr);
  CHECK(cache.want({1, 1}, 0, second) == PageCache::Wanted::pending);
  CHECK(queued(cache).size() == 1);
}

TEST_CASE("Pages that are being filled are nobody else's") {
  PageCache cache = cacheOf(4);
  cache.beginPass();
  for (int index = 0; index < 4; ++index) cache.want({1, index}, 0, second);
  std::array<float*, 4> filling{};
  for (int index = 0; index < 4; ++index) filling[static_cast<std::size_t>(index)] = cache.claim({1, index});
  for (int pass = 0; pass < 5; ++pass) {
    cache.beginPass();
    CHECK(cache.want({2, pass}, 0, second) == PageCache::Wanted::noRoom);
    cache.beginBlock();
    cache.wantNow({3, pass}, 0);
  }
  for (int index = 0; index < 4; ++index) {
    std::fill_n(filling[static_cast<std::size_t>(index)], pageFloats, static_cast<float>(index));
    CHECK(cache.commit({1, index}));
    CHECK(cache.use({1, index}).samples[0] == static_cast<float>(index));
  }
}
