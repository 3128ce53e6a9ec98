#include "engine/clip_store.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <random>
#include <vector>

using mixwell::engine::Clip;
using mixwell::engine::ClipStore;
using mixwell::engine::forEachClipIn;
using mixwell::engine::SongSpan;

namespace {

/// Puts clips with these starts and lengths on a track; the source tells them apart.
void put(ClipStore& store, std::size_t track, const std::vector<std::pair<int, int>>& placed) {
  const auto clips = store.replace(track, placed.size());
  for (std::size_t i = 0; i < placed.size(); ++i) {
    clips[i] = Clip{.start = placed[i].first, .length = placed[i].second, .source = static_cast<int>(i)};
  }
  store.finish();
}

std::vector<int> sourcesIn(const ClipStore& store, std::size_t track, SongSpan span) {
  std::vector<int> sources;
  forEachClipIn(store.clips(track), span, [&](const Clip& clip) { sources.push_back(clip.source); });
  return sources;
}

}  // namespace

TEST_CASE("Clips are found by where they sound, by start, then as they were given") {
  ClipStore store;
  store.prepare(16, 2);
  put(store, 1, {{500, 100}, {0, 1000}, {500, 50}, {2000, 10}, {600, 0}});
  CHECK(sourcesIn(store, 1, {500, 501}) == std::vector<int>{1, 0, 2});
  CHECK(sourcesIn(store, 1, {550, 551}) == std::vector<int>{1, 0});
  CHECK(sourcesIn(store, 1, {999, 1000}) == std::vector<int>{1});
  CHECK(sourcesIn(store, 1, {1000, 2000}).empty());
  CHECK(sourcesIn(store, 1, {1000, 2001}) == std::vector<int>{3});
  CHECK(sourcesIn(store, 0, {0, 5000}).empty());
}

TEST_CASE("The store fills up, refuses, and moves clips together without mixing them up") {
  constexpr std::size_t capacity = 200;
  constexpr std::size_t tracks = 7;
  std::mt19937 random(3);
  ClipStore store;
  store.prepare(capacity, tracks);
  std::vector<std::vector<std::pair<int, int>>> judge(tracks);
  bool refused = false;
  for (int round = 0; round < 20000; ++round) {
    const std::size_t track = random() % tracks;
    const std::size_t count = random() % 80;
    std::size_t others = 0;
    for (std::size_t i = 0; i < tracks; ++i) others += i == track ? 0 : judge[i].size();
    REQUIRE(store.fits(track, count) == (others + count <= capacity));
    if (!store.fits(track, count)) {
      refused = true;
      continue;
    }
    judge[track].clear();
    for (std::size_t i = 0; i < count; ++i)
      judge[track].emplace_back(static_cast<int>(random() % 1000), 1 + round % 50);
    put(store, track, judge[track]);
    const std::size_t looked = random() % tracks;
    std::vector<std::pair<int, int>> sorted = judge[looked];
    std::stable_sort(sorted.begin(), sorted.end(), [](auto a, auto b) { return a.first < b.first; });
    const auto clips = store.clips(looked);
    REQUIRE(clips.size() == sorted.size());
    for (std::size_t i = 0; i < sorted.size(); ++i) {
      REQUIRE(clips[i].start == sorted[i].first);
      REQUIRE(clips[i].length == sorted[i].second);
    }
  }
  CHECK(refused);
}
