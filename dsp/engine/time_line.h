#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "engine/song_path.h"

namespace mixwell::engine {

/// Which part of the song goes through a place of the mixer that sound reaches late: the way that playing
/// took through the song in the last quanta. Belongs to the thread that runs the engine.
class TimeLine {
 public:
  struct Piece {
    std::int64_t songFrame;  ///< never negative
    std::size_t frames;
  };

  /// Playing begins afresh.
  void restart() noexcept { first_ = count_ = 0; }

  /// The quantum that comes now takes its sound from here.
  void add(SongSpan span) noexcept {
    const std::int64_t clock = count_ == 0 ? 0 : last().clock + last().span.length();
    if (count_ > 0 && last().span.to == span.from) {
      last().span.to = span.to;
      return;
    }
    if (count_ == pieces_.size()) {
      first_ = (first_ + 1) % pieces_.size();
      --count_;
    }
    pieces_[(first_ + count_) % pieces_.size()] = {clock, span};
    ++count_;
  }
  void endQuantum(std::size_t frames) noexcept { quantumFrames_ = static_cast<std::int64_t>(frames); }

  /// The piece that a place late by `delay` frames processes from frame `at` of the quantum on, at most
  /// `frames` long. What comes before the start counts backwards from it; under 0 only its place on a grid of
  /// 16 is kept.
  Piece at(std::int64_t delay, std::size_t at, std::size_t frames) const noexcept {
    if (count_ == 0) return {0, frames};
    const std::int64_t end = last().clock + last().span.length();
    const std::int64_t clock = end - quantumFrames_ + static_cast<std::int64_t>(at) - delay;
    std::size_t place = count_ - 1;
    while (place > 0 && entry(place).clock > clock) --place;
    const Entry& found = entry(place);
    const std::int64_t songFrame = found.span.from + (clock - found.clock);
    // What comes before the song's first frame is a piece of its own.
    const std::int64_t left = songFrame < 0 ? -songFrame : found.clock + found.span.length() - clock;
    const std::size_t length =
        left < static_cast<std::int64_t>(frames) ? static_cast<std::size_t>(left) : frames;
    return {songFrame >= 0 ? songFrame : songFrame & 15, length};
  }

 private:
  struct Entry {
    std::int64_t clock = 0;
    SongSpan span{0, 0};
  };

  Entry& last() noexcept { return pieces_[(first_ + count_ - 1) % pieces_.size()]; }
  const Entry& last() const noexcept { return entry(count_ - 1); }
  const Entry& entry(std::size_t place) const noexcept { return pieces_[(first_ + place) % pieces_.size()]; }

  std::array<Entry, 2048> pieces_{};
  std::size_t first_ = 0;
  std::size_t count_ = 0;
  std::int64_t quantumFrames_ = 0;
};

}  // namespace mixwell::engine
