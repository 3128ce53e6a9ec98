#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace mixwell::engine {

/// Open-addressing hash table from 64-bit keys to small numbers. `prepare` allocates, nothing else does.
class IndexMap {
 public:
  static constexpr std::uint32_t none = 0xffffffffU;

  /// Room for `capacity` keys. Allocates.
  void prepare(std::size_t capacity);
  void clear() noexcept;

  /// The number stored under a key, or `none`.
  std::uint32_t find(std::uint64_t key) const noexcept;
  /// The key must be absent and the table not full.
  void insert(std::uint64_t key, std::uint32_t value) noexcept;
  void erase(std::uint64_t key) noexcept;
  std::size_t size() const noexcept { return size_; }

 private:
  struct Cell {
    std::uint64_t key;
    std::uint32_t value;
  };

  std::size_t homeOf(std::uint64_t key) const noexcept;

  std::vector<Cell> cells_;
  std::size_t mask_ = 0;
  std::size_t size_ = 0;
};

}  // namespace mixwell::engine
