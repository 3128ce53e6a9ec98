#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "engine/limits.h"

/// The command stream: a flat array of doubles `[opcode, argument count, arguments...]*`, the same numbers
/// live, offline, in Node and natively. engine.h says what each command does.
namespace mixwell::engine {

enum class Opcode : std::uint8_t {
  sourceAdd = 1,
  sourceRemove,
  trackList,
  trackParam,
  trackChannels,
  trackClips,
  masterParam,
  loop,
  play,
  stop,
  seek,
  resetPeaks,
  monitor,
  trackRoute,
  trackSends,
  trackKey,
  inserts,
  insertParam,
  insertOn,
  insertKey,
  automation,
  tempoMap,
  probe,
  insertTable,
  mastering,
  audition,
  meterTrack,
  meterLoudness,
};

inline constexpr std::array<std::string_view, 28> opcodeNames = {
    "sourceAdd",   "sourceRemove", "trackList",  "trackParam",    "trackChannels", "trackClips",
    "masterParam", "loop",         "play",       "stop",          "seek",          "resetPeaks",
    "monitor",     "trackRoute",   "trackSends", "trackKey",      "inserts",       "insertParam",
    "insertOn",    "insertKey",    "automation", "tempoMap",      "probe",         "insertTable",
    "mastering",   "audition",     "meterTrack", "meterLoudness",
};

/// Why a command was refused. A refused command changes nothing.
enum class CommandError : std::uint8_t {
  none,
  /// The stream's structure is broken: what follows can't be read.
  malformed,
  unknownOpcode,
  argumentCount,
  /// NaN, out of range, or not one of the choices.
  badValue,
  unknownHandle,
  /// A source's handle that stands for another source.
  handleTaken,
  overCapacity,
  /// Sound would come back to where it started, by outputs, sends and keys.
  routingLoop,
};

inline constexpr std::array<std::string_view, 9> commandErrorNames = {
    "ok",          "malformed",    "unknownOpcode", "argumentCount", "badValue", "unknownHandle",
    "handleTaken", "overCapacity", "routingLoop",
};

/// Numbers that a clip takes in trackClips: source start offset length gainDb fadeIn fadeInCurve fadeOut
/// fadeOutCurve.
inline constexpr std::size_t clipFields = 9;

/// Numbers that a send takes in trackSends: bus gainDb pan pre on.
inline constexpr std::size_t sendFields = 5;
/// Numbers that an insert takes in inserts: insert device.
inline constexpr std::size_t insertFields = 2;
/// Numbers that a point takes in automation: frame value shape bend.
inline constexpr std::size_t pointFields = 4;
/// Numbers that a change of tempo takes in tempoMap: frame quarterBpm.
inline constexpr std::size_t tempoFields = 2;

/// In place of a track's handle in resetPeaks.
inline constexpr double allTracks = -1.0;
/// In place of a track's handle where the master is meant.
inline constexpr double masterTrack = -2.0;
/// In place of a track's handle where the mastering chain is meant.
inline constexpr double masteringChain = -3.0;
/// In place of a bus's handle for what comes into no mix and is played to compare with.
inline constexpr double referenceBus = -4.0;
/// In place of a track's handle where there is no key, or none is metered.
inline constexpr double noKey = -1.0;

struct Command {
  double opcode;
  std::span<const double> arguments;
  /// Where it stands in the stream.
  std::size_t at;
};

/// Reads a stream command by command.
class CommandReader {
 public:
  explicit CommandReader(std::span<const double> stream) noexcept : stream_(stream) {}

  /// The next command; nothing at the end, or where the structure is broken.
  std::optional<Command> next() noexcept;

  bool malformed() const noexcept { return malformed_; }
  std::size_t position() const noexcept { return at_; }

 private:
  std::span<const double> stream_;
  std::size_t at_ = 0;
  bool malformed_ = false;
};

/// Frames, rounded to whole; nothing for what is no number, negative or beyond maxFrames.
std::optional<std::int64_t> framesOf(double value) noexcept;

/// A handle: a whole number from 0 to 2^31 - 1.
std::optional<std::int32_t> handleOf(double value) noexcept;

/// A whole number from 0 to `last`.
std::optional<std::size_t> indexOf(double value, std::size_t last) noexcept;

}  // namespace mixwell::engine
