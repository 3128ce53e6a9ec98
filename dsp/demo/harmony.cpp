#include "demo/harmony.h"

#include <algorithm>

#include "demo/song.h"

namespace mixwell::demo {

namespace {

constexpr Chord kBm9{"Bm9",           35, {47, 54, 57, 61, 62, 66}, {59, 62, 66, 69, 73}, {47, 54, 57, 62},
                     {66, 69, 73, 74}};
constexpr Chord kGmaj9{"Gmaj9",         31, {43, 50, 57, 59, 62, 66}, {55, 59, 62, 66, 69}, {43, 50, 59, 62},
                       {66, 69, 71, 74}};
constexpr Chord kDmaj9{"Dmaj9",         38, {50, 54, 57, 61, 64, 66}, {57, 61, 64, 66, 69}, {50, 54, 57, 61},
                       {66, 69, 73, 76}};
constexpr Chord kA13sus{"A13sus",        33, {45, 52, 55, 59, 62, 66}, {57, 62, 64, 67, 71}, {45, 52, 55, 62},
                        {64, 67, 71, 74}};
constexpr Chord kAadd9{"Aadd9",         33, {45, 52, 57, 59, 61, 64}, {57, 61, 64, 69, 71}, {45, 52, 57, 61},
                       {64, 69, 71, 73}};
constexpr Chord kFsm7{"F#m7",          30, {42, 52, 57, 61, 64, 66}, {57, 61, 64, 66, 73}, {42, 49, 57, 61},
                      {64, 66, 69, 73}};
constexpr Chord kEm9{"Em9",           28, {40, 47, 55, 59, 62, 66}, {55, 59, 64, 66, 71}, {40, 47, 55, 59},
                     {62, 66, 67, 71}};
constexpr Chord kCmaj9{"Cmaj9#11",      36, {48, 52, 55, 59, 62, 66}, {55, 59, 62, 64, 66}, {48, 55, 59, 64},
                       {66, 67, 71, 74}};
constexpr Chord kD69{"D6/9",          26, {38, 50, 57, 59, 64, 66}, {57, 62, 64, 66, 71}, {38, 50, 57, 66},
                     {66, 69, 71, 76}};

using Bar = std::array<const Chord*, 2>;

constexpr std::array<Bar, 32> kBars{{
    {&kBm9, &kBm9},     {&kGmaj9, &kGmaj9}, {&kDmaj9, &kDmaj9}, {&kA13sus, &kAadd9},   // Intro
    {&kBm9, &kBm9},     {&kGmaj9, &kGmaj9}, {&kDmaj9, &kDmaj9}, {&kA13sus, &kAadd9},   // Verse
    {&kBm9, &kBm9},     {&kGmaj9, &kGmaj9}, {&kEm9, &kEm9},     {&kA13sus, &kA13sus},  //
    {&kGmaj9, &kGmaj9}, {&kAadd9, &kAadd9}, {&kFsm7, &kFsm7},   {&kBm9, &kBm9},        // Chorus
    {&kGmaj9, &kGmaj9}, {&kAadd9, &kAadd9}, {&kDmaj9, &kDmaj9}, {&kDmaj9, &kA13sus},   //
    {&kEm9, &kEm9},     {&kFsm7, &kFsm7},   {&kCmaj9, &kCmaj9}, {&kA13sus, &kA13sus},  // Bridge
    {&kGmaj9, &kGmaj9}, {&kAadd9, &kAadd9}, {&kFsm7, &kFsm7},   {&kBm9, &kBm9},        // Chorus 2
    {&kGmaj9, &kGmaj9}, {&kAadd9, &kAadd9}, {&kEm9, &kA13sus},  {&kD69, &kD69},        //
}};

/// Degree of each pitch class in D major, -1 outside.
constexpr std::array<int, 12> kDegrees{-1, 6, 0, -1, 1, -1, 2, 3, -1, 4, -1, 5};
constexpr std::array<int, 7> kScale{2, 4, 6, 7, 9, 11, 13};

}  // namespace

const Chord& chordAt(double beat) noexcept {
  const int half = static_cast<int>(beat < 0.0 ? 0.0 : beat * 0.5 + 1e-6);
  const int held = std::min(half, static_cast<int>(kBars.size()) * 2 - 1);
  return *kBars[static_cast<std::size_t>(held / 2)][static_cast<std::size_t>(held % 2)];
}

bool isChordTone(const Chord& chord, int pitch) noexcept {
  return std::any_of(chord.rhodes.begin(), chord.rhodes.end(),
                     [pitch](int tone) { return tone != 0 && tone % 12 == pitch % 12; });
}

bool isInScale(int pitch) noexcept {
  return kDegrees[static_cast<std::size_t>(pitch % 12)] >= 0;
}

int diatonicStep(int pitch, int steps) noexcept {
  const int degree = kDegrees[static_cast<std::size_t>(pitch % 12)];
  const int root = pitch - kScale[static_cast<std::size_t>(degree)];
  const int target = degree + steps + 70;
  return root + 12 * (target / 7 - 10) + kScale[static_cast<std::size_t>(target % 7)];
}

}  // namespace mixwell::demo
