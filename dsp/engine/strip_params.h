#pragma once

#include <array>

#include "params/param_info.h"
#include "stereo/pan_law.h"

namespace mixwell::engine {

/// Places in the table of a channel strip.
enum class StripParam : std::uint8_t { trimDb, polarity, pan, panLaw, volumeDb, mute, solo, soloSafe };

inline constexpr std::array<params::ParamInfo, 8> stripParams = {{
    {.id = "trimDb",
     .name = "Trim",
     .unit = "dB",
     .min = -24,
     .max = 24,
     .defaultValue = 0,
     .smoothingMs = 20},
    {.id = "polarity",
     .name = "Polarity",
     .unit = "",
     .min = 0,
     .max = 1,
     .defaultValue = 0,
     .kind = params::ParamKind::onOff,
     .smoothingMs = 10},
    {.id = "pan", .name = "Pan", .unit = "", .min = -100, .max = 100, .defaultValue = 0, .smoothingMs = 20},
    {.id = "panLaw",
     .name = "Pan law",
     .unit = "",
     .min = 0,
     .max = 3,
     .defaultValue = 0,
     .kind = params::ParamKind::choice,
     .smoothingMs = 20,
     .choices = stereo::panLawNames},
    {.id = "volumeDb",
     .name = "Volume",
     .unit = "dB",
     .min = -90,
     .max = 12,
     .defaultValue = 0,
     .curve = params::ParamCurve::fader,
     .smoothingMs = 20},
    {.id = "mute",
     .name = "Mute",
     .unit = "",
     .min = 0,
     .max = 1,
     .defaultValue = 0,
     .kind = params::ParamKind::onOff,
     .smoothingMs = 5},
    {.id = "solo",
     .name = "Solo",
     .unit = "",
     .min = 0,
     .max = 1,
     .defaultValue = 0,
     .kind = params::ParamKind::onOff,
     .smoothingMs = 5},
    {.id = "soloSafe",
     .name = "Solo safe",
     .unit = "",
     .min = 0,
     .max = 1,
     .defaultValue = 0,
     .kind = params::ParamKind::onOff,
     .smoothingMs = 5},
}};

/// Places in the table of the master bus.
enum class MasterParam : std::uint8_t { volumeDb };

inline constexpr std::array<params::ParamInfo, 1> masterParams = {{
    {.id = "volumeDb",
     .name = "Volume",
     .unit = "dB",
     .min = -90,
     .max = 12,
     .defaultValue = 0,
     .curve = params::ParamCurve::fader,
     .smoothingMs = 20},
}};

}  // namespace mixwell::engine
