#include "engine/song_path.h"

#include <catch2/catch_test_macros.hpp>
#include <utility>
#include <vector>

using mixwell::engine::Loop;
using mixwell::engine::SongPath;
using mixwell::engine::SongSpan;
using mixwell::engine::SongWalk;

namespace {

using Spans = std::vector<std::pair<std::int64_t, std::int64_t>>;

Spans walked(std::int64_t position, const Loop& loop, std::int64_t frames, std::int64_t step) {
  SongWalk walk(position, loop, frames);
  Spans spans;
  for (SongSpan span{}; walk.next(step, span);) spans.emplace_back(span.from, span.to);
  return spans;
}

}  // namespace

TEST_CASE("A path goes on without a loop and round within one") {
  SongPath path(90, {true, 50, 100});
  CHECK(path.next(5).to == 95);
  CHECK(path.next(20).to == 100);
  CHECK(path.position() == 50);
  CHECK(path.next(50).to == 100);
  CHECK(path.position() == 50);
  SongPath beyond(100, {true, 50, 100});
  CHECK(beyond.next(20).to == 120);
}

TEST_CASE("A walk sees each place of a loop once") {
  CHECK(walked(0, {}, 10, 4) == Spans{{0, 4}, {4, 8}, {8, 10}});
  CHECK(walked(90, {true, 50, 100}, 1000, 40) == Spans{{90, 100}, {50, 90}, {90, 100}});
  CHECK(walked(90, {true, 50, 100}, 30, 40) == Spans{{90, 100}, {50, 70}});
  CHECK(walked(0, {true, 50, 100}, 60, 1000) == Spans{{0, 60}});
  CHECK(walked(5, {}, 0, 4).empty());
}
