#pragma once

#include <cstdint>

/// Elementary functions out of plain arithmetic, so that natives and wasm give the same bits (libm differs
/// between platforms). Errors are bounds that math_test.cpp measures against libm. Any thread.
namespace mixwell::core {

inline constexpr double pi = 3.141592653589793;

namespace detail {

inline constexpr double toNearest =
    6755399441055744.0;  // 1.5 * 2^52: adding and taking it off rounds to a whole number

/// sin and cos for |x| <= pi / 4.
inline double sinKernel(double x) noexcept {
  const double s = x * x;
  double p = 2.8114572543455206e-15;  // 1 / 17!
  p = -7.647163731819816e-13 + s * p;
  p = 1.6059043836821613e-10 + s * p;
  p = -2.505210838544172e-08 + s * p;
  p = 2.7557319223985893e-06 + s * p;
  p = -0.0001984126984126984 + s * p;
  p = 0.008333333333333333 + s * p;
  p = -0.16666666666666666 + s * p;
  return x + x * (s * p);
}

inline double cosKernel(double x) noexcept {
  const double s = x * x;
  double p = 4.779477332387385e-14;  // 1 / 16!
  p = -1.1470745597729725e-11 + s * p;
  p = 2.08767569878681e-09 + s * p;
  p = -2.755731922398589e-07 + s * p;
  p = 2.48015873015873e-05 + s * p;
  p = -0.001388888888888889 + s * p;
  p = 0.041666666666666664 + s * p;
  return 1.0 - (0.5 * s - s * s * p);
}

inline double sinOfQuadrant(double quadrant, double x) noexcept {
  switch (static_cast<std::int64_t>(quadrant) & 3) {
    case 0:
      return sinKernel(x);
    case 1:
      return cosKernel(x);
    case 2:
      return -sinKernel(x);
    default:
      return -cosKernel(x);
  }
}

inline double sinPlusQuadrants(double x, double quadrants) noexcept {
  const double n = (x * 0.6366197723675814 + toNearest) - toNearest;
  // pi / 2 in three parts; the products with the first two are exact for |n| < 2^20.
  const double reduced =
      ((x - n * 1.5707963267341256) - n * 6.077100506303966e-11) - n * 2.0222662487959506e-21;
  return sinOfQuadrant(n + quadrants, reduced);
}

}  // namespace detail

/// Sine of radians, |x| <= 1e5; absolute error under 2.5e-16.
inline double sin(double x) noexcept {
  return detail::sinPlusQuadrants(x, 0.0);
}

/// Cosine of radians, |x| <= 1e5; absolute error under 2.5e-16.
inline double cos(double x) noexcept {
  return detail::sinPlusQuadrants(x, 1.0);
}

/// Sine of pi / 2 * x: 0 at 0 and 1 at 1 exactly. |x| <= 2^31; absolute error under 2.5e-16.
inline double sinQuarterTurns(double x) noexcept {
  const double n = (x + detail::toNearest) - detail::toNearest;
  return detail::sinOfQuadrant(n, (x - n) * 1.5707963267948966);
}

/// The same in floats for 0 <= x <= 1, quick enough for each sample; absolute error under 1.5e-7, never
/// above 1.
inline float sinQuarterTurns(float x) noexcept {
  const float s = x * x;
  float p = -3.5988433e-06f;  // -(pi / 2)^11 / 11!
  p = 1.6044118e-04f + s * p;
  p = -4.6817541e-03f + s * p;
  p = 7.9692626e-02f + s * p;
  p = -6.4596410e-01f + s * p;
  p = 1.5707963e+00f + s * p;
  const float sine = x * p;
  return sine < 1.0f ? sine : 1.0f;
}

/// 2 to the power of x, exact for whole x; relative error under 2.5e-16. Under -1022 it is 0, above 1023 the
/// value at 1023.
inline double exp2(double x) noexcept {
  if (!(x >= -1022.0)) return 0.0;
  const double held = x > 1023.0 ? 1023.0 : x;
  const double whole = (held + detail::toNearest) - detail::toNearest;
  const double y = (held - whole) * 0.6931471805599453;
  double p = 1.6059043836821613e-10;  // 1 / 13!
  p = 2.08767569878681e-09 + y * p;
  p = 2.505210838544172e-08 + y * p;
  p = 2.755731922398589e-07 + y * p;
  p = 2.7557319223985893e-06 + y * p;
  p = 2.48015873015873e-05 + y * p;
  p = 0.0001984126984126984 + y * p;
  p = 0.001388888888888889 + y * p;
  p = 0.008333333333333333 + y * p;
  p = 0.041666666666666664 + y * p;
  p = 0.16666666666666666 + y * p;
  p = 0.5 + y * p;
  const double power = 1.0 + (y + y * y * p);
  const auto exponent = static_cast<std::uint64_t>(static_cast<std::int64_t>(whole) + 1023);
  return power * __builtin_bit_cast(double, exponent << 52U);
}

/// Logarithm to base 2, exact for powers of two; absolute error under 2.5e-16 + 2.5e-16 * |result|. x is a
/// normal number above 0; smaller ones, zero and negative ones give -1022, NaN too.
inline double log2(double x) noexcept {
  if (!(x > 2.2250738585072014e-308)) return -1022.0;
  const auto bits = __builtin_bit_cast(std::uint64_t, x);
  // The mantissa in [sqrt(1/2), sqrt(2)), so that the result near 1 loses no digits.
  const std::uint64_t above = (bits & 0xfffffffffffffU) > 0x6a09e667f3bccU ? 1U : 0U;
  const auto exponent = static_cast<double>(static_cast<std::int64_t>((bits >> 52U) + above) - 1023);
  const double m = __builtin_bit_cast(double, (bits & 0xfffffffffffffU) | ((1023U - above) << 52U));
  const double t = (m - 1.0) / (m + 1.0);
  const double s = t * t;
  double p = 0.1373995277037108;  // 2 / ln 2 / 21
  p = 0.15186263588304877 + s * p;
  p = 0.16972882833987804 + s * p;
  p = 0.19235933878519512 + s * p;
  p = 0.22195308321368667 + s * p;
  p = 0.2623081892525388 + s * p;
  p = 0.3205988979753252 + s * p;
  p = 0.4121985831111324 + s * p;
  p = 0.5770780163555853 + s * p;
  p = 0.9617966939259756 + s * p;
  return exponent + (t * 2.8853900817779268 + t * (s * p));
}

/// x to the power of y for x > 0; relative error under 3e-16 * (2 + |log2 of the result|). 0 for x <= 0.
inline double pow(double x, double y) noexcept {
  return x > 0.0 ? exp2(y * log2(x)) : 0.0;
}

/// Hyperbolic tangent; relative error under 1e-15.
inline double tanh(double x) noexcept {
  const double magnitude = x < 0.0 ? -x : x;
  if (magnitude < 0.35) {
    const double s = x * x;  // Lambert's continued fraction
    return x / (1.0 + s / (3.0 + s / (5.0 + s / (7.0 + s / (9.0 + s / (11.0 + s / 13.0))))));
  }
  const double power = exp2((magnitude > 20.0 ? 20.0 : magnitude) * 2.8853900817779268);
  const double result = 1.0 - 2.0 / (power + 1.0);
  return x < 0.0 ? -result : result;
}

/// Linear gain of decibels: 1 at 0 exactly.
inline double dbToGain(double db) noexcept {
  return exp2(db * 0.16609640474436813);
}

/// Decibels of a linear gain above 0.
inline double gainToDb(double gain) noexcept {
  return log2(gain) * 6.020599913279624;
}

}  // namespace mixwell::core
