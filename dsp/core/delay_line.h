#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "core/memory.h"

namespace mixwell::core {

/// Sound as it was some frames ago. What was not written since `clear` reads as silence, so that clearing
/// costs nothing however long the line is. Any one thread.
class DelayLine {
 public:
  /// Takes memory for delays of 0 to `longest` frames.
  void takeMemory(std::size_t longest, Memory& memory) noexcept {
    std::size_t size = 1;
    while (size < longest + 1) size *= 2;
    samples_ = memory.take<float>(size);
    mask_ = static_cast<std::uint32_t>(size - 1);
    clear();
  }

  void clear() noexcept { written_ = at_ = 0; }

  void write(float sample) noexcept {
    at_ = (at_ + 1) & mask_;
    samples_[at_] = sample;
    if (written_ <= mask_) ++written_;
  }

  /// The sample that was written `delay` frames before the last one.
  float read(std::uint32_t delay) const noexcept {
    return delay < written_ ? samples_[(at_ - delay) & mask_] : 0.0f;
  }

  /// `frames` samples in a row, the last of them written `delay` frames before the last one.
  void copy(std::uint32_t delay, std::uint32_t frames, float* to) const noexcept {
    const std::uint32_t oldest = delay + frames - 1;
    if (oldest >= written_) {
      for (std::uint32_t i = 0; i < frames; ++i) to[i] = read(oldest - i);
      return;
    }
    const std::uint32_t first = (at_ - oldest) & mask_;
    const std::uint32_t toEnd = mask_ + 1 - first;
    for (std::uint32_t i = 0; i < frames && i < toEnd; ++i) to[i] = samples_[first + i];
    for (std::uint32_t i = toEnd; i < frames; ++i) to[i] = samples_[i - toEnd];
  }

  /// Between two samples, in a straight line; `delay` up to one less than the longest.
  float readLinear(float delay) const noexcept {
    const auto whole = static_cast<std::uint32_t>(delay);
    const float part = delay - static_cast<float>(whole);
    const float a = read(whole);
    return a + part * (read(whole + 1) - a);
  }

 private:
  std::span<float> samples_;
  std::uint32_t mask_ = 0;
  std::uint32_t at_ = 0;
  std::uint32_t written_ = 0;
};

}  // namespace mixwell::core
