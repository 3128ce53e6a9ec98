#pragma once

#include <array>

#include "params/param_info.h"

namespace mixwell::dynamics {

/// Places in the table of a de-esser.
enum class DeesserParam : std::uint8_t {
  thresholdDb,
  lowHz,
  highHz,
  maxReductionDb,
  attackMs,
  releaseMs,
  action,
  listen
};

/// What the reduction acts on: the band alone, or the whole sound.
inline constexpr std::array<std::string_view, 2> deesserActions = {"band", "all"};

/// With the default threshold, full scale in the band, it changes nothing.
inline constexpr std::array<params::ParamInfo, 8> deesserParams = {{
    {.id = "thresholdDb",
     .name = "Threshold",
     .unit = "dB",
     .min = -60,
     .max = 0,
     .defaultValue = 0,
     .smoothingMs = 20},
    {.id = "lowHz",
     .name = "Band from",
     .unit = "Hz",
     .min = 1000,
     .max = 16000,
     .defaultValue = 5000,
     .curve = params::ParamCurve::logarithmic,
     .smoothingMs = 20},
    {.id = "highHz",
     .name = "Band to",
     .unit = "Hz",
     .min = 2000,
     .max = 20000,
     .defaultValue = 12000,
     .curve = params::ParamCurve::logarithmic,
     .smoothingMs = 20},
    {.id = "maxReductionDb",
     .name = "Most",
     .unit = "dB",
     .min = -24,
     .max = 0,
     .defaultValue = -8,
     .smoothingMs = 20},
    {.id = "attackMs",
     .name = "Attack",
     .unit = "ms",
     .min = 0.05,
     .max = 30,
     .defaultValue = 0.5,
     .curve = params::ParamCurve::logarithmic},
    {.id = "releaseMs",
     .name = "Release",
     .unit = "ms",
     .min = 5,
     .max = 500,
     .defaultValue = 50,
     .curve = params::ParamCurve::logarithmic},
    {.id = "action",
     .name = "Acts on",
     .unit = "",
     .min = 0,
     .max = 1,
     .defaultValue = 0,
     .kind = params::ParamKind::choice,
     .smoothingMs = 20,
     .choices = deesserActions},
    {.id = "listen",
     .name = "Hear what is taken away",
     .unit = "",
     .min = 0,
     .max = 1,
     .defaultValue = 0,
     .kind = params::ParamKind::onOff,
     .smoothingMs = 10},
}};

}  // namespace mixwell::dynamics
