#pragma once

#include "params/common_params.h"

namespace mixwell::stereo {

/// Places in the table of a utility.
enum class UtilityParam : std::uint8_t {
  gainDb,
  delayMs,
  mono,
  polarityLeft,
  polarityRight,
  swap,
  width,
  dcBlock
};

/// With the defaults of its table it changes nothing.
inline constexpr std::array<params::ParamInfo, 8> utilityParams = {{
    {.id = "gainDb",
     .name = "Gain",
     .unit = "dB",
     .min = -90,
     .max = 24,
     .defaultValue = 0,
     .curve = params::ParamCurve::fader,
     .smoothingMs = 20},
    params::linearParam("delayMs", "Delay", "ms", 0, 100, 0),
    params::onOffParam("mono", "Mono"),
    params::onOffParam("polarityLeft", "Polarity left"),
    params::onOffParam("polarityRight", "Polarity right"),
    params::onOffParam("swap", "Swap"),
    params::linearParam("width", "Width", "%", 0, 200, 100),
    params::onOffParam("dcBlock", "DC block"),
}};

}  // namespace mixwell::stereo
