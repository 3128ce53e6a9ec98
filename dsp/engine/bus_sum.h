#pragma once

#include <cstring>

#include "core/float4.h"
#include "engine/quad_stage.h"

namespace mixwell::engine {

/// The sum of what goes into a bus in a quantum, in double and by lanes of the tracks that it comes from, so
/// that nothing is lost on the way and the order follows from the arrangement alone. Belongs to the thread
/// that runs the engine.
class BusSum {
 public:
  bool sounds() const noexcept { return sounds_; }
  void end() noexcept { sounds_ = false; }

  /// Four tracks at once.
  void add(const QuadBlock<core::Float4>& block, std::size_t frames) noexcept {
    begin();
    for (std::size_t i = 0; i < frames; ++i) {
      addTo(left_[i], block.left[i]);
      addTo(right_[i], block.right[i]);
    }
  }

  /// Those in whose lanes `used` is above 0, with a gain for each.
  void add(const QuadBlock<core::Float4>& block, core::Float4 used, core::Float4 gainLeft,
           core::Float4 gainRight, std::size_t frames) noexcept {
    begin();
    const core::Float4 nothing(0.0f);
    const auto mask = core::less(nothing, used);
    for (std::size_t i = 0; i < frames; ++i) {
      addTo(left_[i], core::select(mask, block.left[i] * gainLeft, nothing));
      addTo(right_[i], core::select(mask, block.right[i] * gainRight, nothing));
    }
  }

  /// The track of one lane.
  void add(std::size_t lane, const float* left, const float* right, std::size_t frames) noexcept {
    begin();
    for (std::size_t i = 0; i < frames; ++i) {
      left_[i][lane] += static_cast<double>(left[i]);
      right_[i][lane] += static_cast<double>(right[i]);
    }
  }

  void take(float* left, float* right, std::size_t frames) const noexcept {
    for (std::size_t i = 0; i < frames; ++i) {
      const double* l = left_[i];
      const double* r = right_[i];
      left[i] = static_cast<float>((l[0] + l[1]) + (l[2] + l[3]));
      right[i] = static_cast<float>((r[0] + r[1]) + (r[2] + r[3]));
    }
  }
  /// With a gain a frame.
  void take(float* left, float* right, const float* gains, std::size_t frames) const noexcept {
    for (std::size_t i = 0; i < frames; ++i) {
      const double* l = left_[i];
      const double* r = right_[i];
      const auto gain = static_cast<double>(gains[i]);
      left[i] = static_cast<float>(((l[0] + l[1]) + (l[2] + l[3])) * gain);
      right[i] = static_cast<float>(((r[0] + r[1]) + (r[2] + r[3])) * gain);
    }
  }

 private:
  static void addTo(double* sums, core::Float4 values) noexcept {
    (core::Double2::load(sums) + core::widenLow(values)).store(sums);
    (core::Double2::load(sums + 2) + core::widenHigh(values)).store(sums + 2);
  }
  void begin() noexcept {
    if (sounds_) return;
    std::memset(left_, 0, sizeof(left_));
    std::memset(right_, 0, sizeof(right_));
    sounds_ = true;
  }

  alignas(16) double left_[quantumFrames][core::laneCount];
  alignas(16) double right_[quantumFrames][core::laneCount];
  bool sounds_ = false;
};

}  // namespace mixwell::engine
