#include "engine/arrangement.h"

namespace mixwell::engine {

void Arrangement::prepare(double sampleRateHz, std::size_t trackCapacity) {
  sources_.assign(maxSources, Source{});
  freeSources_.clear();
  freeSources_.reserve(maxSources);
  for (std::uint32_t slot = maxSources; slot > 0; --slot) freeSources_.push_back(slot - 1);
  sourceIndex_.prepare(maxSources);
  tracks_.assign(trackCapacity, Track{});
  places_.assign(trackCapacity, none);
  order_.assign(trackCapacity, none);
  count_ = 0;
  trackIndex_.prepare(trackCapacity);
  clips.prepare(maxClips, trackCapacity);
  inserts.prepare(maxAllInserts, trackCapacity + 2);
  automation.prepare();
  tempo = {};
  tempo.prepare(sampleRateHz);
}

const Source* Arrangement::source(std::int32_t handle) const noexcept {
  const std::uint32_t slot = sourceIndex_.find(keyOf(handle));
  return slot == none ? nullptr : &sources_[slot];
}

void Arrangement::addSource(const Source& source) noexcept {
  const std::uint32_t slot = freeSources_.back();
  freeSources_.pop_back();
  sources_[slot] = source;
  sourceIndex_.insert(keyOf(source.handle), slot);
}

void Arrangement::removeSource(std::int32_t handle) noexcept {
  const std::uint32_t slot = sourceIndex_.find(keyOf(handle));
  if (slot == none) return;
  sourceIndex_.erase(keyOf(handle));
  freeSources_.push_back(slot);  // within what prepare reserved
}

void Arrangement::forget(std::uint32_t slot) noexcept {
  inserts.setChain(slot, {});
  inserts.forgetKey(slot);
  const std::int32_t handle = tracks_[slot].handle;
  automation.removeIf([&](const LaneTarget& lane) {
    return lane.kind == LaneKind::insert ? inserts.find(lane.owner) == none : lane.owner == handle;
  });
  for (Track& track : tracks_) {
    if (track.output == slot) track.output = masterSlot;
    std::size_t kept = 0;
    for (std::size_t i = 0; i < track.sendCount; ++i) {
      if (track.sends[i].bus != slot) track.sends[kept++] = track.sends[i];
    }
    track.sendCount = kept;
    for (std::uint32_t& key : track.keys) {
      if (key == slot) key = none;
    }
  }
}

void Arrangement::setOrder(std::span<const std::int32_t> handles) noexcept {
  for (const std::uint32_t slot : order()) places_[slot] = none;
  for (std::size_t place = 0; place < handles.size(); ++place) {
    const std::uint32_t slot = slotOf(handles[place]);
    if (slot != none) places_[slot] = static_cast<std::uint32_t>(place);
  }
  for (const std::uint32_t slot : order()) {
    if (places_[slot] != none) continue;
    trackIndex_.erase(keyOf(tracks_[slot].handle));
    clips.release(slot);
    forget(slot);
  }
  count_ = handles.size();
  std::uint32_t free = 0;
  for (std::size_t place = 0; place < handles.size(); ++place) {
    std::uint32_t slot = slotOf(handles[place]);
    if (slot == none) {
      while (places_[free] != none) ++free;
      slot = free;
      places_[slot] = static_cast<std::uint32_t>(place);
      Track& born = tracks_[slot];
      born = Track{.handle = handles[place]};
      for (std::size_t i = 0; i < channelParamCount; ++i) born.params[i] = channelParams[i].defaultValue;
      trackIndex_.insert(keyOf(handles[place]), slot);
    }
    order_[place] = slot;
  }
}

bool Arrangement::anySolo() const noexcept {
  for (const std::uint32_t slot : order()) {
    if (tracks_[slot].isOn(StripParam::solo)) return true;
  }
  return false;
}

}  // namespace mixwell::engine
