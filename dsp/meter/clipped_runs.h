#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace mixwell::meter {

// Counts places where a signal stays at its highest magnitude: at least three samples in a row at or above
// 0.9999 of it, as clipping leaves them. The highest magnitude is known only at the end, so runs are kept by
// their level and those that a later peak leaves behind are dropped. Belongs to one thread.
class ClippedRuns {
 public:
  static constexpr size_t shortestRun = 3;
  static constexpr float nearPeak = 0.9999F;
  static constexpr size_t keptPlaces = 32;

  void reset() noexcept;

  // Whether samples up to `highest` would change anything: else `add` may be left out for them.
  bool cares(float highest) const noexcept { return runLength_ > 0 || highest >= nearPeak * peak_; }

  // Takes the next samples; the first is frame `firstFrame`.
  void add(const float* samples, size_t count, uint64_t firstFrame);
  // Ends a run that the signal ends with.
  void finish() { endRun(); }

  uint64_t count() const noexcept;
  // First frames of the first runs, in order; at most keptPlaces.
  std::vector<uint64_t> places() const;
  float peak() const noexcept { return peak_; }

 private:
  static constexpr size_t mostLevels = 16;

  // Runs whose lowest sample is `level`.
  struct Level {
    float level = 0.0F;
    uint64_t runs = 0;
    std::vector<uint64_t> places;
  };

  void take(float magnitude, uint64_t frame);
  void raisePeak(float magnitude);
  void endRun();
  void keep(float level, uint64_t frame);

  std::vector<Level> levels_;
  float peak_ = 0.0F;
  size_t runLength_ = 0;
  float runLowest_ = 0.0F;
  uint64_t runStart_ = 0;
};

}  // namespace mixwell::meter
