#pragma once

#include <cstddef>
#include <cstdint>

#include "core/ramp.h"

namespace mixwell::engine {

/// What the listener sets for the ears alone, after the tap: volume, dim, mono. Without any of it the sound
/// passes untouched, to the bit. Belongs to the thread that runs the engine.
class Monitor {
 public:
  static constexpr double dimDb = -20.0;

  void prepare(double sampleRateHz) noexcept;

  /// Linear gain; changes take 20 ms.
  void set(float gain, bool dim, bool mono) noexcept;

  /// In place.
  void process(float* left, float* right, std::size_t frames) noexcept;

 private:
  core::Ramp<float> gain_{1.0f};
  core::Ramp<float> mono_{0.0f};
  std::uint32_t smoothingFrames_ = 0;
};

}  // namespace mixwell::engine
