#include "meter/clipped_runs.h"

#include <algorithm>
#include <iterator>

namespace mixwell::meter {

void ClippedRuns::reset() noexcept {
  levels_.clear();
  peak_ = 0.0F;
  runLength_ = 0;
}

void ClippedRuns::add(const float* samples, size_t count, uint64_t firstFrame) {
  for (size_t i = 0; i < count; ++i) {
    const float magnitude = samples[i] < 0.0F ? -samples[i] : samples[i];
    if (magnitude >= nearPeak * peak_ && magnitude > 0.0F) {
      take(magnitude, firstFrame + i);
    } else if (runLength_ > 0) {
      endRun();
    }
  }
}

void ClippedRuns::take(float magnitude, uint64_t frame) {
  if (magnitude > peak_) raisePeak(magnitude);
  if (runLength_ == 0) {
    runStart_ = frame;
    runLowest_ = magnitude;
  }
  runLowest_ = magnitude < runLowest_ ? magnitude : runLowest_;
  ++runLength_;
}

void ClippedRuns::raisePeak(float magnitude) {
  peak_ = magnitude;
  const float lowest = nearPeak * peak_;
  std::erase_if(levels_, [lowest](const Level& level) { return level.level < lowest; });
  // What rose to the new peak was no plateau.
  if (runLength_ > 0 && runLowest_ < lowest) runLength_ = 0;
}

void ClippedRuns::endRun() {
  if (runLength_ >= shortestRun) keep(runLowest_, runStart_);
  runLength_ = 0;
}

void ClippedRuns::keep(float level, uint64_t frame) {
  auto found = std::find_if(levels_.begin(), levels_.end(),
                            [level](const Level& known) { return known.level == level; });
  if (found == levels_.end()) {
    if (levels_.size() < mostLevels) {
      levels_.push_back({level, 0, {}});
      found = std::prev(levels_.end());
    } else {
      // As good as never: so many different levels within a ten thousandth. They join the lowest.
      found = std::min_element(levels_.begin(), levels_.end(),
                               [](const Level& a, const Level& b) { return a.level < b.level; });
      found->level = level < found->level ? level : found->level;
    }
  }
  ++found->runs;
  if (found->places.size() < keptPlaces) found->places.push_back(frame);
}

uint64_t ClippedRuns::count() const noexcept {
  uint64_t sum = 0;
  for (const Level& level : levels_) sum += level.runs;
  return sum;
}

std::vector<uint64_t> ClippedRuns::places() const {
  std::vector<uint64_t> all;
  for (const Level& level : levels_) all.insert(all.end(), level.places.begin(), level.places.end());
  std::sort(all.begin(), all.end());
  if (all.size() > keptPlaces) all.resize(keptPlaces);
  return all;
}

}  // namespace mixwell::meter
