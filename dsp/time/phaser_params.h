#pragma once

#include "params/common_params.h"
#include "time/note_lengths.h"

namespace mixwell::time {

/// Places in the table of a phaser. `spread` turns the right side's oscillator by up to half a turn.
enum class PhaserParam : std::uint8_t { rateHz, stages, centreHz, reachOctaves, feedback, spread, sync, mix };

inline constexpr std::array<std::string_view, 6> stageNames = {"2", "4", "6", "8", "10", "12"};

/// With the defaults of its table it changes nothing: the mix is 0.
inline constexpr std::array<params::ParamInfo, 8> phaserParams = {{
    params::logarithmicParam("rateHz", "Rate", "Hz", 0.01, 10, 0.4),
    params::choiceParam("stages", "Stages", stageNames, 2),
    params::logarithmicParam("centreHz", "Centre", "Hz", 50, 8000, 900),
    params::linearParam("reachOctaves", "Reach", "oct", 0, 4, 1.3),
    params::percentParam("feedback", "Feedback", 0, -100),
    params::percentParam("spread", "Spread", 0),
    params::choiceParam("sync", "Sync", turnNames),
    params::percentParam("mix", "Mix", 0),
}};

/// Where in its turn, 0 to 1, the left side's oscillator is, and its corner now.
inline constexpr std::array<params::ReadoutInfo, 2> phaserReadouts = {{
    {.id = "phase", .unit = ""},
    {.id = "nowHz", .unit = "Hz"},
}};

}  // namespace mixwell::time
