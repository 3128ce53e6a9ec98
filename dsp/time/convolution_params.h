#pragma once

#include <array>

#include "params/param_info.h"

namespace mixwell::time {

/// Places in the table of a convolution reverb.
enum class ConvolutionParam : std::uint8_t { startMs, endS, fadeS, stretch, lowCutHz, highCutHz, width, mix };

/// All but the last two shape the impulse: the device only keeps them, and whoever makes its table of spectra
/// (convolution_table.h) makes it anew when one of them changes. They can't be automated therefore.
inline constexpr std::size_t impulseParamCount = 6;

inline constexpr double longestImpulseS = 6.0;

inline constexpr std::array<params::ParamInfo, 8> convolutionParams = {{
    {.id = "startMs", .name = "Start", .unit = "ms", .min = 0, .max = 1000, .defaultValue = 0},
    {.id = "endS",
     .name = "End",
     .unit = "s",
     .min = 0.05,
     .max = longestImpulseS,
     .defaultValue = longestImpulseS,
     .curve = params::ParamCurve::logarithmic},
    {.id = "fadeS", .name = "Fade", .unit = "s", .min = 0, .max = longestImpulseS, .defaultValue = 0.1},
    {.id = "stretch",
     .name = "Stretch",
     .unit = "%",
     .min = 25,
     .max = 400,
     .defaultValue = 100,
     .curve = params::ParamCurve::logarithmic},
    {.id = "lowCutHz",
     .name = "Low cut",
     .unit = "Hz",
     .min = 10,
     .max = 2000,
     .defaultValue = 10,
     .curve = params::ParamCurve::logarithmic},
    {.id = "highCutHz",
     .name = "High cut",
     .unit = "Hz",
     .min = 500,
     .max = 22000,
     .defaultValue = 22000,
     .curve = params::ParamCurve::logarithmic},
    {.id = "width",
     .name = "Width",
     .unit = "%",
     .min = 0,
     .max = 200,
     .defaultValue = 100,
     .smoothingMs = 20},
    {.id = "mix", .name = "Mix", .unit = "%", .min = 0, .max = 100, .defaultValue = 20, .smoothingMs = 20},
}};

}  // namespace mixwell::time
