#include "engine/mixer.h"

#include <algorithm>
#include <utility>

#include "core/units.h"
#include "engine/device_chain.h"
#include "engine/strip_gains.h"

namespace mixwell::engine {

using core::Float4;

namespace {

constexpr double insertFadeMs = 20.0;
constexpr double bornFadeMs = 5.0;

// Room for edges that fade out beside those that are there.
constexpr std::size_t edgesPerTrack = 2 + maxSends / 2 + keyedSections;

meter::StretchLevels levelsOf(const float* left, const float* right, std::size_t frames) noexcept {
  meter::StretchLevels levels;
  for (std::size_t i = 0; i < frames; ++i) {
    levels.peakLeft = core::max(core::abs(left[i]), levels.peakLeft);
    levels.peakRight = core::max(core::abs(right[i]), levels.peakRight);
    levels.squaresLeft += left[i] * left[i];
    levels.squaresRight += right[i] * right[i];
  }
  return levels;
}

}  // namespace

void Mixer::prepare(const MixerSpec& spec) {
  sampleRateHz_ = spec.sampleRateHz;
  keepStems_ = spec.keepStems;
  for (std::size_t i = 0; i < channelParams.size(); ++i) {
    smoothingFrames_[i] = core::framesIn(channelParams[i].smoothingMs, sampleRateHz_);
  }
  masterSmoothingFrames_ = core::framesIn(masterParams[0].smoothingMs, sampleRateHz_);
  fadeFrames_ = core::framesIn(insertFadeMs, sampleRateHz_);
  bornFrames_ = core::framesIn(bornFadeMs, sampleRateHz_);

  const std::size_t tracks = spec.trackCapacity;
  routing_.prepare(tracks);
  for (DeviceSlot& slot : slots_) {
    if (slot.device() != nullptr) slot.end(environment_);
  }
  strips_.clear();
  strips_.resize(tracks);
  edges_.assign(tracks * edgesPerTrack + maxAllInserts, Edge{});
  for (std::size_t i = 0; i < edges_.size(); ++i) {
    edges_[i].next = i + 1 < edges_.size() ? static_cast<std::uint32_t>(i + 1) : noIndex;
  }
  firstFreeEdge_ = 0;

  const params::DeviceSpec device{.sampleRateHz = sampleRateHz_, .sourceChannels = 2};
  const std::size_t mostQuads = tracks / lanes + maxRouteDepth + 1;
  quads_.clear();
  quads_.reserve(mostQuads);
  quadsBefore_.clear();
  quadsBefore_.reserve(mostQuads);
  core::Memory counted;
  blank_ = std::make_unique<Lanes>();
  blank_->takeMemory(device, counted);
  const std::size_t stageCount = 2 * std::min(mostQuads, tracks);
  const std::size_t perStage = counted.bytes();
  const std::size_t stageBytes = perStage * (stageCount + 1);
  std::size_t room = stageBytes + core::Memory::alignment;
  stageMemory_ = std::make_unique<std::byte[]>(room);
  void* aligned = stageMemory_.get();
  std::align(core::Memory::alignment, stageBytes, aligned, room);
  auto* base = static_cast<std::byte*>(aligned);
  const auto memoryAt = [&](std::size_t stage) {
    return core::Memory(std::span(base + stage * perStage, perStage));
  };
  blank_ = std::make_unique<Lanes>();
  core::Memory blankMemory = memoryAt(stageCount);
  blank_->takeMemory(device, blankMemory);
  blank_->prepare(sampleRateHz_);
  stages_ = std::vector<Lanes>(stageCount);
  freeStages_.clear();
  freeStages_.reserve(stageCount);
  for (std::size_t i = 0; i < stageCount; ++i) {
    core::Memory memory = memoryAt(i);
    stages_[i].takeMemory(device, memory);
    stages_[i].prepare(sampleRateHz_);
    freeStages_.push_back(&stages_[i]);
  }
  byLevel_.clear();
  byLevel_.reserve(tracks);
  sums_ = std::vector<BusSum>(tracks + 2);
  keyInputs_.assign(keyedSections * tracks + maxAllInserts, KeyInput{});
  residues_.clear();
  residues_.reserve(tracks);
  leavingWays_.clear();
  leavingWays_.reserve(edges_.size());
  stems_.assign(keepStems_ ? 2 * quantumFrames * tracks : 0, 0.0f);

  inserts_.prepare(spec.insertBytes);
  delays_.prepare(spec.delayBytes);
  environment_ = {.sampleRateHz = sampleRateHz_,
                  .arena = &inserts_,
                  .delayArena = &delays_,
                  .time = &time_,
                  .tempo = nullptr,
                  .automation = &player_,
                  .fadeFrames = fadeFrames_};
  deviceBytes_.clear();
  for (const DeviceType& type : deviceTypes()) {
    deviceBytes_.push_back(type.bytes(device));
    OwnedDevice warmedUp(type, device);  // tables that all devices of a kind share are made now
  }
  slots_ = std::vector<DeviceSlot>(maxAllInserts + maxInserts);
  freeSlots_.clear();
  freeSlots_.reserve(slots_.size());
  for (std::size_t i = slots_.size(); i > 0; --i) freeSlots_.push_back(&slots_[i - 1]);
  masterRack_ = {};
  masteringRack_ = {};
  mastering_ = masteringWanted_ = masteringRackChanges_ = false;
  original_ = {};
  comparisons_ = {};

  player_.prepare(sampleRateHz_, tracks);
  lanesChanged_ = true;
  time_.restart();
  masterGain_ = core::Ramp<float>{1.0f};
  masterArrival_ = referenceArrival_ = 0;
  latency_ = 0;
  ballistics_.prepare(sampleRateHz_);
  masterMeter_ = {};
  for (meter::BusMeter& meter : busMeters_) meter.prepare(sampleRateHz_);
  meteredTrack_ = noIndex;
  metersLoudness_ = false;
  probes_.fill({});
  graphChanged_ = delaysChanged_ = hearingChanged_ = true;
  edgesLeave_ = racksChange_ = masterRackChanges_ = false;
}

void Mixer::addTrack(std::uint32_t slot, bool atOnce) noexcept {
  Strip& strip = strips_[slot];
  strip = Strip{};
  strip.alive = true;
  strip.born = true;
  strip.isFadedIn = !atOnce;
  graphChanged_ = true;
}

void Mixer::removeTrack(std::uint32_t slot, bool atOnce) noexcept {
  Strip& strip = strips_[slot];
  for (std::size_t i = 0; i < edges_.size(); ++i) {
    Edge& edge = edges_[i];
    if (!edge.inUse) continue;
    if (edge.from == slot && !atOnce) cutOff(edge);
    if (edge.from == slot || edge.to == slot) freeEdge(static_cast<std::uint32_t>(i));
  }
  std::erase_if(residues_, [&](const Residue& residue) { return residue.to == slot; });
  clearRack(strip.rack);
  strip.clipDelay.release(delays_);
  for (const KeyedSection section : {KeyedSection::gate, KeyedSection::compressor}) {
    stripKey(slot, section).sounds = false;
  }
  sumOf(slot).end();
  if (meteredTrack_ == slot) meteredTrack_ = noIndex;
  strip = Strip{};
  graphChanged_ = true;
}

void Mixer::setParam(const Arrangement& song, std::uint32_t slot, std::size_t index, bool atOnce) noexcept {
  Strip& strip = strips_[slot];
  if (strip.quad == noIndex) return;  // it gets its lane with all its parameters
  const Track& track = song.track(slot);
  Lanes& stages = stagesOf(strip);
  const std::size_t lane = strip.lane;
  const std::uint32_t frames = atOnce || stages.output.isMuted(lane) ? 0 : smoothingFrames_[index];
  if (index >= stripParams.size()) {
    stages.setParam(lane, index, track.params[index], frames);
    delaysChanged_ = delaysChanged_ || stages.compressor.latencySamples(lane) != strip.sectionLatency;
    return;
  }
  const StripGains gains = stripGains(track, true);
  switch (static_cast<StripParam>(index)) {
    case StripParam::trimDb:
    case StripParam::polarity:
      stages.input.gain.start(lane, gains.input, frames);
      return;
    case StripParam::pan:
    case StripParam::panLaw:
    case StripParam::volumeDb:
      stages.output.left.start(lane, gains.left, frames);
      stages.output.right.start(lane, gains.right, frames);
      return;
    case StripParam::mute:
    case StripParam::solo:
    case StripParam::soloSafe:
      hearingChanged_ = true;
      hearingFrames_ = atOnce ? 0 : smoothingFrames_[index];
      hear(song);
  }
}

void Mixer::setMasterGain(float gain, bool atOnce) noexcept {
  masterGain_.start(0, gain, atOnce ? 0 : masterSmoothingFrames_);
}

void Mixer::update(const Arrangement& song, bool atOnce) noexcept {
  environment_.tempo = &song.tempo;
  if (atOnce && mastering_ != masteringWanted_) {
    mastering_ = masteringWanted_;
    delaysChanged_ = true;
  }
  if (racksChange_) updateRacks(song, atOnce);
  if (edgesLeave_ && (atOnce || leavingEdgesAreDone())) graphChanged_ = true;
  lanesChanged_ = lanesChanged_ || graphChanged_;
  if (graphChanged_) {
    updateEdges(song, atOnce);
    pack(song);
    graphChanged_ = false;
    delaysChanged_ = hearingChanged_ = true;
    hearingFrames_ = atOnce ? 0 : bornFrames_;
  }
  if (lanesChanged_) indexLanes(song, atOnce);
  if (delaysChanged_) measureDelays(song, atOnce);
  delaysChanged_ = false;
  if (hearingChanged_) hear(song);
  for (const std::uint32_t slot : song.order()) strips_[slot].born = false;
  probing_ = std::any_of(probes_.begin(), probes_.end(),
                         [](const Probe& probe) { return probe.kind != Probe::Kind::off; });
}

void Mixer::snap(const Arrangement& song) noexcept {
  update(song, true);
  residues_.clear();
  for (const std::uint32_t slot : song.order()) {
    Strip& strip = strips_[slot];
    stagesOf(strip).settle(strip.lane);  // its sections are restarted below
    for (DeviceSlot* device : strip.rack.slots()) device->reset(environment_);
    strip.clipDelay.reset();
    strip.ledOutput.settle();
    stripKey(slot, KeyedSection::gate).sounds = false;
    stripKey(slot, KeyedSection::compressor).sounds = false;
    sumOf(slot).end();
  }
  for (Quad& quad : quads_) {
    quad.stages->restart();
    quad.asleep = true;
    quad.silentFor = 0;
  }
  for (Edge& edge : edges_) {
    if (!edge.inUse) continue;
    edge.start(edge.left.target(0), edge.right.target(0), 0);
    edge.delay.reset();
    edge.ledGains.settle();
    edge.lastLeft = edge.lastRight = 0.0f;
  }
  for (DeviceSlot* device : masterRack_.slots()) device->reset(environment_);
  for (DeviceSlot* device : masteringRack_.slots()) device->reset(environment_);
  original_.reset();
  sumOf(masterSlot).end();
  sumOf(referenceSlot).end();
  for (KeyInput& key : keyInputs_) key.sounds = false;
  masterGain_.start(0, masterGain_.target(0), 0);
  time_.restart();
  player_.restart();
}

bool Mixer::isShut(std::uint32_t slot) const noexcept {
  const Strip& strip = strips_[slot];
  if (strip.quad == noIndex || strip.feedsKeys) return false;
  const OutputStage<Float4>& output = quads_[strip.quad].stages->output;
  return output.isMuted(strip.lane) ||
         (output.isFaded(strip.lane) && !strip.hasPreSends && !strip.leadsOutput);
}

void Mixer::meterQuantum(const Arrangement& song, std::size_t frames, const float* left,
                         const float* right) noexcept {
  for (const std::uint32_t slot : song.order()) {
    Strip& strip = strips_[slot];
    if (strip.levels.peakLeft + strip.levels.peakRight > 0.0f) {
      strip.meter.add(strip.levels, frames, ballistics_);
    } else {
      strip.meter.fall(frames, ballistics_);
    }
  }
  masterMeter_.add(levelsOf(left, right, frames), frames, ballistics_);
  if (!metersLoudness_) return;
  busMeters_[0].process(left, right, frames);
  if (mastering_) busMeters_[1].process(comparisons_.originalLeft, comparisons_.originalRight, frames);
}

void Mixer::meterTrack(std::uint32_t slot) noexcept {
  meteredTrack_ = slot;
  busMeters_[2].reset();
}

void Mixer::meterLoudness(bool on) noexcept {
  if (on == metersLoudness_) return;
  metersLoudness_ = on;
  busMeters_[0].reset();
  busMeters_[1].reset();
}

void Mixer::meterSilence(const Arrangement& song, std::size_t frames) noexcept {
  for (const std::uint32_t slot : song.order()) strips_[slot].meter.fall(frames, ballistics_);
  masterMeter_.fall(frames, ballistics_);
}

bool Mixer::stem(std::uint32_t slot, std::size_t frames, float* left, float* right) const noexcept {
  if (!keepStems_) return false;
  const float* from = stems_.data() + 2 * quantumFrames * slot;
  for (std::size_t i = 0; i < frames; ++i) {
    const auto gain = static_cast<double>(masterGains_[i]);
    left[i] = static_cast<float>(static_cast<double>(from[i]) * gain);
    right[i] = static_cast<float>(static_cast<double>(from[quantumFrames + i]) * gain);
  }
  return true;
}

void Mixer::reductionsOf(const Arrangement& song, std::uint32_t owner, Levels& levels) const noexcept {
  if (isTrackSlot(owner) && strips_[owner].quad != noIndex) {
    const Strip& strip = strips_[owner];
    const Lanes& stages = *quads_[strip.quad].stages;
    levels.gateReductionDb = stages.gate.isIdle(strip.lane) ? 0.0f : stages.gate.reductionDb(strip.lane);
    levels.compressorReductionDb =
        stages.compressor.isIdle(strip.lane) ? 0.0f : stages.compressor.reductionDb(strip.lane);
  }
  const InsertRack& rack = isTrackSlot(owner) ? strips_[owner].rack : masterRack_;
  const auto chain = song.inserts.chain(song.chainOf(owner));
  for (std::size_t i = 0; i < chain.size() && i < meteredInserts; ++i) {
    const DeviceSlot* slot = rack.find(chain[i]);
    if (slot != nullptr) levels.insertReductionDb[i] = slot->reductionDb();
  }
}

}  // namespace mixwell::engine
