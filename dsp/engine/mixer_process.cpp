#include <algorithm>
#include <cstring>

#include "engine/mixer.h"

namespace mixwell::engine {

using core::Float4;

namespace {

bool isSilent(const QuadBlock<Float4>& block, std::size_t frames) noexcept {
  Float4 highest(0.0f);
  for (std::size_t i = 0; i < frames; ++i) {
    highest = core::max(core::abs(block.left[i]), highest);
    highest = core::max(core::abs(block.right[i]), highest);
  }
  for (std::size_t lane = 0; lane < core::laneCount; ++lane) {
    if (highest.lane(lane) > 0.0f) return false;
  }
  return true;
}

void transposeOut(const Float4* in, float (*planar)[quantumFrames], std::size_t frames) noexcept {
  for (std::size_t i = 0; i < frames; i += core::laneCount) {
    Float4 a = in[i];
    Float4 b = in[i + 1];
    Float4 c = in[i + 2];
    Float4 d = in[i + 3];
    core::transpose(a, b, c, d);
    a.store(planar[0] + i);
    b.store(planar[1] + i);
    c.store(planar[2] + i);
    d.store(planar[3] + i);
  }
}

}  // namespace

void Mixer::toPlanar(std::size_t frames) noexcept {
  transposeOut(block_.left, planar_.left, frames);
  transposeOut(block_.right, planar_.right, frames);
  planarIsClear_ = false;
}

// The keys of a quad's lanes side by side; null where no lane has one.
const Mixer::Block* Mixer::gatherKeys(const Quad& quad, KeyedSection section, Block& into, bool& sounds,
                                      std::size_t frames) noexcept {
  bool keyed = false;
  for (std::size_t lane = 0; lane < lanes; ++lane) {
    const std::uint32_t slot = quad.slots[lane];
    if (slot == noIndex || !strips_[slot].keyed[static_cast<std::size_t>(section)]) continue;
    if (!keyed) {
      std::fill_n(into.left, frames, Float4(0.0f));
      std::fill_n(into.right, frames, Float4(0.0f));
    }
    keyed = true;
    KeyInput& key = stripKey(slot, section);
    if (!key.sounds) continue;
    key.sounds = false;
    sounds = true;
    for (std::size_t i = 0; i < frames; ++i) {
      into.left[i].setLane(lane, key.left[i]);
      into.right[i].setLane(lane, key.right[i]);
    }
  }
  return keyed ? &into : nullptr;
}

// Returns whether something comes out; where not, the block holds nothing of worth.
bool Mixer::runSections(Quad& quad, bool sounds, std::size_t frames) noexcept {
  Lanes& stages = *quad.stages;
  bool keySounds = false;
  const Block* gateKey = gatherKeys(quad, KeyedSection::gate, gateKeys_, keySounds, frames);
  const Block* compressorKey = gatherKeys(quad, KeyedSection::compressor, compressorKeys_, keySounds, frames);
  const bool input = sounds || keySounds;
  if (!input && (quad.asleep || stages.sectionsAreIdle())) {
    stages.skipSections(frames);
    return false;
  }
  if (!sounds) {
    std::fill_n(block_.left, frames, Float4(0.0f));
    std::fill_n(block_.right, frames, Float4(0.0f));
  }
  if (isLed(quad, &Strip::leadsSections)) {
    runLedSections(quad, gateKey, compressorKey, frames);
  } else {
    stages.processSections(block_, gateKey, compressorKey, frames, [&](StripSection section, bool before) {
      if (probing_) probeSection(quad, section, before, block_, gateKey, compressorKey, 0, frames);
    });
  }
  quad.asleep = false;
  if (input || !isSilent(block_, frames)) {
    quad.silentFor = 0;
    return true;
  }
  std::size_t lookahead = 0;
  for (std::size_t lane = 0; lane < lanes; ++lane) {
    lookahead = std::max(lookahead, stages.compressor.latencySamples(lane));
  }
  quad.silentFor += static_cast<std::int64_t>(frames);
  quad.asleep = quad.silentFor > static_cast<std::int64_t>(lookahead);
  return false;
}

// Devices lane by lane; the block holds their sound afterwards, where there is any.
void Mixer::runInserts(Quad& quad, std::array<bool, lanes>& sounds, std::size_t frames) noexcept {
  const bool before = sounds[0];
  bool any = false;
  for (std::uint32_t lane = 0; lane < lanes; ++lane) {
    const std::uint32_t slot = quad.slots[lane];
    if (slot == noIndex) continue;
    Strip& strip = strips_[slot];
    if (!strip.rack.isEmpty()) {
      sounds[lane] = runRack(strip.rack, slot, planar_.left[lane], planar_.right[lane], frames, before,
                             strip.arrival + strip.sectionLatency, strip.meter);
    }
    any = any || sounds[lane];
  }
  if (any) toBlock(frames);
}

void Mixer::processQuad(const Arrangement& song, PageCache& cache, Quad& quad,
                        std::span<const QuantumPiece> pieces, std::size_t frames) noexcept {
  const bool sounded = runSections(quad, gather(song, cache, quad, pieces, frames), frames);
  bool planar = false;
  for (const std::uint32_t slot : quad.slots) {
    planar = planar || (slot != noIndex && (!strips_[slot].rack.isEmpty() || strips_[slot].hasPreEdges));
  }
  std::array<bool, lanes> sounds{};
  for (std::size_t lane = 0; lane < lanes; ++lane) sounds[lane] = sounded && quad.slots[lane] != noIndex;
  if (planar) {
    if (sounded) {
      toPlanar(frames);
    } else {
      std::memset(&planar_, 0, sizeof(planar_));
    }
    runInserts(quad, sounds, frames);
    sendPre(quad, sounds, frames);
  }
  const bool any = std::find(sounds.begin(), sounds.end(), true) != sounds.end();
  OutputStage<Float4>& output = quad.stages->output;
  if (probing_ && any) probeStrips(quad, true, frames);
  if (any && isLed(quad, &Strip::leadsOutput)) {
    runLedOutput(quad, frames);
  } else if (any) {
    output.process(block_, frames);
  } else {
    output.skip(frames);
  }
  if (probing_ && any) probeStrips(quad, false, frames);
  if (meteredTrack_ != noIndex) meterStrip(quad, any, frames);
  for (std::uint32_t lane = 0; lane < lanes; ++lane) {
    if (quad.slots[lane] == noIndex) continue;
    strips_[quad.slots[lane]].levels = any ? output.levels(lane) : meter::StretchLevels{};
  }
  sendPost(quad, any, frames);
}

void Mixer::addResidues(std::size_t frames) noexcept {
  for (Residue& residue : residues_) {
    for (std::size_t i = 0; i < frames; ++i) {
      const std::uint32_t left =
          residue.framesLeft > i ? residue.framesLeft - static_cast<std::uint32_t>(i) - 1 : 0;
      const float x = static_cast<float>(left) / static_cast<float>(fadeFrames_);
      const float gain = x * x * (3.0f - 2.0f * x);
      edgeLeft_[i] = residue.left * gain;
      edgeRight_[i] = residue.right * gain;
    }
    sumOf(residue.to).add(0, edgeLeft_, edgeRight_, frames);
    residue.framesLeft -= std::min(residue.framesLeft, static_cast<std::uint32_t>(frames));
  }
  std::erase_if(residues_, [](const Residue& residue) { return residue.framesLeft == 0; });
}

// The mix as it leaves the master's fader; false where that is silence.
bool Mixer::finishMix(std::size_t frames, float* left, float* right) noexcept {
  for (std::size_t i = 0; i < frames; ++i) masterGains_[i] = masterGain_.next();
  masterGain_.passed(frames);
  leadMaster(frames);
  BusSum& sum = sumOf(masterSlot);
  const bool sounds = sum.sounds();
  sum.end();
  if (!sounds) {
    std::fill_n(left, frames, 0.0f);
    std::fill_n(right, frames, 0.0f);
  }
  if (masterRack_.isEmpty() && !probing_) {
    if (sounds) sum.take(left, right, masterGains_, frames);
    return sounds;
  }
  if (sounds) sum.take(left, right, frames);
  if (probing_) probeMaster(masterSlot, true, left, right, frames);
  const bool out =
      runRack(masterRack_, masterSlot, left, right, frames, sounds, masterArrival_, masterMeter_);
  for (std::size_t i = 0; i < frames; ++i) {
    left[i] *= masterGains_[i];
    right[i] *= masterGains_[i];
  }
  if (probing_) probeMaster(masterSlot, false, left, right, frames);
  return out;
}

void Mixer::finishMaster(std::size_t frames, float* left, float* right) noexcept {
  const bool sounds = finishMix(frames, left, right);
  BusSum& reference = sumOf(referenceSlot);
  if (reference.sounds()) {
    reference.take(comparisons_.referenceLeft, comparisons_.referenceRight, frames);
    reference.end();
  } else {
    std::fill_n(comparisons_.referenceLeft, frames, 0.0f);
    std::fill_n(comparisons_.referenceRight, frames, 0.0f);
  }
  comparisons_.mastered = mastering_;
  if (!mastering_) return;
  std::copy_n(left, frames, comparisons_.originalLeft);
  std::copy_n(right, frames, comparisons_.originalRight);
  original_.process(comparisons_.originalLeft, comparisons_.originalRight, frames, !sounds);
  if (probing_) probeMaster(masteringSlot, true, left, right, frames);
  const auto late = static_cast<std::int64_t>(masterArrival_ + masterRack_.latency());
  runRack(masteringRack_, masteringSlot, left, right, frames, sounds, late, masterMeter_);
  if (probing_) probeMaster(masteringSlot, false, left, right, frames);
}

void Mixer::meterStrip(const Quad& quad, bool sounds, std::size_t frames) noexcept {
  if (meteredTrack_ == noIndex || strips_[meteredTrack_].quad == noIndex) return;
  if (&quads_[strips_[meteredTrack_].quad] != &quad) return;
  if (sounds) {
    copyLaneOut(block_, strips_[meteredTrack_].lane, edgeLeft_, edgeRight_, frames);
  } else {
    std::fill_n(edgeLeft_, frames, 0.0f);
    std::fill_n(edgeRight_, frames, 0.0f);
  }
  busMeters_[2].process(edgeLeft_, edgeRight_, frames);
}

void Mixer::process(const Arrangement& song, PageCache& cache, std::span<const QuantumPiece> pieces,
                    std::size_t frames, float* left, float* right) noexcept {
  probed_ = &song;
  for (const QuantumPiece& piece : pieces) time_.add(piece.span);
  time_.endQuantum(frames);
  if (probing_) clearProbes(frames);
  if (!residues_.empty()) addResidues(frames);
  for (Quad& quad : quads_) processQuad(song, cache, quad, pieces, frames);
  finishMaster(frames, left, right);
}

}  // namespace mixwell::engine
