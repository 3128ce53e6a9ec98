#pragma once

#include <array>

#include "params/param_info.h"

namespace mixwell::filters {

/// Steepness of a cut in dB per octave.
inline constexpr std::array<std::string_view, 8> slopeNames = {"6", "12", "18", "24", "30", "36", "42", "48"};

/// Places in the table of a strip's cuts.
enum class CutParam : std::uint8_t { lowCutOn, lowCutHz, lowCutSlope, highCutOn, highCutHz, highCutSlope };

inline constexpr std::array<params::ParamInfo, 6> cutParams = {{
    {.id = "lowCutOn",
     .name = "Low cut",
     .unit = "",
     .min = 0,
     .max = 1,
     .defaultValue = 0,
     .kind = params::ParamKind::onOff,
     .smoothingMs = 20},
    {.id = "lowCutHz",
     .name = "Low cut frequency",
     .unit = "Hz",
     .min = 10,
     .max = 2000,
     .defaultValue = 80,
     .curve = params::ParamCurve::logarithmic,
     .smoothingMs = 30},
    {.id = "lowCutSlope",
     .name = "Low cut slope",
     .unit = "dB/oct",
     .min = 0,
     .max = 7,
     .defaultValue = 1,
     .kind = params::ParamKind::choice,
     .smoothingMs = 20,
     .choices = slopeNames},
    {.id = "highCutOn",
     .name = "High cut",
     .unit = "",
     .min = 0,
     .max = 1,
     .defaultValue = 0,
     .kind = params::ParamKind::onOff,
     .smoothingMs = 20},
    {.id = "highCutHz",
     .name = "High cut frequency",
     .unit = "Hz",
     .min = 500,
     .max = 20000,
     .defaultValue = 16000,
     .curve = params::ParamCurve::logarithmic,
     .smoothingMs = 30},
    {.id = "highCutSlope",
     .name = "High cut slope",
     .unit = "dB/oct",
     .min = 0,
     .max = 7,
     .defaultValue = 1,
     .kind = params::ParamKind::choice,
     .smoothingMs = 20,
     .choices = slopeNames},
}};

}  // namespace mixwell::filters
