#pragma once

#include <cstddef>
#include <cstdint>

#include "engine/arena.h"

namespace mixwell::engine {

/// Stereo sound held back by a number of frames that may change: from the old delay it is faded to the new
/// one once that much has been heard. Memory comes out of an arena, and only while there is a delay. Belongs
/// to the thread that runs the engine.
class DelayPath {
 public:
  /// Delays by `frames` from now on; fades within `fadeFrames`, or passes over at once where that is 0.
  /// False where the arena has no room: then the old delay stays.
  bool setDelay(std::uint32_t frames, std::uint32_t fadeFrames, Arena& arena) noexcept;
  /// Silence behind it; fades are at their ends.
  void reset() noexcept;
  /// Gives its memory back.
  void release(Arena& arena) noexcept;

  std::uint32_t delay() const noexcept { return wanted_; }
  /// Whether what goes in comes out as it is.
  bool isPlain() const noexcept { return left_ == nullptr; }
  /// Whether something may still come out after silence at the input.
  bool isDraining() const noexcept { return soundFor_ > 0; }

  /// In place; `silent` says that the sound is all zero. Returns whether something comes out.
  bool process(float* left, float* right, std::size_t frames, bool silent) noexcept;

 private:
  void write(const float* left, const float* right, std::size_t frames) noexcept;
  float readAt(const float* samples, std::uint32_t end, std::uint32_t i, std::uint32_t back,
               std::uint32_t known) const noexcept {
    return back <= known + i ? samples[(end + i - back) & mask_] : 0.0f;
  }
  bool grow(std::uint32_t delay, Arena& arena) noexcept;

  float* left_ = nullptr;
  float* right_ = nullptr;
  std::uint32_t mask_ = 0;
  std::uint32_t at_ = 0;     // where the next frame goes
  std::uint32_t heard_ = 0;  // frames behind that are known
  std::uint32_t now_ = 0;
  std::uint32_t next_ = 0;    // where a fade leads
  std::uint32_t wanted_ = 0;  // where the next one will
  std::uint32_t wait_ = 0;    // frames until enough is heard for the fade
  std::uint32_t fadeLeft_ = 0;
  std::uint32_t fadeFrames_ = 1;
  std::uint32_t soundFor_ = 0;
};

}  // namespace mixwell::engine
