#pragma once

namespace mixwell::resample {

inline constexpr double pi = 3.14159265358979323846;

// sin(2 pi turns) for |turns| < 2^50, within 4e-16, with plain arithmetic only: the same bits everywhere.
inline double sinTurns(double turns) noexcept {
  constexpr double toNearest =
      6755399441055744.0;  // 1.5 * 2^52: adding and taking it off rounds to a whole number
  double x = turns - ((turns + toNearest) - toNearest);
  if (x > 0.25) x = 0.5 - x;
  if (x < -0.25) x = -0.5 - x;
  const double angle = 2.0 * pi * x;
  const double square = angle * angle;
  double sum = 1.0;
  for (int n = 26; n >= 2; n -= 2) sum = 1.0 - sum * square / (n * (n + 1.0));
  return angle * sum;
}

inline double cosTurns(double turns) noexcept {
  return sinTurns(turns + 0.25);
}

}  // namespace mixwell::resample
