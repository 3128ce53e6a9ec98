#include "engine/clip_store.h"

#include <algorithm>

namespace mixwell::engine {

void ClipStore::prepare(std::size_t capacity, std::size_t tracks) {
  clips_.assign(capacity, Clip{});
  ranges_.assign(tracks, Range{});
  order_.assign(tracks, 0);
  used_ = 0;
  live_ = 0;
}

bool ClipStore::fits(std::size_t track, std::size_t count) const noexcept {
  return count <= clips_.size() - (live_ - ranges_[track].count);
}

std::span<Clip> ClipStore::replace(std::size_t track, std::size_t count) noexcept {
  Range& range = ranges_[track];
  if (range.count != count) {
    release(track);
    if (count > clips_.size() - used_) compact();
    range = {used_, count};
    used_ += count;
    live_ += count;
  }
  return {clips_.data() + range.first, range.count};
}

void ClipStore::finish(std::size_t track) noexcept {
  const std::span<Clip> clips{clips_.data() + ranges_[track].first, ranges_[track].count};
  // Clips that start together keep the order in which they were given, which is in latestEnd until they are
  // sorted.
  for (std::size_t i = 0; i < clips.size(); ++i) clips[i].latestEnd = static_cast<std::int64_t>(i);
  std::sort(clips.begin(), clips.end(), [](const Clip& a, const Clip& b) {
    return a.start != b.start ? a.start < b.start : a.latestEnd < b.latestEnd;
  });
  std::int64_t latest = 0;
  for (Clip& clip : clips) {
    latest = std::max(latest, clip.end());
    clip.latestEnd = latest;
  }
}

void ClipStore::release(std::size_t track) noexcept {
  Range& range = ranges_[track];
  live_ -= range.count;
  if (range.first + range.count == used_) used_ = range.first;
  range = {};
}

void ClipStore::compact() noexcept {
  for (std::uint32_t i = 0; i < order_.size(); ++i) order_[i] = i;
  std::sort(order_.begin(), order_.end(),
            [this](std::uint32_t a, std::uint32_t b) { return ranges_[a].first < ranges_[b].first; });
  used_ = 0;
  for (const std::uint32_t track : order_) {
    Range& range = ranges_[track];
    const auto from = clips_.begin() + static_cast<std::ptrdiff_t>(range.first);
    std::copy(from, from + static_cast<std::ptrdiff_t>(range.count),
              clips_.begin() + static_cast<std::ptrdiff_t>(used_));
    range.first = used_;
    used_ += range.count;
  }
}

}  // namespace mixwell::engine
