#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/index_map.h"
#include "engine/limits.h"

namespace mixwell::engine {

/// What the document says of a device in a chain.
struct Insert {
  std::int32_t handle = 0;
  /// Place in deviceTypes().
  std::uint32_t device = 0;
  /// Slot of the track whose chain it is in, masterSlot or masteringSlot.
  std::uint32_t owner = 0;
  bool on = true;
  bool levelMatched = false;
  /// Slot of the track that is its key, or none.
  std::uint32_t key = IndexMap::none;
  std::array<double, maxDeviceParams> params{};  ///< by the places of the device's table
};

/// Inserts of all chains. An insert keeps its number as long as it lives. All methods belong to the thread
/// that runs the engine; only `prepare` allocates.
class InsertStore {
 public:
  static constexpr std::uint32_t none = IndexMap::none;

  /// Chains are numbered by the slots of tracks; the master's and the mastering chain are the last.
  void prepare(std::size_t capacity, std::size_t chains);

  /// The number of an insert, or none.
  std::uint32_t find(std::int32_t handle) const noexcept { return index_.find(keyOf(handle)); }
  std::size_t room() const noexcept { return free_.size(); }
  Insert& operator[](std::uint32_t number) noexcept { return inserts_[number]; }
  const Insert& operator[](std::uint32_t number) const noexcept { return inserts_[number]; }

  /// Numbers of a chain's inserts, in order.
  std::span<const std::uint32_t> chain(std::size_t chain) const noexcept {
    return {chains_[chain].inserts.data(), chains_[chain].count};
  }
  /// A new insert with the defaults of its device, in no chain yet. There must be room.
  std::uint32_t add(std::int32_t handle, std::uint32_t device, std::uint32_t owner) noexcept;
  /// Takes back what `add` made, before it is in a chain.
  void remove(std::uint32_t number) noexcept;
  /// The chain's new list, at most maxInserts. Inserts that were in it and are not any more are removed.
  void setChain(std::size_t chain, std::span<const std::uint32_t> numbers) noexcept;
  /// A track is gone that may have been a key.
  void forgetKey(std::uint32_t slot) noexcept;

 private:
  struct Chain {
    std::array<std::uint32_t, maxInserts> inserts{};
    std::size_t count = 0;
  };

  static std::uint64_t keyOf(std::int32_t handle) noexcept { return static_cast<std::uint32_t>(handle); }

  std::vector<Insert> inserts_;
  std::vector<std::uint32_t> free_;
  std::vector<Chain> chains_;
  IndexMap index_;
};

}  // namespace mixwell::engine
