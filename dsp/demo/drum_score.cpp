#include <initializer_list>
#include <span>

#include "demo/score.h"

namespace mixwell::demo {

namespace {

struct Stroke {
  double beat;  ///< within the bar
  double velocity;
  Touch touch = Touch::plain;
};

constexpr double kSixteenth = 0.25;

enum class Passage { none, intro, verse, chorus, secondChorus };

/// Bars are counted as on the ruler, from 1.
Passage passageOf(int bar) {
  if (bar < 5) return Passage::intro;
  if (bar < 13) return Passage::verse;
  if (bar < 21) return Passage::chorus;
  return bar < 25 ? Passage::none : Passage::secondChorus;
}

bool isChorus(Passage passage) {
  return passage == Passage::chorus || passage == Passage::secondChorus;
}

void play(Part& part, Feel& feel, int bar, std::initializer_list<Stroke> strokes) {
  for (const Stroke& stroke : strokes) {
    part.push_back({.beat = (bar - 1) * kBeatsPerBar + stroke.beat,
                    .beats = kSixteenth,
                    .velocity = feel.velocity(stroke.velocity),
                    .lateMs = feel.lateMs(),
                    .touch = stroke.touch});
  }
}

void kickBar(Part& part, Feel& feel, int bar) {
  const bool odd = bar % 2 == 0;
  if (bar == 32) return play(part, feel, bar, {{0, 1}});
  if (bar == 31) return play(part, feel, bar, {{0, 1}, {0.75, 0.55}, {1.5, 0.8}, {2.5, 0.9}, {3.5, 0.75}});
  if (bar == 20) return play(part, feel, bar, {{0, 1}, {1.5, 0.8}, {2.5, 0.9}});
  if (isChorus(passageOf(bar))) {
    if (odd) return play(part, feel, bar, {{0, 1}, {1.5, 0.82}, {2.5, 0.92}, {3.25, 0.5}});
    return play(part, feel, bar, {{0, 1}, {0.75, 0.55}, {1.5, 0.8}, {2.5, 0.95}});
  }
  if (bar % 4 == 0) return play(part, feel, bar, {{0, 0.95}, {1.75, 0.45}, {2.5, 0.85}, {3.5, 0.65}});
  if (odd) return play(part, feel, bar, {{0, 0.95}, {1.75, 0.5}, {2.5, 0.85}});
  return play(part, feel, bar, {{0, 0.95}, {2.5, 0.85}});
}

void snareBackbeat(Part& part, Feel& feel, int bar) {
  const double weight = isChorus(passageOf(bar)) ? 1.0 : 0.84;
  if (bar == 32) return play(part, feel, bar, {{0, 0.95}});
  play(part, feel, bar, {{1, 0.92 * weight}, {1.75, 0.15, Touch::ghost}});
  if (bar == 20 || bar == 31) return;
  play(part, feel, bar, {{3, weight}, {2.25, bar % 2 == 0 ? 0.22 : 0.13, Touch::ghost}});
}

void snareFill(Part& part, Feel& feel, int bar) {
  switch (bar) {
    case 8:
      return play(part, feel, bar, {{3.5, 0.4}, {3.75, 0.6}});
    case 12:
      return play(part, feel, bar, {{3.25, 0.4}, {3.5, 0.66}, {3.75, 0.86}});
    case 16:
    case 28:
      return play(part, feel, bar, {{3.5, 0.42}, {3.75, 0.75}});
    case 20:
      return play(part, feel, bar,
                  {{2, 0.6}, {2.25, 0.3}, {2.5, 0.62}, {2.75, 0.4}, {3, 0.88}, {3.25, 0.5}, {3.5, 0.95}});
    case 31:
      return play(part, feel, bar,
                  {{2, 0.5},
                   {2.25, 0.36},
                   {2.5, 0.62},
                   {2.75, 0.5},
                   {3, 0.8},
                   {3.25, 0.66},
                   {3.5, 0.88},
                   {3.75, 0.96}});
    case 32:
      return;
    default:
      return play(part, feel, bar, {{3.75, 0.18, Touch::ghost}});
  }
}

void hatIntro(Part& part, Feel& feel, int bar) {
  for (int eighth = 0; eighth < 8; ++eighth) {
    const double swell = 0.45 + 0.03 * (eighth + 8 * (bar - 3));
    play(part, feel, bar, {{eighth * 0.5, eighth % 2 == 0 ? swell : 0.6 * swell}});
  }
}

void hatVerse(Part& part, Feel& feel, int bar) {
  const bool opens = bar % 4 == 0;
  for (int eighth = 0; eighth < 8; ++eighth) {
    if (opens && eighth == 7) continue;
    play(part, feel, bar, {{eighth * 0.5, eighth % 2 == 0 ? 0.78 : 0.5}});
    if (feel.noise.uniform() < 0.22) play(part, feel, bar, {{eighth * 0.5 + kSixteenth, 0.22}});
  }
  if (opens) play(part, feel, bar, {{3.5, 0.62, Touch::open}});
}

void hatChorus(Part& part, Feel& feel, int bar) {
  if (bar == 13 || bar == 17 || bar == 25 || bar == 29) play(part, feel, bar, {{0, 0.85, Touch::crash}});
  const bool opens = bar % 2 == 0 && bar != 20;
  const int last = bar == 20 || bar == 31 ? 14 : (opens ? 14 : 16);
  for (int step = 0; step < last; ++step) {
    constexpr double kAccents[] = {0.85, 0.3, 0.62, 0.36};
    play(part, feel, bar, {{step * kSixteenth, kAccents[step % 4]}});
  }
  if (opens) play(part, feel, bar, {{3.5, 0.72, Touch::open}});
}

}  // namespace

Part composeKick() {
  Part part;
  Feel feel(101, 0.0, 1.3, 0.035);
  for (int bar = 5; bar <= 32; ++bar) {
    if (passageOf(bar) != Passage::none) kickBar(part, feel, bar);
  }
  return part;
}

Part composeSnare() {
  Part part;
  Feel feel(202, 4.0, 1.8, 0.05);
  for (int bar = 5; bar <= 32; ++bar) {
    if (passageOf(bar) == Passage::none) continue;
    snareBackbeat(part, feel, bar);
    snareFill(part, feel, bar);
  }
  return part;
}

Part composeHats() {
  Part part;
  Feel feel(303, 1.0, 2.2, 0.08);
  for (int bar = 3; bar <= 31; ++bar) {
    const Passage passage = passageOf(bar);
    if (passage == Passage::intro) hatIntro(part, feel, bar);
    if (passage == Passage::verse) hatVerse(part, feel, bar);
    if (isChorus(passage)) hatChorus(part, feel, bar);
  }
  play(part, feel, 32, {{0, 0.95, Touch::crash}});
  return part;
}

Part composePerc() {
  Part part;
  Feel feel(404, 2.0, 2.6, 0.09);
  for (int bar = 13; bar <= 31; ++bar) {
    if (!isChorus(passageOf(bar))) continue;
    const int steps = bar == 20 ? 13 : 16;
    for (int step = 0; step < steps; ++step) {
      constexpr double kAccents[] = {0.62, 0.34, 0.9, 0.42};
      play(part, feel, bar, {{step * kSixteenth, kAccents[step % 4]}});
    }
    if (bar >= 17) play(part, feel, bar, {{1, 0.75, Touch::jingle}, {3, 0.85, Touch::jingle}});
  }
  play(part, feel, 32, {{0, 0.9, Touch::jingle}});
  return part;
}

}  // namespace mixwell::demo
