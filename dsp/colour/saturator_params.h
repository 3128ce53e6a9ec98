#pragma once

#include "params/common_params.h"

namespace mixwell::colour {

/// Places in the table of a saturator.
enum class SaturatorParam : std::uint8_t { curve, driveDb, bias, toneDb, outputDb, mix };

/// tube: leans to one side, so that it makes even overtones; tape: odd, bends early; soft: odd, bends later;
/// hard: straight up to a clip; fold: turns back where it would clip.
enum class SaturatorCurve : std::uint8_t { tube, tape, soft, hard, fold };

inline constexpr std::array<std::string_view, 5> saturatorCurveNames = {"tube", "tape", "soft", "hard",
                                                                        "fold"};

/// With the defaults of its table it changes nothing but the latency.
inline constexpr std::array<params::ParamInfo, 6> saturatorParams = {{
    params::choiceParam("curve", "Curve", saturatorCurveNames),
    params::linearParam("driveDb", "Drive", "dB", 0, 24, 0),
    params::percentParam("bias", "Bias", 0, -100),
    params::linearParam("toneDb", "Tone", "dB", -12, 12, 0),
    params::linearParam("outputDb", "Output", "dB", -24, 24, 0),
    params::percentParam("mix", "Mix", 100),
}};

/// Peaks of the last block before and after, and how much of the sound is overtones at the present level.
inline constexpr std::array<params::ReadoutInfo, 3> saturatorReadouts = {{
    {.id = "inputDb", .unit = "dB"},
    {.id = "outputDb", .unit = "dB"},
    {.id = "distortion", .unit = "%"},
}};

}  // namespace mixwell::colour
