#pragma once

#include <cstddef>
#include <cstdint>

/// Sizes of the engine. They are part of its face: the build hands them to TypeScript.
namespace mixwell::engine {

/// Most frames in one call of process.
inline constexpr std::size_t quantumFrames = 128;

/// Sound comes in pages of this many frames, left then right.
inline constexpr std::size_t pageFrames = 4096;
inline constexpr std::size_t pageFloats = 2 * pageFrames;

inline constexpr std::size_t maxTracks = 256;
inline constexpr std::size_t maxSources = 4096;
inline constexpr std::size_t maxClips = 65536;
inline constexpr std::size_t maxPageSlots = 4096;

inline constexpr std::size_t maxSends = 16;    ///< of a track
inline constexpr std::size_t maxInserts = 16;  ///< of a track or the master
/// Longest way through buses and keys, in tracks.
inline constexpr std::size_t maxRouteDepth = 48;
inline constexpr std::size_t maxAllInserts = 1024;
inline constexpr std::size_t maxDeviceParams = 128;
inline constexpr std::size_t probeCount = 8;
/// Meters of loudness: of the tap, of what goes into the mastering chain, of a track by choice.
inline constexpr std::size_t busMeterCount = 3;
/// Inserts whose reduction of gain is among the levels.
inline constexpr std::size_t meteredInserts = 6;

/// Doubles in the buffer for commands, pairs in the buffer for requests.
inline constexpr std::size_t commandCapacity = 131072;
inline constexpr std::size_t requestCapacity = 1024;

/// Positions and lengths in frames go from 0 to this.
inline constexpr std::int64_t maxFrames = std::int64_t{1} << 40;

inline constexpr std::int64_t minLoopFrames = 64;

/// Clip gain in dB: from off to this.
inline constexpr double clipGainOffDb = -90.0;
inline constexpr double maxClipGainDb = 36.0;

/// Level of a send in dB: from off to this.
inline constexpr double sendOffDb = -90.0;
inline constexpr double maxSendDb = 12.0;

/// De-click ramps of the monitor at start, stop and seek.
inline constexpr double transportFadeMs = 5.0;

}  // namespace mixwell::engine
