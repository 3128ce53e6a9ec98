#include "support/console.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cmath>

#include "engine/device_types.h"
#include "engine/strip_sections.h"

namespace mixwell::test {

using engine::channelParams;
using engine::CommandError;
using engine::Opcode;
using engine::StripParam;

ConsoleTrack& Console::track(int handle) {
  const auto found = std::find_if(tracks.begin(), tracks.end(), [&](auto& t) { return t.handle == handle; });
  REQUIRE(found != tracks.end());
  return *found;
}

const ConsoleTrack& Console::track(int handle) const {
  const auto found = std::find_if(tracks.begin(), tracks.end(), [&](auto& t) { return t.handle == handle; });
  REQUIRE(found != tracks.end());
  return *found;
}

std::vector<int> Console::order() const {
  std::vector<int> handles;
  handles.reserve(tracks.size());
  for (const ConsoleTrack& track : tracks) handles.push_back(track.handle);
  return handles;
}

CommandError tellRoute(EngineRig& rig, const ConsoleTrack& track) {
  return rig.command(Opcode::trackRoute,
                     {static_cast<double>(track.handle), static_cast<double>(track.output)});
}

CommandError tellSends(EngineRig& rig, const ConsoleTrack& track) {
  std::vector<double> arguments = {static_cast<double>(track.handle),
                                   static_cast<double>(track.sends.size())};
  for (const ConsoleSend& send : track.sends) {
    arguments.insert(arguments.end(), {static_cast<double>(send.bus), send.gainDb, send.pan,
                                       send.pre ? 1.0 : 0.0, send.on ? 1.0 : 0.0});
  }
  return rig.command(Opcode::trackSends, arguments);
}

CommandError tellKeys(EngineRig& rig, const ConsoleTrack& track) {
  for (std::size_t i = 0; i < track.keys.size(); ++i) {
    const CommandError error = rig.command(
        Opcode::trackKey,
        {static_cast<double>(track.handle), static_cast<double>(i), static_cast<double>(track.keys[i])});
    if (error != CommandError::none) return error;
  }
  return CommandError::none;
}

CommandError tellInserts(EngineRig& rig, int owner, const std::vector<ConsoleInsert>& inserts) {
  std::vector<double> arguments = {static_cast<double>(owner), static_cast<double>(inserts.size())};
  for (const ConsoleInsert& insert : inserts) {
    arguments.insert(arguments.end(),
                     {static_cast<double>(insert.handle), static_cast<double>(insert.device)});
  }
  return rig.command(Opcode::inserts, arguments);
}

CommandError tellInsertParams(EngineRig& rig, const ConsoleInsert& insert) {
  for (const auto& [index, value] : insert.params) {
    const CommandError error = rig.command(
        Opcode::insertParam, {static_cast<double>(insert.handle), static_cast<double>(index), value});
    if (error != CommandError::none) return error;
  }
  return CommandError::none;
}

CommandError tellInsertState(EngineRig& rig, const ConsoleInsert& insert) {
  const auto handle = static_cast<double>(insert.handle);
  const CommandError error =
      rig.command(Opcode::insertOn, {handle, insert.on ? 1.0 : 0.0, insert.levelMatched ? 1.0 : 0.0});
  if (error != CommandError::none) return error;
  return rig.command(Opcode::insertKey, {handle, static_cast<double>(insert.key)});
}

void tell(EngineRig& rig, const Console& console) {
  REQUIRE(rig.trackList(console.order()) == CommandError::none);
  const auto tellChain = [&](int owner, const std::vector<ConsoleInsert>& inserts) {
    REQUIRE(tellInserts(rig, owner, inserts) == CommandError::none);
    for (const ConsoleInsert& insert : inserts) {
      REQUIRE(tellInsertParams(rig, insert) == CommandError::none);
      REQUIRE(tellInsertState(rig, insert) == CommandError::none);
    }
  };
  for (const ConsoleTrack& track : console.tracks) {
    rig.command(Opcode::trackChannels,
                {static_cast<double>(track.handle), static_cast<double>(track.channels)});
    for (const auto& [index, value] : track.params) {
      REQUIRE(rig.param(track.handle, static_cast<StripParam>(index), value) == CommandError::none);
    }
    REQUIRE(rig.clips(track.handle, track.clips) == CommandError::none);
    REQUIRE(tellRoute(rig, track) == CommandError::none);
    REQUIRE(tellSends(rig, track) == CommandError::none);
    REQUIRE(tellKeys(rig, track) == CommandError::none);
    tellChain(track.handle, track.inserts);
  }
  tellChain(toMaster, console.masterInserts);
}

std::size_t channelParam(std::string_view id) {
  const auto found = std::find_if(channelParams.begin(), channelParams.end(),
                                  [&](const params::ParamInfo& info) { return info.id == id; });
  INFO(id);
  REQUIRE(found != channelParams.end());
  return static_cast<std::size_t>(found - channelParams.begin());
}

double Dice::valueOf(const params::ParamInfo& info, double part) {
  if (info.kind != params::ParamKind::continuous) {
    return info.min + static_cast<double>(roll(static_cast<std::size_t>(info.max - info.min) + 1));
  }
  return between(info.min, info.min + part * (info.max - info.min));
}

ConsoleInsert Dice::insert(int handle) {
  ConsoleInsert insert{.handle = handle, .device = roll(engine::deviceTypes().size())};
  const auto infos = engine::deviceTypes()[insert.device].table->params;
  for (std::size_t i = 0; i < infos.size(); ++i) {
    if (oneIn(3)) insert.params[i] = valueOf(infos[i], 0.7);
  }
  return insert;
}

void Dice::strip(ConsoleTrack& track) {
  const auto set = [&](std::string_view id, double value) { track.params[channelParam(id)] = value; };
  set("trimDb", between(-6, 6));
  set("polarity", static_cast<double>(roll(2)));
  set("pan", between(-100, 100));
  set("panLaw", static_cast<double>(roll(4)));
  set("volumeDb", between(-12, 3));
  for (std::size_t i = engine::stripParams.size(); i < channelParams.size(); ++i) {
    const params::ParamInfo& info = channelParams[i];
    if (info.id.ends_with("keyListen") || info.id.ends_with("makeupDb")) continue;
    if (info.id.ends_with(".on") ? oneIn(2) : oneIn(4)) track.params[i] = valueOf(info);
  }
}

}  // namespace mixwell::test
