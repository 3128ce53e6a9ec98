#include <array>
#include <initializer_list>

#include "demo/harmony.h"
#include "demo/score.h"

/// Bass, Rhodes, guitar, pad and the buoy's bell: everything that follows the chords.
namespace mixwell::demo {

namespace {

double beatOfBar(int bar) {
  return (bar - 1) * static_cast<double>(kBeatsPerBar);
}

void add(Part& part, Feel& feel, double beat, double beats, double pitch, double velocity,
         Touch touch = Touch::plain) {
  part.push_back({.beat = beat,
                  .beats = beats,
                  .pitch = pitch,
                  .velocity = feel.velocity(velocity),
                  .lateMs = feel.lateMs(),
                  .touch = touch});
}

/// A step of the scale below or above the next root, from the side of the present one.
int approach(int from, int to) {
  const int direction = to > from ? -1 : 1;
  const int near = to + direction;
  return isInScale(near) ? near : to + 2 * direction;
}

int fifthOver(int root) {
  return root + (root == 33 || root == 35 || root == 36 ? -5 : 7);
}

void bassVerse(Part& part, Feel& feel, double start) {
  const int root = chordAt(start).bass;
  const int half = chordAt(start + 2.0).bass;
  const int next = chordAt(start + 4.0).bass;
  add(part, feel, start, 1.4, root, 0.92);
  add(part, feel, start + 1.75, 0.2, root, 0.4, Touch::mute);
  add(part, feel, start + 2.5, 0.85, half, 0.82);
  add(part, feel, start + 3.5, 0.45, approach(half, next), 0.72);
}

void bassChorus(Part& part, Feel& feel, double start, bool busy) {
  const int root = chordAt(start).bass;
  const int half = chordAt(start + 2.0).bass;
  const int next = chordAt(start + 4.0).bass;
  add(part, feel, start, 0.68, root, 1.0);
  add(part, feel, start + 0.75, 0.2, root + 12, 0.5);
  add(part, feel, start + 1.5, 0.42, root, 0.85);
  add(part, feel, start + 2.0, 0.42, half == root ? fifthOver(root) : half, 0.78);
  add(part, feel, start + 2.5, 0.45, half, 0.92);
  add(part, feel, start + 3.0, busy ? 0.22 : 0.4, half + 12, 0.66);
  if (busy) add(part, feel, start + 3.25, 0.2, half, 0.42, Touch::mute);
  add(part, feel, start + 3.5, 0.45, approach(half, next), 0.82);
}

using Range = std::array<int, 2>;  ///< first and one past last note of the Rhodes voicing
constexpr Range kLeftHand{0, 2};
constexpr Range kRightHand{2, 6};
constexpr Range kBothHands{0, 6};

void strikeRhodes(Part& part, Feel& feel, double beat, double beats, double velocity, Range range,
                  double rollMs, double chordBeat) {
  const Chord& chord = chordAt(chordBeat);
  for (int i = range[0]; i < range[1]; ++i) {
    const double voice = i == 5 ? 1.06 : (i < 2 ? 0.9 : 0.94);
    add(part, feel, beat, beats, chord.rhodes[static_cast<std::size_t>(i)], velocity * voice);
    part.back().lateMs += rollMs * (i - range[0]);
  }
}

struct Fill {
  double beat;
  int pitch;
};
using Motifs = std::array<std::array<Fill, 3>, 4>;
constexpr Motifs kIntroMotifs{{{{{1.5, 73}, {2.5, 74}, {3.25, 69}}},
                               {{{1.5, 71}, {2.5, 69}, {3.25, 66}}},
                               {{{1.5, 73}, {2.5, 76}, {3.25, 69}}},
                               {{{1.5, 74}, {2.5, 73}, {3.25, 71}}}}};
constexpr Motifs kBridgeMotifs{{{{{1.5, 74}, {2.5, 71}, {3.25, 78}}},
                                {{{1.5, 76}, {2.5, 73}, {3.25, 69}}},
                                {{{1.5, 71}, {2.5, 74}, {3.25, 78}}},
                                {{{1.5, 79}, {2.5, 78}, {3.25, 74}}}}};

/// Open chords with an answer above them.
void rhodesSparse(Part& part, Feel& feel, int bar, const Motifs& motifs) {
  const double start = beatOfBar(bar);
  strikeRhodes(part, feel, start, 1.95, 0.6, kBothHands, 14, start);
  strikeRhodes(part, feel, start + 2.0, 1.9, 0.42, kRightHand, 9, start + 2.0);
  for (const Fill& fill : motifs[static_cast<std::size_t>((bar - 1) % 4)]) {
    add(part, feel, start + fill.beat, 0.8, fill.pitch, 0.58);
  }
}

void rhodesVerse(Part& part, Feel& feel, int bar) {
  const double start = beatOfBar(bar);
  strikeRhodes(part, feel, start, 1.4, 0.58, kBothHands, 7, start);
  strikeRhodes(part, feel, start + 1.5, 0.4, 0.36, kRightHand, 4, start);
  strikeRhodes(part, feel, start + 2.5, bar % 2 == 0 ? 1.4 : 0.9, 0.52, kRightHand, 6, start + 2.5);
  if (bar % 4 == 0) add(part, feel, start + 3.5, 0.45, 73, 0.55);
  if (bar % 4 == 2) add(part, feel, start + 3.25, 0.6, 71, 0.5);
}

/// The last eighth pushes the next bar's chord; a pushed bar begins without a stroke of the right hand.
void rhodesChorus(Part& part, Feel& feel, int bar) {
  const double start = beatOfBar(bar);
  const bool pushed = bar % 2 == 0;
  const bool pushes = bar % 2 != 0 && bar != 31;
  strikeRhodes(part, feel, start, 1.3, 0.72, pushed ? kLeftHand : kBothHands, 5, start);
  strikeRhodes(part, feel, start + 0.75, 0.3, 0.45, kRightHand, 3, start);
  strikeRhodes(part, feel, start + 1.5, 0.85, 0.74, kRightHand, 4, start);
  strikeRhodes(part, feel, start + 2.5, 0.8, 0.66, kBothHands, 5, start + 2.5);
  if (pushes) strikeRhodes(part, feel, start + 3.5, 1.2, 0.76, kRightHand, 4, start + 4.0);
}

void pickGuitar(Part& part, Feel& feel, int bar) {
  constexpr std::array kOrder{0, 2, 3, 4, 1, 3, 2, 4};
  const double start = beatOfBar(bar);
  for (std::size_t i = 0; i < kOrder.size(); ++i) {
    const double beat = start + 0.5 * static_cast<double>(i);
    const int pitch = chordAt(beat).guitar[static_cast<std::size_t>(kOrder[i])];
    add(part, feel, beat, 2.2, pitch, i % 4 == 0 ? 0.7 : 0.52);
    if (i == 3 || i == 6) {
      add(part, feel, beat + 0.25, 1.2, chordAt(beat).guitar[i == 3 ? 2 : 3], 0.36);
    }
  }
}

struct Strum {
  double beat;
  double beats;
  double velocity;
  bool up;
  Touch touch = Touch::plain;
};

void strumGuitar(Part& part, Feel& feel, double start, std::initializer_list<Strum> strums) {
  for (const Strum& strum : strums) {
    const Chord& chord = chordAt(start + strum.beat);
    const double late = feel.lateMs();
    const int count = strum.up ? 4 : 5;
    for (int i = 0; i < count; ++i) {
      const int string = strum.up ? 4 - i : i;
      add(part, feel, start + strum.beat, strum.beats, chord.guitar[static_cast<std::size_t>(string)],
          strum.velocity * (1.0 - 0.06 * i), strum.touch);
      part.back().lateMs = late + (strum.up ? 7.0 : 9.0) * i;
    }
  }
}

void guitarChorus(Part& part, Feel& feel, int bar) {
  const double start = beatOfBar(bar);
  strumGuitar(part, feel, start,
              {{0, 0.7, 0.78, false},
               {0.75, 0.2, 0.4, true, Touch::mute},
               {1.0, 0.2, 0.5, false, Touch::mute},
               {1.5, 0.9, 0.7, true},
               {2.5, 0.45, 0.74, false},
               {3.0, 0.2, 0.46, false, Touch::mute}});
  if (bar % 2 == 0) strumGuitar(part, feel, start, {{2.75, 0.2, 0.36, true, Touch::mute}});
  if (bar != 20) strumGuitar(part, feel, start, {{3.5, 0.45, 0.68, true}});
}

bool isChorusBar(int bar) {
  return (bar >= 13 && bar <= 20) || (bar >= 25 && bar <= 31);
}

/// Holds every chord until the next one, common tones tied over.
void holdPad(Part& part, int take, int firstBar, int lastBar, bool high) {
  const double end = beatOfBar(lastBar + 1);
  for (std::size_t voice = 0; voice < 4; ++voice) {
    double beat = beatOfBar(firstBar);
    while (beat < end) {
      const auto toneAt = [&](double when) {
        const Chord& chord = chordAt(when);
        return high ? chord.padHigh[voice] : chord.padLow[voice];
      };
      double next = beat + 2.0;
      while (next < end && toneAt(next) == toneAt(beat)) next += 2.0;
      part.push_back({.beat = beat,
                      .beats = next - beat,
                      .pitch = static_cast<double>(toneAt(beat)),
                      .velocity = 0.8,
                      .take = take});
      beat = next;
    }
  }
}

}  // namespace

Part composeBass() {
  Part part;
  Feel feel(505, 3.0, 2.4, 0.05);
  for (int bar = 5; bar <= 12; ++bar) bassVerse(part, feel, beatOfBar(bar));
  for (int bar = 13; bar <= 31; ++bar) {
    if (isChorusBar(bar)) bassChorus(part, feel, beatOfBar(bar), bar % 4 == 0);
  }
  add(part, feel, beatOfBar(21), 3.9, chordAt(beatOfBar(21)).bass, 0.85);
  add(part, feel, beatOfBar(22), 3.9, chordAt(beatOfBar(22)).bass, 0.8);
  add(part, feel, beatOfBar(32), 4.0, chordAt(beatOfBar(32)).bass, 1.0);
  return part;
}

Part composeRhodes() {
  Part part;
  Feel feel(606, 3.0, 2.6, 0.06);
  for (int bar = 1; bar <= 4; ++bar) rhodesSparse(part, feel, bar, kIntroMotifs);
  for (int bar = 5; bar <= 12; ++bar) rhodesVerse(part, feel, bar);
  for (int bar = 13; bar <= 31; ++bar) {
    if (isChorusBar(bar)) rhodesChorus(part, feel, bar);
  }
  for (int bar = 21; bar <= 24; ++bar) rhodesSparse(part, feel, bar, kBridgeMotifs);
  strikeRhodes(part, feel, beatOfBar(32), 4.6, 0.72, kBothHands, 26, beatOfBar(32));
  add(part, feel, beatOfBar(32) + 1.0, 3.6, 76, 0.5);
  add(part, feel, beatOfBar(32) + 1.5, 3.1, 78, 0.45);
  return part;
}

Part composeGuitar() {
  Part part;
  Feel feel(707, 4.0, 3.0, 0.07);
  for (int bar = 9; bar <= 12; ++bar) pickGuitar(part, feel, bar);
  for (int bar = 13; bar <= 31; ++bar) {
    if (isChorusBar(bar)) guitarChorus(part, feel, bar);
  }
  strumGuitar(part, feel, beatOfBar(32), {{0, 4.5, 0.8, false}});
  return part;
}

Part composePad() {
  Part part;
  holdPad(part, 0, 1, 14, false);
  holdPad(part, 1, 12, 32, true);
  return part;
}

Part composeAmbience() {
  Part part;
  Feel feel(909, 0.0, 60.0, 0.1);
  for (const double beat : {5.0, 14.3, 27.1, 37.6, 52.2, 70.9}) {
    add(part, feel, beat, 8.0, static_cast<int>(beat) % 2 == 0 ? 69 : 66, 0.6);
  }
  for (const double beat : {88.4, 99.7, 117.3, 126.1}) {
    add(part, feel, beat, 8.0, static_cast<int>(beat) % 2 == 0 ? 66 : 69, 0.5);
    part.back().take = 1;
  }
  return part;
}

}  // namespace mixwell::demo
