#pragma once

#include <array>
#include <cstdint>
#include <span>

namespace mixwell::engine {

/// From `frame` on the song runs at so many quarter notes a minute.
struct TempoChange {
  std::int64_t frame = 0;
  double quarterBpm = 120.0;
};

inline constexpr std::size_t maxTempoChanges = 1024;
inline constexpr double minQuarterBpm = 1.0;
inline constexpr double maxQuarterBpm = 4000.0;

/// Tempo over the song; 120 where nothing else is said. Belongs to the thread that runs the engine, allocates
/// nothing.
class TempoMap {
 public:
  void prepare(double sampleRateHz) noexcept { framesPerMinute_ = sampleRateHz * 60.0; }
  /// At most maxTempoChanges, by frame, the first at frame 0.
  void set(std::span<const TempoChange> changes) noexcept;

  /// Length of a quarter note at a frame of the song.
  double framesPerQuarter(std::int64_t frame) const noexcept;
  /// Where the tempo at a frame began, and how many quarter notes the song has up to there.
  std::int64_t tempoFrame(std::int64_t frame) const noexcept { return changes_[placeOf(frame)].frame; }
  double tempoQuarter(std::int64_t frame) const noexcept { return quarters_[placeOf(frame)]; }
  /// The first frame after `frame` at which the tempo changes, or 2^62.
  std::int64_t nextChange(std::int64_t frame) const noexcept;

 private:
  std::size_t placeOf(std::int64_t frame) const noexcept;

  std::array<TempoChange, maxTempoChanges> changes_{};
  std::array<double, maxTempoChanges> quarters_{};  // before each change
  std::size_t count_ = 1;
  double framesPerMinute_ = 48000.0 * 60.0;
};

}  // namespace mixwell::engine
