#pragma once

#include <array>

namespace mixwell::demo {

/// What the mouth does for one speech sound. Formants are those of an alto (after Peterson and Barney 1952
/// and Klatt 1980, table II); levels are linear.
struct Phoneme {
  char code;
  bool vowel;
  std::array<double, 3> formantsHz;  ///< zeros: those of what follows
  double voiced;
  double breath;
  double hiss;
  double hissHz;
  double ms;  ///< consonants only; vowels last as long as the note
};

/// Vowels: A (far), E (bed), I (see), i (bit), O (go), o (law), U (you), V (the), @ (water).
/// Consonants: l r w y m n h s S (she) f v t k d b g, D (with).
/// An unknown code is silence.
const Phoneme& phoneme(char code) noexcept;

}  // namespace mixwell::demo
