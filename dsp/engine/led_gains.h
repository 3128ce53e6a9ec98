#pragma once

#include <cstddef>
#include <cstdint>

namespace mixwell::engine {

/// Gains of two sides that lanes give. Where lanes are redrawn under the playhead, the way from the old gains
/// to the new takes as long as a hand's. Belongs to the thread that runs the engine.
class LedGains {
 public:
  /// What was heard before lanes took over.
  void takeOver(float left, float right) noexcept {
    left_ = left;
    right_ = right;
  }
  /// Lanes have changed while sound goes through; the next gains are led to within `frames` frames.
  void redrawn(std::uint32_t frames) noexcept { meets_ = frames; }
  void settle() noexcept { meets_ = offsetFrames_ = 0; }

  /// The gains of the next frame, where lanes say `left` and `right`.
  void next(float left, float right) noexcept {
    if (meets_ > 0) {
      offsetLeft_ = left_ - left;
      offsetRight_ = right_ - right;
      offsetFrames_ = length_ = meets_;
      meets_ = 0;
    }
    left_ = left;
    right_ = right;
    if (offsetFrames_ == 0) return;
    --offsetFrames_;
    const float part = static_cast<float>(offsetFrames_) / static_cast<float>(length_);
    left_ += offsetLeft_ * part;
    right_ += offsetRight_ * part;
  }
  float left() const noexcept { return left_; }
  float right() const noexcept { return right_; }

 private:
  float left_ = 1.0f;
  float right_ = 1.0f;
  float offsetLeft_ = 0.0f;
  float offsetRight_ = 0.0f;
  std::uint32_t offsetFrames_ = 0;
  std::uint32_t length_ = 1;
  std::uint32_t meets_ = 0;
};

}  // namespace mixwell::engine
