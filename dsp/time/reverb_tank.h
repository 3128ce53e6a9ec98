#pragma once

#include <array>
#include <cstdint>

#include "core/float4.h"
#include "core/memory.h"
#include "time/reverb_kinds.h"

namespace mixwell::time {

/// Frames between two points at which the reverb's settings are computed; in between they run straight.
inline constexpr std::uint32_t reverbGrid = 32;

/// A delay in frames, in steps of 2^-32, that moves in a straight line.
struct MovingDelay {
  std::int64_t position = 0;
  std::int64_t step = 0;

  static constexpr double one = 4294967296.0;

  /// From where it is to a delay that it has after `reverbGrid` frames.
  void moveTo(double frames) noexcept {
    const auto end = static_cast<std::int64_t>(frames * one);
    step = (end - position) / static_cast<std::int64_t>(reverbGrid);
  }
  void jumpTo(double frames) noexcept {
    position = static_cast<std::int64_t>(frames * one);
    step = 0;
  }
  std::uint32_t whole() const noexcept { return static_cast<std::uint32_t>(position >> 32); }
  float part() const noexcept {
    return static_cast<float>(static_cast<std::int32_t>((position >> 8) & 0xffffff)) * (1.0f / 16777216.0f);
  }
};

/// Four values a row, that run straight from one point of the grid to the next.
struct MovingFloats {
  core::Float4 now{0.0f};
  core::Float4 step{0.0f};

  void moveTo(core::Float4 end) noexcept { step = (end - now) * (1.0f / static_cast<float>(reverbGrid)); }
  void jumpTo(core::Float4 end) noexcept {
    now = end;
    step = core::Float4(0.0f);
  }
  core::Float4 next() noexcept {
    now = now + step;
    return now;
  }
};

/// Sixteen delay lines that feed one another through a Hadamard matrix (Jot and Chaigne, "Digital delay
/// networks for designing artificial reverberators", AES 1991): every line loses what its length costs at the
/// wanted decay, by band through three shelves. The lines are modulated and read by cubic Lagrange
/// interpolation, whose gain is nowhere above 1. Any one thread.
class ReverbTank {
 public:
  /// Factors of one vector of lines: the whole, and how much of it is left above and below the shelves.
  struct Losses {
    core::Float4 gain{1.0f};
    core::Float4 high{1.0f};
    core::Float4 air{1.0f};
    core::Float4 lowMore{0.0f};  // over 1
  };
  struct Output {
    core::Float4 left;
    core::Float4 right;
  };

  void takeMemory(std::size_t longestFrames, core::Memory& memory) noexcept;
  void clear() noexcept;

  std::array<MovingDelay, reverbLines>& delays() noexcept { return delays_; }
  void moveLosses(const std::array<Losses, reverbVectors>& ends, bool jump) noexcept;
  /// Corners of the shelves: the share of a one-pole's way that it goes in a frame.
  void setCorners(float high, float air, float low) noexcept;
  /// Lets filters that nobody hears any more be nothing.
  void flush() noexcept;

  /// At most `reverbGrid` frames: what the lines get, a value a lane of each vector, becomes the sums of what
  /// they give by lanes. No delay may be under `reverbGrid` + 2 frames.
  void process(const core::Float4* inputs, std::size_t frames, Output* outputs) noexcept;

 private:
  struct Filters {
    core::Float4 high{0.0f};
    core::Float4 air{0.0f};
    core::Float4 low{0.0f};
  };
  struct MovingLosses {
    MovingFloats gain;
    MovingFloats high;
    MovingFloats air;
    MovingFloats lowMore;
  };

  using Stretch = core::Float4[reverbVectors][reverbGrid + 4];

  core::Float4 read(std::size_t line, std::uint32_t frame) noexcept;
  void readAll(std::size_t frames, Stretch& sounds) noexcept;
  void run(const core::Float4* inputs, std::size_t frames, Stretch& sounds, Output* outputs) noexcept;
  void writeAll(std::size_t frames, Stretch& sounds) noexcept;

  static constexpr std::size_t guard = 6;  // first samples again behind the last, so that seven lie in a row
  std::span<float> samples_;
  std::size_t stride_ = 0;
  std::uint32_t mask_ = 0;
  std::uint32_t at_ = 0;
  std::uint32_t written_ = 0;
  std::array<MovingDelay, reverbLines> delays_;
  std::array<MovingLosses, reverbVectors> losses_;
  std::array<Filters, reverbVectors> filters_;
  core::Float4 highCorner_{0.0f};
  core::Float4 airCorner_{0.0f};
  core::Float4 lowCorner_{0.0f};
};

/// Sound under -300 dB is none.
inline core::Float4 audible(core::Float4 x) noexcept {
  return core::select(core::less(core::abs(x), core::Float4(1e-15f)), core::Float4(0.0f), x);
}

}  // namespace mixwell::time
