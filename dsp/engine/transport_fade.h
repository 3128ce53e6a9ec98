#pragma once

#include <cstddef>
#include <cstdint>

namespace mixwell::engine {

/// The monitor's ramp at start, stop and seek: a smooth step of fixed length, which can turn round on its
/// way. Belongs to one thread.
class TransportFade {
 public:
  void prepare(std::uint32_t frames) noexcept {
    frames_ = frames;
    at_ = 0;
  }

  std::uint32_t frames() const noexcept { return frames_; }
  void open() noexcept { at_ = frames_; }
  void close() noexcept { at_ = 0; }
  bool isClosed() const noexcept { return at_ == 0; }

  /// Multiplies a stretch by the ramp, which moves towards 1 (opening) or 0. At rest at 1 nothing is touched.
  void apply(bool opening, float* left, float* right, std::size_t frames) noexcept {
    for (std::size_t i = 0; i < frames; ++i) {
      if (opening) {
        if (at_ >= frames_) return;
        ++at_;
      } else if (at_ > 0) {
        --at_;
      }
      const float x = static_cast<float>(at_) / static_cast<float>(frames_);
      const float gain = x * x * (3.0f - 2.0f * x);
      left[i] *= gain;
      right[i] *= gain;
    }
  }

 private:
  std::uint32_t frames_ = 1;
  std::uint32_t at_ = 0;
};

}  // namespace mixwell::engine
