#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <type_traits>

#include "core/math.h"
#include "core/pin.h"
#include "core/ramp.h"
#include "filters/section_fit.h"

namespace mixwell::filters {

/// One section of second order (SectionCoefficients) for as many tracks as V has lanes, both sides. Where the
/// poles of a lane are slow, rounding of its states would come out multiplied, so that there each sum keeps
/// what it lost for the next (W. Kahan, CACM 1965). No lane's bits depend on the others. Any one thread.
template <typename V>
class SectionLanes {
 public:
  static constexpr std::size_t lanes = std::is_same_v<V, float> ? 1 : core::laneCount;

  /// Goes to other coefficients, at once or in a straight line of `frames` frames; `framesLeft` are those
  /// that the lane still had to go.
  void set(std::size_t lane, const SectionCoefficients& to, float frames, float framesLeft) noexcept {
    const std::array<double, numbers> wanted = {to.d, to.e1, to.e2, to.g, to.a};
    const bool wasSlow = isSlow(lane);
    for (std::size_t i = 0; i < numbers; ++i) {
      const auto target = static_cast<float>(wanted[i]);
      const float from = core::laneOf(target_[i], lane) - core::laneOf(step_[i], lane) * framesLeft;
      core::setLane(step_[i], lane, frames > 0.0f ? (target - from) / frames : 0.0f);
      core::setLane(target_[i], lane, target);
    }
    setKeeps(lane, isSlow(lane) || (frames > 0.0f && wasSlow));
  }
  /// Where the lane goes.
  SectionCoefficients coefficients(std::size_t lane) const noexcept {
    const auto at = [&](std::size_t i) { return static_cast<double>(core::laneOf(target_[i], lane)); };
    return {at(0), at(1), at(2), at(3), at(4)};
  }
  /// The lane has arrived.
  void settle(std::size_t lane) noexcept {
    for (V& step : step_) core::setLane(step, lane, 0.0f);
    setKeeps(lane, isSlow(lane));
  }

  /// Whether a lane takes part; it starts without sound, and stops at once.
  void use(std::size_t lane, bool used) noexcept {
    core::setLane(used_, lane, used ? 1.0f : 0.0f);
    silence(lane);
    if (!used) set(lane, {}, 0.0f, 0.0f);
  }
  bool isUsed(std::size_t lane) const noexcept { return core::laneOf(used_, lane) > 0.0f; }

  void silence(std::size_t lane) noexcept {
    for (Side* side : {&left_, &right_}) {
      for (V* state : {&side->w, &side->v, &side->lostW, &side->lostV}) core::setLane(*state, lane, 0.0f);
    }
  }
  /// Frames in which a lane's states decay by 360 dB, as it is set.
  double tailFrames(std::size_t lane) const noexcept {
    const SectionCoefficients c = coefficients(lane);
    const double root = 0.25 * c.a * c.a - c.g * c.g;
    const double radius = root < 0.0 ? std::sqrt(std::max(1.0 - c.a + c.g * c.g, 0.0))
                                     : std::max(std::abs(1.0 - 0.5 * c.a + std::sqrt(root)),
                                                std::abs(1.0 - 0.5 * c.a - std::sqrt(root)));
    const double octaves = core::log2(std::min(radius, 1.0 - 1e-7));
    return -60.0 / octaves;
  }
  bool isSilent(std::size_t lane) const noexcept { return left_.isSilent(lane) && right_.isSilent(lane); }

  void copyLane(std::size_t to, const SectionLanes& other, std::size_t from) noexcept {
    const auto copy = [&](V& mine, const V& theirs) { core::setLane(mine, to, core::laneOf(theirs, from)); };
    for (std::size_t i = 0; i < numbers; ++i) {
      copy(target_[i], other.target_[i]);
      copy(step_[i], other.step_[i]);
    }
    copy(used_, other.used_);
    copy(keeps_, other.keeps_);
    left_.copyLane(to, other.left_, from);
    right_.copyLane(to, other.right_, from);
    refresh();
  }

  /// After lanes were changed.
  void refresh() noexcept {
    anyUsed_ = anyKeeps_ = false;
    allUsed_ = true;
    for (std::size_t lane = 0; lane < lanes; ++lane) {
      anyUsed_ = anyUsed_ || isUsed(lane);
      allUsed_ = allUsed_ && isUsed(lane);
      anyKeeps_ = anyKeeps_ || (isUsed(lane) && core::laneOf(keeps_, lane) > 0.0f);
    }
  }
  bool anyUsed() const noexcept { return anyUsed_; }
  bool allUsed() const noexcept { return allUsed_; }
  bool anyKeeps() const noexcept { return anyKeeps_; }

  /// Coefficients on their way; `framesLeft` is that of the band before the first frame.
  void processMoving(V* left, V* right, std::size_t frames, V framesLeft) noexcept {
    Running<true, true> run(*this);
    for (std::size_t i = 0; i < frames; ++i) {
      framesLeft = core::max(framesLeft - V(1.0f), V(0.0f));
      const Coefficients now = at(framesLeft);
      left[i] = run.next(now, left[i], run.left);
      right[i] = run.next(now, right[i], run.right);
    }
    run.finish(*this);
  }

  /// Coefficients at rest.
  void process(V* left, V* right, std::size_t frames) noexcept {
    choose(anyKeeps_, [&](auto keeps) {
      choose(!allUsed_, [&](auto partial) { run<keeps.value, partial.value>(left, right, frames); });
    });
  }

  /// This and the next section in one pass, which is quicker and gives the same bits.
  void processWith(SectionLanes& second, V* left, V* right, std::size_t frames) noexcept {
    choose(!allUsed_ || !second.allUsed_, [&](auto partial) {
      choose(anyKeeps_, [&](auto keeps) {
        choose(second.anyKeeps_, [&](auto secondKeeps) {
          runWith<keeps.value, secondKeeps.value, partial.value>(second, left, right, frames);
        });
      });
    });
  }

  /// Takes away what is too small to be heard and would only become denormal, and what is no number any more.
  void tidy() noexcept {
    left_.tidy();
    right_.tidy();
  }

 private:
  static constexpr std::size_t numbers = 5;
  /// Decay in a frame (nepers) under which a lane keeps what its sums lose: at 48 kHz a cut of 12 dB
  /// per octave at 55 Hz.
  static constexpr float slowDecay = 0.005f;

  using Coefficients = std::array<V, numbers>;

  struct Side {
    V w{0.0f}, v{0.0f}, lostW{0.0f}, lostV{0.0f};

    bool isSilent(std::size_t lane) const noexcept {
      return core::laneOf(w, lane) == 0.0f && core::laneOf(v, lane) == 0.0f;
    }
    void copyLane(std::size_t to, const Side& other, std::size_t from) noexcept {
      core::setLane(w, to, core::laneOf(other.w, from));
      core::setLane(v, to, core::laneOf(other.v, from));
      core::setLane(lostW, to, core::laneOf(other.lostW, from));
      core::setLane(lostV, to, core::laneOf(other.lostV, from));
    }
    void tidy() noexcept {
      const V zero(0.0f);
      const V larger = core::max(core::abs(w), core::abs(v));
      const auto heard = core::less(V(1e-15f), larger);
      // Written so that a NaN in either fails.
      const auto sane = core::less(core::abs(w) + core::abs(v), V(1e9f));
      for (V* state : {&w, &v, &lostW, &lostV}) {
        *state = core::select(heard, core::select(sane, *state, zero), zero);
      }
    }
  };

  // States go through a block in registers. Coefficients stay in memory: with them a loop has more values
  // than registers, and then it is the states that compilers put away, which the next frame waits for.
  template <bool Keeps, bool Partial>
  struct Running {
    explicit Running(const SectionLanes& section)
        : left(section.left_), right(section.right_), used(section.used_), keeps(section.keeps_) {}

    V next(const Coefficients& c, V x, Side& side) const noexcept {
      const auto& [d, e1, e2, g, a] = c;
      const V y = d * x + side.w;
      V stepW = (e1 * x + g * side.v) - a * side.w;
      V stepV = e2 * x - g * side.w;
      if constexpr (Keeps) {
        stepW = stepW - side.lostW;
        stepV = stepV - side.lostV;
        const V w = side.w + stepW;
        const V v = side.v + stepV;
        side.lostW = ((w - side.w) - stepW) * keeps;
        side.lostV = ((v - side.v) - stepV) * keeps;
        side.w = w;
        side.v = v;
      } else {
        side.w = side.w + stepW;
        side.v = side.v + stepV;
      }
      core::pin(side.w);
      core::pin(side.v);
      if constexpr (Partial) return core::select(core::less(V(0.0f), used), y, x);
      return y;
    }
    void finish(SectionLanes& section) const noexcept {
      section.left_ = left;
      section.right_ = right;
    }

    Side left, right;
    V used, keeps;
  };

  template <bool Keeps, bool Partial>
  void run(V* left, V* right, std::size_t frames) noexcept {
    Running<Keeps, Partial> a(*this);
    for (std::size_t i = 0; i < frames; ++i) {
      left[i] = a.next(target_, left[i], a.left);
      right[i] = a.next(target_, right[i], a.right);
    }
    a.finish(*this);
  }

  template <bool Keeps, bool SecondKeeps, bool Partial>
  void runWith(SectionLanes& second, V* left, V* right, std::size_t frames) noexcept {
    Running<Keeps, Partial> a(*this);
    Running<SecondKeeps, Partial> b(second);
    for (std::size_t i = 0; i < frames; ++i) {
      left[i] = b.next(second.target_, a.next(target_, left[i], a.left), b.left);
      right[i] = b.next(second.target_, a.next(target_, right[i], a.right), b.right);
    }
    a.finish(*this);
    b.finish(second);
  }

  Coefficients at(V framesLeft) const noexcept {
    return {target_[0] - step_[0] * framesLeft, target_[1] - step_[1] * framesLeft,
            target_[2] - step_[2] * framesLeft, target_[3] - step_[3] * framesLeft,
            target_[4] - step_[4] * framesLeft};
  }

  bool isSlow(std::size_t lane) const noexcept {
    const float g = core::laneOf(target_[3], lane);
    const float a = core::laneOf(target_[4], lane);
    return (a < 2.0f * g ? 0.5f * a : g > 0.0f ? g * g / a : a) < slowDecay;
  }

  void setKeeps(std::size_t lane, bool keeps) noexcept {
    core::setLane(keeps_, lane, keeps ? 1.0f : 0.0f);
    if (keeps) return;
    for (Side* side : {&left_, &right_}) {
      core::setLane(side->lostW, lane, 0.0f);
      core::setLane(side->lostV, lane, 0.0f);
    }
  }

  template <typename Use>
  static void choose(bool is, Use use) noexcept {
    if (is) {
      use(std::true_type{});
    } else {
      use(std::false_type{});
    }
  }

  std::array<V, numbers> target_{V(1.0f), V(0.0f), V(0.0f), V(0.0f), V(0.0f)};
  std::array<V, numbers> step_{V(0.0f), V(0.0f), V(0.0f), V(0.0f), V(0.0f)};
  V used_{0.0f};
  V keeps_{0.0f};
  Side left_, right_;
  bool anyUsed_ = false;
  bool allUsed_ = false;
  bool anyKeeps_ = false;
};

}  // namespace mixwell::filters
