#pragma once

#include "params/common_params.h"
#include "time/note_lengths.h"

namespace mixwell::time {

/// Places in the table of a delay. `lowCutHz` at its minimum and `highCutHz` at its maximum are off.
enum class DelayParam : std::uint8_t {
  timeMs,
  sync,
  feedback,
  pingPong,
  lowCutHz,
  highCutHz,
  duckingDb,
  modRateHz,
  modDepthMs,
  mix
};

/// With the defaults of its table it changes nothing: the mix is 0.
inline constexpr std::array<params::ParamInfo, 10> delayParams = {{
    params::logarithmicParam("timeMs", "Time", "ms", 1, 4000, 375),
    params::choiceParam("sync", "Note", noteNames),
    params::percentParam("feedback", "Feedback", 30),
    params::percentParam("pingPong", "Ping-pong", 0),
    params::logarithmicParam("lowCutHz", "Low cut", "Hz", 20, 2000, 20),
    params::logarithmicParam("highCutHz", "High cut", "Hz", 500, 20000, 20000),
    params::linearParam("duckingDb", "Ducking", "dB", -30, 0, 0),
    params::logarithmicParam("modRateHz", "Modulation rate", "Hz", 0.05, 10, 0.5),
    params::linearParam("modDepthMs", "Modulation", "ms", 0, 5, 0),
    params::percentParam("mix", "Mix", 0),
}};

/// The time that is heard, out of the note where there is one, and how far the echoes are ducked.
inline constexpr std::array<params::ReadoutInfo, 2> delayReadouts = {{
    {.id = "nowMs", .unit = "ms"},
    {.id = "duckedDb", .unit = "dB"},
}};

}  // namespace mixwell::time
