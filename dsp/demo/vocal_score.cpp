#include <array>
#include <span>

#include "demo/harmony.h"
#include "demo/score.h"

namespace mixwell::demo {

namespace {

struct Sung {
  double beat;  ///< from the start of the section
  double beats;
  int pitch;
  const char* syllable;
  double velocity = 0.8;
};

constexpr std::array kVerse{
    // "Lights on the water, low"
    Sung{0.5, 0.5, 66, "lAit", 0.66},
    Sung{1.0, 0.5, 66, "son", 0.62},
    Sung{1.5, 0.5, 64, "DV", 0.56},
    Sung{2.0, 1.0, 66, "wo", 0.74},
    Sung{3.0, 0.95, 62, "t@", 0.6},
    Sung{4.0, 1.9, 62, "lOU", 0.66},
    // "and the town is asleep"
    Sung{8.5, 0.5, 64, "En", 0.58},
    Sung{9.0, 0.5, 66, "DV", 0.58},
    Sung{9.5, 1.0, 69, "tAUn", 0.78},
    Sung{10.5, 0.5, 66, "i", 0.6},
    Sung{11.0, 0.5, 64, "sV", 0.56},
    Sung{11.5, 2.0, 64, "slI", 0.68},
    // "Boats in the harbour glowing"
    Sung{16.5, 0.5, 66, "bOt", 0.68},
    Sung{17.0, 0.5, 66, "sin", 0.64},
    Sung{17.5, 0.5, 69, "DV", 0.64},
    Sung{18.0, 1.0, 71, "hAr", 0.84},
    Sung{19.0, 0.95, 69, "b@", 0.7},
    Sung{20.0, 1.5, 66, "glO", 0.74},
    Sung{21.5, 0.9, 64, "win", 0.6},
    // "I hear you calling me over, home"
    Sung{24.5, 0.5, 67, "Ai", 0.68},
    Sung{25.0, 0.5, 67, "hI", 0.7},
    Sung{25.5, 0.5, 66, "yU", 0.66},
    Sung{26.0, 1.0, 67, "ko", 0.78},
    Sung{27.0, 0.5, 66, "lin", 0.7},
    Sung{27.5, 0.5, 64, "mI", 0.66},
    Sung{28.0, 1.0, 66, "O", 0.76},
    Sung{29.0, 0.5, 64, "v@", 0.68},
    Sung{29.5, 2.5, 64, "hOm", 0.74},
};

constexpr std::array kChorus{
    // "Glass harbour, hold me till the morning"
    Sung{0.5, 1.0, 74, "glAs", 0.92},
    Sung{1.5, 0.5, 71, "hAr", 0.8},
    Sung{2.0, 1.4, 69, "b@", 0.78},
    Sung{4.0, 0.5, 73, "hOld", 0.86},
    Sung{4.5, 0.5, 71, "mI", 0.78},
    Sung{5.0, 0.5, 69, "til", 0.74},
    Sung{5.5, 0.5, 71, "DV", 0.74},
    Sung{6.0, 1.0, 73, "mor", 0.86},
    Sung{7.0, 0.9, 69, "nin", 0.74},
    // "Glass harbour, all the way home"
    Sung{8.5, 1.0, 73, "glAs", 0.9},
    Sung{9.5, 0.5, 69, "hAr", 0.78},
    Sung{10.0, 1.4, 66, "b@", 0.74},
    Sung{12.0, 0.5, 66, "ol", 0.72},
    Sung{12.5, 0.5, 69, "DV", 0.72},
    Sung{13.0, 1.5, 71, "wEi", 0.86},
    Sung{14.5, 1.2, 69, "hOm", 0.76},
    // "Glass harbour, I'll shine with your light"
    Sung{16.5, 1.0, 74, "glAs", 0.94},
    Sung{17.5, 0.5, 71, "hAr", 0.82},
    Sung{18.0, 1.2, 74, "b@", 0.86},
    Sung{19.5, 0.5, 73, "Ail", 0.84},
    Sung{20.0, 1.0, 76, "SAin", 1.0},
    Sung{21.0, 0.5, 74, "wiD", 0.86},
    Sung{21.5, 0.5, 73, "yor", 0.84},
    Sung{22.0, 0.75, 73, "lA", 0.88},
    Sung{22.75, 0.75, 71, "Ait", 0.78},
};

constexpr std::array kChorusEnd{
    // "down to the sea; oh"
    Sung{24.0, 1.0, 69, "dAUn", 0.82}, Sung{25.0, 0.5, 71, "tU", 0.78}, Sung{25.5, 0.5, 69, "DV", 0.74},
    Sung{26.0, 2.8, 66, "sI", 0.82},   Sung{30.0, 0.5, 69, "O", 0.7},   Sung{30.5, 0.5, 71, "O", 0.72},
    Sung{31.0, 0.6, 69, "O", 0.62},
};

constexpr std::array kLastEnd{
    // "down to the sea, to the sea"
    Sung{24.0, 1.0, 71, "dAUn", 0.86}, Sung{25.0, 0.5, 69, "tU", 0.78}, Sung{25.5, 0.5, 67, "DV", 0.76},
    Sung{26.0, 1.0, 69, "sI", 0.84},   Sung{27.0, 0.5, 71, "tU", 0.84}, Sung{27.5, 0.5, 73, "DV", 0.86},
    Sung{28.0, 3.4, 74, "sI", 0.94},
};

constexpr std::array kBridge{
    Sung{0.5, 1.5, 67, "U", 0.56},
    Sung{2.0, 1.6, 71, "U", 0.62},
    // "and slowly"
    Sung{4.5, 0.5, 69, "En", 0.6},
    Sung{5.0, 1.5, 73, "slO", 0.72},
    Sung{6.5, 1.0, 69, "lI", 0.62},
    Sung{8.5, 1.5, 71, "U", 0.64},
    Sung{10.0, 1.6, 74, "A", 0.76},
    // "turn around"
    Sung{12.0, 1.0, 74, "t@", 0.84},
    Sung{13.0, 0.5, 71, "nV", 0.76},
    Sung{13.5, 1.9, 69, "rAUn", 0.78},
};

void sing(Part& part, Feel& feel, std::span<const Sung> lines, int bar, int take) {
  for (const Sung& sung : lines) {
    part.push_back({.beat = (bar - 1) * static_cast<double>(kBeatsPerBar) + sung.beat,
                    .beats = sung.beats,
                    .pitch = static_cast<double>(sung.pitch),
                    .velocity = feel.velocity(sung.velocity),
                    .lateMs = feel.lateMs(),
                    .take = take,
                    .syllable = sung.syllable});
  }
}

void singChoruses(Part& part, Feel& feel, int take) {
  sing(part, feel, kChorus, 13, take);
  sing(part, feel, kChorusEnd, 13, take);
  sing(part, feel, kChorus, 25, take);
  sing(part, feel, kLastEnd, 25, take);
}

/// The note at the wished interval below; a long note goes to the nearest interval that the chord holds.
int below(const Note& note, int steps) {
  const Chord& chord = chordAt(note.beat);
  const int melody = static_cast<int>(note.pitch);
  const int wished = diatonicStep(melody, -steps);
  if (note.beats < 0.9) return wished;
  for (const int wider : {0, 1, -1}) {
    const int pitch = diatonicStep(melody, -steps - wider);
    if (isChordTone(chord, pitch)) return pitch;
  }
  return wished;
}

}  // namespace

Part composeLead() {
  Part part;
  Feel feel(1010, 8.0, 6.0, 0.03);
  sing(part, feel, kVerse, 5, 0);
  singChoruses(part, feel, 1);
  sing(part, feel, kBridge, 21, 1);
  return part;
}

Part composeDoubles() {
  Part part;
  Feel feel(1111, 14.0, 11.0, 0.04);
  singChoruses(part, feel, 0);
  return part;
}

Part composeHarmonies() {
  constexpr int kThird = 2;
  constexpr int kSixth = 5;
  constexpr double kSecondChorus = 96.0;
  Part melody;
  Feel feel(1212, 12.0, 9.0, 0.04);
  singChoruses(melody, feel, 0);
  Part part;
  for (const Note& note : melody) {
    Note third = note;
    third.pitch = below(note, kThird);
    part.push_back(third);
    if (note.beat < kSecondChorus) continue;
    Note sixth = note;
    sixth.pitch = below(note, kSixth);
    sixth.lateMs = feel.lateMs();
    sixth.singer = 1;
    part.push_back(sixth);
  }
  return part;
}

}  // namespace mixwell::demo
