#pragma once

#include <cstdint>
#include <span>

/// "Glass Harbour" as a project: tempo, sections, tracks, takes and clips. Positions are bars as the ruler
/// counts them: 1.0 is the first downbeat, 13.25 the second beat of bar 13.
namespace mixwell::demo {

inline constexpr double kTempoBpm = 96.0;
inline constexpr int kBeatsPerBar = 4;
inline constexpr double kSecondsPerBeat = 60.0 / kTempoBpm;
/// Where the off sixteenth falls between two eighths: 0.5 is straight.
inline constexpr double kSwing = 0.57;
/// Bar at which the last section ends and the last tail ends.
inline constexpr double kEndBar = 33.0;
inline constexpr double kTailEndBar = 33.6;
/// Master fader of the rough mix: the stems at 0 dB would clip.
inline constexpr double kRoughMasterDb = -3.0;

enum class Stem : std::uint8_t {
  kick,
  snare,
  hats,
  perc,
  bass,
  rhodes,
  guitar,
  pad,
  lead,
  doubles,
  harmonies,
  ambience,
};
inline constexpr int kStemCount = 12;

/// Consecutive takes make up a stem's one source file.
struct Take {
  double startBar;
  double endBar;
};

struct Clip {
  const char* name;
  int take;
  double startBar;
  double endBar;
  double fadeInBars;
  double fadeOutBars;
  double gainDb;
};

struct Track {
  Stem stem;
  const char* name;
  const char* kind;    ///< TrackKind of the document
  const char* colour;  ///< TrackColour of the document
  int channels;
  double levelDb;   ///< applied to the instrument as it is rendered
  double volumeDb;  ///< fader of the rough mix
  double pan;       ///< -100 to 100
  std::span<const Take> takes;
  std::span<const Clip> clips;
};

struct Section {
  const char* name;
  double startBar;
  double endBar;
};

std::span<const Track> songTracks() noexcept;
const Track& songTrack(Stem stem) noexcept;
std::span<const Section> songSections() noexcept;

/// Frame of a ruler position in the song, rounded to nearest.
std::int64_t frameOfBar(double bar, double sampleRateHz) noexcept;

}  // namespace mixwell::demo
