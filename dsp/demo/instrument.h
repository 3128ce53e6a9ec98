#pragma once

#include <cstdint>
#include <memory>
#include <span>

#include "demo/score.h"

namespace mixwell::demo {

/// Everything is rendered in blocks of this many frames, counted from the start of the source file, so that
/// the bits do not depend on how the caller asks.
inline constexpr int kBlockFrames = 64;

/// A note with its place in the stem's source file.
struct TimedNote {
  std::int64_t frame = 0;
  std::int64_t frames = 0;
  Note note;
};

/// A sound source that plays the notes of one stem. Mono instruments leave `right` alone.
class Instrument {
 public:
  Instrument() = default;
  Instrument(const Instrument&) = delete;
  Instrument& operator=(const Instrument&) = delete;
  virtual ~Instrument() = default;

  /// A new take begins: nothing of the last one sounds on.
  virtual void beginTake(int take) = 0;
  /// A note begins `offset` frames into the coming block.
  virtual void strike(const TimedNote& note, int offset) = 0;
  /// Adds `kBlockFrames` frames.
  virtual void render(float* left, float* right) = 0;
};

std::unique_ptr<Instrument> makeKick(double sampleRateHz);
std::unique_ptr<Instrument> makeSnare(double sampleRateHz);
std::unique_ptr<Instrument> makeCymbals(double sampleRateHz);
std::unique_ptr<Instrument> makePercussion(double sampleRateHz);
std::unique_ptr<Instrument> makeBass(double sampleRateHz);
std::unique_ptr<Instrument> makeRhodes(double sampleRateHz);
std::unique_ptr<Instrument> makeGuitar(double sampleRateHz);
std::unique_ptr<Instrument> makePad(double sampleRateHz);
/// Singers read ahead (consonants come before the beat), so they take the whole part.
std::unique_ptr<Instrument> makeSinger(Stem stem, double sampleRateHz, std::span<const TimedNote> part);
std::unique_ptr<Instrument> makeAmbience(double sampleRateHz);

}  // namespace mixwell::demo
