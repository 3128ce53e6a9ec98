#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/ramp.h"
#include "engine/mixer.h"

namespace mixwell::engine {

/// What the ears are given: the tap, what went into the mastering chain, or what is played to compare with.
enum class AuditionChoice : std::uint8_t { tap, original, reference };
inline constexpr std::array<std::string_view, 3> auditionNames = {"tap", "original", "reference"};

/// Range of the gain that makes one as loud as the other, in dB.
inline constexpr double minAuditionDb = -60.0;
inline constexpr double maxAuditionDb = 24.0;

/// Chooses what is heard, in front of the monitor and without a gap: sounds are faded into one another. The
/// tap at unity passes untouched, to the bit. Belongs to the thread that runs the engine.
class Audition {
 public:
  void prepare(double sampleRateHz) noexcept;

  /// Linear gain of what is chosen; changes take 20 ms unless they are made `atOnce`.
  void set(AuditionChoice choice, float gain, bool atOnce) noexcept;

  /// In place: the tap comes in. Without a mastering chain the tap is the original.
  void process(const Comparisons& others, float* left, float* right, std::size_t frames) noexcept;

 private:
  bool passes() const noexcept;

  std::array<core::Ramp<float>, auditionNames.size()> gains_{core::Ramp<float>{1.0f}, core::Ramp<float>{0.0f},
                                                             core::Ramp<float>{0.0f}};
  std::uint32_t smoothingFrames_ = 0;
};

}  // namespace mixwell::engine
