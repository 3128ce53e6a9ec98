#pragma once

#include "core/ramp.h"
#include "engine/quad_stage.h"

/// What stages that run on lanes share.
namespace mixwell::dynamics {

template <typename V>
inline constexpr std::size_t lanesOf = sizeof(V) / sizeof(float);

template <typename V>
void copyLaneOf(V& to, std::size_t toLane, const V& from, std::size_t fromLane) noexcept {
  core::setLane(to, toLane, core::laneOf(from, fromLane));
}

/// Takes what would poison a filter for silence: NaN, infinities and what is far beyond any sound.
template <typename V>
V soundOrSilence(V x) noexcept {
  return core::select(core::less(core::abs(x), V(1e5f)), x, V(0.0f));
}

/// Snaps a lane's ramp to its end.
template <typename V>
void finishLane(core::Ramp<V>& ramp, std::size_t lane) noexcept {
  ramp.start(lane, ramp.target(lane), 0);
}

}  // namespace mixwell::dynamics
