#pragma once

#include <cstdint>

#include "engine/arrangement.h"

namespace mixwell::engine {

/// Names the pages that playing will need, nearest first, a few at a time: first a second of the way ahead,
/// then the start of the loop and the place where playing began, so that going back there finds its sound.
/// Where the cache is too small for all of it, the nearest wins. On the thread that runs the engine; never
/// allocates.
class ReadAhead {
 public:
  struct Place {
    std::int64_t position = 0;
    /// Where playing began.
    std::int64_t origin = 0;
    Loop loop;
  };

  void prepare(double sampleRateHz) noexcept;

  /// The place or the arrangement changed: what was planned is out of date.
  void restart() noexcept { phase_ = Phase::idle, restFrames_ = 0; }

  /// Goes on with planning, for as long as a quantum of `frames` frames can spare. The clock counts all
  /// frames processed.
  void advance(const Arrangement& song, PageCache& cache, const Place& place, std::int64_t clockFrames,
               std::size_t frames) noexcept;

  /// How long a request may take before it is made again.
  std::int64_t reissueFrames() const noexcept { return aheadFrames_; }

 private:
  enum class Phase : std::uint8_t { idle, ahead, loopStart, origin };

  void begin(Phase phase, const Place& place) noexcept;
  static Phase after(Phase phase) noexcept;
  bool wantTrack(const Arrangement& song, PageCache& cache, std::size_t slot,
                 std::int64_t clockFrames) const noexcept;

  Phase phase_ = Phase::idle;
  SongWalk walk_;
  SongSpan stretch_{0, 0};
  std::size_t place_ = 0;        // the next track of the stretch
  std::int64_t restFrames_ = 0;  // until the next pass
  std::int64_t aheadFrames_ = 0;
  std::int64_t warmFrames_ = 0;
};

}  // namespace mixwell::engine
