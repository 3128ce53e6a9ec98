#include "stereo/pan_law.h"

#include <cmath>

#include "core/math.h"

namespace mixwell::stereo {

namespace {

constexpr double squareRootOf2 = 1.4142135623730951;

// Gain of the right side at a place from 0 (left) to 1 (right); the left side's is that of 1 - place.
double sideGain(PanLaw law, double place) noexcept {
  switch (law) {
    case PanLaw::zeroDb:
      return squareRootOf2 * core::sinQuarterTurns(place);
    case PanLaw::minus3Db:
      return core::sinQuarterTurns(place);
    case PanLaw::minus4Point5Db:
      return std::sqrt(place * core::sinQuarterTurns(place));  // IEEE makes the root the same everywhere
    case PanLaw::minus6Db:
      break;
  }
  return place;
}

double balanceGain(double place) noexcept {
  return place >= 0.5 ? 1.0 : core::sinQuarterTurns(2.0 * place);
}

}  // namespace

PanGains panGains(PanLaw law, double pan, bool mono) noexcept {
  const double place = 0.5 + pan * 0.005;
  if (law == PanLaw::zeroDb) {
    if (!mono) return {balanceGain(1.0 - place), balanceGain(place)};
    if (pan == 0.0) return {1.0, 1.0};
  }
  return {sideGain(law, 1.0 - place), sideGain(law, place)};
}

}  // namespace mixwell::stereo
