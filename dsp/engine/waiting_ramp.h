#pragma once

#include <cstdint>

#include "core/ramp.h"

namespace mixwell::engine {

/// A value that goes to a new target after a wait, for fades whose other side has to be heard first. Belongs
/// to one thread.
class WaitingRamp {
 public:
  explicit WaitingRamp(float value = 0.0f) : ramp_(value), target_(value) {}

  float target() const noexcept { return target_; }
  bool rests() const noexcept { return wait_ == 0 && ramp_.settled(); }
  /// Whether it rests there.
  bool isAt(float value) const noexcept { return rests() && target_ == value; }

  void start(float target, std::uint32_t wait, std::uint32_t frames) noexcept {
    target_ = target;
    frames_ = frames;
    wait_ = frames == 0 ? 0 : wait;
    if (wait_ == 0) ramp_.start(0, target, frames);
  }

  float next() noexcept {
    if (wait_ > 0) {
      if (--wait_ == 0) ramp_.start(0, target_, frames_);
      return ramp_.value(0);
    }
    const float value = ramp_.next();
    ramp_.passed(1);
    return value;
  }

 private:
  core::Ramp<float> ramp_;
  float target_;
  std::uint32_t wait_ = 0;
  std::uint32_t frames_ = 0;
};

}  // namespace mixwell::engine
