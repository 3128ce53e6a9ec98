#include "engine/tempo_map.h"

#include <algorithm>

namespace mixwell::engine {

void TempoMap::set(std::span<const TempoChange> changes) noexcept {
  count_ = std::min(changes.size(), maxTempoChanges);
  std::copy_n(changes.begin(), count_, changes_.begin());
  if (count_ == 0) {
    changes_[0] = {};
    count_ = 1;
  }
  for (std::size_t i = 1; i < count_; ++i) {
    const auto frames = static_cast<double>(changes_[i].frame - changes_[i - 1].frame);
    quarters_[i] = quarters_[i - 1] + frames * changes_[i - 1].quarterBpm / framesPerMinute_;
  }
}

std::size_t TempoMap::placeOf(std::int64_t frame) const noexcept {
  const auto end = changes_.begin() + static_cast<std::ptrdiff_t>(count_);
  const auto after =
      std::upper_bound(changes_.begin() + 1, end, frame,
                       [](std::int64_t at, const TempoChange& change) { return at < change.frame; });
  return static_cast<std::size_t>(after - changes_.begin()) - 1;
}

double TempoMap::framesPerQuarter(std::int64_t frame) const noexcept {
  return framesPerMinute_ / changes_[placeOf(frame)].quarterBpm;
}

std::int64_t TempoMap::nextChange(std::int64_t frame) const noexcept {
  const std::size_t next = placeOf(frame) + 1;
  return next < count_ ? changes_[next].frame : std::int64_t{1} << 62;
}

}  // namespace mixwell::engine
