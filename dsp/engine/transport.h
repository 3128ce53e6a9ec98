#pragma once

#include <cstdint>

#include "engine/song_path.h"

namespace mixwell::engine {

/// Where playing is and what it is about to do. Stopping and jumping take effect in the position at once; the
/// old sound then goes on for the length of the monitor's ramp (`leaving`), and only after that a new start
/// is made. Belongs to the thread that runs the engine.
class Transport {
 public:
  enum class Phase : std::uint8_t {
    stopped,
    /// Playing is meant, its first block is not there yet.
    starting,
    playing,
    /// The old sound fades out in the monitor.
    leaving,
  };

  Phase phase() const noexcept { return phase_; }
  /// Whether the hand has pressed play.
  bool isPlaying() const noexcept { return meansToPlay_; }
  /// The next frame to be heard.
  std::int64_t position() const noexcept { return position_; }
  /// Where the old sound goes on while leaving.
  std::int64_t leavingPosition() const noexcept { return leavingPosition_; }
  std::int64_t origin() const noexcept { return origin_; }

  Loop loop;

  void reset() noexcept {
    phase_ = Phase::stopped;
    meansToPlay_ = false;
    position_ = origin_ = 0;
  }

  void play() noexcept {
    meansToPlay_ = true;
    if (phase_ == Phase::stopped) phase_ = Phase::starting;
  }

  void stop() noexcept {
    meansToPlay_ = false;
    if (phase_ == Phase::starting) phase_ = Phase::stopped;
    leave();
  }

  void seek(std::int64_t frame) noexcept {
    leave();
    position_ = frame;
  }

  /// The first block of a start can be played.
  void started() noexcept {
    phase_ = Phase::playing;
    origin_ = position_;
  }

  void advanceTo(std::int64_t position) noexcept { position_ = position; }
  void leaveTo(std::int64_t position) noexcept { leavingPosition_ = position; }
  /// The old sound has died away.
  void left() noexcept { phase_ = meansToPlay_ ? Phase::starting : Phase::stopped; }

 private:
  void leave() noexcept {
    if (phase_ != Phase::playing) return;
    phase_ = Phase::leaving;
    leavingPosition_ = position_;
  }

  Phase phase_ = Phase::stopped;
  bool meansToPlay_ = false;
  std::int64_t position_ = 0;
  std::int64_t leavingPosition_ = 0;
  std::int64_t origin_ = 0;
};

}  // namespace mixwell::engine
