#pragma once

#include <array>

#include "params/param_info.h"

namespace mixwell::mastering {

/// Places in the table of a limiter.
enum class LimiterParam : std::uint8_t {
  inputGainDb,
  ceilingDb,
  lookaheadMs,
  releaseMs,
  style,
  stereoLink,
  oversampling
};

/// How the gain comes back: as slowly as the sound asks for; quickly after short peaks; quickly throughout.
inline constexpr std::array<std::string_view, 3> limiterStyles = {"transparent", "punchy", "loud"};

/// At what multiple of the sample rate the gain moves. Peaks between samples are found and kept under the
/// ceiling with each; what the finer grids lessen is what a fast gain makes of high tones and folds back: 15
/// and 18.7 kHz 6 dB over, in style "loud" with 0.5 ms and 10 ms, give aliases 61, 76 and 85 dB under them.
/// The latency grows by 44 and 46 frames.
inline constexpr std::array<std::string_view, 3> limiterOversamplings = {"peaks only", "4x", "8x"};

/// With the defaults of its table it only keeps true peaks at full scale.
inline constexpr std::array<params::ParamInfo, 7> limiterParams = {{
    {.id = "inputGainDb",
     .name = "Gain",
     .unit = "dB",
     .min = -12,
     .max = 36,
     .defaultValue = 0,
     .smoothingMs = 20},
    {.id = "ceilingDb",
     .name = "Ceiling",
     .unit = "dBTP",
     .min = -24,
     .max = 0,
     .defaultValue = 0,
     .smoothingMs = 20},
    {.id = "lookaheadMs",
     .name = "Look-ahead",
     .unit = "ms",
     .min = 0.5,
     .max = 10,
     .defaultValue = 4,
     .changesLatency = true},
    {.id = "releaseMs",
     .name = "Release",
     .unit = "ms",
     .min = 10,
     .max = 1000,
     .defaultValue = 90,
     .curve = params::ParamCurve::logarithmic},
    {.id = "style",
     .name = "Style",
     .unit = "",
     .min = 0,
     .max = 2,
     .defaultValue = 0,
     .kind = params::ParamKind::choice,
     .choices = limiterStyles},
    {.id = "stereoLink",
     .name = "Stereo link",
     .unit = "%",
     .min = 0,
     .max = 100,
     .defaultValue = 100,
     .smoothingMs = 20},
    {.id = "oversampling",
     .name = "Oversampling",
     .unit = "",
     .min = 0,
     .max = 2,
     .defaultValue = 0,
     .kind = params::ParamKind::choice,
     .choices = limiterOversamplings,
     .changesLatency = true},
}};

}  // namespace mixwell::mastering
