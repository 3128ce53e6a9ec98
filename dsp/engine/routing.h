#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/arrangement.h"

namespace mixwell::engine {

/// Ways of sound between tracks: outputs, sends and keys. All methods belong to the thread that runs the
/// engine; only `prepare` allocates.
class Routing {
 public:
  void prepare(std::size_t tracks);

  /// Whether `track` would hear itself if its sound went to each of `to` as well (slots; masterSlot and none
  /// are left out).
  bool wouldLoop(const Arrangement& song, std::uint32_t track, std::span<const std::uint32_t> to) noexcept;

  struct Way {
    std::uint32_t from;
    std::uint32_t to;
  };

  /// Finds how far a track is from those that nothing goes into, by the longest way, `extra` ways among
  /// them. False where there is a loop.
  bool measure(const Arrangement& song, std::span<const Way> extra = {}) noexcept;
  /// The longest of all after `measure`.
  std::uint32_t depth() const noexcept { return depth_; }
  std::uint32_t level(std::size_t slot) const noexcept { return levels_[slot]; }

 private:
  void collect(const Arrangement& song, std::span<const Way> extra) noexcept;

  std::vector<Way> ways_;
  std::vector<std::uint32_t> firstWay_;  // by slot: where its ways begin in targets_
  std::vector<std::uint32_t> targets_;
  std::vector<std::uint32_t> levels_;
  std::vector<std::uint32_t> waysInto_;
  std::vector<std::uint32_t> queue_;
  std::vector<std::uint8_t> seen_;
  std::uint32_t depth_ = 0;
};

}  // namespace mixwell::engine
