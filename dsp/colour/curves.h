#pragma once

#include "colour/saturator_params.h"
#include "core/float4.h"

/// Static curves, of slope 1 at 0, that end between -1 and 1. V is core::Float4 or float. Any thread.
namespace mixwell::colour {

/// Hyperbolic tangent as the seventh convergent of Lambert's continued fraction; error under 1e-4.
template <typename V>
V softCurve(V x) noexcept {
  const V held = core::max(core::min(x, V(4.97f)), V(-4.97f));
  const V s = held * held;
  const V above = V(135135.0f) + s * (V(17325.0f) + s * (V(378.0f) + s));
  const V below = V(135135.0f) + s * (V(62370.0f) + s * (V(3150.0f) + s * V(28.0f)));
  return held * above / below;
}

template <typename V>
V tapeCurve(V x) noexcept {
  return x / core::sqrt(V(1.0f) + x * x);
}

template <typename V>
V hardCurve(V x) noexcept {
  return core::max(core::min(x, V(1.0f)), V(-1.0f));
}

/// A sine, |x| under 1e4. What it makes of a sine has few overtones (Bessel functions), and no aliases.
template <typename V>
V foldCurve(V x) noexcept {
  const V toNearest(12582912.0f);  // 1.5 * 2^23: adding and taking it off rounds to a whole number
  const V turns = x * V(0.15915494f);
  const V part = turns - ((turns + toNearest) - toNearest);
  // Mirrored at a quarter turn, where the sine is symmetrical.
  const V size = core::abs(part);
  const V folded = V(0.25f) - core::abs(size - V(0.25f));
  const V y = V(4.0f) * folded;
  const V s = y * y;
  V p(-3.5988433e-06f);  // (pi / 2)^n / n!, for n from 11 down
  p = V(1.6044118e-04f) + s * p;
  p = V(-4.6817541e-03f) + s * p;
  p = V(7.9692626e-02f) + s * p;
  p = V(-6.4596410e-01f) + s * p;
  p = V(1.5707963e+00f) + s * p;
  const V sine = y * p;
  return core::select(core::less(part, V(0.0f)), V(0.0f) - sine, sine);
}

template <typename V>
V curveAt(SaturatorCurve curve, V x) noexcept {
  switch (curve) {
    case SaturatorCurve::tape:
      return tapeCurve(x);
    case SaturatorCurve::hard:
      return hardCurve(x);
    case SaturatorCurve::fold:
      return foldCurve(x);
    default:
      return softCurve(x);
  }
}

/// The mean of the hard curve on the way from one sample to the next, which has far fewer aliases than its
/// values (antiderivative antialiasing: Parker, Zavalishin and Le Bivic, DAFx 2016), in a form that loses no
/// digits where the samples lie close together.
template <typename V>
V hardCurveMean(V before, V now) noexcept {
  const V a = hardCurve(before);
  const V b = hardCurve(now);
  const V way = now - before;
  const V half(0.5f);
  // 0 where the samples are equal: there is no way to divide by, and nothing to add.
  const V part = core::select(core::less(V(0.0f), core::abs(way)), (b - a) / way, V(0.0f));
  const V middle = (a + b) * half;
  return middle + part * ((before + now) * half - middle);
}

}  // namespace mixwell::colour
