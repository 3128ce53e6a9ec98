#pragma once

#include <algorithm>

#include "dynamics/lanes.h"
#include "dynamics/smoothing.h"
#include "dynamics/static_curve.h"

namespace mixwell::dynamics {

/// What a smoother remembers of one side. In powers of 2 of power.
template <typename V>
struct ReductionPath {
  V latest{leastReduction};    // largest reduction asked for in the running stretch,
  V previous{leastReduction};  // in the one before it
  V oldest{leastReduction};    // and in the one before that
  V reduction{leastReduction};

  void clear(std::size_t lane) noexcept {
    for (V* held : {&latest, &previous, &oldest, &reduction}) core::setLane(*held, lane, leastReduction);
  }
  void copyLane(std::size_t to, const ReductionPath& other, std::size_t from) noexcept {
    copyLaneOf(latest, to, other.latest, from);
    copyLaneOf(previous, to, other.previous, from);
    copyLaneOf(oldest, to, other.oldest, from);
    copyLaneOf(reduction, to, other.reduction, from);
  }
  bool atRest(std::size_t lane) const noexcept {
    for (const V* held : {&latest, &previous, &oldest, &reduction}) {
      if (core::laneOf(*held, lane) > 1.1f * leastReduction) return false;
    }
    return true;
  }
};

/// Reductions as they are asked for become reductions with an attack and a release: a branching one-pole
/// smoother in the logarithmic domain (Giannoulis, Massberg, Reiss, JAES 60, 2012, equation 16). It has gone
/// 63 % of its way after the attack or release time.
///
/// So that the ripple of a low tone neither pulls the reduction down nor modulates it, the smoother is led by
/// the largest reduction asked for in the running stretch and the two before it, each a twentieth of the
/// release time (6.25 ms at most); the exponential is shorter by as much. One thread.
template <typename V>
class ReductionSmoother {
 public:
  static constexpr std::size_t lanes = lanesOf<V>;
  static constexpr double longestStretchMs = 6.25;

  /// Times in frames.
  void setTimes(std::size_t lane, double attack, double release, double sampleRateHz) noexcept {
    const double wanted = std::min(release / 20.0, longestStretchMs * 0.001 * sampleRateHz);
    stretch_[lane] = wanted > 1.0 ? static_cast<std::uint32_t>(wanted) : 1;
    left_[lane] = std::min(std::max(left_[lane], 1U), stretch_[lane]);
    // A reduction is kept for two stretches at least and three at most.
    const double exponential = release - 2.5 * static_cast<double>(stretch_[lane]);
    const auto attackPart = static_cast<float>(smoothingPart(attack));
    const auto releasePart = static_cast<float>(smoothingPart(exponential));
    core::setLane(attack_, lane, attackPart);
    core::setLane(release_, lane, releasePart);
    slowAttack_[lane] = attackPart < releasePart;
  }

  void reset(std::size_t lane) noexcept { left_[lane] = stretch_[lane]; }

  /// Turns what is asked for into what is done and returns the largest of it. Each path of the same frames,
  /// then `passed`.
  V smooth(ReductionPath<V>& path, V* asked, std::size_t frames) const noexcept {
    return smooth(path, asked, frames, [&](std::size_t i, V reduction) { asked[i] = reduction; });
  }
  /// Calls use(frame, reduction) instead. What that computes fills the time in which the smoother waits for
  /// itself.
  template <typename Use>
  V smooth(ReductionPath<V>& path, const V* asked, std::size_t frames, Use use) const noexcept {
    bool slowAttack = false;
    for (const bool slow : slowAttack_) slowAttack = slowAttack || slow;
    std::uint32_t left[lanes];
    std::copy_n(left_, lanes, left);
    V largest(0.0f);
    for (std::size_t at = 0; at < frames;) {
      std::size_t count = frames - at;
      for (const std::uint32_t frame : left) count = std::min<std::size_t>(count, frame);
      const V here = slowAttack ? smoothStretch<true>(path, asked, at, at + count, use)
                                : smoothStretch<false>(path, asked, at, at + count, use);
      largest = core::max(largest, here);
      at += count;
      for (std::size_t lane = 0; lane < lanes; ++lane) {
        left[lane] -= static_cast<std::uint32_t>(count);
        if (left[lane] > 0) continue;
        left[lane] = stretch_[lane];
        copyLaneOf(path.oldest, lane, path.previous, lane);
        copyLaneOf(path.previous, lane, path.latest, lane);
        core::setLane(path.latest, lane, leastReduction);
      }
    }
    return largest;
  }

  void passed(std::size_t frames) noexcept {
    for (std::size_t lane = 0; lane < lanes; ++lane) {
      const std::size_t done = (stretch_[lane] - left_[lane] + frames) % stretch_[lane];
      left_[lane] = stretch_[lane] - static_cast<std::uint32_t>(done);
    }
  }

  void copyLane(std::size_t to, const ReductionSmoother& other, std::size_t from) noexcept {
    copyLaneOf(attack_, to, other.attack_, from);
    copyLaneOf(release_, to, other.release_, from);
    slowAttack_[to] = other.slowAttack_[from];
    stretch_[to] = other.stretch_[from];
    left_[to] = other.left_[from];
  }

 private:
  template <bool slowAttack, typename Use>
  V smoothStretch(ReductionPath<V>& path, const V* asked, std::size_t from, std::size_t to,
                  Use use) const noexcept {
    const V before = core::max(path.previous, path.oldest);
    const V attack = attack_;
    const V release = release_;
    const V attackKeeps = V(1.0f) - attack;
    const V releaseKeeps = V(1.0f) - release;
    const auto attackIsSlow = core::less(attack, release);
    V latest = path.latest;
    V reduction = path.reduction;
    V largest(0.0f);
    for (std::size_t i = from; i < to; ++i) {
      latest = core::max(latest, asked[i]);
      const V goal = core::max(before, latest);
      // Of two exponentials the quicker is ahead when rising, behind when falling: so the larger is the right
      // one, and no comparison lies in the loop's longest path.
      const V quick = attackKeeps * reduction + attack * goal;
      const V slow = releaseKeeps * reduction + release * goal;
      if constexpr (slowAttack) {
        reduction = core::select(attackIsSlow, core::min(quick, slow), core::max(quick, slow));
      } else {
        reduction = core::max(quick, slow);
      }
      largest = core::max(largest, reduction);
      use(i, reduction);
    }
    path.latest = latest;
    path.reduction = reduction;
    return largest;
  }

  V attack_{1.0f};
  V release_{1.0f};
  bool slowAttack_[lanes]{};        // slower than the release
  std::uint32_t stretch_[lanes]{};  // frames of a stretch
  std::uint32_t left_[lanes]{};     // until the next one begins
};

}  // namespace mixwell::dynamics
