#pragma once

#include <cstdint>
#include <vector>

#include "engine/automation_curve.h"
#include "engine/index_map.h"
#include "engine/run_store.h"

namespace mixwell::engine {

inline constexpr std::size_t maxLanes = 2048;
inline constexpr std::size_t maxAutomationPoints = 131072;

enum class LaneKind : std::uint8_t { strip, insert, send };

/// What a lane moves. `owner`: handle of the track, or of the master; of an insert the insert's own handle.
struct LaneTarget {
  LaneKind kind = LaneKind::strip;
  std::int32_t owner = 0;
  std::uint32_t slot = 0;   ///< of a send, else 0
  std::uint32_t param = 0;  ///< place in the table; of a send 0 gain, 1 pan

  bool operator==(const LaneTarget&) const = default;
};

/// The automation of the song: lanes with their points. All methods belong to the thread that runs the
/// engine; only `prepare` allocates.
class AutomationStore {
 public:
  static constexpr std::uint32_t none = IndexMap::none;

  void prepare();

  /// Numbers of lanes that are there, in the order of their making.
  std::span<const std::uint32_t> lanes() const noexcept { return {live_.data(), live_.size()}; }
  std::uint32_t find(const LaneTarget& target) const noexcept { return index_.find(keyOf(target)); }
  const LaneTarget& target(std::uint32_t lane) const noexcept { return targets_[lane]; }
  std::span<const AutomationPoint> points(std::uint32_t lane) const noexcept { return points_.items(lane); }

  bool fits(const LaneTarget& target, std::size_t count) const noexcept;
  /// Room for a lane's new points, at least one, to be filled by frame; makes the lane where there is none.
  /// Only where `fits`.
  std::span<AutomationPoint> replace(const LaneTarget& target, std::size_t count) noexcept;
  void remove(const LaneTarget& target) noexcept;
  /// Takes away all lanes of which `gone(target)` holds.
  template <typename Gone>
  void removeIf(Gone gone) noexcept {
    for (std::size_t place = live_.size(); place > 0; --place) {
      const LaneTarget target = targets_[live_[place - 1]];
      if (gone(target)) remove(target);
    }
  }

 private:
  static std::uint64_t keyOf(const LaneTarget& target) noexcept;

  RunStore<AutomationPoint> points_;
  IndexMap index_;
  std::vector<LaneTarget> targets_;
  std::vector<std::uint32_t> live_;
  std::vector<std::uint32_t> free_;
};

}  // namespace mixwell::engine
