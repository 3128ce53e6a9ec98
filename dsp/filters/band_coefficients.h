#pragma once

#include <array>

#include "filters/section_fit.h"

namespace mixwell::filters {

using BandCoefficients = std::array<SectionCoefficients, maxSections>;

/// The sections of a band, `setting.sections()` of them. A neutral band gives sections that pass the sound
/// unchanged and let what they still hold ring out. Any thread.
BandCoefficients bandCoefficients(const BandSetting& setting, double sampleRateHz) noexcept;

}  // namespace mixwell::filters
