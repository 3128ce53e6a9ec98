#pragma once

#include <cstdint>
#include <span>

#include "core/memory.h"

namespace mixwell::dynamics {

/// The largest of the last so many values, each 0 or more. One thread.
class SlidingMaximum {
 public:
  void takeMemory(std::size_t longest, core::Memory& memory) noexcept;
  void reset(std::size_t length) noexcept;
  void setLength(std::size_t length) noexcept { length_ = static_cast<std::uint32_t>(length); }
  float next(float value) noexcept;
  void copy(const SlidingMaximum& other) noexcept;

 private:
  struct Entry {
    float value;
    std::uint32_t at;
  };
  std::span<Entry> entries_;  // a ring of falling values
  std::uint32_t mask_ = 0;
  std::uint32_t length_ = 1;
  std::uint32_t first_ = 0;
  std::uint32_t end_ = 0;
  std::uint32_t now_ = 0;
};

}  // namespace mixwell::dynamics
