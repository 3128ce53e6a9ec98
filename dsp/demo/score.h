#pragma once

#include <cstdint>
#include <vector>

#include "demo/noise.h"
#include "demo/song.h"

namespace mixwell::demo {

enum class Touch : std::uint8_t {
  plain,
  ghost,  ///< quiet in-between stroke
  open,   ///< open hat
  crash,
  jingle,  ///< tambourine
  mute,    ///< damped string
};

/// One note of a part. Beats are counted from the first downbeat of the song, unswung.
struct Note {
  double beat = 0.0;
  double beats = 0.0;
  double pitch = 0.0;     ///< MIDI
  double velocity = 1.0;  ///< 0 to 1
  double lateMs = 0.0;    ///< the player's own timing
  Touch touch = Touch::plain;
  int take = 0;
  int singer = 0;                  ///< harmonies only: which of the singers
  const char* syllable = nullptr;  ///< voices only: phonemes, see phonemes.h
};

using Part = std::vector<Note>;

/// The notes of a stem in the order of their beats.
Part composeStem(Stem stem);

Part composeKick();
Part composeSnare();
Part composeHats();
Part composePerc();
Part composeBass();
Part composeRhodes();
Part composeGuitar();
Part composePad();
Part composeLead();
Part composeDoubles();
Part composeHarmonies();
Part composeAmbience();

/// Seconds from the start of the song at which a beat falls: off sixteenths are late by the swing.
double secondsOfBeat(double beat) noexcept;

/// How a player strays from the page.
struct Feel {
  Noise noise;
  double meanMs;
  double spreadMs;
  double velocitySpread;

  Feel(std::uint32_t seed, double mean, double spread, double velocity) noexcept
      : noise(seed), meanMs(mean), spreadMs(spread), velocitySpread(velocity) {}
  double lateMs() noexcept { return meanMs + spreadMs * noise.bell(); }
  double velocity(double written) noexcept;
};

}  // namespace mixwell::demo
