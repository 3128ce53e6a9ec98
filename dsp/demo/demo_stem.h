#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

#include "demo/instrument.h"
#include "demo/song.h"
#include "demo/tone_filters.h"

namespace mixwell::demo {

/// Renders the source file of one stem of the demo song from its first frame to its last, in calls of any
/// size: the samples are the same. Not for the audio thread: construction allocates.
class DemoStem {
 public:
  DemoStem(Stem stem, double sampleRateHz);

  int channels() const noexcept { return track_.channels; }
  /// Frames of the whole source file.
  std::int64_t frames() const noexcept { return frames_; }
  std::int64_t position() const noexcept { return position_; }

  /// Writes the next frames; `right` may be null when the stem is mono. Returns how many were written, fewer
  /// than asked at the end of the file.
  std::int64_t render(float* left, float* right, std::int64_t count);

 private:
  void renderBlock();

  const Track& track_;
  std::int64_t frames_ = 0;
  std::int64_t position_ = 0;
  std::int64_t rendered_ = 0;
  float level_;
  std::int64_t fadeFrames_;
  std::vector<std::int64_t> takeStarts_;  ///< in the source; ends with the length of the file
  std::size_t take_ = 0;
  std::vector<TimedNote> part_;
  std::size_t nextNote_ = 0;
  std::unique_ptr<Instrument> instrument_;
  std::array<std::array<float, kBlockFrames>, 2> block_{};
  std::array<DcBlocker, 2> blockers_;
};

/// First frame in the source file of each take, and one past the last frame of the last.
std::vector<std::int64_t> takeStartsOf(const Track& track, double sampleRateHz);

}  // namespace mixwell::demo
