#pragma once

#include <array>
#include <cstddef>

#include "core/float4.h"
#include "core/math.h"
#include "core/ramp.h"

/// Second-order sections that split sound into bands, as trapezoidal state-variable filters (Simper, "Solving
/// the continuous SVF equations using trapezoidal integration", 2013) in doubles. Any one thread.
namespace mixwell::filters {

/// tan(pi f / rate), the place of a corner; corners end at 0.49 of the rate.
inline float cornerOf(double frequencyHz, double sampleRateHz) noexcept {
  const double turns = frequencyHz / sampleRateHz;
  const double held = turns < 0.49 ? turns : 0.49;
  return static_cast<float>(core::sin(core::pi * held) / core::cos(core::pi * held));
}

/// What all sections of one corner and one damping (1 / Q) share.
struct SvfShape {
  double damping = 2.0;
  double a1 = 1.0;
  double a2 = 0.0;
  double a3 = 0.0;
  double onePole = 0.0;  // of a first-order section of the same corner

  SvfShape() = default;
  SvfShape(double corner, double dampingOfSection) noexcept : damping(dampingOfSection) {
    a1 = 1.0 / (1.0 + corner * (corner + damping));
    a2 = corner * a1;
    a3 = corner * a2;
    onePole = corner / (1.0 + corner);
  }
};

namespace detail {

/// Below this nobody hears a state any more.
inline constexpr double inaudible = 1e-18;

inline bool areInaudible(double a, double b) noexcept {
  return a < inaudible && a > -inaudible && b < inaudible && b > -inaudible;
}
inline void flush(double& a, double& b) noexcept {
  if (areInaudible(a, b)) a = b = 0.0;
}
inline void flush(core::Double2& a, core::Double2& b) noexcept {
  double first[2];
  double second[2];
  a.store(first);
  b.store(second);
  for (std::size_t lane = 0; lane < 2; ++lane) flush(first[lane], second[lane]);
  a = core::Double2::load(first);
  b = core::Double2::load(second);
}

}  // namespace detail

/// One section: low, band and high pass at once. V is double, or Double2 for two sounds side by side.
template <typename V>
class SvfOf {
 public:
  struct Parts {
    V low;
    V band;
    V high;
    /// The all-pass of the same poles.
    V allPass;
  };

  void clear() noexcept { s1_ = s2_ = V(0.0); }

  Parts process(const SvfShape& shape, V x) noexcept {
    const V v3 = x - s2_;
    const V v1 = V(shape.a1) * s1_ + V(shape.a2) * v3;
    const V v2 = s2_ + V(shape.a2) * s1_ + V(shape.a3) * v3;
    s1_ = V(2.0) * v1 - s1_;
    s2_ = V(2.0) * v2 - s2_;
    return {v2, v1, x - V(shape.damping) * v1 - v2, x - V(2.0 * shape.damping) * v1};
  }

  /// Lets a state that nobody hears any more be nothing, before it becomes denormal.
  void flush() noexcept { detail::flush(s1_, s2_); }

 private:
  V s1_{0.0};
  V s2_{0.0};
};

using Svf = SvfOf<double>;

/// The lower of two bands that sum to what came in without any turn of phase, both with slopes of 12
/// dB/octave: (3s + 1) / (s + 1)^3 out of a shape of damping 2. The higher band is what it leaves.
template <typename V>
class GentleLowBandOf {
 public:
  void clear() noexcept {
    section_.clear();
    s_ = V(0.0);
  }
  void flush() noexcept {
    section_.flush();
    V nothing(0.0);
    detail::flush(s_, nothing);
  }
  V process(const SvfShape& shape, V x) noexcept {
    const typename SvfOf<V>::Parts parts = section_.process(shape, x);
    const V v = V(shape.onePole) * (V(3.0) * parts.band + parts.low - s_);
    const V low = v + s_;
    s_ = low + v;
    return low;
  }

 private:
  SvfOf<V> section_;
  V s_{0.0};
};

/// A corner that glides: its place moves in a straight line.
class GlidingShape {
 public:
  explicit GlidingShape(double damping) noexcept : damping_(damping) {}

  void start(float corner, std::uint32_t frames) noexcept {
    corner_.start(0, corner, frames);
    if (frames == 0) shape_ = SvfShape(static_cast<double>(corner), damping_);
    moving_ = !corner_.settled();
  }
  /// The shape of the next frame. A block of n is followed by `passed(n)`.
  const SvfShape& next() noexcept {
    if (moving_) shape_ = SvfShape(static_cast<double>(corner_.next()), damping_);
    return shape_;
  }
  void passed(std::size_t frames) noexcept {
    corner_.passed(frames);
    moving_ = !corner_.settled();
  }
  void skip(std::size_t frames) noexcept {
    corner_.skip(frames);
    if (moving_) shape_ = SvfShape(static_cast<double>(corner_.value(0)), damping_);
    moving_ = !corner_.settled();
  }

 private:
  core::Ramp<float> corner_{0.0f};
  SvfShape shape_;
  double damping_;
  bool moving_ = false;
};

inline constexpr double butterworthDamping = 1.4142135623730951;

/// Four bands of two channels, a lane each, whose sum is an all-pass: Linkwitz-Riley crossovers of
/// 24 dB/octave (Linkwitz, "Active crossover networks for noncoincident drivers", JAES 1976), first at the
/// middle corner, each half through the all-pass of the corner that the other half is split at.
class FourBandSplit {
  using V = core::Double2;

 public:
  static constexpr std::size_t bands = 4;

  void clear() noexcept {
    for (SvfOf<V>& section : sections_) section.clear();
  }
  void flush() noexcept {
    for (SvfOf<V>& section : sections_) section.flush();
  }

  std::array<V, bands> process(const SvfShape& lower, const SvfShape& middle, const SvfShape& upper,
                               V x) noexcept {
    const auto [low, high] = split(0, middle, x);
    const auto [band1, band2] = split(3, lower, sections_[9].process(upper, low).allPass);
    const auto [band3, band4] = split(6, upper, sections_[10].process(lower, high).allPass);
    return {band1, band2, band3, band4};
  }

 private:
  struct Halves {
    V low;
    V high;
  };

  Halves split(std::size_t first, const SvfShape& shape, V x) noexcept {
    const SvfOf<V>::Parts parts = sections_[first].process(shape, x);
    return {sections_[first + 1].process(shape, parts.low).low,
            sections_[first + 2].process(shape, parts.high).high};
  }

  std::array<SvfOf<V>, 11> sections_;
};

/// Three corners in rising order, whatever the order in which they are set.
inline std::array<double, 3> inOrder(double a, double b, double c) noexcept {
  const double low = a < b ? a : b;
  const double high = a < b ? b : a;
  if (c < low) return {c, low, high};
  return c < high ? std::array{low, c, high} : std::array{low, high, c};
}

/// Sound that can go into a filter without staying there: 0 for what is no number or beyond reason.
inline double sane(float sample) noexcept {
  return sample < 1e6f && sample > -1e6f ? static_cast<double>(sample) : 0.0;
}

}  // namespace mixwell::filters
