#pragma once

#include <cstdint>

namespace mixwell::engine {

/// A passage that is played again and again: [start, end) in frames.
struct Loop {
  bool on = false;
  std::int64_t start = 0;
  std::int64_t end = 0;

  std::int64_t length() const noexcept { return end - start; }
  /// Whether playing on from a position comes to the end of the loop.
  bool isAheadOf(std::int64_t position) const noexcept { return on && position < end; }
};

/// Frames [from, to) of the song.
struct SongSpan {
  std::int64_t from;
  std::int64_t to;

  std::int64_t length() const noexcept { return to - from; }
};

/// The way that playing takes through the song: onwards, and at the end of a loop back to its start.
class SongPath {
 public:
  SongPath(std::int64_t position, const Loop& loop) noexcept : position_(position), loop_(loop) {}

  std::int64_t position() const noexcept { return position_; }

  /// The next stretch in one piece, at most `frames` long; the path is then behind it.
  SongSpan next(std::int64_t frames) noexcept {
    SongSpan span{position_, position_ + frames};
    if (loop_.isAheadOf(position_) && span.to >= loop_.end) {
      span.to = loop_.end;
      position_ = loop_.start;
    } else {
      position_ = span.to;
    }
    return span;
  }

 private:
  std::int64_t position_;
  Loop loop_;
};

/// Looks along the path without playing: once round a loop at most, for there is nothing new behind that.
class SongWalk {
 public:
  SongWalk() noexcept : SongWalk(0, {}, 0) {}
  SongWalk(std::int64_t position, const Loop& loop, std::int64_t frames) noexcept
      : path_(position, loop), loopLength_(loop.length()), framesLeft_(frames) {}

  /// The next stretch, at most `frames` long; false at the end.
  bool next(std::int64_t frames, SongSpan& stretch) noexcept {
    if (framesLeft_ <= 0) return false;
    stretch = path_.next(frames < framesLeft_ ? frames : framesLeft_);
    framesLeft_ -= stretch.length();
    if (!wrapped_ && path_.position() != stretch.to) {
      wrapped_ = true;
      if (framesLeft_ > loopLength_) framesLeft_ = loopLength_;
    }
    return true;
  }

 private:
  SongPath path_;
  std::int64_t loopLength_;
  std::int64_t framesLeft_;
  bool wrapped_ = false;
};

}  // namespace mixwell::engine
