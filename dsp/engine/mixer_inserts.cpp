#include <algorithm>

#include "core/units.h"
#include "engine/mixer.h"

namespace mixwell::engine {

void Mixer::destroy(DeviceSlot* slot) noexcept {
  slot->end(environment_);
  freeSlots_.push_back(slot);  // within what prepare reserved
  delaysChanged_ = true;
}

void Mixer::clearRack(InsertRack& rack) noexcept {
  for (DeviceSlot* slot : rack.slots()) {
    slot->leave(environment_, true);
  }
  rack.follow({}, environment_, true, [&](DeviceSlot* slot) { destroy(slot); });
}

bool Mixer::beginInserts(const Arrangement& song, std::uint32_t owner,
                         std::span<const std::uint32_t> born) noexcept {
  InsertRack& rack = rackOf(owner);
  if (rack.slots().size() + born.size() > InsertRack::capacity) {
    rack.endLeaving([&](DeviceSlot* slot) { destroy(slot); });
  }
  if (born.size() > freeSlots_.size()) return false;
  std::array<DeviceSlot*, maxInserts> begun{};
  for (std::size_t i = 0; i < born.size(); ++i) {
    const std::uint32_t device = song.inserts[born[i]].device;
    DeviceSlot* slot = freeSlots_.back();
    if (!slot->begin(born[i], deviceTypes()[device], deviceBytes_[device], environment_)) {
      while (i > 0) destroy(begun[--i]);
      return false;
    }
    freeSlots_.pop_back();
    begun[i] = slot;
  }
  for (std::size_t i = 0; i < born.size(); ++i) rack.add(begun[i]);
  return true;
}

void Mixer::chainChanged(const Arrangement& song, std::uint32_t owner, bool atOnce) noexcept {
  const auto chain = song.inserts.chain(song.chainOf(owner));
  for (DeviceSlot* slot : rackOf(owner).slots()) {
    if (slot->isLeaving() || std::find(chain.begin(), chain.end(), slot->number()) != chain.end()) continue;
    slot->leave(environment_, atOnce);
  }
  rackChangesOf(owner) = true;
  racksChange_ = true;
  graphChanged_ = true;  // keys of devices that are gone go, too
}

DeviceSlot* Mixer::slotOf(const Arrangement& song, std::uint32_t number) noexcept {
  return rackOf(song.inserts[number].owner).find(number);
}

params::Device* Mixer::deviceOf(const Arrangement& song, std::uint32_t number) noexcept {
  const DeviceSlot* slot = slotOf(song, number);
  return slot == nullptr ? nullptr : slot->device();
}

void Mixer::setInsertParam(const Arrangement& song, std::uint32_t number, std::size_t index,
                           bool atOnce) noexcept {
  const Insert& insert = song.inserts[number];
  DeviceSlot* slot = slotOf(song, number);
  if (slot == nullptr) return;
  const params::ParamInfo& info = deviceTypes()[insert.device].table->params[index];
  const std::uint32_t frames = atOnce ? 0 : core::framesIn(info.smoothingMs, sampleRateHz_);
  slot->setParam(index, insert.params[index], frames, environment_);
  if (info.changesLatency) delaysChanged_ = true;
}

void Mixer::setInsertOn(const Arrangement& song, std::uint32_t number, bool atOnce) noexcept {
  DeviceSlot* slot = slotOf(song, number);
  const Insert& insert = song.inserts[number];
  if (slot != nullptr) slot->setOn(insert.on, insert.levelMatched, environment_, atOnce);
}

// At most one device is made in a quantum, which is within the time that an edit may take.
void Mixer::updateRack(const Arrangement& song, std::uint32_t owner, bool atOnce, int& budget) noexcept {
  InsertRack& rack = rackOf(owner);
  for (DeviceSlot* slot : rack.slots()) {
    if (slot->isLeaving() || slot->device() != nullptr || (!atOnce && budget == 0)) continue;
    slot->make(song.inserts[slot->number()], environment_);
    --budget;
    delaysChanged_ = true;
  }
  const bool complete = rack.follow(song.inserts.chain(song.chainOf(owner)), environment_, atOnce,
                                    [&](DeviceSlot* slot) { destroy(slot); });
  rackChangesOf(owner) = !complete;
  if (!complete) racksChange_ = true;
}

void Mixer::updateRacks(const Arrangement& song, bool atOnce) noexcept {
  racksChange_ = false;
  int budget = 1;
  for (const std::uint32_t slot : song.order()) {
    if (strips_[slot].rackChanges) updateRack(song, slot, atOnce, budget);
  }
  if (masterRackChanges_) updateRack(song, masterSlot, atOnce, budget);
  if (masteringRackChanges_) updateRack(song, masteringSlot, atOnce, budget);
}

bool Mixer::runRack(InsertRack& rack, std::uint32_t owner, float* left, float* right, std::size_t frames,
                    bool sounds, std::int64_t late, meter::LevelMeter& meter) noexcept {
  const auto keyOf = [&](std::uint32_t number) -> const KeyInput* {
    return probed_->inserts[number].key == Arrangement::none ? nullptr : &insertKey(number);
  };
  const auto watch = [&](DeviceSlot& slot, bool before, const KeyInput* key) {
    if (probing_ && !slot.isLeaving()) probeInsert(owner, slot, before, left, right, key, frames);
    if (before) return;
    if (slot.takeBadSamples()) meter.reportBadSamples();
    if (!slot.isLeaving()) insertKey(slot.number()).sounds = false;
  };
  return rack.process(left, right, frames, !sounds, late, environment_, keyOf, watch);
}

}  // namespace mixwell::engine
