#include "engine/automation_store.h"

#include <algorithm>

namespace mixwell::engine {

void AutomationStore::prepare() {
  points_.prepare(maxAutomationPoints, maxLanes);
  index_.prepare(maxLanes);
  targets_.assign(maxLanes, LaneTarget{});
  live_.clear();
  live_.reserve(maxLanes);
  free_.clear();
  free_.reserve(maxLanes);
  for (std::uint32_t lane = maxLanes; lane > 0; --lane) free_.push_back(lane - 1);
}

std::uint64_t AutomationStore::keyOf(const LaneTarget& target) noexcept {
  const auto owner = static_cast<std::uint64_t>(static_cast<std::uint32_t>(target.owner));
  const auto kind = static_cast<std::uint64_t>(target.kind);
  return owner << 32U | kind << 24U | static_cast<std::uint64_t>(target.slot & 0xffU) << 16U |
         (target.param & 0xffffU);
}

bool AutomationStore::fits(const LaneTarget& target, std::size_t count) const noexcept {
  const std::uint32_t lane = find(target);
  if (lane != none) return points_.fits(lane, count);
  return !free_.empty() && points_.fits(free_.back(), count);
}

std::span<AutomationPoint> AutomationStore::replace(const LaneTarget& target, std::size_t count) noexcept {
  std::uint32_t lane = find(target);
  if (lane == none) {
    lane = free_.back();
    free_.pop_back();
    live_.push_back(lane);  // within what prepare reserved
    targets_[lane] = target;
    index_.insert(keyOf(target), lane);
  }
  return points_.replace(lane, count);
}

void AutomationStore::remove(const LaneTarget& target) noexcept {
  const std::uint32_t lane = find(target);
  if (lane == none) return;
  index_.erase(keyOf(target));
  points_.release(lane);
  live_.erase(std::find(live_.begin(), live_.end(), lane));
  free_.push_back(lane);
}

}  // namespace mixwell::engine
