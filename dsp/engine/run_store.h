#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace mixwell::engine {

/// Runs of items, each in one piece, in one block of fixed size. All methods belong to the thread that runs
/// the engine; only `prepare` allocates.
template <typename T>
class RunStore {
 public:
  void prepare(std::size_t capacity, std::size_t runs) {
    items_.assign(capacity, T{});
    ranges_.assign(runs, Range{});
    order_.assign(runs, 0);
    used_ = 0;
    live_ = 0;
  }

  /// Whether a run can be replaced by one of `count` items.
  bool fits(std::size_t run, std::size_t count) const noexcept {
    return count <= items_.size() - (live_ - ranges_[run].count);
  }

  /// Makes room for a run's new items, which hold what was there before. Moves runs together where the free
  /// room is in pieces: the cost is that of copying all items, once in many edits.
  std::span<T> replace(std::size_t run, std::size_t count) noexcept {
    Range& range = ranges_[run];
    if (range.count != count) {
      release(run);
      if (count > items_.size() - used_) compact();
      range = {used_, count};
      used_ += count;
      live_ += count;
    }
    return itemsIn(range);
  }

  void release(std::size_t run) noexcept {
    Range& range = ranges_[run];
    live_ -= range.count;
    if (range.first + range.count == used_) used_ = range.first;
    range = {};
  }

  std::span<const T> items(std::size_t run) const noexcept {
    const Range& range = ranges_[run];
    return {items_.data() + range.first, range.count};
  }

 private:
  struct Range {
    std::size_t first = 0;
    std::size_t count = 0;
  };

  std::span<T> itemsIn(const Range& range) noexcept { return {items_.data() + range.first, range.count}; }

  void compact() noexcept {
    for (std::uint32_t i = 0; i < order_.size(); ++i) order_[i] = i;
    std::sort(order_.begin(), order_.end(),
              [this](std::uint32_t a, std::uint32_t b) { return ranges_[a].first < ranges_[b].first; });
    used_ = 0;
    for (const std::uint32_t run : order_) {
      Range& range = ranges_[run];
      const auto from = items_.begin() + static_cast<std::ptrdiff_t>(range.first);
      std::copy(from, from + static_cast<std::ptrdiff_t>(range.count),
                items_.begin() + static_cast<std::ptrdiff_t>(used_));
      range.first = used_;
      used_ += range.count;
    }
  }

  std::vector<T> items_;
  std::vector<Range> ranges_;
  std::vector<std::uint32_t> order_;
  std::size_t used_ = 0;  // up to where runs lie
  std::size_t live_ = 0;
};

}  // namespace mixwell::engine
