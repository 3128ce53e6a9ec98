#include "demo/score.h"

#include <algorithm>
#include <cmath>

namespace mixwell::demo {

double secondsOfBeat(double beat) noexcept {
  const double pair = std::floor(beat * 2.0 + 1e-9);
  const double within = beat * 2.0 - pair;
  const double swung = within < 0.5 ? within * 2.0 * kSwing : kSwing + (within - 0.5) * 2.0 * (1.0 - kSwing);
  return (pair + swung) * 0.5 * kSecondsPerBeat;
}

double Feel::velocity(double written) noexcept {
  const double played = written * (1.0 + velocitySpread * noise.bell());
  return std::clamp(played, 0.02, 1.0);
}

Part composeStem(Stem stem) {
  Part part;
  switch (stem) {
    case Stem::kick:
      part = composeKick();
      break;
    case Stem::snare:
      part = composeSnare();
      break;
    case Stem::hats:
      part = composeHats();
      break;
    case Stem::perc:
      part = composePerc();
      break;
    case Stem::bass:
      part = composeBass();
      break;
    case Stem::rhodes:
      part = composeRhodes();
      break;
    case Stem::guitar:
      part = composeGuitar();
      break;
    case Stem::pad:
      part = composePad();
      break;
    case Stem::lead:
      part = composeLead();
      break;
    case Stem::doubles:
      part = composeDoubles();
      break;
    case Stem::harmonies:
      part = composeHarmonies();
      break;
    case Stem::ambience:
      part = composeAmbience();
      break;
  }
  std::stable_sort(part.begin(), part.end(), [](const Note& a, const Note& b) { return a.beat < b.beat; });
  return part;
}

}  // namespace mixwell::demo
