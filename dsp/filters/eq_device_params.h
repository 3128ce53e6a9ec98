#pragma once

#include "filters/eq_params.h"
#include "params/common_params.h"

namespace mixwell::filters {

/// What a band acts on: both sides alike, or one part of the sound alone.
enum class BandChannels : std::uint8_t { stereo, mid, side, left, right };
inline constexpr std::size_t bandChannelsCount = 5;
inline constexpr std::array<std::string_view, bandChannelsCount> bandChannelsNames = {"stereo", "mid", "side",
                                                                                      "left", "right"};

enum class EqPhase : std::uint8_t { minimum, linear };
inline constexpr std::array<std::string_view, 2> eqPhaseNames = {"minimum", "linear"};

/// Places in the table of the insert behind those of eqParams.
inline constexpr std::size_t firstChannelsParam = eqParams.size();
inline constexpr std::size_t phaseParam = firstChannelsParam + eqBands;

namespace detail {

inline constexpr std::array<std::string_view, eqBands> bandChannelsIds = {
    "band1.channels", "band2.channels", "band3.channels", "band4.channels",
    "band5.channels", "band6.channels", "band7.channels", "band8.channels"};

constexpr auto eqDeviceTable() {
  std::array<params::ParamInfo, phaseParam + 1> table{};
  for (std::size_t i = 0; i < eqParams.size(); ++i) table[i] = eqParams[i];
  for (std::size_t band = 0; band < eqBands; ++band) {
    table[firstChannelsParam + band] =
        params::choiceParam(bandChannelsIds[band], "Channels", bandChannelsNames);
  }
  table[phaseParam] = params::choiceParam("phase", "Phase", eqPhaseNames);
  table[phaseParam].changesLatency = true;
  return table;
}

}  // namespace detail

/// The equaliser as an insert: that of the strip, with bands for parts of the sound and a linear phase.
inline constexpr auto eqDeviceParams = detail::eqDeviceTable();

using EqValues = std::array<double, eqDeviceParams.size()>;

}  // namespace mixwell::filters
