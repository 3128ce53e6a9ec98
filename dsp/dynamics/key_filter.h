#pragma once

#include "core/math.h"
#include "dynamics/lanes.h"

namespace mixwell::dynamics {

/// Low cut and high cut of a side-chain, 12 dB an octave each, Butterworth: state-variable filters in
/// Zavalishin's topology-preserving form. A cut at the end of its range is off; once it has been moved it
/// runs until the next reset, so that nothing depends on how a stretch is cut into blocks. One thread.
template <typename V>
class KeyFilter {
 public:
  static constexpr double lowestHz = 10.0;
  static constexpr double highestHz = 20000.0;

  void prepare(double sampleRateHz) noexcept {
    sampleRateHz_ = sampleRateHz;
    for (std::size_t lane = 0; lane < lanesOf<V>; ++lane) {
      setLowCut(lane, lowestHz, 0);
      setHighCut(lane, highestHz, 0);
      reset(lane);
    }
  }

  void setLowCut(std::size_t lane, double hz, std::uint32_t glideFrames) noexcept {
    set(low_, lane, hz, hz > lowestHz, glideFrames);
  }
  void setHighCut(std::size_t lane, double hz, std::uint32_t glideFrames) noexcept {
    set(high_, lane, hz, hz < highestHz, glideFrames);
  }

  bool runs() const noexcept { return low_.running > 0 || high_.running > 0; }
  bool settled() const noexcept { return low_.slope.settled() && high_.slope.settled(); }
  bool settled(std::size_t lane) const noexcept {
    return low_.slope.settled(lane) && high_.slope.settled(lane);
  }

  void reset(std::size_t lane) noexcept {
    for (Cut* cut : {&low_, &high_}) {
      finishLane(cut->slope, lane);
      switchLane(*cut, lane, cut->wanted[lane]);
      for (V* state : {&cut->left.first, &cut->left.second, &cut->right.first, &cut->right.second}) {
        core::setLane(*state, lane, 0.0f);
      }
    }
  }

  void process(engine::QuadBlock<V>& key, std::size_t frames) noexcept {
    if (low_.running > 0) run<true>(low_, key, frames);
    if (high_.running > 0) run<false>(high_, key, frames);
  }

  void skip(std::size_t frames) noexcept {
    low_.slope.skip(frames);
    high_.slope.skip(frames);
  }
  /// Whether silence would leave everything as it is.
  bool atRest() const noexcept { return !runs() || (isSilent(low_) && isSilent(high_)); }

  void copyLane(std::size_t to, const KeyFilter& other, std::size_t from) noexcept {
    copyCut(low_, to, other.low_, from);
    copyCut(high_, to, other.high_, from);
  }

 private:
  struct State {
    V first{0.0f};
    V second{0.0f};
  };
  struct Cut {
    core::Ramp<V> slope{0.0f};  // tan of half the angle a frame
    V on{0.0f};                 // 1 in the lanes that are filtered
    bool wanted[lanesOf<V>]{};
    int running = 0;
    State left;
    State right;
  };

  void set(Cut& cut, std::size_t lane, double hz, bool wanted, std::uint32_t glideFrames) noexcept {
    const double held = hz < 0.45 * sampleRateHz_ ? hz : 0.45 * sampleRateHz_;
    const double angle = core::pi * held / sampleRateHz_;
    cut.slope.start(lane, static_cast<float>(core::sin(angle) / core::cos(angle)), glideFrames);
    cut.wanted[lane] = wanted;
    if (wanted) switchLane(cut, lane, true);
  }

  static void switchLane(Cut& cut, std::size_t lane, bool on) noexcept {
    const bool was = core::laneOf(cut.on, lane) != 0.0f;
    cut.running += static_cast<int>(on) - static_cast<int>(was);
    core::setLane(cut.on, lane, on ? 1.0f : 0.0f);
  }

  static V flushed(V x) noexcept { return core::select(core::less(core::abs(x), V(1e-15f)), V(0.0f), x); }

  template <bool highPass, typename Mask>
  static V step(State& s, V x, V a1, V a2, V a3, Mask on) noexcept {
    constexpr float damping = 1.41421356f;
    const V in = soundOrSilence(x);
    const V v3 = in - s.second;
    const V v1 = a1 * s.first + a2 * v3;
    const V v2 = s.second + (a2 * s.first + a3 * v3);
    s.first = core::select(on, flushed(v1 + v1 - s.first), V(0.0f));
    s.second = core::select(on, flushed(v2 + v2 - s.second), V(0.0f));
    return core::select(on, highPass ? in - V(damping) * v1 - v2 : v2, x);
  }

  template <bool highPass>
  static void run(Cut& cut, engine::QuadBlock<V>& key, std::size_t frames) noexcept {
    const auto on = core::less(V(0.0f), cut.on);
    const bool moves = !cut.slope.settled();
    State left = cut.left;
    State right = cut.right;
    V a1;
    V a2;
    V a3;
    const auto tune = [&](V g) {
      a1 = V(1.0f) / (V(1.0f) + g * (g + V(1.41421356f)));
      a2 = g * a1;
      a3 = g * a2;
    };
    tune(cut.slope.target());
    for (std::size_t i = 0; i < frames; ++i) {
      if (moves) tune(cut.slope.next());
      key.left[i] = step<highPass>(left, key.left[i], a1, a2, a3, on);
      key.right[i] = step<highPass>(right, key.right[i], a1, a2, a3, on);
    }
    if (moves) cut.slope.passed(frames);
    cut.left = left;
    cut.right = right;
  }

  static bool isSilent(const Cut& cut) noexcept {
    for (std::size_t lane = 0; lane < lanesOf<V>; ++lane) {
      for (const V* state : {&cut.left.first, &cut.left.second, &cut.right.first, &cut.right.second}) {
        if (core::laneOf(*state, lane) != 0.0f) return false;
      }
    }
    return true;
  }

  static void copyCut(Cut& cut, std::size_t to, const Cut& other, std::size_t from) noexcept {
    cut.slope.copyLane(to, other.slope, from);
    cut.wanted[to] = other.wanted[from];
    switchLane(cut, to, core::laneOf(other.on, from) != 0.0f);
    copyLaneOf(cut.left.first, to, other.left.first, from);
    copyLaneOf(cut.left.second, to, other.left.second, from);
    copyLaneOf(cut.right.first, to, other.right.first, from);
    copyLaneOf(cut.right.second, to, other.right.second, from);
  }

  double sampleRateHz_ = 48000.0;
  Cut low_;
  Cut high_;
};

}  // namespace mixwell::dynamics
