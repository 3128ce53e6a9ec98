#include "filters/band_coefficients.h"

namespace mixwell::filters {

BandCoefficients bandCoefficients(const BandSetting& setting, double sampleRateHz) noexcept {
  const std::array<AnalogueSection, maxSections> prototype = analogueBand(setting);
  BandCoefficients coefficients{};
  for (std::size_t i = 0; i < setting.sections(); ++i) {
    coefficients[i] = fitSection(prototype[i], sampleRateHz);
    if (setting.isNeutral()) {
      coefficients[i].d = 1.0;
      coefficients[i].e1 = coefficients[i].e2 = 0.0;
    }
  }
  return coefficients;
}

}  // namespace mixwell::filters
