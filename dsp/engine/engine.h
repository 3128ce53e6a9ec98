#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "engine/arrangement.h"
#include "engine/audition.h"
#include "engine/commands.h"
#include "engine/mixer.h"
#include "engine/monitor.h"
#include "engine/outputs.h"
#include "engine/probe.h"
#include "engine/read_ahead.h"
#include "engine/routing.h"
#include "engine/transport.h"
#include "engine/transport_fade.h"
#include "params/device.h"

namespace mixwell::engine {

struct EngineSpec {
  double sampleRateHz = 48000.0;    ///< the project's; 8000 to 384000
  std::size_t trackCapacity = 256;  ///< 1 to maxTracks
  std::size_t pageSlots =
      1500;                ///< 32 KiB each; at least two per clip that sounds at once; 4 to maxPageSlots
  bool keepStems = false;  ///< for `stem`
  /// Memory for devices, and for the delays that keep everything together.
  std::size_t insertBytes = std::size_t{64} << 20U;
  std::size_t delayBytes = std::size_t{16} << 20U;
};

/// What the engine tells after each quantum, as doubles. The order is part of its face.
struct Telemetry {
  double quanta = 0.0;          ///< calls of process so far
  double positionFrames = 0.0;  ///< the next frame to be heard
  double playing = 0.0;         ///< 1 from Play to Stop
  double starvedQuanta = 0.0;   ///< quanta that held for a page in the midst of playing
  double advancedFrames = 0.0;  ///< frames that went through the tap so far
  double waitedQuanta = 0.0;    ///< quanta that held for the first pages of a start
  double holding = 0.0;         ///< 1 where the last quantum held for a page
  double trackCount = 0.0;
  double latencyFrames = 0.0;  ///< by which the tap is late
  /// Loudness by the order of busMeterNames.
  std::array<meter::BusReadings, busMeterCount> buses{};
};
/// Names of what stands before `buses`; those are called by a bus and busReadingNames.
inline constexpr std::array<std::string_view, 9> telemetryNames = {
    "seq",          "positionFrames", "playing",    "starvedBlocks", "advancedFrames",
    "waitedBlocks", "holding",        "trackCount", "latencyFrames"};
inline constexpr std::array<std::string_view, busMeterCount> busMeterNames = {"tap", "original", "track"};

/// The mixer from pages of sound to the master bus, with its transport. `prepare` allocates; everything else
/// belongs to the one thread that runs the engine and neither allocates nor locks nor throws.
///
/// Start and seek begin afresh: every smoothing is at its target. A loop wrap carries on. The tap has no
/// ramps; the monitor fades for 5 ms at start (not at frame 0), stop and seek, where the old sound goes on
/// while nothing advances.
class Engine {
 public:
  /// Allocates all memory. False where the spec is out of range.
  bool prepare(const EngineSpec& spec);

  /// Stops, goes to frame 0, forgets pages and requests. The arrangement stays.
  void reset() noexcept;

  /// Applies a command stream (commands.h) before the next quantum. Returns the error of the first command
  /// refused; those after it are applied all the same, unless the stream can't be read on.
  ///
  /// sourceAdd handle channels(1|2) frames | sourceRemove handle | trackList n h1..hn | trackParam handle
  /// index value | trackChannels handle 1|2 | trackClips handle n n*(source start offset length gainDb fadeIn
  /// fadeInCurve fadeOut fadeOutCurve) | masterParam index value | loop on start end | play | stop | seek
  /// frame | resetPeaks handle (-1 all, -2 master) | monitor gainDb dim(0|1) mono(0|1)
  ///
  /// trackRoute handle bus(-2 master) | trackSends handle n n*(bus gainDb pan pre on) | trackKey handle
  /// section(0 gate, 1 compressor) key(-1 none) | inserts owner(-2 master) n n*(insert device) | insertParam
  /// insert index value | insertOn insert on levelMatched | insertKey insert key(-1 none) | automation owner
  /// kind(0 own parameter, 1 insert's, 2 send's) target(0, insert, send) index n n*(frame value shape(0
  /// linear, 1 bent, 2 hold) bend) | tempoMap n n*(frame quarterBpm) | probe index owner kind(-1 off, 0
  /// section, 1 insert, 2 strip) target(section, insert, 0) | insertTable insert floats
  ///
  /// mastering 0|1 (whether the chain of owner -3 is in front of the tap; what plays begins afresh) |
  /// audition choice(0 tap, 1 what goes into the mastering chain, 2 what goes to bus -4) gainDb (for the ears
  /// alone) | meterTrack handle(-1 none) | meterLoudness 0|1 (of tap and original, off at first: it costs
  /// some microseconds a quantum)
  CommandError applyCommands(std::span<const double> stream) noexcept;
  /// Where in the last stream the first refused command stands.
  std::size_t errorPosition() const noexcept { return errorPosition_; }

  /// Makes the next 1 to quantumFrames frames. Returns how many the transport advanced: all of them or none.
  std::size_t process(std::size_t frames) noexcept;

  const Outputs& outputs() const noexcept { return outputs_; }
  /// Puts the track's part in the last quantum's tap into the outputs. False where the track is unknown or
  /// stems are not kept.
  bool stem(std::int32_t track) noexcept;

  const Telemetry& telemetry() const noexcept { return telemetry_; }
  /// 1 + trackCapacity entries.
  std::span<const Levels> levels() const noexcept { return levels_; }

  /// Where the table of an insert that insertTable announced is to be written, or null.
  float* claimTable(std::int32_t insert, std::size_t floats) noexcept;
  /// It is written, its first `floats` floats.
  bool commitTable(std::int32_t insert, std::size_t floats) noexcept;

  /// Pages to be fetched, most urgent first; returns how many.
  std::size_t takeRequests(std::span<PageId> into) noexcept { return cache_.takeRequests(into); }
  /// True once after everything asked for so far became stale.
  bool takeFlush() noexcept;
  /// Pages that the next `frames` frames still lack, up to the size of `into` or of the cache; returns how
  /// many. Once they are delivered, as many frames can be processed without holding. For rendering offline.
  std::size_t missingPages(std::int64_t frames, std::span<PageId> into) noexcept;
  /// Where to put a page: pageFloats floats, left then right, a mono source's in the first half. Null where
  /// it is not wanted.
  float* claimPage(PageId page) noexcept { return cache_.claim(page); }
  bool commitPage(PageId page) noexcept { return cache_.commit(page); }

 private:
  using Arguments = std::span<const double>;
  using Pieces = std::array<QuantumPiece, 2 + quantumFrames / minLoopFrames>;

  CommandError apply(const Command& command) noexcept;
  CommandError sourceAdd(Arguments arguments) noexcept;
  CommandError sourceRemove(Arguments arguments) noexcept;
  CommandError trackList(Arguments arguments) noexcept;
  CommandError trackParam(Arguments arguments) noexcept;
  CommandError trackChannels(Arguments arguments) noexcept;
  CommandError trackClips(Arguments arguments) noexcept;
  CommandError masterParam(Arguments arguments) noexcept;
  CommandError setLoop(Arguments arguments) noexcept;
  CommandError seek(Arguments arguments) noexcept;
  CommandError resetPeaks(Arguments arguments) noexcept;
  CommandError setMonitor(Arguments arguments) noexcept;
  CommandError trackRoute(Arguments arguments) noexcept;
  CommandError trackSends(Arguments arguments) noexcept;
  CommandError trackKey(Arguments arguments) noexcept;
  CommandError setInserts(Arguments arguments) noexcept;
  CommandError insertParam(Arguments arguments) noexcept;
  CommandError insertOn(Arguments arguments) noexcept;
  CommandError insertKey(Arguments arguments) noexcept;
  CommandError setAutomation(Arguments arguments) noexcept;
  CommandError tempoMap(Arguments arguments) noexcept;
  void leaveToParam(const LaneTarget& lane) noexcept;
  CommandError setProbe(Arguments arguments) noexcept;
  CommandError insertTable(Arguments arguments) noexcept;
  CommandError setMastering(Arguments arguments) noexcept;
  CommandError setAudition(Arguments arguments) noexcept;
  CommandError meterTrack(Arguments arguments) noexcept;
  CommandError meterLoudness(Arguments arguments) noexcept;
  void jumpTo(std::int64_t frame) noexcept;
  void resetLoudness() noexcept;
  template <typename TakeBack>
  CommandError rerouted(TakeBack takeBack) noexcept;
  std::optional<std::uint32_t> trackSlot(double handle) const noexcept;
  std::optional<std::uint32_t> ownerSlot(double handle) const noexcept;
  std::optional<std::uint32_t> busSlot(double handle) const noexcept;
  std::optional<std::uint32_t> keySlot(double handle) const noexcept;
  std::optional<std::uint32_t> insertOf(double handle) const noexcept;
  const params::ParamInfo* automated(const LaneTarget& lane) const noexcept;

  /// Smoothing counts only while something is heard.
  bool changesAtOnce() const noexcept;

  std::int64_t readyFrames(std::int64_t position, std::int64_t frames) noexcept;
  std::int64_t mix(std::int64_t position, std::size_t frames, float* left, float* right) noexcept;
  std::size_t playQuantum(std::size_t frames) noexcept;
  void leaveQuantum(std::size_t frames) noexcept;
  void silence() noexcept;
  void report(std::size_t advanced) noexcept;

  Outputs outputs_{};
  Mixer mixer_;
  Arrangement song_;
  Routing routing_;
  PageCache cache_;
  ReadAhead readAhead_;
  Transport transport_;
  Telemetry telemetry_{};
  std::vector<Levels> levels_;
  std::int64_t clockFrames_ = 0;
  std::size_t lastFrames_ = 0;
  std::size_t errorPosition_ = 0;
  TransportFade fade_;
  Audition audition_;
  Monitor monitor_;
  std::int64_t meteredTo_ = 0;
  bool flushed_ = false;
  bool holding_ = false;
};

}  // namespace mixwell::engine
