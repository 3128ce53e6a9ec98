#include <algorithm>

#include "core/math.h"
#include "engine/engine.h"

namespace mixwell::engine {

namespace {

double clipGainOf(double gainDb) noexcept {
  return gainDb <= clipGainOffDb ? 0.0 : core::dbToGain(gainDb);
}

std::optional<Clip> clipOf(std::span<const double> fields) noexcept {
  const auto source = handleOf(fields[0]);
  const auto start = framesOf(fields[1]);
  const auto offset = framesOf(fields[2]);
  const auto length = framesOf(fields[3]);
  const double gainDb = fields[4];
  const auto fadeIn = framesOf(fields[5]);
  const auto fadeInCurve = indexOf(fields[6], fadeCurveNames.size() - 1);
  const auto fadeOut = framesOf(fields[7]);
  const auto fadeOutCurve = indexOf(fields[8], fadeCurveNames.size() - 1);
  if (!source || !start || !offset || !length || !(gainDb <= maxClipGainDb)) return std::nullopt;
  if (!fadeIn || !fadeInCurve || !fadeOut || !fadeOutCurve) return std::nullopt;
  return Clip{.start = *start,
              .offset = *offset,
              .length = *length,
              .fadeIn = *fadeIn,
              .fadeOut = *fadeOut,
              .source = *source,
              .gain = static_cast<float>(clipGainOf(gainDb)),
              .fadeInCurve = static_cast<FadeCurve>(*fadeInCurve),
              .fadeOutCurve = static_cast<FadeCurve>(*fadeOutCurve)};
}

}  // namespace

CommandError Engine::applyCommands(std::span<const double> stream) noexcept {
  CommandError first = CommandError::none;
  const auto refuse = [&](CommandError error, std::size_t at) {
    if (error == CommandError::none || first != CommandError::none) return;
    first = error;
    errorPosition_ = at;
  };
  errorPosition_ = 0;
  CommandReader reader(stream);
  while (const auto command = reader.next()) refuse(apply(*command), command->at);
  if (reader.malformed()) refuse(CommandError::malformed, reader.position());
  return first;
}

CommandError Engine::apply(const Command& command) noexcept {
  const auto opcode = indexOf(command.opcode, opcodeNames.size());
  if (!opcode || *opcode == 0) return CommandError::unknownOpcode;
  const Arguments arguments = command.arguments;
  // Arguments each command takes; those with lists check the rest themselves.
  constexpr std::array<std::size_t, opcodeNames.size() + 1> counts = {
      0, 3, 1, 1, 3, 2, 2, 2, 3, 0, 0, 1, 1, 3, 2, 2, 3, 2, 3, 3, 2, 5, 1, 4, 2, 1, 2, 1, 1};
  const auto which = static_cast<Opcode>(*opcode);
  const bool list = which == Opcode::trackList || which == Opcode::trackClips ||
                    which == Opcode::trackSends || which == Opcode::inserts || which == Opcode::automation ||
                    which == Opcode::tempoMap;
  if (list ? arguments.size() < counts[*opcode] : arguments.size() != counts[*opcode]) {
    return CommandError::argumentCount;
  }
  switch (which) {
    case Opcode::sourceAdd:
      return sourceAdd(arguments);
    case Opcode::sourceRemove:
      return sourceRemove(arguments);
    case Opcode::trackList:
      return trackList(arguments);
    case Opcode::trackParam:
      return trackParam(arguments);
    case Opcode::trackChannels:
      return trackChannels(arguments);
    case Opcode::trackClips:
      return trackClips(arguments);
    case Opcode::masterParam:
      return masterParam(arguments);
    case Opcode::loop:
      return setLoop(arguments);
    case Opcode::play:
      transport_.play();
      readAhead_.restart();
      return CommandError::none;
    case Opcode::stop:
      transport_.stop();
      return CommandError::none;
    case Opcode::seek:
      return seek(arguments);
    case Opcode::resetPeaks:
      return resetPeaks(arguments);
    case Opcode::monitor:
      return setMonitor(arguments);
    case Opcode::trackRoute:
      return trackRoute(arguments);
    case Opcode::trackSends:
      return trackSends(arguments);
    case Opcode::trackKey:
      return trackKey(arguments);
    case Opcode::inserts:
      return setInserts(arguments);
    case Opcode::insertParam:
      return insertParam(arguments);
    case Opcode::insertOn:
      return insertOn(arguments);
    case Opcode::insertKey:
      return insertKey(arguments);
    case Opcode::automation:
      return setAutomation(arguments);
    case Opcode::tempoMap:
      return tempoMap(arguments);
    case Opcode::probe:
      return setProbe(arguments);
    case Opcode::insertTable:
      return insertTable(arguments);
    case Opcode::mastering:
      return setMastering(arguments);
    case Opcode::audition:
      return setAudition(arguments);
    case Opcode::meterTrack:
      return meterTrack(arguments);
    case Opcode::meterLoudness:
      return meterLoudness(arguments);
  }
  return CommandError::unknownOpcode;
}

CommandError Engine::sourceAdd(Arguments arguments) noexcept {
  const auto handle = handleOf(arguments[0]);
  const auto channels = indexOf(arguments[1], 2);
  const auto frames = framesOf(arguments[2]);
  if (!handle || !channels || *channels == 0 || !frames) return CommandError::badValue;
  const Source source{*handle, *frames, static_cast<std::uint32_t>(*channels)};
  if (const Source* known = song_.source(*handle)) {
    const bool same = known->frames == source.frames && known->channels == source.channels;
    return same ? CommandError::none : CommandError::handleTaken;
  }
  if (!song_.hasRoomForSource()) return CommandError::overCapacity;
  song_.addSource(source);
  readAhead_.restart();
  return CommandError::none;
}

CommandError Engine::sourceRemove(Arguments arguments) noexcept {
  const auto handle = handleOf(arguments[0]);
  if (!handle) return CommandError::badValue;
  if (song_.source(*handle) == nullptr) return CommandError::unknownHandle;
  song_.removeSource(*handle);
  cache_.dropSource(*handle);
  return CommandError::none;
}

CommandError Engine::trackList(Arguments arguments) noexcept {
  const Arguments handles = arguments.subspan(1);
  if (arguments[0] != static_cast<double>(handles.size())) return CommandError::argumentCount;
  if (handles.size() > song_.trackCapacity()) return CommandError::overCapacity;
  std::array<std::int32_t, maxTracks> order{};
  for (std::size_t place = 0; place < handles.size(); ++place) {
    const auto handle = handleOf(handles[place]);
    if (!handle) return CommandError::badValue;
    for (std::size_t other = 0; other < place; ++other) {
      if (order[other] == *handle) return CommandError::badValue;
    }
    order[place] = *handle;
  }
  const auto end = order.begin() + handles.size();
  for (const std::uint32_t slot : song_.order()) {
    const bool stays = std::find(order.begin(), end, song_.track(slot).handle) != end;
    if (!stays) mixer_.removeTrack(slot, changesAtOnce());
  }
  std::array<bool, maxTracks> known{};
  for (std::size_t place = 0; place < handles.size(); ++place) {
    known[place] = song_.slotOf(order[place]) != Arrangement::none;
  }
  song_.setOrder({order.data(), handles.size()});
  for (std::size_t place = 0; place < handles.size(); ++place) {
    if (!known[place]) mixer_.addTrack(song_.order()[place], changesAtOnce());
  }
  mixer_.rerouted();
  readAhead_.restart();
  return CommandError::none;
}

CommandError Engine::trackParam(Arguments arguments) noexcept {
  const auto handle = handleOf(arguments[0]);
  const auto index = indexOf(arguments[1], channelParamCount - 1);
  if (!handle || !index) return CommandError::badValue;
  const auto value = channelParams[*index].accepted(arguments[2]);
  if (!value) return CommandError::badValue;
  const std::uint32_t slot = song_.slotOf(*handle);
  if (slot == Arrangement::none) return CommandError::unknownHandle;
  double& held = song_.track(slot).params[*index];
  if (held == *value) return CommandError::none;
  held = *value;
  mixer_.setParam(song_, slot, *index, changesAtOnce());
  return CommandError::none;
}

CommandError Engine::trackChannels(Arguments arguments) noexcept {
  const auto handle = handleOf(arguments[0]);
  const auto channels = indexOf(arguments[1], 2);
  if (!handle || !channels || *channels == 0) return CommandError::badValue;
  const std::uint32_t slot = song_.slotOf(*handle);
  if (slot == Arrangement::none) return CommandError::unknownHandle;
  song_.track(slot).channels = static_cast<std::uint32_t>(*channels);
  mixer_.setParam(song_, slot, static_cast<std::size_t>(StripParam::pan), changesAtOnce());
  mixer_.rerouted();  // sends follow
  return CommandError::none;
}

CommandError Engine::trackClips(Arguments arguments) noexcept {
  const auto handle = handleOf(arguments[0]);
  const auto count = indexOf(arguments[1], commandCapacity);
  if (!handle || !count) return CommandError::badValue;
  const Arguments fields = arguments.subspan(2);
  if (fields.size() != *count * clipFields) return CommandError::argumentCount;
  const std::uint32_t slot = song_.slotOf(*handle);
  if (slot == Arrangement::none) return CommandError::unknownHandle;
  for (std::size_t i = 0; i < *count; ++i) {
    const auto clip = clipOf(fields.subspan(i * clipFields, clipFields));
    if (!clip) return CommandError::badValue;
    if (song_.source(clip->source) == nullptr) return CommandError::unknownHandle;
  }
  if (!song_.clips.fits(slot, *count)) return CommandError::overCapacity;
  const std::span<Clip> clips = song_.clips.replace(slot, *count);
  for (std::size_t i = 0; i < *count; ++i) {
    if (const auto clip = clipOf(fields.subspan(i * clipFields, clipFields))) clips[i] = *clip;
  }
  song_.clips.finish();
  mixer_.clipsChanged();
  readAhead_.restart();
  return CommandError::none;
}

CommandError Engine::masterParam(Arguments arguments) noexcept {
  const auto index = indexOf(arguments[0], masterParams.size() - 1);
  if (!index) return CommandError::badValue;
  const auto value = masterParams[*index].accepted(arguments[1]);
  if (!value) return CommandError::badValue;
  mixer_.setMasterGain(static_cast<float>(params::faderGain(masterParams[*index], *value)), changesAtOnce());
  return CommandError::none;
}

CommandError Engine::setLoop(Arguments arguments) noexcept {
  const auto on = indexOf(arguments[0], 1);
  const auto start = framesOf(arguments[1]);
  const auto end = framesOf(arguments[2]);
  if (!on || !start || !end) return CommandError::badValue;
  if (*on == 1 && *end - *start < minLoopFrames) return CommandError::badValue;
  transport_.loop = {*on == 1, *start, *end};
  readAhead_.restart();
  return CommandError::none;
}

CommandError Engine::seek(Arguments arguments) noexcept {
  const auto frame = framesOf(arguments[0]);
  if (!frame) return CommandError::badValue;
  jumpTo(*frame);
  return CommandError::none;
}

void Engine::jumpTo(std::int64_t frame) noexcept {
  transport_.seek(frame);
  cache_.forgetRequests();
  readAhead_.restart();
  flushed_ = true;
}

// The way of the sound gets another length: what plays begins afresh where it is.
CommandError Engine::setMastering(Arguments arguments) noexcept {
  const auto on = indexOf(arguments[0], 1);
  if (!on) return CommandError::badValue;
  if (mixer_.masteringWanted() == (*on == 1)) return CommandError::none;
  mixer_.setMastering(*on == 1);
  if (!changesAtOnce()) jumpTo(transport_.position());
  return CommandError::none;
}

CommandError Engine::setAudition(Arguments arguments) noexcept {
  const auto choice = indexOf(arguments[0], auditionNames.size() - 1);
  const auto gainDb = arguments[1];
  if (!choice || !(gainDb >= minAuditionDb && gainDb <= maxAuditionDb)) return CommandError::badValue;
  audition_.set(static_cast<AuditionChoice>(*choice), static_cast<float>(core::dbToGain(gainDb)),
                changesAtOnce());
  return CommandError::none;
}

CommandError Engine::meterTrack(Arguments arguments) noexcept {
  const auto slot = keySlot(arguments[0]);
  if (!slot) return CommandError::unknownHandle;
  mixer_.meterTrack(*slot);
  return CommandError::none;
}

CommandError Engine::meterLoudness(Arguments arguments) noexcept {
  const auto on = indexOf(arguments[0], 1);
  if (!on) return CommandError::badValue;
  mixer_.meterLoudness(*on == 1);
  return CommandError::none;
}

CommandError Engine::resetPeaks(Arguments arguments) noexcept {
  const double which = arguments[0];
  if (which == allTracks || which == masterTrack) {
    mixer_.masterMeter().resetPeak();
    resetLoudness();
    if (which == allTracks) {
      for (const std::uint32_t slot : song_.order()) mixer_.meterOf(slot).resetPeak();
    }
    return CommandError::none;
  }
  const auto handle = handleOf(which);
  if (!handle) return CommandError::badValue;
  const std::uint32_t slot = song_.slotOf(*handle);
  if (slot == Arrangement::none) return CommandError::unknownHandle;
  mixer_.meterOf(slot).resetPeak();
  return CommandError::none;
}

void Engine::resetLoudness() noexcept {
  for (std::size_t which = 0; which < busMeterCount; ++which) mixer_.resetBusMeter(which);
}

CommandError Engine::setMonitor(Arguments arguments) noexcept {
  const auto value = masterParams[static_cast<std::size_t>(MasterParam::volumeDb)].accepted(arguments[0]);
  const auto dim = indexOf(arguments[1], 1);
  const auto mono = indexOf(arguments[2], 1);
  if (!value || !dim || !mono) return CommandError::badValue;
  monitor_.set(static_cast<float>(params::faderGain(masterParams[0], *value)), *dim == 1, *mono == 1);
  return CommandError::none;
}

}  // namespace mixwell::engine
