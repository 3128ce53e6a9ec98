#pragma once

#include <cstddef>
#include <span>

namespace mixwell::core {

/// A block of memory that is handed out from front to back and taken back as a whole. Without a block it only
/// counts, so that one text says how much is needed and takes it. Any one thread.
class Memory {
 public:
  static constexpr std::size_t alignment = 16;

  Memory() = default;
  /// `block` begins at a multiple of `alignment`.
  explicit Memory(std::span<std::byte> block) noexcept : block_(block) {}

  /// Room for `count` items, not cleared, or nothing where the block is used up or this only counts.
  template <typename T>
  std::span<T> take(std::size_t count) noexcept {
    static_assert(alignof(T) <= alignment);
    const std::size_t at = bytes_;
    bytes_ += (count * sizeof(T) + alignment - 1) / alignment * alignment;
    if (bytes_ > block_.size()) return {};
    return {reinterpret_cast<T*>(block_.data() + at), count};
  }

  /// How much was asked for so far.
  std::size_t bytes() const noexcept { return bytes_; }

 private:
  std::span<std::byte> block_;
  std::size_t bytes_ = 0;
};

}  // namespace mixwell::core
