#include "engine/read_ahead.h"

#include <algorithm>

namespace mixwell::engine {

namespace {

constexpr double aheadSeconds = 1.0;
constexpr double warmSeconds = 0.25;

// Tracks looked at in a quantum (at least all of them once, so that what is needed first is always seen), and
// how long the planner rests after a pass.
constexpr std::size_t tracksPerQuantum = 128;
constexpr std::int64_t restAfterPassFrames = 2048;

}  // namespace

void ReadAhead::prepare(double sampleRateHz) noexcept {
  aheadFrames_ = static_cast<std::int64_t>(sampleRateHz * aheadSeconds);
  warmFrames_ = static_cast<std::int64_t>(sampleRateHz * warmSeconds);
  restart();
}

void ReadAhead::begin(Phase phase, const Place& place) noexcept {
  phase_ = phase;
  place_ = maxTracks;
  switch (phase) {
    case Phase::idle:
      restFrames_ = restAfterPassFrames;
      return;
    case Phase::ahead:
      walk_ = SongWalk(place.position, place.loop, aheadFrames_);
      return;
    case Phase::loopStart:
      walk_ = SongWalk(place.loop.start, {},
                       place.loop.isAheadOf(place.position) ? std::min(warmFrames_, place.loop.length()) : 0);
      return;
    case Phase::origin:
      walk_ = SongWalk(place.origin, {}, warmFrames_);
      return;
  }
}

ReadAhead::Phase ReadAhead::after(Phase phase) noexcept {
  switch (phase) {
    case Phase::idle:
      return Phase::ahead;
    case Phase::ahead:
      return Phase::loopStart;
    case Phase::loopStart:
      return Phase::origin;
    case Phase::origin:
      break;
  }
  return Phase::idle;
}

bool ReadAhead::wantTrack(const Arrangement& song, PageCache& cache, std::size_t slot,
                          std::int64_t clockFrames) const noexcept {
  bool room = true;
  forEachPageIn(song, slot, stretch_, [&](PageId page, std::int64_t) {
    room = room && cache.want(page, clockFrames, reissueFrames()) != PageCache::Wanted::noRoom;
  });
  return room;
}

void ReadAhead::advance(const Arrangement& song, PageCache& cache, const Place& place,
                        std::int64_t clockFrames, std::size_t frames) noexcept {
  if (phase_ == Phase::idle) {
    restFrames_ -= static_cast<std::int64_t>(frames);
    if (restFrames_ > 0) return;
    cache.beginPass();
    begin(Phase::ahead, place);
  }
  const std::size_t budget = std::max(tracksPerQuantum, song.order().size() + 2);
  for (std::size_t looked = 0; looked < budget && phase_ != Phase::idle; ++looked) {
    if (place_ < song.order().size()) {
      if (!wantTrack(song, cache, song.order()[place_++], clockFrames)) begin(Phase::idle, place);
    } else if (walk_.next(static_cast<std::int64_t>(pageFrames), stretch_)) {
      place_ = 0;
    } else {
      begin(after(phase_), place);
    }
  }
}

}  // namespace mixwell::engine
