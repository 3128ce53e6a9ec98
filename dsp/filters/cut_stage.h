#pragma once

#include "filters/band_cascade.h"

namespace mixwell::filters {

/// Low and high cut of as many strips as V has lanes: Butterworth's. Parameters are those of cutParams. Both
/// off: the sound passes to the bit. Thread of the engine.
template <typename V>
class CutStage {
 public:
  static constexpr std::size_t lanes = BandCascade<V, 2>::lanes;

  CutStage() noexcept {
    for (std::size_t lane = 0; lane < lanes; ++lane) {
      bands_.band(low).setType(lane, BandType::lowCut, 0);
      bands_.band(high).setType(lane, BandType::highCut, 0);
      for (BandLanes<V>* band : {&bands_.band(low), &bands_.band(high)}) band->setQ(lane, 0.71, 0);
      for (std::size_t i = 0; i < cutParams.size(); ++i) setParam(lane, i, cutParams[i].defaultValue, 0);
    }
  }

  void prepare(double sampleRateHz) noexcept { bands_.prepare(sampleRateHz); }

  /// False, and nothing happens, where the table has no such parameter or value.
  bool setParam(std::size_t lane, std::size_t index, double value, std::uint32_t glideFrames) noexcept {
    if (index >= cutParams.size() || lane >= lanes) return false;
    const auto accepted = cutParams[index].accepted(value);
    if (!accepted) return false;
    switch (static_cast<CutParam>(index)) {
      case CutParam::lowCutOn:
        bands_.band(low).setOn(lane, *accepted > 0.0, glideFrames);
        break;
      case CutParam::lowCutHz:
        bands_.band(low).setFreqHz(lane, *accepted, glideFrames);
        break;
      case CutParam::lowCutSlope:
        bands_.band(low).setSlope(lane, static_cast<std::size_t>(*accepted), glideFrames);
        break;
      case CutParam::highCutOn:
        bands_.band(high).setOn(lane, *accepted > 0.0, glideFrames);
        break;
      case CutParam::highCutHz:
        bands_.band(high).setFreqHz(lane, *accepted, glideFrames);
        break;
      case CutParam::highCutSlope:
        bands_.band(high).setSlope(lane, static_cast<std::size_t>(*accepted), glideFrames);
        break;
    }
    return true;
  }

  void reset(std::size_t lane) noexcept { bands_.reset(lane); }
  void resetAll() noexcept { bands_.resetAll(); }
  bool isIdle() const noexcept { return bands_.isIdle(); }
  bool isIdle(std::size_t lane) const noexcept { return bands_.isIdle(lane); }
  void process(V* left, V* right, std::size_t frames) noexcept { bands_.process(left, right, frames); }
  void process(engine::QuadBlock<V>& block, std::size_t frames) noexcept {
    process(block.left, block.right, frames);
  }
  void skip(std::size_t frames) noexcept { bands_.skip(frames); }
  void copyLane(std::size_t to, const CutStage& other, std::size_t from) noexcept {
    bands_.copyLane(to, other.bands_, from);
  }

 private:
  static constexpr std::size_t low = 0;
  static constexpr std::size_t high = 1;

  BandCascade<V, 2> bands_;
};

}  // namespace mixwell::filters
