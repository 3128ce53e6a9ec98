#pragma once

#include <array>
#include <cstdint>

namespace mixwell::demo {

/// A chord as the band plays it, voiced so that the inner notes move by step (MIDI pitches; 0 is no note).
struct Chord {
  const char* name;
  int bass;
  std::array<std::uint8_t, 6> rhodes;  ///< two for the left hand, four for the right
  std::array<std::uint8_t, 5> guitar;
  std::array<std::uint8_t, 4> padLow;
  std::array<std::uint8_t, 4> padHigh;
};

/// The chord that sounds at `beat` (0 is the first downbeat of the song); changes come on half bars.
const Chord& chordAt(double beat) noexcept;

/// True when the chord holds this pitch in some octave.
bool isChordTone(const Chord& chord, int pitch) noexcept;

/// The pitch `steps` degrees away in D major; the given pitch must belong to the scale.
int diatonicStep(int pitch, int steps) noexcept;

bool isInScale(int pitch) noexcept;

}  // namespace mixwell::demo
