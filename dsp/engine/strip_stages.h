#pragma once

#include "core/ramp.h"
#include "dynamics/compressor_stage.h"
#include "dynamics/gate_stage.h"
#include "engine/quad_stage.h"
#include "engine/strip_sections.h"
#include "filters/cut_stage.h"
#include "filters/eq_stage.h"
#include "meter/level_meter.h"

namespace mixwell::engine {

/// First stage of a strip: trim and polarity.
template <typename V>
class InputStage {
 public:
  core::Ramp<V> gain{1.0f};

  void process(QuadBlock<V>& block, std::size_t frames) noexcept {
    if (gain.settled()) {
      if (gain.isUnity()) return;
      const V g = gain.target();
      for (std::size_t i = 0; i < frames; ++i) {
        block.left[i] = block.left[i] * g;
        block.right[i] = block.right[i] * g;
      }
      return;
    }
    for (std::size_t i = 0; i < frames; ++i) {
      const V g = gain.next();
      block.left[i] = block.left[i] * g;
      block.right[i] = block.right[i] * g;
    }
    gain.passed(frames);
  }

  void skip(std::size_t frames) noexcept { gain.skip(frames); }

  void copyLane(std::size_t to, const InputStage& other, std::size_t from) noexcept {
    gain.copyLane(to, other.gain, from);
  }
};

/// Last stage of a strip: pan, fader, mute and solo, and what the meters want to know.
template <typename V>
class OutputStage {
 public:
  core::Ramp<V> left{1.0f};
  core::Ramp<V> right{1.0f};
  core::Ramp<V> on{1.0f};

  void process(QuadBlock<V>& block, std::size_t frames) noexcept {
    Levels levels;
    if (left.settled() && right.settled() && on.settled()) {
      const V gainLeft = left.target() * on.target();
      const V gainRight = right.target() * on.target();
      for (std::size_t i = 0; i < frames; ++i) levels.take(block, i, gainLeft, gainRight);
      levels_ = levels;
      return;
    }
    for (std::size_t i = 0; i < frames; ++i) {
      const V x = on.next();
      const V open = x * x * (V(3.0f) - V(2.0f) * x);  // rounded at both ends; 0 and 1 are themselves
      levels.take(block, i, left.next() * open, right.next() * open);
    }
    levels_ = levels;
    left.passed(frames);
    right.passed(frames);
    on.passed(frames);
  }

  /// What process would multiply by, pan and fader apart from mute and solo; a `processWith` follows.
  void takeGains(V* gainLeft, V* gainRight, V* open, std::size_t frames) noexcept {
    for (std::size_t i = 0; i < frames; ++i) {
      const V x = on.next();
      open[i] = x * x * (V(3.0f) - V(2.0f) * x);
      gainLeft[i] = left.next();
      gainRight[i] = right.next();
    }
    left.passed(frames);
    right.passed(frames);
    on.passed(frames);
  }
  void processWith(QuadBlock<V>& block, const V* gainLeft, const V* gainRight, const V* open,
                   std::size_t frames) noexcept {
    Levels levels;
    for (std::size_t i = 0; i < frames; ++i) {
      levels.take(block, i, gainLeft[i] * open[i], gainRight[i] * open[i]);
    }
    levels_ = levels;
  }

  void skip(std::size_t frames) noexcept {
    left.skip(frames);
    right.skip(frames);
    on.skip(frames);
  }

  void copyLane(std::size_t to, const OutputStage& other, std::size_t from) noexcept {
    left.copyLane(to, other.left, from);
    right.copyLane(to, other.right, from);
    on.copyLane(to, other.on, from);
  }

  /// Whether mute or solo keep a lane shut until a parameter changes.
  bool isMuted(std::size_t lane) const noexcept { return on.settled(lane) && on.target(lane) == 0.0f; }
  /// Whether the fader does.
  bool isFaded(std::size_t lane) const noexcept {
    return left.settled(lane) && right.settled(lane) && left.target(lane) == 0.0f &&
           right.target(lane) == 0.0f;
  }
  bool isShut(std::size_t lane) const noexcept { return isMuted(lane) || isFaded(lane); }

  /// Of the last process.
  meter::StretchLevels levels(std::size_t lane) const noexcept {
    return {core::laneOf(levels_.peakLeft, lane), core::laneOf(levels_.peakRight, lane),
            core::laneOf(levels_.squaresLeft, lane), core::laneOf(levels_.squaresRight, lane)};
  }

 private:
  // Kept out of the stage while a block goes through: there each frame would wait for the memory of the one
  // before.
  struct Levels {
    V peakLeft{0.0f};
    V peakRight{0.0f};
    V squaresLeft{0.0f};
    V squaresRight{0.0f};

    void take(QuadBlock<V>& block, std::size_t i, V gainLeft, V gainRight) noexcept {
      const V l = block.left[i] * gainLeft;
      const V r = block.right[i] * gainRight;
      block.left[i] = l;
      block.right[i] = r;
      peakLeft = core::max(core::abs(l), peakLeft);
      peakRight = core::max(core::abs(r), peakRight);
      squaresLeft = squaresLeft + l * l;
      squaresRight = squaresRight + r * r;
    }
  };

  Levels levels_;
};

/// Four strips side by side, first stage to last, but for the inserts, which lie in front of the output.
template <typename V>
struct StripLanes {
  using Block = QuadBlock<V>;

  InputStage<V> input;
  filters::CutStage<V> cut;
  dynamics::GateStage<V> gate;
  filters::EqStage<V> eq;
  dynamics::CompressorStage<V> compressor;
  OutputStage<V> output;

  static_assert(QuadStage<InputStage<V>, V> && QuadStage<OutputStage<V>, V>);

  /// Before `prepare`, once.
  void takeMemory(const params::DeviceSpec& spec, core::Memory& memory) noexcept {
    compressor.takeMemory(spec, memory);
  }
  void prepare(double sampleRateHz) noexcept {
    cut.prepare(sampleRateHz);
    gate.prepare(sampleRateHz);
    eq.prepare(sampleRateHz);
    compressor.prepare(sampleRateHz);
  }

  /// The one place where a parameter reaches a section; `index` is its place in channelParams.
  void setParam(std::size_t lane, std::size_t index, double value, std::uint32_t glideFrames) noexcept {
    constexpr std::size_t gateAt = sectionOffset(StripSection::gate);
    constexpr std::size_t eqAt = sectionOffset(StripSection::eq);
    constexpr std::size_t compressorAt = sectionOffset(StripSection::compressor);
    constexpr std::size_t cutAt = sectionOffset(StripSection::cut);
    if (index >= compressorAt) {
      compressor.setParam(lane, index - compressorAt, value, glideFrames);
    } else if (index >= eqAt) {
      eq.setParam(lane, index - eqAt, value, glideFrames);
    } else if (index >= gateAt) {
      gate.setParam(lane, index - gateAt, value, glideFrames);
    } else if (index >= cutAt) {
      cut.setParam(lane, index - cutAt, value, glideFrames);
    }
  }

  bool sectionsAreIdle() const noexcept {
    return cut.isIdle() && gate.isIdle() && eq.isIdle() && compressor.isIdle();
  }

  /// What lies in front of the inserts. `watch(section, before)` is called in front of each section and
  /// behind it.
  template <typename Watch>
  void processSections(Block& block, const Block* gateKey, const Block* compressorKey, std::size_t frames,
                       Watch watch) noexcept {
    input.process(block, frames);
    watch(StripSection::cut, true);
    if (!cut.isIdle()) cut.process(block, frames);
    watch(StripSection::cut, false);
    watch(StripSection::gate, true);
    if (!gate.isIdle()) gate.process(block, gateKey, frames);
    watch(StripSection::gate, false);
    watch(StripSection::eq, true);
    if (!eq.isIdle()) eq.process(block, frames);
    watch(StripSection::eq, false);
    watch(StripSection::compressor, true);
    if (!compressor.isIdle()) compressor.process(block, compressorKey, frames);
    watch(StripSection::compressor, false);
  }
  void process(Block& block, std::size_t frames) noexcept {
    processSections(block, nullptr, nullptr, frames, [](StripSection, bool) {});
    output.process(block, frames);
  }
  void skipSections(std::size_t frames) noexcept {
    input.skip(frames);
    if (!cut.isIdle()) cut.skip(frames);
    if (!gate.isIdle()) gate.skip(frames);
    if (!eq.isIdle()) eq.skip(frames);
    if (!compressor.isIdle()) compressor.skip(frames);
  }
  void skip(std::size_t frames) noexcept {
    skipSections(frames);
    output.skip(frames);
  }
  /// What moves in front of the sections and behind them is at its end.
  void settle(std::size_t lane) noexcept {
    for (core::Ramp<V>* ramp : {&input.gain, &output.left, &output.right, &output.on}) {
      ramp->start(lane, ramp->target(lane), 0);
    }
  }
  /// As if nothing had gone through a lane yet.
  void reset(std::size_t lane) noexcept {
    settle(lane);
    resetSections(lane);
  }
  void resetSections(std::size_t lane) noexcept {
    cut.reset(lane);
    gate.reset(lane);
    eq.reset(lane);
    compressor.reset(lane);
  }
  /// All lanes, and what they share, such as when states are tidied.
  void restart() noexcept {
    cut.resetAll();
    gate.resetAll();
    eq.resetAll();
    compressor.resetAll();
  }
  void copyLane(std::size_t to, const StripLanes& other, std::size_t from) noexcept {
    input.copyLane(to, other.input, from);
    cut.copyLane(to, other.cut, from);
    gate.copyLane(to, other.gate, from);
    eq.copyLane(to, other.eq, from);
    compressor.copyLane(to, other.compressor, from);
    output.copyLane(to, other.output, from);
  }
};

}  // namespace mixwell::engine
