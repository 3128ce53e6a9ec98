#pragma once

#include <cmath>

// The window of our interpolation filters (Kaiser and Schafer, "On the use of the I0-sinh window for spectrum
// analysis", IEEE Trans. ASSP 28, 1980), with plain arithmetic only.
namespace mixwell::resample {

// The modified Bessel function of the first kind and order 0, by its power series.
inline double besselI0(double x) noexcept {
  const double square = 0.25 * x * x;
  double term = 1.0;
  double sum = 1.0;
  for (double n = 1.0; term > 1e-18 * sum; n += 1.0) {
    term *= square / (n * n);
    sum += term;
  }
  return sum;
}

// `beta` for a filter whose stop band lies `attenuationDb` (over 50) down.
constexpr double kaiserBeta(double attenuationDb) noexcept {
  return 0.1102 * (attenuationDb - 8.7);
}

// The window at `place` from its middle, 1 being its end; 0 outside.
inline double kaiserWindow(double place, double beta) noexcept {
  const double inside = 1.0 - place * place;
  return inside < 0.0 ? 0.0 : besselI0(beta * std::sqrt(inside)) / besselI0(beta);
}

}  // namespace mixwell::resample
