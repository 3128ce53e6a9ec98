#pragma once

#include <array>
#include <string_view>

#include "time/convolution_table.h"

namespace mixwell::time {

inline constexpr std::array<std::string_view, 4> builtInImpulses = {"stone chapel", "bright hall", "plate",
                                                                    "spring"};

/// An impulse response made by the program itself, always the same; empty where there is none of that name.
/// Allocates; any thread.
StereoImpulse builtInImpulse(std::string_view name, double sampleRateHz);

}  // namespace mixwell::time
