#pragma once

#include <array>
#include <cstdint>

#include "engine/delay_path.h"
#include "engine/insert_rack.h"
#include "engine/led_gains.h"
#include "meter/level_meter.h"

namespace mixwell::engine {

inline constexpr std::uint32_t noIndex = 0xffffffffU;

/// What runs for the track in a slot, beside its lane.
struct Strip {
  bool alive = false;
  bool born = false;             ///< in this update
  bool isFadedIn = false;        ///< when it is born
  std::uint32_t quad = noIndex;  ///< before it has its lane
  std::uint32_t lane = 0;
  std::uint32_t firstEdge = noIndex;
  bool hasPreEdges = false;
  /// A key listens to it, so that mute does not put it to rest.
  bool feedsKeys = false;
  bool hasPreSends = false;
  std::uint32_t arrival = 0;         ///< frames by which its input is late
  std::uint32_t sectionLatency = 0;  ///< of its compressor's lookahead
  std::uint32_t outLatency = 0;      ///< frames by which its output is late
  DelayPath clipDelay;
  InsertRack rack;
  bool rackChanges = false;
  bool leadsSections = false;  ///< lanes move something in front of the inserts
  bool leadsOutput = false;    ///< lanes move volume, pan or mute
  bool leadsMute = false;
  LedGains ledOutput;           ///< what lanes give its output
  std::array<bool, 2> keyed{};  ///< gate and compressor
  meter::LevelMeter meter;
  meter::StretchLevels levels;
};

}  // namespace mixwell::engine
