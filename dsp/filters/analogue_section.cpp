#include "filters/analogue_section.h"

#include <algorithm>
#include <cmath>

#include "core/math.h"

namespace mixwell::filters {

namespace {

constexpr double butterworthQ = 0.71;  // the default of the table

AnalogueSection cutSection(bool low, double d1, double d2) noexcept {
  AnalogueSection section{.d1 = d1, .d2 = d2};
  if (low) {
    section.n0 = 0.0;
    (d2 == 0.0 ? section.n1 : section.n2) = 1.0;
  }
  return section;
}

// Sections from the most damped to the least.
void makeCut(const BandSetting& setting, std::array<AnalogueSection, maxSections>& sections) noexcept {
  const bool low = setting.type == BandType::lowCut;
  const std::size_t order = setting.slope + 1;
  std::size_t at = 0;
  if (order % 2 == 1) sections[at++] = cutSection(low, 1.0, 0.0);
  const std::size_t pairs = order / 2;
  for (std::size_t pair = 0; pair < pairs; ++pair) {
    // Poles of even orders lie half a step from the real axis, of odd ones a whole step.
    const double step = static_cast<double>(2 * pair + 1 + order % 2);
    const double damping = 2.0 * core::cos(0.5 * core::pi * step / static_cast<double>(order));
    const bool sharpest = pair + 1 == pairs;
    sections[at++] = cutSection(low, sharpest ? damping * butterworthQ / setting.q : damping, 1.0);
  }
}

}  // namespace

std::array<AnalogueSection, maxSections> analogueBand(const BandSetting& setting) noexcept {
  std::array<AnalogueSection, maxSections> sections{};
  AnalogueSection& first = sections[0];
  const double a = core::exp2(setting.gainDb * 0.08304820237218406);  // 10^(gainDb / 40)
  const double slope = std::sqrt(a) / setting.q;
  const double damped = std::sqrt(a) / std::min(setting.q, sharpestShelf);
  switch (setting.type) {
    case BandType::bell:
      first = {1.0, a / setting.q, 1.0, 1.0, 1.0 / (a * setting.q), 1.0};
      break;
    case BandType::lowShelf:
      first = {a * a, a * slope, a, 1.0, damped, a};
      sections[1] = {1.0, damped, a, 1.0, slope, a};
      break;
    case BandType::highShelf:
      first = {a, a * slope, a * a, a, damped, 1.0};
      sections[1] = {a, damped, 1.0, a, slope, 1.0};
      break;
    case BandType::tilt:
      first = {1.0, slope, a, a, damped, 1.0};
      sections[1] = {a, damped, 1.0, a, slope, 1.0};
      break;
    case BandType::notch:
      first = {1.0, 0.0, 1.0, 1.0, 1.0 / setting.q, 1.0};
      break;
    case BandType::lowCut:
    case BandType::highCut:
      makeCut(setting, sections);
      break;
  }
  for (AnalogueSection& section : sections) section.freqHz = setting.freqHz;
  return sections;
}

}  // namespace mixwell::filters
