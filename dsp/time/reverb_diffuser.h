#pragma once

#include <array>
#include <cstdint>

#include "core/memory.h"
#include "time/reverb_tank.h"

namespace mixwell::time {

/// Four chains of Schroeder all-passes, a lane each, that smear a sound without colour before it goes into
/// the tank ("Natural sounding artificial reverberation", JAES 1962). Any one thread.
class ReverbDiffuser {
 public:
  void takeMemory(std::size_t longestFrames, core::Memory& memory) noexcept {
    std::size_t size = 1;
    while (size < longestFrames + 1) size *= 2;
    mask_ = static_cast<std::uint32_t>(size - 1);
    for (Stage& stage : stages_) stage.samples = memory.take<float>(size * 4);
  }

  void clear() noexcept {
    at_ = 0;
    for (Stage& stage : stages_) {
      for (float& sample : stage.samples) sample = 0.0f;
    }
  }

  /// Delays of the stages in the first lane; the others are a little apart.
  void setDelays(const std::array<double, diffuserStages>& frames) noexcept {
    constexpr std::array<double, 4> apart = {1.0, 1.09, 0.93, 1.17};
    for (std::size_t i = 0; i < diffuserStages; ++i) {
      for (std::size_t lane = 0; lane < 4; ++lane) {
        stages_[i].delays[lane] = static_cast<std::uint32_t>(frames[i] * apart[lane]) + 1;
      }
    }
  }

  core::Float4 process(core::Float4 x, core::Float4 gain) noexcept {
    for (Stage& stage : stages_) {
      alignas(16) float late[4];
      for (std::size_t lane = 0; lane < 4; ++lane) {
        late[lane] = stage.samples[((at_ - stage.delays[lane]) & mask_) * 4 + lane];
      }
      const core::Float4 delayed = core::Float4::load(late);
      const core::Float4 inside = audible(x + gain * delayed);
      inside.store(&stage.samples[std::size_t{at_} * 4]);
      x = delayed - gain * inside;
    }
    at_ = (at_ + 1) & mask_;
    return x;
  }

 private:
  struct Stage {
    std::span<float> samples;
    std::array<std::uint32_t, 4> delays{1, 1, 1, 1};
  };

  std::array<Stage, diffuserStages> stages_;
  std::uint32_t mask_ = 0;
  std::uint32_t at_ = 0;
};

}  // namespace mixwell::time
