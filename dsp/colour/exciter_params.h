#pragma once

#include "params/common_params.h"

namespace mixwell::colour {

/// Places in the table of an exciter. `harmonics` goes from even (0) to odd (100).
enum class ExciterParam : std::uint8_t { freqHz, driveDb, harmonics, amount, mix };

/// With the defaults of its table it changes nothing but the latency: the amount is 0.
inline constexpr std::array<params::ParamInfo, 5> exciterParams = {{
    params::logarithmicParam("freqHz", "Frequency", "Hz", 1000, 12000, 5000),
    params::linearParam("driveDb", "Drive", "dB", 0, 24, 6),
    params::percentParam("harmonics", "Even to odd", 50),
    params::percentParam("amount", "Amount", 0),
    params::percentParam("mix", "Mix", 100),
}};

/// Level of what is added in the last block.
inline constexpr std::array<params::ReadoutInfo, 1> exciterReadouts = {{{.id = "addedDb", .unit = "dB"}}};

}  // namespace mixwell::colour
