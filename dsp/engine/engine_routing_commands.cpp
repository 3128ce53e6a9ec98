#include <algorithm>
#include <cmath>

#include "engine/device_types.h"
#include "engine/engine.h"

namespace mixwell::engine {

namespace {

std::optional<Send> sendOf(std::span<const double> fields, std::uint32_t bus) noexcept {
  const double gainDb = fields[1];
  const double pan = fields[2];
  const auto pre = indexOf(fields[3], 1);
  const auto on = indexOf(fields[4], 1);
  if (!(gainDb <= maxSendDb) || !(pan >= -100.0 && pan <= 100.0) || !pre || !on) return std::nullopt;
  return Send{
      .bus = bus, .gainDb = std::max(gainDb, sendOffDb), .pan = pan + 0.0, .pre = *pre == 1, .on = *on == 1};
}

std::optional<AutomationPoint> pointOf(std::span<const double> fields) noexcept {
  const auto frame = framesOf(fields[0]);
  const auto shape = indexOf(fields[2], static_cast<std::size_t>(PointShape::hold));
  if (!frame || !shape || !(fields[3] >= -1.0 && fields[3] <= 1.0)) return std::nullopt;
  return AutomationPoint{
      .frame = *frame, .value = fields[1], .bend = fields[3], .shape = static_cast<PointShape>(*shape)};
}

constexpr params::ParamInfo sendParams[] = {
    {.id = "gainDb",
     .name = "Send",
     .unit = "dB",
     .min = sendOffDb,
     .max = maxSendDb,
     .defaultValue = 0,
     .curve = params::ParamCurve::fader},
    {.id = "pan", .name = "Send pan", .unit = "", .min = -100, .max = 100, .defaultValue = 0}};

}  // namespace

// Nothing where the track is unknown.
std::optional<std::uint32_t> Engine::trackSlot(double handle) const noexcept {
  const auto track = handleOf(handle);
  const std::uint32_t slot = track ? song_.slotOf(*track) : Arrangement::none;
  return slot == Arrangement::none ? std::nullopt : std::optional(slot);
}

// Of a chain of inserts.
std::optional<std::uint32_t> Engine::ownerSlot(double handle) const noexcept {
  if (handle == masterTrack) return masterSlot;
  return handle == masteringChain ? std::optional(masteringSlot) : trackSlot(handle);
}

// Of what a track can be sent to by its output.
std::optional<std::uint32_t> Engine::busSlot(double handle) const noexcept {
  if (handle == masterTrack) return masterSlot;
  return handle == referenceBus ? std::optional(referenceSlot) : trackSlot(handle);
}

// A key's slot, or none for noKey; nothing where the track is unknown.
std::optional<std::uint32_t> Engine::keySlot(double handle) const noexcept {
  if (handle == noKey) return Arrangement::none;
  return trackSlot(handle);
}

// The mixer follows the new routes, or they are taken back where sound would go through too many tracks.
template <typename TakeBack>
CommandError Engine::rerouted(TakeBack takeBack) noexcept {
  routing_.measure(song_);
  if (routing_.depth() > maxRouteDepth) {
    takeBack();
    return CommandError::overCapacity;
  }
  mixer_.rerouted();
  return CommandError::none;
}

CommandError Engine::trackRoute(Arguments arguments) noexcept {
  const auto slot = trackSlot(arguments[0]);
  const auto bus = busSlot(arguments[1]);
  if (!slot || !bus) return CommandError::unknownHandle;
  if (routing_.wouldLoop(song_, *slot, {&*bus, 1})) return CommandError::routingLoop;
  const std::uint32_t before = song_.track(*slot).output;
  song_.track(*slot).output = *bus;
  return rerouted([&] { song_.track(*slot).output = before; });
}

CommandError Engine::trackSends(Arguments arguments) noexcept {
  const auto slot = trackSlot(arguments[0]);
  const auto count = indexOf(arguments[1], maxSends);
  const Arguments fields = arguments.subspan(2);
  if (!count) return CommandError::badValue;
  if (fields.size() != *count * sendFields) return CommandError::argumentCount;
  if (!slot) return CommandError::unknownHandle;
  std::array<Send, maxSends> sends{};
  std::array<std::uint32_t, maxSends> buses{};
  for (std::size_t i = 0; i < *count; ++i) {
    const Arguments one = fields.subspan(i * sendFields, sendFields);
    const auto bus = trackSlot(one[0]);
    if (!bus) return CommandError::unknownHandle;
    const auto send = sendOf(one, *bus);
    if (!send) return CommandError::badValue;
    sends[i] = *send;
    buses[i] = *bus;
  }
  if (routing_.wouldLoop(song_, *slot, {buses.data(), *count})) return CommandError::routingLoop;
  Track& track = song_.track(*slot);
  const auto sendsBefore = track.sends;
  const std::size_t countBefore = track.sendCount;
  track.sends = sends;
  track.sendCount = *count;
  return rerouted([&] {
    track.sends = sendsBefore;
    track.sendCount = countBefore;
  });
}

CommandError Engine::trackKey(Arguments arguments) noexcept {
  const auto slot = trackSlot(arguments[0]);
  const auto section = indexOf(arguments[1], keyedSections - 1);
  const auto key = keySlot(arguments[2]);
  if (!section) return CommandError::badValue;
  if (!slot || !key) return CommandError::unknownHandle;
  if (*key != Arrangement::none && routing_.wouldLoop(song_, *key, {&*slot, 1})) {
    return CommandError::routingLoop;
  }
  std::uint32_t& held = song_.track(*slot).keys[*section];
  const std::uint32_t before = held;
  held = *key;
  return rerouted([&] { held = before; });
}

CommandError Engine::setInserts(Arguments arguments) noexcept {
  const auto owner = ownerSlot(arguments[0]);
  const auto count = indexOf(arguments[1], maxInserts);
  const Arguments fields = arguments.subspan(2);
  if (!count) return CommandError::badValue;
  if (fields.size() != *count * insertFields) return CommandError::argumentCount;
  if (!owner) return CommandError::unknownHandle;
  std::size_t born = 0;
  for (std::size_t i = 0; i < *count; ++i) {
    const auto handle = handleOf(fields[i * insertFields]);
    const auto device = indexOf(fields[i * insertFields + 1], deviceTypes().size() - 1);
    if (!handle || !device) return CommandError::badValue;
    for (std::size_t other = 0; other < i; ++other) {
      if (fields[other * insertFields] == static_cast<double>(*handle)) return CommandError::badValue;
    }
    const std::uint32_t known = song_.inserts.find(*handle);
    if (known == InsertStore::none) {
      ++born;
    } else if (song_.inserts[known].owner != *owner || song_.inserts[known].device != *device) {
      return CommandError::handleTaken;
    }
  }
  if (born > song_.inserts.room()) return CommandError::overCapacity;
  std::array<std::uint32_t, maxInserts> chain{};
  std::array<std::uint32_t, maxInserts> fresh{};
  std::size_t freshCount = 0;
  for (std::size_t i = 0; i < *count; ++i) {
    const auto handle = handleOf(fields[i * insertFields]).value_or(0);
    const auto device = static_cast<std::uint32_t>(fields[i * insertFields + 1]);
    const std::uint32_t known = song_.inserts.find(handle);
    chain[i] = known;
    if (known != InsertStore::none) continue;
    chain[i] = song_.inserts.add(handle, device, *owner);
    fresh[freshCount++] = chain[i];
  }
  if (!mixer_.beginInserts(song_, *owner, {fresh.data(), freshCount})) {
    for (std::size_t i = freshCount; i > 0; --i) song_.inserts.remove(fresh[i - 1]);
    return CommandError::overCapacity;
  }
  song_.inserts.setChain(song_.chainOf(*owner), {chain.data(), *count});
  mixer_.chainChanged(song_, *owner, changesAtOnce());
  song_.automation.removeIf([&](const LaneTarget& lane) {
    return lane.kind == LaneKind::insert && song_.inserts.find(lane.owner) == InsertStore::none;
  });
  return CommandError::none;
}

std::optional<std::uint32_t> Engine::insertOf(double handle) const noexcept {
  const auto known = handleOf(handle);
  const std::uint32_t number = known ? song_.inserts.find(*known) : InsertStore::none;
  return number == InsertStore::none ? std::nullopt : std::optional(number);
}

CommandError Engine::insertParam(Arguments arguments) noexcept {
  const auto number = insertOf(arguments[0]);
  if (!number) return CommandError::unknownHandle;
  Insert& insert = song_.inserts[*number];
  const auto infos = deviceTypes()[insert.device].table->params;
  const auto index = handleOf(arguments[1]);
  if (!index || static_cast<std::size_t>(*index) >= infos.size()) return CommandError::badValue;
  const auto place = static_cast<std::size_t>(*index);
  const auto value = infos[place].accepted(arguments[2]);
  if (!value) return CommandError::badValue;
  if (insert.params[place] == *value) return CommandError::none;
  insert.params[place] = *value;
  mixer_.setInsertParam(song_, *number, place, changesAtOnce());
  return CommandError::none;
}

CommandError Engine::insertOn(Arguments arguments) noexcept {
  const auto number = insertOf(arguments[0]);
  const auto on = indexOf(arguments[1], 1);
  const auto levelMatched = indexOf(arguments[2], 1);
  if (!on || !levelMatched) return CommandError::badValue;
  if (!number) return CommandError::unknownHandle;
  song_.inserts[*number].on = *on == 1;
  song_.inserts[*number].levelMatched = *levelMatched == 1;
  mixer_.setInsertOn(song_, *number, changesAtOnce());
  return CommandError::none;
}

CommandError Engine::insertKey(Arguments arguments) noexcept {
  const auto number = insertOf(arguments[0]);
  const auto key = keySlot(arguments[1]);
  if (!number || !key) return CommandError::unknownHandle;
  Insert& insert = song_.inserts[*number];
  if (insert.owner == masteringSlot) return CommandError::badValue;
  if (*key != Arrangement::none && routing_.wouldLoop(song_, *key, {&insert.owner, 1})) {
    return CommandError::routingLoop;
  }
  const std::uint32_t before = insert.key;
  insert.key = *key;
  return rerouted([&] { insert.key = before; });
}

const params::ParamInfo* Engine::automated(const LaneTarget& lane) const noexcept {
  const auto within = [&](std::span<const params::ParamInfo> infos) -> const params::ParamInfo* {
    return lane.param < infos.size() && !infos[lane.param].changesLatency ? &infos[lane.param] : nullptr;
  };
  const bool ofMaster = lane.owner == static_cast<std::int32_t>(masterTrack);
  // Solo is for the ear, and what a strip is by nature does not move.
  const auto fixed = {StripParam::polarity, StripParam::panLaw, StripParam::solo, StripParam::soloSafe};
  const auto is = [&](StripParam which) { return lane.param == static_cast<std::uint32_t>(which); };
  if (lane.kind == LaneKind::strip && !ofMaster && std::any_of(fixed.begin(), fixed.end(), is))
    return nullptr;
  switch (lane.kind) {
    case LaneKind::strip:
      return ofMaster ? within(masterParams) : within(channelParams);
    case LaneKind::insert:
      return within(deviceTypes()[song_.inserts[song_.inserts.find(lane.owner)].device].table->params);
    case LaneKind::send:
      break;
  }
  return !ofMaster && lane.slot < maxSends ? within(sendParams) : nullptr;
}

CommandError Engine::setAutomation(Arguments arguments) noexcept {
  const auto owner = ownerSlot(arguments[0]);
  const auto kind = indexOf(arguments[1], 2);
  const auto target = handleOf(arguments[2]);
  const auto param = handleOf(arguments[3]);
  const auto count = indexOf(arguments[4], commandCapacity);
  if (!kind || !target || !param || !count) return CommandError::badValue;
  const Arguments fields = arguments.subspan(5);
  if (fields.size() != *count * pointFields) return CommandError::argumentCount;
  if (!owner) return CommandError::unknownHandle;
  if (*owner == masteringSlot && *kind != static_cast<std::size_t>(LaneKind::insert)) {
    return CommandError::badValue;
  }
  LaneTarget lane{.kind = static_cast<LaneKind>(*kind),
                  .owner = static_cast<std::int32_t>(arguments[0]),
                  .param = static_cast<std::uint32_t>(*param)};
  if (lane.kind == LaneKind::insert) {
    const std::uint32_t number = song_.inserts.find(*target);
    if (number == InsertStore::none || song_.inserts[number].owner != *owner) {
      return CommandError::unknownHandle;
    }
    lane.owner = *target;
  } else if (lane.kind == LaneKind::send) {
    lane.slot = static_cast<std::uint32_t>(*target);
  }
  const params::ParamInfo* info = automated(lane);
  if (info == nullptr) return CommandError::badValue;
  std::int64_t before = -1;
  for (std::size_t i = 0; i < *count; ++i) {
    const auto point = pointOf(fields.subspan(i * pointFields, pointFields));
    if (!point || point->frame <= before || !info->accepted(point->value)) return CommandError::badValue;
    before = point->frame;
  }
  if (*count == 0) {
    if (song_.automation.find(lane) == AutomationStore::none) return CommandError::none;
    song_.automation.remove(lane);
    mixer_.automationChanged();
    leaveToParam(lane);
    return CommandError::none;
  }
  if (!song_.automation.fits(lane, *count)) return CommandError::overCapacity;
  const std::span<AutomationPoint> points = song_.automation.replace(lane, *count);
  for (std::size_t i = 0; i < *count; ++i) {
    points[i] = *pointOf(fields.subspan(i * pointFields, pointFields));
    points[i].value = *info->accepted(points[i].value);
  }
  mixer_.automationChanged();
  return CommandError::none;
}

// What a lane has moved goes back to where its control stands.
void Engine::leaveToParam(const LaneTarget& lane) noexcept {
  if (lane.kind == LaneKind::insert) {
    mixer_.setInsertParam(song_, song_.inserts.find(lane.owner), lane.param, changesAtOnce());
  } else if (lane.kind == LaneKind::strip && lane.owner != static_cast<std::int32_t>(masterTrack)) {
    mixer_.setParam(song_, song_.slotOf(lane.owner), lane.param, changesAtOnce());
  }
}

CommandError Engine::tempoMap(Arguments arguments) noexcept {
  const auto count = indexOf(arguments[0], maxTempoChanges);
  const Arguments fields = arguments.subspan(1);
  if (!count) return CommandError::badValue;
  if (fields.size() != *count * tempoFields) return CommandError::argumentCount;
  if (*count == 0 || fields[0] != 0.0) return CommandError::badValue;
  std::array<TempoChange, maxTempoChanges> changes{};
  for (std::size_t i = 0; i < *count; ++i) {
    const auto frame = framesOf(fields[i * tempoFields]);
    const double bpm = fields[i * tempoFields + 1];
    if (!frame || !(bpm >= minQuarterBpm && bpm <= maxQuarterBpm)) return CommandError::badValue;
    if (i > 0 && *frame <= changes[i - 1].frame) return CommandError::badValue;
    changes[i] = {*frame, bpm};
  }
  song_.tempo.set({changes.data(), *count});
  return CommandError::none;
}

CommandError Engine::setProbe(Arguments arguments) noexcept {
  const auto index = indexOf(arguments[0], probeCount - 1);
  if (!index) return CommandError::badValue;
  if (arguments[2] == -1.0) {
    mixer_.probes()[*index] = {};
    return CommandError::none;
  }
  const auto kind = indexOf(arguments[2], 2);
  const auto target = handleOf(arguments[3]);
  if (!kind || !target) return CommandError::badValue;
  const auto owner = ownerSlot(arguments[1]);
  if (!owner) return CommandError::unknownHandle;
  Probe probe{.kind = static_cast<Probe::Kind>(*kind + 1), .owner = *owner, .target = *target};
  const bool known = probe.kind != Probe::Kind::section ||
                     (isTrackSlot(*owner) && *target <= static_cast<std::int32_t>(StripSection::compressor));
  if (!known) return CommandError::badValue;
  if (probe.kind == Probe::Kind::insert) {
    const auto number = insertOf(arguments[3]);
    if (!number || song_.inserts[*number].owner != *owner) return CommandError::unknownHandle;
  }
  mixer_.probes()[*index] = probe;
  return CommandError::none;
}

CommandError Engine::insertTable(Arguments arguments) noexcept {
  const auto number = insertOf(arguments[0]);
  const auto floats = handleOf(arguments[1]);
  if (!floats) return CommandError::badValue;
  if (!number) return CommandError::unknownHandle;
  if (*floats == 0) commitTable(static_cast<std::int32_t>(arguments[0]), 0);
  return CommandError::none;
}

float* Engine::claimTable(std::int32_t insert, std::size_t floats) noexcept {
  const std::uint32_t number = song_.inserts.find(insert);
  params::Device* device = number == InsertStore::none ? nullptr : mixer_.deviceOf(song_, number);
  if (device == nullptr) return nullptr;
  const std::span<float> room = device->claimTable(floats);
  return room.empty() ? nullptr : room.data();
}

bool Engine::commitTable(std::int32_t insert, std::size_t floats) noexcept {
  const std::uint32_t number = song_.inserts.find(insert);
  params::Device* device = number == InsertStore::none ? nullptr : mixer_.deviceOf(song_, number);
  if (device == nullptr) return false;
  device->commitTable(floats);
  return true;
}

}  // namespace mixwell::engine
