#pragma once

#include <array>

#include "params/param_info.h"

namespace mixwell::dynamics {

/// Places in the table of a transient shaper.
enum class TransientParam : std::uint8_t { attackDb, sustainDb, speedMs, outputDb, mix, guardClips };

inline constexpr std::array<params::ParamInfo, 6> transientParams = {{
    {.id = "attackDb",
     .name = "Attack",
     .unit = "dB",
     .min = -15,
     .max = 15,
     .defaultValue = 0,
     .smoothingMs = 20},
    {.id = "sustainDb",
     .name = "Sustain",
     .unit = "dB",
     .min = -24,
     .max = 24,
     .defaultValue = 0,
     .smoothingMs = 20},
    {.id = "speedMs",
     .name = "Speed",
     .unit = "ms",
     .min = 5,
     .max = 200,
     .defaultValue = 30,
     .curve = params::ParamCurve::logarithmic},
    {.id = "outputDb",
     .name = "Output",
     .unit = "dB",
     .min = -24,
     .max = 12,
     .defaultValue = 0,
     .smoothingMs = 20},
    {.id = "mix", .name = "Mix", .unit = "%", .min = 0, .max = 100, .defaultValue = 100, .smoothingMs = 20},
    {.id = "guardClips",
     .name = "Guard clips",
     .unit = "",
     .min = 0,
     .max = 1,
     .defaultValue = 0,
     .kind = params::ParamKind::onOff,
     .smoothingMs = 10},
}};

}  // namespace mixwell::dynamics
