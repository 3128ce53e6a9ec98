#include "engine/engine.h"

#include <algorithm>

#include "core/units.h"
#include "params/param_info.h"

namespace mixwell::engine {

bool Engine::prepare(const EngineSpec& spec) {
  const bool valid = spec.sampleRateHz >= 8000.0 && spec.sampleRateHz <= 384000.0 &&
                     spec.trackCapacity >= 1 && spec.trackCapacity <= maxTracks && spec.pageSlots >= 4 &&
                     spec.pageSlots <= maxPageSlots;
  if (!valid) return false;
  song_.prepare(spec.sampleRateHz, spec.trackCapacity);
  routing_.prepare(spec.trackCapacity);
  cache_.prepare(spec.pageSlots);
  mixer_.prepare({.sampleRateHz = spec.sampleRateHz,
                  .trackCapacity = spec.trackCapacity,
                  .insertBytes = spec.insertBytes,
                  .delayBytes = spec.delayBytes,
                  .keepStems = spec.keepStems});
  mixer_.setProbeOutputs(&outputs_);
  audition_.prepare(spec.sampleRateHz);
  monitor_.prepare(spec.sampleRateHz);
  fade_.prepare(core::framesIn(transportFadeMs, spec.sampleRateHz));
  readAhead_.prepare(spec.sampleRateHz);
  levels_.assign(1 + spec.trackCapacity, Levels{});
  telemetry_ = {};
  meteredTo_ = 0;
  outputs_ = {};
  transport_ = {};
  clockFrames_ = 0;
  lastFrames_ = 0;
  flushed_ = holding_ = false;
  return true;
}

void Engine::reset() noexcept {
  transport_.reset();
  fade_.close();
  cache_.clear();
  mixer_.snap(song_);
  readAhead_.restart();
  flushed_ = true;
  holding_ = false;
}

bool Engine::changesAtOnce() const noexcept {
  return transport_.phase() == Transport::Phase::stopped || transport_.phase() == Transport::Phase::starting;
}

bool Engine::takeFlush() noexcept {
  const bool flushed = flushed_;
  flushed_ = false;
  return flushed;
}

// How many of the next frames have all their pages. Pages that are missing are asked for before all others.
std::int64_t Engine::readyFrames(std::int64_t position, std::int64_t frames) noexcept {
  cache_.beginBlock();
  std::int64_t ready = frames;
  std::int64_t done = 0;
  SongPath path(position, transport_.loop);
  while (done < frames) {
    const SongSpan span = path.next(frames - done);
    for (std::size_t place = 0; place < song_.order().size(); ++place) {
      if (mixer_.isShut(song_.order()[place])) continue;
      forEachPageIn(song_, song_.order()[place], span, [&](PageId page, std::int64_t firstFrame) {
        if (cache_.use(page).samples != nullptr) return;
        ready = std::min(ready, done + firstFrame - span.from);
        cache_.wantNow(page, clockFrames_);
      });
    }
    done += span.length();
  }
  return ready;
}

std::int64_t Engine::mix(std::int64_t position, std::size_t frames, float* left, float* right) noexcept {
  Pieces pieces{};
  std::size_t count = 0;
  SongPath path(position, transport_.loop);
  for (std::size_t at = 0; at < frames;) {
    const SongSpan span = path.next(static_cast<std::int64_t>(frames - at));
    pieces[count++] = {span, at};
    at += static_cast<std::size_t>(span.length());
  }
  mixer_.process(song_, cache_, {pieces.data(), count}, frames, left, right);
  return path.position();
}

std::size_t Engine::playQuantum(std::size_t frames) noexcept {
  const auto length = static_cast<std::int64_t>(frames);
  // Should sound run out soon, the monitor fades before it does.
  const std::int64_t lookOut = length + fade_.frames();
  const std::int64_t ready = readyFrames(transport_.position(), lookOut);
  const bool starting = transport_.phase() == Transport::Phase::starting;
  holding_ = ready < length;
  if (holding_) {
    (starting ? telemetry_.waitedQuanta : telemetry_.starvedQuanta) += 1.0;
    fade_.close();
    silence();
    mixer_.meterSilence(song_, frames);
    return 0;
  }
  if (starting) {
    transport_.started();
    mixer_.snap(song_);  // what was changed while nothing sounded may have left its traces
    if (transport_.position() == 0) fade_.open();
    if (transport_.position() != meteredTo_) resetLoudness();
  }
  transport_.advanceTo(mix(transport_.position(), frames, outputs_.tapLeft, outputs_.tapRight));
  mixer_.meterQuantum(song_, frames, outputs_.tapLeft, outputs_.tapRight);
  meteredTo_ = transport_.position();
  std::copy_n(outputs_.tapLeft, frames, outputs_.monitorLeft);
  std::copy_n(outputs_.tapRight, frames, outputs_.monitorRight);
  audition_.process(mixer_.comparisons(), outputs_.monitorLeft, outputs_.monitorRight, frames);
  fade_.apply(ready == lookOut, outputs_.monitorLeft, outputs_.monitorRight, frames);
  return frames;
}

void Engine::leaveQuantum(std::size_t frames) noexcept {
  silence();
  mixer_.meterSilence(song_, frames);
  const std::int64_t position = transport_.leavingPosition();
  if (!fade_.isClosed() &&
      readyFrames(position, static_cast<std::int64_t>(frames)) >= static_cast<std::int64_t>(frames)) {
    transport_.leaveTo(mix(position, frames, outputs_.monitorLeft, outputs_.monitorRight));
    audition_.process(mixer_.comparisons(), outputs_.monitorLeft, outputs_.monitorRight, frames);
    fade_.apply(false, outputs_.monitorLeft, outputs_.monitorRight, frames);
  } else {
    fade_.close();
  }
  if (!fade_.isClosed()) return;
  mixer_.snap(song_);
  transport_.left();
}

void Engine::silence() noexcept {
  std::fill_n(outputs_.tapLeft, quantumFrames, 0.0f);
  std::fill_n(outputs_.tapRight, quantumFrames, 0.0f);
  std::fill_n(outputs_.monitorLeft, quantumFrames, 0.0f);
  std::fill_n(outputs_.monitorRight, quantumFrames, 0.0f);
}

std::size_t Engine::process(std::size_t frames) noexcept {
  frames = std::clamp<std::size_t>(frames, 1, quantumFrames);
  std::size_t advanced = 0;
  holding_ = false;
  mixer_.update(song_, changesAtOnce());
  switch (transport_.phase()) {
    case Transport::Phase::stopped:
      silence();
      mixer_.meterSilence(song_, frames);
      break;
    case Transport::Phase::leaving:
      leaveQuantum(frames);
      break;
    case Transport::Phase::starting:
    case Transport::Phase::playing:
      advanced = playQuantum(frames);
      break;
  }
  monitor_.process(outputs_.monitorLeft, outputs_.monitorRight, frames);
  lastFrames_ = advanced;
  clockFrames_ += static_cast<std::int64_t>(frames);
  readAhead_.advance(song_, cache_, {transport_.position(), transport_.origin(), transport_.loop},
                     clockFrames_, frames);
  report(advanced);
  return advanced;
}

bool Engine::stem(std::int32_t track) noexcept {
  const std::uint32_t slot = song_.slotOf(track);
  return slot != Arrangement::none && mixer_.stem(slot, lastFrames_, outputs_.stemLeft, outputs_.stemRight);
}

std::size_t Engine::missingPages(std::int64_t frames, std::span<PageId> into) noexcept {
  mixer_.update(song_, changesAtOnce());
  cache_.beginPass();
  readAhead_.restart();
  std::size_t count = 0;
  bool room = true;
  SongWalk walk(transport_.position(), transport_.loop, frames);
  SongSpan stretch{0, 0};
  while (room && walk.next(static_cast<std::int64_t>(pageFrames), stretch)) {
    for (std::size_t place = 0; place < song_.order().size(); ++place) {
      if (mixer_.isShut(song_.order()[place])) continue;
      forEachPageIn(song_, song_.order()[place], stretch, [&](PageId page, std::int64_t) {
        const bool named = cache_.named(page);
        room = room && count < into.size();
        if (!room || named) return;
        const PageCache::Wanted wanted = cache_.want(page, clockFrames_, readAhead_.reissueFrames());
        if (wanted == PageCache::Wanted::noRoom) {
          room = false;
        } else if (wanted == PageCache::Wanted::pending) {
          cache_.unqueue(page);
          into[count++] = page;
        }
      });
    }
  }
  return count;
}

void Engine::report(std::size_t advanced) noexcept {
  telemetry_.quanta += 1.0;
  telemetry_.positionFrames = static_cast<double>(transport_.position());
  telemetry_.playing = transport_.isPlaying() ? 1.0 : 0.0;
  telemetry_.advancedFrames += static_cast<double>(advanced);
  telemetry_.holding = holding_ ? 1.0 : 0.0;
  telemetry_.trackCount = static_cast<double>(song_.order().size());
  telemetry_.latencyFrames = static_cast<double>(mixer_.latencyFrames());
  const auto levelsOf = [](const meter::LevelMeter& meter) {
    const int flags = (meter.maxPeak() > 1.0f ? 1 : 0) + (meter.badSamples() ? 2 : 0);
    return Levels{.peakLeft = meter.peakLeft(),
                  .peakRight = meter.peakRight(),
                  .rmsLeft = meter.rmsLeft(),
                  .rmsRight = meter.rmsRight(),
                  .maxPeak = meter.maxPeak(),
                  .flags = static_cast<float>(flags)};
  };
  levels_[0] = levelsOf(mixer_.masterMeter());
  for (std::size_t place = 0; place < song_.order().size(); ++place) {
    const std::uint32_t slot = song_.order()[place];
    levels_[1 + place] = levelsOf(mixer_.meterOf(slot));
    mixer_.reductionsOf(song_, slot, levels_[1 + place]);
  }
  mixer_.reductionsOf(song_, masterSlot, levels_[0]);
  for (std::size_t which = 0; which < busMeterCount; ++which) {
    telemetry_.buses[which] = mixer_.busMeter(which).readings();
  }
}

}  // namespace mixwell::engine
