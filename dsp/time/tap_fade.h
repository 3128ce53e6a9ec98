#pragma once

#include <cstdint>

namespace mixwell::time {

/// A delay in whole frames that changes by cross-fading from one tap to another, so that it neither clicks
/// nor bends the pitch. A change during a fade waits for its end. Any one thread.
class TapFade {
 public:
  void prepare(std::uint32_t fadeFrames) noexcept { fadeFrames_ = fadeFrames > 0 ? fadeFrames : 1; }
  void jump(std::uint32_t delayFrames) noexcept {
    from_ = to_ = target_ = delayFrames;
    framesLeft_ = 0;
  }
  void change(std::uint32_t delayFrames) noexcept { target_ = delayFrames; }

  std::uint32_t delayFrames() const noexcept { return to_; }
  /// The longest delay that can still be heard.
  std::uint32_t longestFrames() const noexcept {
    const std::uint32_t longer = from_ > to_ ? from_ : to_;
    return longer > target_ ? longer : target_;
  }

  /// Begins a frame.
  void advance() noexcept {
    if (framesLeft_ > 0) --framesLeft_;
    if (framesLeft_ == 0) {
      from_ = to_;
      if (target_ != to_) {
        to_ = target_;
        framesLeft_ = fadeFrames_;
      }
    }
  }

  /// The sound at this frame, out of `at(delayFrames)`.
  template <typename At>
  float read(At at) const noexcept {
    const float now = at(to_);
    if (framesLeft_ == 0) return now;
    const float old = static_cast<float>(framesLeft_) / static_cast<float>(fadeFrames_);
    return now + old * (at(from_) - now);
  }

 private:
  std::uint32_t fadeFrames_ = 1;
  std::uint32_t from_ = 0;
  std::uint32_t to_ = 0;
  std::uint32_t target_ = 0;
  std::uint32_t framesLeft_ = 0;
};

}  // namespace mixwell::time
