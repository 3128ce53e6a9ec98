#pragma once

#include <span>

#include "core/memory.h"
#include "dynamics/lanes.h"

namespace mixwell::dynamics {

/// Holds sound back by a number of frames that each lane has for itself. What was not heard since a lane's
/// reset is silence. One thread.
template <typename V>
class LookaheadLine {
 public:
  void takeMemory(std::size_t longest, core::Memory& memory) noexcept {
    std::size_t size = 1;
    while (size < longest + engine::quantumFrames) size *= 2;
    frames_ = memory.take<Frame>(size);
    mask_ = size - 1;
  }

  void setDelay(std::size_t lane, std::size_t frames) noexcept {
    if (delay_[lane] == frames) return;
    delay_[lane] = frames;
    heard_[lane] = 0;
  }
  std::size_t delay(std::size_t lane) const noexcept { return delay_[lane]; }
  void reset(std::size_t lane) noexcept { heard_[lane] = 0; }
  bool runs() const noexcept { return longestDelay() > 0; }
  /// Whether nothing but silence is still to come.
  bool isSilent() const noexcept { return silentFor_ >= longestDelay(); }

  void process(engine::QuadBlock<V>& block, std::size_t frames, bool silent = false) noexcept {
    silentFor_ = silent ? silentFor_ + frames : 0;
    delayBy(block, frames);
  }

  void copyLane(std::size_t to, const LookaheadLine& other, std::size_t from) noexcept {
    delay_[to] = other.delay_[from];
    heard_[to] = other.heard_[from] < delay_[to] ? other.heard_[from] : delay_[to];
    silentFor_ = 0;
    for (std::size_t back = 1; back <= heard_[to]; ++back) {
      Frame& mine = frames_[(at_ - back) & mask_];
      const Frame& theirs = other.frames_[(other.at_ - back) & other.mask_];
      copyLaneOf(mine.left, to, theirs.left, from);
      copyLaneOf(mine.right, to, theirs.right, from);
    }
  }

 private:
  struct Frame {
    V left;
    V right;
  };

  std::size_t longestDelay() const noexcept {
    std::size_t longest = 0;
    for (const std::size_t frames : delay_) longest = frames > longest ? frames : longest;
    return longest;
  }

  void delayBy(engine::QuadBlock<V>& block, std::size_t frames) noexcept {
    for (std::size_t i = 0; i < frames; ++i) frames_[(at_ + i) & mask_] = {block.left[i], block.right[i]};
    bool together = true;  // all lanes read the same frames, and none before its reset
    for (std::size_t lane = 0; lane < lanesOf<V>; ++lane) {
      together = together && delay_[lane] == delay_[0] && heard_[lane] >= delay_[lane];
    }
    if (together) {
      for (std::size_t i = 0; i < frames; ++i) {
        const Frame& then = frames_[(at_ + i - delay_[0]) & mask_];
        block.left[i] = then.left;
        block.right[i] = then.right;
      }
    } else {
      for (std::size_t lane = 0; lane < lanesOf<V>; ++lane) {
        if (delay_[lane] > 0) delayLane(block, lane, frames);
      }
    }
    at_ += frames;
    for (std::size_t& heard : heard_) heard = heard < mask_ ? heard + frames : heard;
  }

  void delayLane(engine::QuadBlock<V>& block, std::size_t lane, std::size_t frames) noexcept {
    for (std::size_t i = 0; i < frames; ++i) {
      const bool known = heard_[lane] + i >= delay_[lane];
      const Frame& then = frames_[(at_ + i - delay_[lane]) & mask_];
      core::setLane(block.left[i], lane, known ? core::laneOf(then.left, lane) : 0.0f);
      core::setLane(block.right[i], lane, known ? core::laneOf(then.right, lane) : 0.0f);
    }
  }

  std::span<Frame> frames_;
  std::size_t mask_ = 0;
  std::size_t at_ = 0;
  std::size_t silentFor_ = 0;
  std::size_t delay_[lanesOf<V>]{};
  std::size_t heard_[lanesOf<V>]{};
};

}  // namespace mixwell::dynamics
