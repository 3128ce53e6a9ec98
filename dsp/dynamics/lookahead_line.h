#pragma once

#include <span>

#include "core/memory.h"
#include "dynamics/lanes.h"

namespace mixwell::dynamics {

/// Holds sound back by a number of frames that each lane has for itself and that may change: the lane then
/// fades from the old place to the new one. What was not heard since a lane's reset is silence. One thread.
template <typename V>
class LookaheadLine {
 public:
  void takeMemory(std::size_t longest, core::Memory& memory) noexcept {
    std::size_t size = 1;
    while (size < longest + engine::quantumFrames) size *= 2;
    frames_ = memory.take<Frame>(size);
    mask_ = size - 1;
  }

  /// Fades within `fadeFrames`, or passes over at once where that is 0.
  void setDelay(std::size_t lane, std::size_t frames, std::size_t fadeFrames) noexcept {
    Place& place = places_[lane];
    if (place.wanted == frames && (fadeFrames > 0 || !place.moves())) return;
    if (place.longest() == 0 || fadeFrames == 0) heard_[lane] = 0;
    place.wanted = frames;
    place.fadeFrames = fadeFrames;
    if (fadeFrames == 0) place.finish();
  }
  std::size_t delay(std::size_t lane) const noexcept { return places_[lane].wanted; }
  /// Whether a lane passes as it is.
  bool isIdle(std::size_t lane) const noexcept { return places_[lane].longest() == 0; }
  void reset(std::size_t lane) noexcept {
    heard_[lane] = 0;
    places_[lane].finish();
  }
  bool runs() const noexcept { return longestDelay() > 0; }
  /// Whether nothing but silence is still to come, from places that stay.
  bool isSilent() const noexcept {
    for (const Place& place : places_) {
      if (place.moves()) return false;
    }
    return silentFor_ >= longestDelay();
  }

  void process(engine::QuadBlock<V>& block, std::size_t frames, bool silent = false) noexcept {
    silentFor_ = silent ? silentFor_ + frames : 0;
    delayBy(block, frames);
  }

  void copyLane(std::size_t to, const LookaheadLine& other, std::size_t from) noexcept {
    places_[to] = other.places_[from];
    const std::size_t longest = places_[to].longest();
    heard_[to] = other.heard_[from] < longest ? other.heard_[from] : longest;
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

  struct Place {
    std::size_t now = 0;
    std::size_t next = 0;    // where a fade leads
    std::size_t wanted = 0;  // where the next one will
    std::size_t fadeLeft = 0;
    std::size_t fadeFrames = 1;

    bool moves() const noexcept { return now != next || now != wanted; }
    std::size_t longest() const noexcept {
      const std::size_t most = now > next ? now : next;
      return most > wanted ? most : wanted;
    }
    void finish() noexcept { now = next = wanted; }
  };

  std::size_t longestDelay() const noexcept {
    std::size_t most = 0;
    for (const Place& place : places_) most = place.longest() > most ? place.longest() : most;
    return most;
  }

  void delayBy(engine::QuadBlock<V>& block, std::size_t frames) noexcept {
    for (std::size_t i = 0; i < frames; ++i) frames_[(at_ + i) & mask_] = {block.left[i], block.right[i]};
    bool together = true;  // all lanes read the same frames, and none before its reset
    for (std::size_t lane = 0; lane < lanesOf<V>; ++lane) {
      const Place& place = places_[lane];
      together = together && !place.moves() && place.now == places_[0].now && heard_[lane] >= place.now;
    }
    if (together) {
      for (std::size_t i = 0; i < frames; ++i) {
        const Frame& then = frames_[(at_ + i - places_[0].now) & mask_];
        block.left[i] = then.left;
        block.right[i] = then.right;
      }
    } else {
      for (std::size_t lane = 0; lane < lanesOf<V>; ++lane) {
        if (!isIdle(lane)) delayLane(block, lane, frames);
      }
    }
    at_ += frames;
    for (std::size_t& heard : heard_) heard = heard < mask_ ? heard + frames : heard;
  }

  void delayLane(engine::QuadBlock<V>& block, std::size_t lane, std::size_t frames) noexcept {
    Place& place = places_[lane];
    for (std::size_t i = 0; i < frames; ++i) {
      const std::size_t heard = heard_[lane] + i;
      // What goes undelayed until now has to be heard for as long as it is to be held back.
      const bool ready = place.now > 0 || heard >= place.wanted;
      if (place.now == place.next && place.next != place.wanted && ready) {
        place.next = place.wanted;
        place.fadeLeft = place.fadeFrames;
      }
      float left = at(&Frame::left, lane, i, place.now, heard);
      float right = at(&Frame::right, lane, i, place.now, heard);
      if (place.now != place.next) {
        --place.fadeLeft;
        const float way = 1.0f - static_cast<float>(place.fadeLeft) / static_cast<float>(place.fadeFrames);
        left += (at(&Frame::left, lane, i, place.next, heard) - left) * way;
        right += (at(&Frame::right, lane, i, place.next, heard) - right) * way;
        if (place.fadeLeft == 0) place.now = place.next;
      }
      core::setLane(block.left[i], lane, left);
      core::setLane(block.right[i], lane, right);
    }
  }

  float at(V Frame::*side, std::size_t lane, std::size_t i, std::size_t back,
           std::size_t heard) const noexcept {
    return heard >= back ? core::laneOf(frames_[(at_ + i - back) & mask_].*side, lane) : 0.0f;
  }

  std::span<Frame> frames_;
  std::size_t mask_ = 0;
  std::size_t at_ = 0;
  std::size_t silentFor_ = 0;
  Place places_[lanesOf<V>]{};
  std::size_t heard_[lanesOf<V>]{};
};

}  // namespace mixwell::dynamics
