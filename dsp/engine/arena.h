#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

namespace mixwell::engine {

/// Blocks of any size out of one piece of memory, taken and given back in constant time (Masmano, Ripoll,
/// Crespo, Real: "TLSF: a new dynamic memory allocator for real-time systems", 2004). Neighbouring free
/// blocks are joined at once. Only `prepare` allocates; one thread.
class Arena {
 public:
  static constexpr std::size_t alignment = 16;

  /// Forgets all blocks. The memory is not touched until it is used.
  void prepare(std::size_t bytes);

  /// A block of at least `bytes` bytes, not cleared; nothing where there is no room.
  std::span<std::byte> take(std::size_t bytes) noexcept;
  /// `block` begins where a block of `take` began.
  void give(std::byte* block) noexcept;

  std::size_t usedBytes() const noexcept { return usedUnits_ * alignment; }

 private:
  static constexpr std::uint32_t none = 0xffffffffU;
  static constexpr std::size_t rows = 28;
  static constexpr std::size_t columns = 16;

  struct alignas(alignment) Unit {
    std::byte bytes[alignment];
  };
  // In front of each block. A free block's links lie in its first unit.
  struct Header {
    std::uint32_t units;   // of the block, without this one
    std::uint32_t before;  // header of the block in front, or none
    std::uint32_t isFree;
    std::uint32_t padding;
  };
  struct Links {
    std::uint32_t next;
    std::uint32_t previous;
  };
  struct Cell {
    std::size_t row;
    std::size_t column;
  };

  static Cell cellOf(std::uint32_t units) noexcept;
  Header& header(std::uint32_t at) noexcept { return *reinterpret_cast<Header*>(&units_[at]); }
  Links& links(std::uint32_t at) noexcept { return *reinterpret_cast<Links*>(&units_[at + 1]); }
  void link(std::uint32_t at) noexcept;
  void unlink(std::uint32_t at) noexcept;
  std::uint32_t findFree(std::uint32_t units) const noexcept;
  std::uint32_t behind(std::uint32_t at) noexcept { return at + 1 + header(at).units; }

  std::unique_ptr<Unit[]> units_;
  std::uint32_t count_ = 0;
  std::size_t usedUnits_ = 0;
  std::uint32_t rowMap_ = 0;
  std::array<std::uint32_t, rows> columnMaps_{};
  std::array<std::array<std::uint32_t, columns>, rows> heads_{};
};

}  // namespace mixwell::engine
