#pragma once

#include "params/common_params.h"
#include "time/note_lengths.h"

namespace mixwell::time {

/// Places in the table of a chorus.
enum class ChorusParam : std::uint8_t { rateHz, depthMs, delayMs, voices, spread, sync, mix };

inline constexpr std::array<std::string_view, 6> voiceNames = {"1", "2", "3", "4", "5", "6"};

/// With the defaults of its table it changes nothing: the mix is 0.
inline constexpr std::array<params::ParamInfo, 7> chorusParams = {{
    params::logarithmicParam("rateHz", "Rate", "Hz", 0.01, 10, 0.6),
    params::linearParam("depthMs", "Depth", "ms", 0, 10, 3),
    params::linearParam("delayMs", "Delay", "ms", 1, 40, 14),
    params::choiceParam("voices", "Voices", voiceNames, 2),
    params::percentParam("spread", "Spread", 100),
    params::choiceParam("sync", "Sync", turnNames),
    params::percentParam("mix", "Mix", 0),
}};

/// Where in its turn, 0 to 1, the oscillator of the first voice is.
inline constexpr std::array<params::ReadoutInfo, 1> chorusReadouts = {{{.id = "phase", .unit = ""}}};

}  // namespace mixwell::time
