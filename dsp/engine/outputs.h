#pragma once

#include <array>
#include <string_view>

#include "engine/limits.h"
#include "params/param_info.h"

namespace mixwell::engine {

/// Levels of the master, then of each track in order; linear, 1 is full scale.
struct Levels {
  float peakLeft = 0.0f;
  float peakRight = 0.0f;
  float rmsLeft = 0.0f;
  float rmsRight = 0.0f;
  float maxPeak = 0.0f;
  float flags = 0.0f;
  /// Changes of gain in dB, 0 or negative, the largest in the last quantum.
  float gateReductionDb = 0.0f;
  float compressorReductionDb = 0.0f;
  float insertReductionDb[meteredInserts] = {};
};
inline constexpr std::array<std::string_view, 14> levelNames = {"peakL",
                                                                "peakR",
                                                                "rmsL",
                                                                "rmsR",
                                                                "maxPeak",
                                                                "flags",
                                                                "gateReductionDb",
                                                                "compressorReductionDb",
                                                                "insert1ReductionDb",
                                                                "insert2ReductionDb",
                                                                "insert3ReductionDb",
                                                                "insert4ReductionDb",
                                                                "insert5ReductionDb",
                                                                "insert6ReductionDb"};
inline constexpr std::array<std::string_view, 2> levelFlagNames = {"clipped", "badSamples"};  // bits 1, 2

/// What a probe saw of the last quantum: before its place and behind it, and the key that comes in there.
struct ProbeSound {
  float inLeft[quantumFrames];
  float inRight[quantumFrames];
  float outLeft[quantumFrames];
  float outRight[quantumFrames];
  float keyLeft[quantumFrames];
  float keyRight[quantumFrames];
};
inline constexpr std::array<std::string_view, 6> probeNames = {"inLeft",   "inRight", "outLeft",
                                                               "outRight", "keyLeft", "keyRight"};

/// Sound of the last quantum: what goes to the ears, what an export writes, a stem if one was asked for, and
/// what the probes see, with the read-outs of their devices.
struct Outputs {
  alignas(16) float monitorLeft[quantumFrames];
  float monitorRight[quantumFrames];
  float tapLeft[quantumFrames];
  float tapRight[quantumFrames];
  float stemLeft[quantumFrames];
  float stemRight[quantumFrames];
  ProbeSound probes[probeCount];
  float probeReadouts[probeCount][params::maxReadouts];
};
inline constexpr std::array<std::string_view, 7> outputNames = {
    "monitorLeft", "monitorRight", "tapLeft", "tapRight", "stemLeft", "stemRight", "probes"};

}  // namespace mixwell::engine
