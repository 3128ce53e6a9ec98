#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "engine/arena.h"
#include "engine/arrangement.h"
#include "engine/automation_player.h"
#include "engine/bus_sum.h"
#include "engine/delay_path.h"
#include "engine/edge.h"
#include "engine/outputs.h"
#include "engine/probe.h"
#include "engine/routing.h"
#include "engine/strip.h"
#include "engine/strip_stages.h"
#include "engine/time_line.h"
#include "meter/bus_meter.h"
#include "meter/level_meter.h"

namespace mixwell::engine {

/// A stretch of a quantum that lies in one piece in the song.
struct QuantumPiece {
  SongSpan span;
  std::size_t at;  ///< frame of the quantum where it begins
};

struct MixerSpec {
  double sampleRateHz = 48000.0;
  std::size_t trackCapacity = 256;
  std::size_t insertBytes = 0;  ///< memory for devices
  std::size_t delayBytes = 0;   ///< memory for what makes sound arrive together
  bool keepStems = false;
};

/// Sound of the last quantum beside the tap, for the ear to compare with.
struct Comparisons {
  bool mastered = false;  ///< the tap is behind the mastering chain, and what went into it is here
  float originalLeft[quantumFrames] = {};
  float originalRight[quantumFrames] = {};
  float referenceLeft[quantumFrames] = {};
  float referenceRight[quantumFrames] = {};
};

/// Strips, buses, master and meters. Tracks go in order of their distance from the sources; those of one
/// distance lie in quads by their place in the order of tracks, so that the result follows from the
/// arrangement alone. What is changed while sound goes through is faded to. All methods belong to the thread
/// that runs the engine; only `prepare` allocates.
class Mixer {
 public:
  void prepare(const MixerSpec& spec);

  /// A track is there, its parameters are those of the arrangement; with a fade where it is not `atOnce`.
  void addTrack(std::uint32_t slot, bool atOnce) noexcept;
  /// A track goes; to be called while it is still in the arrangement.
  void removeTrack(std::uint32_t slot, bool atOnce) noexcept;
  /// Order, routes, sends or keys have changed.
  void rerouted() noexcept { graphChanged_ = true; }
  /// Lanes have come, gone or changed.
  void automationChanged() noexcept { lanesChanged_ = true; }
  /// A track that had no clips may have some.
  void clipsChanged() noexcept { delaysChanged_ = true; }
  /// A parameter has changed: it is heard after the smoothing time of the table, or at once where nothing is
  /// heard now or the strip is shut.
  void setParam(const Arrangement& song, std::uint32_t slot, std::size_t index, bool atOnce) noexcept;
  void setMasterGain(float gain, bool atOnce) noexcept;
  /// Whether the mastering chain is in the way from the next start on.
  void setMastering(bool on) noexcept { masteringWanted_ = on; }
  bool masteringWanted() const noexcept { return masteringWanted_; }

  /// Whether there is room for the devices of a chain that are new, which is then taken.
  bool beginInserts(const Arrangement& song, std::uint32_t owner,
                    std::span<const std::uint32_t> born) noexcept;
  /// A chain has a new list; to be called at once.
  void chainChanged(const Arrangement& song, std::uint32_t owner, bool atOnce) noexcept;
  void setInsertParam(const Arrangement& song, std::uint32_t number, std::size_t index, bool atOnce) noexcept;
  void setInsertOn(const Arrangement& song, std::uint32_t number, bool atOnce) noexcept;
  /// The device of an insert, once it is made.
  params::Device* deviceOf(const Arrangement& song, std::uint32_t number) noexcept;

  /// Brings everything in line with the arrangement, as far as can be done in this quantum.
  void update(const Arrangement& song, bool atOnce) noexcept;
  /// As if no sound had gone through yet; all smoothing ends on its target.
  void snap(const Arrangement& song) noexcept;

  /// Whether a track adds nothing until a parameter of it changes.
  bool isShut(std::uint32_t slot) const noexcept;
  std::size_t latencyFrames() const noexcept { return latency_; }

  /// Mixes a quantum of `frames` frames made of pieces into `left` and `right`.
  void process(const Arrangement& song, PageCache& cache, std::span<const QuantumPiece> pieces,
               std::size_t frames, float* left, float* right) noexcept;
  /// Takes the last quantum into the meters, or as many frames of silence.
  void meterQuantum(const Arrangement& song, std::size_t frames, const float* left,
                    const float* right) noexcept;
  void meterSilence(const Arrangement& song, std::size_t frames) noexcept;

  meter::LevelMeter& meterOf(std::uint32_t slot) noexcept { return strips_[slot].meter; }
  meter::LevelMeter& masterMeter() noexcept { return masterMeter_; }
  /// Loudness of the tap, of what goes into the mastering chain, and of the track that is metered.
  const meter::BusMeter& busMeter(std::size_t which) const noexcept { return busMeters_[which]; }
  void resetBusMeter(std::size_t which) noexcept { busMeters_[which].reset(); }
  /// The track whose output the last of them meters, or noIndex; it begins afresh.
  void meterTrack(std::uint32_t slot) noexcept;
  /// Whether the two others measure; they begin afresh.
  void meterLoudness(bool on) noexcept;
  const Comparisons& comparisons() const noexcept { return comparisons_; }
  /// Changes of gain in the last quantum, of a track or masterSlot.
  void reductionsOf(const Arrangement& song, std::uint32_t owner, Levels& levels) const noexcept;

  /// The part that a track had in the last quantum. False where stems are not kept.
  bool stem(std::uint32_t slot, std::size_t frames, float* left, float* right) const noexcept;

  std::array<Probe, probeCount>& probes() noexcept { return probes_; }
  /// Puts what the probes saw of the last quantum there.
  void setProbeOutputs(Outputs* outputs) noexcept { outputs_ = outputs; }

 private:
  static constexpr std::size_t lanes = core::laneCount;
  using Lanes = StripLanes<core::Float4>;
  using Block = QuadBlock<core::Float4>;

  struct Planar {
    alignas(16) float left[lanes][quantumFrames];
    alignas(16) float right[lanes][quantumFrames];
  };
  using OpenLanes = std::array<bool, lanes>;
  struct Quad {
    std::array<std::uint32_t, lanes> slots{noIndex, noIndex, noIndex, noIndex};
    std::uint32_t level = 0;
    Lanes* stages = nullptr;
    std::int64_t silentFor = 0;
    bool asleep = true;
  };
  /// The end of a sound that was cut off, so that it does not click.
  struct Residue {
    std::uint32_t to;
    float left;
    float right;
    std::uint32_t framesLeft;
  };

  std::uint32_t smoothingFrames(StripParam which) const noexcept {
    return smoothingFrames_[static_cast<std::size_t>(which)];
  }
  Lanes& stagesOf(const Strip& strip) noexcept { return *quads_[strip.quad].stages; }
  BusSum& sumOf(std::uint32_t to) noexcept {
    if (isTrackSlot(to)) return sums_[to];
    return sums_[to == masterSlot ? strips_.size() : strips_.size() + 1];
  }
  InsertRack& rackOf(std::uint32_t owner) noexcept {
    if (isTrackSlot(owner)) return strips_[owner].rack;
    return owner == masterSlot ? masterRack_ : masteringRack_;
  }
  bool& rackChangesOf(std::uint32_t owner) noexcept {
    if (isTrackSlot(owner)) return strips_[owner].rackChanges;
    return owner == masterSlot ? masterRackChanges_ : masteringRackChanges_;
  }
  std::uint32_t& arrivalOf(std::uint32_t to) noexcept {
    if (isTrackSlot(to)) return strips_[to].arrival;
    return to == masterSlot ? masterArrival_ : referenceArrival_;
  }

  // mixer_graph.cpp
  void updateEdges(const Arrangement& song, bool atOnce) noexcept;
  Edge* wantEdge(const Edge& wanted, float left, float right, bool atOnce) noexcept;
  void wantEdgesOf(const Arrangement& song, std::uint32_t slot, bool atOnce) noexcept;
  void wantKeys(const Arrangement& song, bool atOnce) noexcept;
  void dropUnwanted(bool atOnce) noexcept;
  void freeEdge(std::uint32_t edge) noexcept;
  bool leavingEdgesAreDone() const noexcept;
  void cutOff(const Edge& edge) noexcept;
  bool measureLevels(const Arrangement& song) noexcept;
  void pack(const Arrangement& song) noexcept;
  void takeOver(Quad& quad) noexcept;
  void loadLane(const Arrangement& song, std::uint32_t slot) noexcept;
  void measureDelays(const Arrangement& song, bool atOnce) noexcept;
  void setDelays(const Arrangement& song, std::uint32_t fadeFrames) noexcept;
  std::uint32_t keyLatency(const Edge& edge) const noexcept;
  void hear(const Arrangement& song) noexcept;

  // mixer_inserts.cpp
  void updateRack(const Arrangement& song, std::uint32_t owner, bool atOnce, int& budget) noexcept;
  void updateRacks(const Arrangement& song, bool atOnce) noexcept;
  void destroy(DeviceSlot* slot) noexcept;
  DeviceSlot* slotOf(const Arrangement& song, std::uint32_t number) noexcept;
  void clearRack(InsertRack& rack) noexcept;
  KeyInput& stripKey(std::uint32_t slot, KeyedSection section) noexcept {
    return keyInputs_[keyedSections * slot + static_cast<std::size_t>(section)];
  }
  KeyInput& insertKey(std::uint32_t number) noexcept {
    return keyInputs_[keyedSections * strips_.size() + number];
  }

  // mixer_process.cpp
  bool gatherPlain(const Arrangement& song, PageCache& cache, const Quad& quad, const OpenLanes& open,
                   SongSpan span, std::size_t frames, bool& any) noexcept;
  bool gather(const Arrangement& song, PageCache& cache, const Quad& quad,
              std::span<const QuantumPiece> pieces, std::size_t frames) noexcept;
  bool renderLane(const Arrangement& song, PageCache& cache, std::uint32_t slot, std::uint32_t lane,
                  std::span<const QuantumPiece> pieces, std::size_t frames) noexcept;
  void processQuad(const Arrangement& song, PageCache& cache, Quad& quad,
                   std::span<const QuantumPiece> pieces, std::size_t frames) noexcept;
  bool runSections(Quad& quad, bool sounds, std::size_t frames) noexcept;
  const Block* gatherKeys(const Quad& quad, KeyedSection section, Block& into, bool& sounds,
                          std::size_t frames) noexcept;
  void runInserts(Quad& quad, std::array<bool, lanes>& sounds, std::size_t frames) noexcept;
  void sendPre(Quad& quad, const std::array<bool, lanes>& sounds, std::size_t frames) noexcept;
  // mixer_sends.cpp
  bool sendSteady(Quad& quad, std::size_t frames) noexcept;
  void sendPost(Quad& quad, bool sounds, std::size_t frames) noexcept;
  void runEdge(Edge& edge, std::size_t lane, const float* left, const float* right, bool sounds,
               std::size_t frames) noexcept;
  void deliver(Edge& edge, std::size_t lane, const float* left, const float* right,
               std::size_t frames) noexcept;
  std::uint32_t plainBus(const Quad& quad) const noexcept;
  void toPlanar(std::size_t frames) noexcept;
  void toBlock(std::size_t frames) noexcept;
  void addResidues(std::size_t frames) noexcept;
  bool finishMix(std::size_t frames, float* left, float* right) noexcept;
  void finishMaster(std::size_t frames, float* left, float* right) noexcept;
  void meterStrip(const Quad& quad, bool sounds, std::size_t frames) noexcept;
  bool runRack(InsertRack& rack, std::uint32_t owner, float* left, float* right, std::size_t frames,
               bool sounds, std::int64_t late, meter::LevelMeter& meter) noexcept;
  void probeSection(const Quad& quad, StripSection section, bool before, const Block& block,
                    const Block* gateKey, const Block* compressorKey, std::size_t at,
                    std::size_t frames) noexcept;
  // mixer_automation.cpp
  void indexLanes(const Arrangement& song, bool atOnce) noexcept;
  void indexStrip(std::uint32_t slot, bool atOnce) noexcept;
  bool isLed(const Quad& quad, bool Strip::*what) const noexcept;
  void runLedSections(Quad& quad, const Block* gateKey, const Block* compressorKey,
                      std::size_t frames) noexcept;
  void runLedOutput(Quad& quad, std::size_t frames) noexcept;
  void leadLane(std::uint32_t slot, std::size_t frames) noexcept;
  bool ledValues(std::uint32_t slot, LaneKind kind, std::uint32_t place, std::uint32_t param,
                 std::size_t frames, double* into) noexcept;
  void runLedSend(Edge& edge, std::size_t lane, const float* left, const float* right, bool sounds,
                  std::size_t frames) noexcept;
  void laneValues(std::uint32_t lane, std::int64_t late, std::size_t frames, double* into) const noexcept;
  void ledOpening(std::uint32_t slot, std::size_t frames, float* open) noexcept;
  void leadMaster(std::size_t frames) noexcept;
  // mixer_probes.cpp
  void clearProbes(std::size_t frames) noexcept;
  void probeStrips(const Quad& quad, bool before, std::size_t frames) noexcept;
  void probeMaster(std::uint32_t owner, bool before, const float* left, const float* right,
                   std::size_t frames) noexcept;
  void probeInsert(std::uint32_t owner, const DeviceSlot& slot, bool before, const float* left,
                   const float* right, const KeyInput* key, std::size_t frames) noexcept;
  void probeSound(std::size_t probe, bool before, const float* left, const float* right,
                  std::size_t frames) noexcept;
  static void copyLaneOut(const Block& block, std::size_t lane, float* left, float* right,
                          std::size_t frames) noexcept;

  std::array<std::uint32_t, channelParamCount> smoothingFrames_{};
  std::uint32_t masterSmoothingFrames_ = 0;
  std::uint32_t fadeFrames_ = 0;
  std::uint32_t bornFrames_ = 0;
  double sampleRateHz_ = 48000.0;
  bool keepStems_ = false;

  Routing routing_;
  std::vector<Strip> strips_;
  std::vector<Edge> edges_;
  std::uint32_t firstFreeEdge_ = noIndex;
  std::vector<Quad> quads_;
  std::vector<Quad> quadsBefore_;
  std::vector<Lanes> stages_;
  std::unique_ptr<std::byte[]> stageMemory_;
  std::vector<Lanes*> freeStages_;
  std::unique_ptr<Lanes> blank_;
  std::vector<std::uint32_t> byLevel_;
  std::vector<BusSum> sums_;
  std::vector<KeyInput> keyInputs_;
  std::vector<Residue> residues_;
  std::vector<Routing::Way> leavingWays_;
  std::vector<float> stems_;
  bool graphChanged_ = true;
  bool delaysChanged_ = true;
  bool hearingChanged_ = true;
  bool edgesLeave_ = false;
  std::uint32_t hearingFrames_ = 0;

  Arena inserts_;
  Arena delays_;
  TimeLine time_;
  AutomationPlayer player_;
  bool lanesChanged_ = true;
  InsertEnvironment environment_;
  std::vector<std::size_t> deviceBytes_;
  std::vector<DeviceSlot> slots_;
  std::vector<DeviceSlot*> freeSlots_;
  InsertRack masterRack_;
  bool masterRackChanges_ = false;
  InsertRack masteringRack_;
  bool masteringRackChanges_ = false;
  bool mastering_ = false;
  bool masteringWanted_ = false;
  DelayPath original_;
  Comparisons comparisons_{};
  bool racksChange_ = false;

  Block block_{};
  Block gateKeys_{};
  Block compressorKeys_{};
  Block ledBlock_{};
  Block ledGateKeys_{};
  Block ledCompressorKeys_{};
  core::Float4 ledLeft_[quantumFrames];
  core::Float4 ledRight_[quantumFrames];
  core::Float4 ledOpen_[quantumFrames];
  Planar planar_{};
  bool planarIsClear_ = false;
  float edgeLeft_[quantumFrames] = {};
  float edgeRight_[quantumFrames] = {};
  core::Ramp<float> masterGain_{1.0f};
  float masterGains_[quantumFrames] = {};
  std::uint32_t masterArrival_ = 0;
  std::uint32_t referenceArrival_ = 0;
  std::size_t latency_ = 0;
  meter::LevelBallistics ballistics_;
  meter::LevelMeter masterMeter_;
  std::array<meter::BusMeter, busMeterCount> busMeters_;
  std::uint32_t meteredTrack_ = noIndex;
  bool metersLoudness_ = false;
  std::array<Probe, probeCount> probes_{};
  bool probing_ = false;
  const Arrangement* probed_ = nullptr;
  Outputs* outputs_ = nullptr;
};

}  // namespace mixwell::engine
