#pragma once

#include "params/common_params.h"
#include "time/note_lengths.h"

namespace mixwell::time {

/// Places in the table of a flanger. `spread` turns the right side's oscillator by up to half a turn.
enum class FlangerParam : std::uint8_t { rateHz, depthMs, delayMs, feedback, spread, sync, mix };

/// With the defaults of its table it changes nothing: the mix is 0.
inline constexpr std::array<params::ParamInfo, 7> flangerParams = {{
    params::logarithmicParam("rateHz", "Rate", "Hz", 0.01, 10, 0.25),
    params::linearParam("depthMs", "Depth", "ms", 0, 5, 1.1),
    params::logarithmicParam("delayMs", "Delay", "ms", 0.1, 10, 1.6),
    params::percentParam("feedback", "Feedback", 0, -100),
    params::percentParam("spread", "Spread", 0),
    params::choiceParam("sync", "Sync", turnNames),
    params::percentParam("mix", "Mix", 0),
}};

/// Where in its turn, 0 to 1, the left side's oscillator is, and its delay now.
inline constexpr std::array<params::ReadoutInfo, 2> flangerReadouts = {{
    {.id = "phase", .unit = ""},
    {.id = "nowMs", .unit = "ms"},
}};

}  // namespace mixwell::time
