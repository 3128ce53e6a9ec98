#pragma once

#include "colour/curves.h"

/// What a saturator's curves change in oversampled sound. Any thread.
namespace mixwell::colour {

/// How far the tube leans by itself, in units of the curve.
inline constexpr float tubeLean = 0.35f;
/// So that it can be divided by; the curves are straight lines there.
inline constexpr float leastDrive = 1e-5f;

/// A lean grows with the drive, so that nothing leans where nothing bends.
inline float leanOf(SaturatorCurve kind, float bias, float drive) noexcept {
  return (kind == SaturatorCurve::tube ? tubeLean + bias : bias) * (drive / (1.0f + drive));
}

/// One frame's oversampled samples: adds `part` of what the curve makes of them less themselves. `sound` has
/// one sample before it.
template <SaturatorCurve kind>
void addChange(const float* sound, std::size_t count, float drive, float lean, float gain, float part,
               float* changes) noexcept {
  const float held = drive > leastDrive ? drive : leastDrive;
  const float offset = curveAt(kind, lean);
  const core::Float4 scale(gain / held);
  for (std::size_t i = 0; i < count; i += core::laneCount) {
    core::Float4 x = core::Float4::load(sound + i);
    core::Float4 bent = x * core::Float4(held) + core::Float4(lean);
    if constexpr (kind == SaturatorCurve::hard) {
      const core::Float4 before = core::Float4::load(sound + i - 1);
      bent = hardCurveMean(before * core::Float4(held) + core::Float4(lean), bent);
      x = (x + before) * core::Float4(0.5f);
    } else {
      bent = curveAt(kind, bent);
    }
    const core::Float4 change = (bent - core::Float4(offset)) * scale - x;
    (core::Float4::load(changes + i) + change * core::Float4(part)).store(changes + i);
  }
}

inline void addChange(SaturatorCurve kind, const float* sound, std::size_t count, float drive, float bias,
                      float gain, float part, float* changes) noexcept {
  const float lean = leanOf(kind, bias, drive);
  switch (kind) {
    case SaturatorCurve::tube:
      return addChange<SaturatorCurve::tube>(sound, count, drive, lean, gain, part, changes);
    case SaturatorCurve::tape:
      return addChange<SaturatorCurve::tape>(sound, count, drive, lean, gain, part, changes);
    case SaturatorCurve::soft:
      return addChange<SaturatorCurve::soft>(sound, count, drive, lean, gain, part, changes);
    case SaturatorCurve::hard:
      return addChange<SaturatorCurve::hard>(sound, count, drive, lean, gain, part, changes);
    case SaturatorCurve::fold:
      return addChange<SaturatorCurve::fold>(sound, count, drive, lean, gain, part, changes);
  }
}

}  // namespace mixwell::colour
