#pragma once

#include <array>
#include <cstddef>
#include <span>

#include "core/memory.h"

namespace mixwell::core {

/// Takes sound of one or two channels to 2, 4, 8 or 16 times its sample rate and back, stage by stage,
/// through linear-phase FIR filters (Kaiser-windowed sincs; half-band from the second stage on), 87 dB down:
/// at the lower rate nothing above 0.51 of it comes back, and what is under 0.41 passes within 0.003 dB;
/// `wide`, 0.55 and 0.45. There and back takes a whole number of frames. Every output is one sum in one
/// order, so that the result does not depend on blocks. Any one thread.
class Oversampler {
 public:
  static constexpr std::size_t mostStages = 4;
  /// The most that `up` and `down` take at once.
  static constexpr std::size_t chunkFrames = 32;

  /// For a factor of 2 to the power of `stages`, 1 to 4.
  void takeMemory(std::size_t stages, std::size_t channels, Memory& memory, bool wide = false) noexcept;
  /// As if no sound had gone through yet; to be called before the first.
  void reset() noexcept;

  /// Stages that take a sample rate to 700 kHz or so.
  static std::size_t stagesFor(double sampleRateHz) noexcept {
    if (sampleRateHz < 60000.0) return 4;
    return sampleRateHz < 120000.0 ? 3 : 2;
  }

  std::size_t factor() const noexcept { return std::size_t{1} << stages_; }
  std::size_t latencySamples() const noexcept { return latencySamples_; }

  /// `frames` of a channel to `frames * factor()`.
  void up(std::size_t channel, const float* in, std::size_t frames, float* out) noexcept;
  void down(std::size_t channel, const float* in, std::size_t frames, float* out) noexcept;

 private:
  static constexpr std::size_t firstHalf = 61;
  static constexpr std::size_t mostTaps = firstHalf + 1;

  /// The two phases of a stage's filter, which is taken apart into its even and odd taps.
  struct Kernel {
    std::array<float, mostTaps> even{};
    std::array<float, mostTaps> odd{};
    std::size_t evenCount = 0;
    std::size_t oddCount = 0;
    /// Where the odd taps begin, in frames of the lower rate.
    std::size_t oddDelay = 0;
    /// Of the filter, in frames of the higher rate.
    std::size_t delay = 0;

    std::size_t history() const noexcept;
  };
  /// Past and present of a channel in a stage, at its lower rate.
  struct Lines {
    std::span<float> up;
    std::span<float> downEven;
    std::span<float> downOdd;
  };
  static constexpr std::size_t mostChannels = 2;

  void design(std::size_t stage, bool wide) noexcept;
  /// Frames of the stage's lower rate by which `down` waits at the top, so that the whole is whole frames.
  std::size_t padding(std::size_t stage) const noexcept { return stage + 1 == stages_ ? padding_ : 0; }

  std::size_t stages_ = 1;
  std::size_t channels_ = 0;
  std::size_t latencySamples_ = 0;
  std::size_t padding_ = 0;
  std::array<Kernel, mostStages> kernels_;
  std::array<std::array<Lines, mostStages>, mostChannels> lines_;
  std::span<float> scratch_;
};

}  // namespace mixwell::core
