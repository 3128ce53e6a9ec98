#pragma once

#include <array>
#include <cstdint>

#include "demo/noise.h"
#include "demo/sung_line.h"
#include "demo/tone_filters.h"

namespace mixwell::demo {

/// One throat: a glottal pulse with breath (Klatt and Klatt 1990), a chain of formants, and hiss for the
/// consonants.
class Singer {
 public:
  struct Character {
    std::uint32_t seed;
    double formantScale;  ///< 1 is the lead's vocal tract; above it is shorter
    double breath;
    double scoopSemitones;
    double vibratoSemitones;
    double consonants;  ///< level of hiss
  };

  Singer(const Character& character, double sampleRateHz, std::span<const TimedNote> part);

  void reset() noexcept;
  /// Adds `kBlockFrames` frames beginning at `frame` of the source file.
  void render(std::int64_t frame, float* out) noexcept;

 private:
  static constexpr std::size_t kFormants = 7;

  /// What the block moves to; smoothed values of the throat and mouth.
  struct Posture {
    std::array<double, 3> formantsHz{500.0, 1500.0, 2700.0};
    double voiced = 0.0;
    double breath = 0.0;
    double hiss = 0.0;
    double loudness = 0.0;
    double pitch = 60.0;
    double pitchLag = 60.0;
  };

  void moveMouth(std::int64_t frame) noexcept;
  double movePitch(std::int64_t frame) noexcept;
  void setFormants(double hz) noexcept;
  double glottis(double step, double openQuotient) noexcept;

  Character character_;
  double rateHz_;
  SungLine line_;
  std::size_t articulation_ = 0;
  std::size_t note_ = 0;
  Posture posture_;
  double phase_ = 0.0;
  double vibratoPhase_ = 0.0;
  double vibratoDepth_ = 0.0;
  double step_ = 0.0;
  double lastVoiced_ = 0.0;
  double lastBreath_ = 0.0;
  double lastHiss_ = 0.0;
  std::array<Resonator, kFormants> formants_;
  OnePole tilt_;
  Svf hissBand_;
  Svf air_;
  Noise noise_;
  Wander drift_;
  Wander flutter_;
  Wander tempo_;
};

}  // namespace mixwell::demo
