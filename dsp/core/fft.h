#pragma once

#include <cstddef>
#include <span>

#include "core/memory.h"

namespace mixwell::core {

/// Fourier transform of real sound whose length is a power of two from 16 on; the same bits on every target.
/// Spectra lie as real and imaginary parts of size / 2 bins each, not scaled; what belongs to half the sample
/// rate stands where bin 0 would have its imaginary part. Any one thread.
class RealFft {
 public:
  /// Floats that a transform of that size works with.
  static constexpr std::size_t floats(std::size_t size) { return 4 * size; }

  /// Takes `floats(size)` floats; `prepare` fills them.
  void takeMemory(std::size_t size, Memory& memory) noexcept;
  /// Works in `memory` instead, of `floats(size)` floats.
  void useMemory(std::size_t size, std::span<float> memory) noexcept;
  void prepare() noexcept;

  std::size_t size() const noexcept { return size_; }
  std::size_t bins() const noexcept { return size_ / 2; }

  /// The spectrum of two halves of size / 2 samples, one after the other.
  void forward(const float* firstHalf, const float* secondHalf, float* re, float* im) noexcept;
  /// Back again, times size / 2.
  void inverse(const float* re, const float* im, float* samples) noexcept;

 private:
  struct Split {
    float* re;
    float* im;
  };

  Split transform(Split from, Split spare) noexcept;
  void firstStage(Split from, Split to) const noexcept;
  void stage(Split from, Split to, std::size_t length, std::size_t stride) const noexcept;

  std::size_t size_ = 0;
  std::span<float> cosines_;  // a whole turn
  std::span<float> sines_;
  std::span<float> work_;
};

}  // namespace mixwell::core
