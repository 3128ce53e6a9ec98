#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/arrangement.h"
#include "engine/strip_stages.h"
#include "meter/level_meter.h"

namespace mixwell::engine {

/// A stretch of a quantum that lies in one piece in the song.
struct QuantumPiece {
  SongSpan span;
  std::size_t at;  ///< frame of the quantum where it begins
};

/// Strips, master bus and meters. Tracks lie in quads by their place in the order; their sums are formed in
/// double and in that order, so that nothing is lost on the way and the result follows from the arrangement
/// alone. All methods belong to the thread that runs the engine; only `prepare` allocates.
class Mixer {
 public:
  void prepare(double sampleRateHz, std::size_t trackCapacity, bool keepStems);

  /// The tracks have a new order: the one now at place i was at `before[i]`, or nowhere (Arrangement::none).
  void rearrange(const Arrangement& song, std::span<const std::uint32_t> before, bool atOnce) noexcept;
  /// A parameter of the track at a place has changed: it is heard after the smoothing time of the table, or
  /// at once where nothing is heard now or the strip is shut.
  void retarget(const Arrangement& song, std::size_t place, StripParam changed, bool atOnce) noexcept;
  void setMasterGain(float gain, bool atOnce) noexcept;
  /// All smoothing ends on its target.
  void snap(const Arrangement& song) noexcept;

  /// Whether a track adds nothing until a parameter of it changes.
  bool isShut(std::size_t place) const noexcept { return quads_[place / lanes].output.isShut(place % lanes); }

  /// Mixes a quantum of `frames` frames made of pieces into `left` and `right`.
  void process(const Arrangement& song, PageCache& cache, std::span<const QuantumPiece> pieces,
               std::size_t frames, float* left, float* right) noexcept;
  /// Takes the last quantum into the meters, or as many frames of silence.
  void meterQuantum(std::size_t frames, const float* left, const float* right) noexcept;
  void meterSilence(std::size_t frames) noexcept;

  meter::LevelMeter& meterOf(std::size_t place) noexcept { return meters_[place]; }
  meter::LevelMeter& masterMeter() noexcept { return masterMeter_; }

  /// The part that the track at a place had in the last quantum. False where stems are not kept.
  bool stem(std::size_t place, std::size_t frames, float* left, float* right) const noexcept;

 private:
  static constexpr std::size_t lanes = core::laneCount;
  using Lanes = StripLanes<core::Float4>;
  using Block = QuadBlock<core::Float4>;

  struct Planar {
    alignas(16) float left[lanes][quantumFrames];
    alignas(16) float right[lanes][quantumFrames];
  };

  std::uint32_t smoothingFrames(StripParam which) const noexcept {
    return smoothingFrames_[static_cast<std::size_t>(which)];
  }
  void openHeard(const Arrangement& song, std::span<const std::uint32_t> before,
                 std::uint32_t frames) noexcept;
  bool renderQuad(const Arrangement& song, PageCache& cache, std::size_t quad,
                  std::span<const QuantumPiece> pieces, std::size_t frames) noexcept;
  void sum(const Block& block, std::size_t frames) noexcept;

  std::array<std::uint32_t, stripParams.size()> smoothingFrames_{};
  std::uint32_t masterSmoothingFrames_ = 0;
  std::vector<Lanes> quads_;
  std::vector<Lanes> quadsBefore_;
  std::vector<Block> blocks_;  // one for all quads, or one each where stems are kept
  std::vector<std::uint8_t> quadSounded_;
  Planar planar_{};
  alignas(16) double sumLeft_[quantumFrames][lanes] = {};
  alignas(16) double sumRight_[quantumFrames][lanes] = {};
  core::Ramp<float> masterGain_{1.0f};
  float masterGains_[quantumFrames] = {};
  meter::LevelBallistics ballistics_;
  std::vector<meter::LevelMeter> meters_;
  std::vector<meter::LevelMeter> metersBefore_;
  std::vector<meter::StretchLevels> levels_;
  meter::LevelMeter masterMeter_;
  bool keepStems_ = false;
};

}  // namespace mixwell::engine
