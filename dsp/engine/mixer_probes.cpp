#include <algorithm>

#include "engine/mixer.h"

namespace mixwell::engine {

// What does not sound leaves its probe at rest.
void Mixer::clearProbes(std::size_t /*frames*/) noexcept {
  for (std::size_t i = 0; i < probeCount; ++i) {
    if (probes_[i].kind == Probe::Kind::off) continue;
    outputs_->probes[i] = {};
    std::fill_n(outputs_->probeReadouts[i], params::maxReadouts, 0.0f);
  }
}

void Mixer::probeSection(const Quad& quad, StripSection section, bool before, const Block& block,
                         const Block* gateKey, const Block* compressorKey, std::size_t at,
                         std::size_t frames) noexcept {
  for (std::size_t i = 0; i < probeCount; ++i) {
    const Probe& probe = probes_[i];
    if (probe.kind != Probe::Kind::section || probe.target != static_cast<std::int32_t>(section)) continue;
    if (strips_[probe.owner].quad == noIndex || &quads_[strips_[probe.owner].quad] != &quad) continue;
    const std::size_t lane = strips_[probe.owner].lane;
    copyLaneOut(block, lane, at + (before ? outputs_->probes[i].inLeft : outputs_->probes[i].outLeft),
                at + (before ? outputs_->probes[i].inRight : outputs_->probes[i].outRight), frames);
    const Block* key = section == StripSection::gate         ? gateKey
                       : section == StripSection::compressor ? compressorKey
                                                             : nullptr;
    if (before && key != nullptr) {
      copyLaneOut(*key, lane, outputs_->probes[i].keyLeft + at, outputs_->probes[i].keyRight + at, frames);
    }
    if (before) continue;
    // The places of the tables of the devices: input and output are in the sound beside them.
    float* readouts = outputs_->probeReadouts[i];
    if (section == StripSection::gate) {
      readouts[0] = quad.stages->gate.reductionDb(lane);
      readouts[3] = quad.stages->gate.keyDb(lane);
      readouts[4] = quad.stages->gate.isOpen(lane) ? 1.0f : 0.0f;
    } else if (section == StripSection::compressor) {
      readouts[0] = quad.stages->compressor.reductionDb(lane);
      readouts[3] = quad.stages->compressor.keyDb(lane);
      readouts[4] = quad.stages->compressor.makeupDb(lane);
    }
  }
}

void Mixer::probeStrips(const Quad& quad, bool before, std::size_t frames) noexcept {
  for (std::size_t i = 0; i < probeCount; ++i) {
    const Probe& probe = probes_[i];
    if (probe.kind != Probe::Kind::strip || !isTrackSlot(probe.owner)) continue;
    if (strips_[probe.owner].quad == noIndex || &quads_[strips_[probe.owner].quad] != &quad) continue;
    copyLaneOut(block_, strips_[probe.owner].lane,
                before ? outputs_->probes[i].inLeft : outputs_->probes[i].outLeft,
                before ? outputs_->probes[i].inRight : outputs_->probes[i].outRight, frames);
  }
}

void Mixer::probeSound(std::size_t probe, bool before, const float* left, const float* right,
                       std::size_t frames) noexcept {
  ProbeSound& sound = outputs_->probes[probe];
  std::copy_n(left, frames, before ? sound.inLeft : sound.outLeft);
  std::copy_n(right, frames, before ? sound.inRight : sound.outRight);
}

void Mixer::probeMaster(std::uint32_t owner, bool before, const float* left, const float* right,
                        std::size_t frames) noexcept {
  for (std::size_t i = 0; i < probeCount; ++i) {
    const Probe& probe = probes_[i];
    if (probe.kind == Probe::Kind::strip && probe.owner == owner) {
      probeSound(i, before, left, right, frames);
    }
  }
}

void Mixer::probeInsert(std::uint32_t owner, const DeviceSlot& slot, bool before, const float* left,
                        const float* right, const KeyInput* key, std::size_t frames) noexcept {
  for (std::size_t i = 0; i < probeCount; ++i) {
    const Probe& probe = probes_[i];
    if (probe.kind != Probe::Kind::insert || probe.owner != owner) continue;
    if (probed_->inserts[slot.number()].handle != probe.target) continue;
    probeSound(i, before, left, right, frames);
    ProbeSound& sound = outputs_->probes[i];
    if (before && key != nullptr && key->sounds) {
      std::copy_n(key->left, frames, sound.keyLeft);
      std::copy_n(key->right, frames, sound.keyRight);
    }
    if (before || slot.device() == nullptr) continue;
    const auto readouts = slot.device()->readouts();
    std::copy_n(readouts.begin(), std::min(readouts.size(), params::maxReadouts), outputs_->probeReadouts[i]);
  }
}

void Mixer::copyLaneOut(const Block& block, std::size_t lane, float* left, float* right,
                        std::size_t frames) noexcept {
  for (std::size_t i = 0; i < frames; ++i) {
    left[i] = block.left[i].lane(lane);
    right[i] = block.right[i].lane(lane);
  }
}

}  // namespace mixwell::engine
