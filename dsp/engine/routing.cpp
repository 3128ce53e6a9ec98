#include "engine/routing.h"

#include <algorithm>

namespace mixwell::engine {

namespace {

constexpr std::size_t waysPerTrack = 1 + maxSends + keyedSections;
}  // namespace

void Routing::prepare(std::size_t tracks) {
  ways_.clear();
  ways_.reserve(2 * (tracks * waysPerTrack + maxAllInserts));
  targets_.assign(ways_.capacity(), 0);
  firstWay_.assign(tracks + 1, 0);
  levels_.assign(tracks, 0);
  waysInto_.assign(tracks, 0);
  queue_.assign(tracks, 0);
  seen_.assign(tracks, 0);
}

void Routing::collect(const Arrangement& song, std::span<const Way> extra) noexcept {
  ways_.clear();
  const auto add = [&](std::uint32_t from, std::uint32_t to) {
    if (isTrackSlot(from) && isTrackSlot(to)) ways_.push_back({from, to});  // within what prepare reserved
  };
  for (const std::uint32_t slot : song.order()) {
    const Track& track = song.track(slot);
    add(slot, track.output);
    for (const Send& send : track.sendList()) add(slot, send.bus);
    for (const std::uint32_t key : track.keys) add(key, slot);
    for (const std::uint32_t insert : song.inserts.chain(slot)) add(song.inserts[insert].key, slot);
  }
  for (const Way& way : extra) {
    if (ways_.size() < ways_.capacity()) add(way.from, way.to);
  }
  std::fill(firstWay_.begin(), firstWay_.end(), 0U);
  for (const Way& way : ways_) ++firstWay_[way.from + 1];
  for (std::size_t slot = 1; slot < firstWay_.size(); ++slot) firstWay_[slot] += firstWay_[slot - 1];
  // Counting sort: each start moves on as its ways are laid down, and back afterwards.
  for (const Way& way : ways_) targets_[firstWay_[way.from]++] = way.to;
  for (std::size_t slot = firstWay_.size() - 1; slot > 0; --slot) firstWay_[slot] = firstWay_[slot - 1];
  firstWay_[0] = 0;
}

bool Routing::wouldLoop(const Arrangement& song, std::uint32_t track,
                        std::span<const std::uint32_t> to) noexcept {
  collect(song, {});
  std::fill(seen_.begin(), seen_.end(), std::uint8_t{0});
  std::size_t count = 0;
  const auto reach = [&](std::uint32_t slot) {
    if (seen_[slot] != 0) return;
    seen_[slot] = 1;
    queue_[count++] = slot;
  };
  for (const std::uint32_t slot : to) {
    if (isTrackSlot(slot)) reach(slot);
  }
  for (std::size_t next = 0; next < count; ++next) {
    const std::uint32_t from = queue_[next];
    if (from == track) return true;
    for (std::uint32_t way = firstWay_[from]; way < firstWay_[from + 1]; ++way) reach(targets_[way]);
  }
  return false;
}

bool Routing::measure(const Arrangement& song, std::span<const Way> extra) noexcept {
  collect(song, extra);
  depth_ = 0;
  std::fill(levels_.begin(), levels_.end(), 0U);
  std::fill(waysInto_.begin(), waysInto_.end(), 0U);
  for (const Way& way : ways_) ++waysInto_[way.to];
  std::size_t count = 0;
  for (const std::uint32_t slot : song.order()) {
    if (waysInto_[slot] == 0) queue_[count++] = slot;
  }
  for (std::size_t next = 0; next < count; ++next) {
    const std::uint32_t from = queue_[next];
    for (std::uint32_t way = firstWay_[from]; way < firstWay_[from + 1]; ++way) {
      const std::uint32_t to = targets_[way];
      levels_[to] = std::max(levels_[to], levels_[from] + 1);
      depth_ = std::max(depth_, levels_[to]);
      if (--waysInto_[to] == 0) queue_[count++] = to;
    }
  }
  return count == song.order().size();
}

}  // namespace mixwell::engine
