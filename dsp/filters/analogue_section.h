#pragma once

#include <array>
#include <cstddef>

#include "filters/eq_params.h"

namespace mixwell::filters {

/// A section of second order of the analogue prototype, (n0 + n1 s + n2 s^2) / (d0 + d1 s + d2 s^2), s being
/// 1j at `freqHz`; of first order where both squares are 0.
struct AnalogueSection {
  double n0 = 1.0, n1 = 0.0, n2 = 0.0;
  double d0 = 1.0, d1 = 0.0, d2 = 0.0;
  double freqHz = 1000.0;

  /// Square of the magnitude at the frequency `ratio` * freqHz.
  double power(double ratio) const noexcept {
    const double u = ratio * ratio;
    const double n = n0 - n2 * u;
    const double d = d0 - d2 * u;
    return (n * n + n1 * n1 * u) / (d * d + d1 * d1 * u);
  }
};

inline constexpr std::size_t maxSections = 4;

/// Shelves that are sharper take two sections, one for each of their two resonances: near Nyquist a single
/// one can't follow both.
inline constexpr double sharpestShelf = 0.72;

/// What one band is set to.
struct BandSetting {
  BandType type = BandType::bell;
  double freqHz = 1000.0;
  double gainDb = 0.0;
  double q = 0.71;
  std::size_t slope = 1;  ///< place in slopeNames

  /// Whether the band changes nothing.
  bool isNeutral() const noexcept {
    return gainDb == 0.0 && (type == BandType::bell || type == BandType::lowShelf ||
                             type == BandType::highShelf || type == BandType::tilt);
  }
  std::size_t sections() const noexcept {
    switch (type) {
      case BandType::lowCut:
      case BandType::highCut:
        return (slope + 2) / 2;
      case BandType::lowShelf:
      case BandType::highShelf:
      case BandType::tilt:
        return q > sharpestShelf ? 2 : 1;
      default:
        return 1;
    }
  }
};

/// The analogue prototype of a band, `setting.sections()` sections: bell, shelves and notch are those of
/// R. Bristow-Johnson's Audio EQ Cookbook; tilt is a high shelf of `gainDb` with half of it taken off
/// everywhere, so that nothing happens at `freqHz`; cuts are Butterworth's, at a q of 0.71, else the section
/// with the highest quality is that many times sharper.
std::array<AnalogueSection, maxSections> analogueBand(const BandSetting& setting) noexcept;

}  // namespace mixwell::filters
