#pragma once

#include <cstddef>
#include <cstdint>

#include "core/float4.h"

namespace mixwell::core {

inline float laneOf(Float4 v, std::size_t lane) {
  return v.lane(lane);
}
inline float laneOf(float v, std::size_t) {
  return v;
}
inline void setLane(Float4& v, std::size_t lane, float value) {
  v.setLane(lane, value);
}
inline void setLane(float& v, std::size_t, float value) {
  v = value;
}

/// Values that move in a straight line and end on their target exactly; V is Float4 (a ramp a lane) or float.
/// The value follows from the frames left alone, so that it does not depend on how a stretch is cut into
/// blocks. Any one thread.
template <typename V>
class Ramp {
 public:
  explicit Ramp(float value = 0.0f) : target_(value), step_(0.0f), framesLeft_(0.0f) {}

  V target() const noexcept { return target_; }
  float target(std::size_t lane) const noexcept { return laneOf(target_, lane); }
  float value(std::size_t lane) const noexcept {
    return laneOf(target_, lane) - laneOf(step_, lane) * laneOf(framesLeft_, lane);
  }
  bool settled() const noexcept { return longest_ == 0; }
  /// Whether multiplying by the target changes nothing in any lane.
  bool isUnity() const noexcept {
    for (std::size_t lane = 0; lane < sizeof(V) / sizeof(float); ++lane) {
      if (target(lane) != 1.0f) return false;
    }
    return true;
  }
  bool settled(std::size_t lane) const noexcept { return !(laneOf(framesLeft_, lane) > 0.0f); }

  /// Moves one lane to its new target in `frames` frames from now, at most 2^24; at once where it is 0.
  void start(std::size_t lane, float target, std::uint32_t frames) noexcept {
    const float from = value(lane);
    const bool moves = frames > 0 && from != target;
    setLane(step_, lane, moves ? (target - from) / static_cast<float>(frames) : 0.0f);
    setLane(framesLeft_, lane, moves ? static_cast<float>(frames) : 0.0f);
    setLane(target_, lane, target);
    if (moves && frames > longest_) longest_ = frames;
  }

  /// The value of the next frame. A block of n is followed by `passed(n)`.
  V next() noexcept {
    framesLeft_ = core::max(framesLeft_ - V(1.0f), V(0.0f));
    return target_ - step_ * framesLeft_;
  }
  /// The value that `next` will have in one lane after so many frames.
  float valueAfter(std::size_t lane, std::size_t frames) const noexcept {
    const float left = laneOf(framesLeft_, lane) - static_cast<float>(frames);
    return laneOf(target_, lane) - laneOf(step_, lane) * (left > 0.0f ? left : 0.0f);
  }
  void passed(std::size_t frames) noexcept {
    longest_ = longest_ > frames ? longest_ - static_cast<std::uint32_t>(frames) : 0;
  }

  /// Goes on without anyone looking.
  void skip(std::size_t frames) noexcept {
    if (settled()) return;
    framesLeft_ = core::max(framesLeft_ - V(static_cast<float>(frames)), V(0.0f));
    passed(frames);
  }

  void copyLane(std::size_t to, const Ramp& other, std::size_t from) noexcept {
    setLane(target_, to, laneOf(other.target_, from));
    setLane(step_, to, laneOf(other.step_, from));
    setLane(framesLeft_, to, laneOf(other.framesLeft_, from));
    if (other.longest_ > longest_) longest_ = other.longest_;
  }

 private:
  V target_;
  V step_;
  V framesLeft_;
  std::uint32_t longest_ = 0;  // frames until every lane rests
};

}  // namespace mixwell::core
