#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "demo/instrument.h"
#include "demo/phonemes.h"

namespace mixwell::demo {

/// A stretch of a sung line in which the mouth holds one shape.
struct Articulation {
  std::int64_t frame;
  const Phoneme* shape;
  double ease;  ///< factor on the level: 1 except in the inhalation
};

struct SungNote {
  std::int64_t frame;  ///< where its vowel begins
  std::int64_t end;
  double pitch;
  double velocity;
  bool opensPhrase;
  bool closesPhrase;
};

/// A part turned into mouth shapes and pitches: consonants stand before the beat, notes of a phrase are
/// joined, and a breath is taken where there is time for one.
struct SungLine {
  std::vector<Articulation> articulations;
  std::vector<SungNote> notes;

  SungLine(std::span<const TimedNote> part, double sampleRateHz);
};

}  // namespace mixwell::demo
