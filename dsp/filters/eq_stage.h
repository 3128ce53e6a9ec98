#pragma once

#include "filters/band_cascade.h"

namespace mixwell::filters {

/// The equaliser of as many strips as V has lanes (four, or one: the twin that tests hold the lanes against,
/// and the insert). Parameters are those of eqParams; a fresh stage has their defaults but for `on`, which is
/// 0 as in a fresh strip. All bands off or neutral: the sound passes to the bit. Thread of the engine.
template <typename V>
class EqStage {
 public:
  static constexpr std::size_t lanes = BandCascade<V, eqBands>::lanes;

  EqStage() noexcept { setDefaults(); }

  void prepare(double sampleRateHz) noexcept { bands_.prepare(sampleRateHz); }

  /// False, and nothing happens, where the table has no such parameter or value.
  bool setParam(std::size_t lane, std::size_t index, double value, std::uint32_t glideFrames) noexcept {
    if (index >= eqParams.size() || lane >= lanes) return false;
    const auto accepted = eqParams[index].accepted(value);
    if (!accepted) return false;
    if (index < firstBandParam) {
      on_[lane] = *accepted > 0.0;
      for (std::size_t band = 0; band < eqBands; ++band) switchBand(lane, band, glideFrames);
      return true;
    }
    const std::size_t band = (index - firstBandParam) / bandParams;
    BandLanes<V>& target = bands_.band(band);
    switch (static_cast<BandParam>((index - firstBandParam) % bandParams)) {
      case BandParam::on:
        bandOn_[lane][band] = *accepted > 0.0;
        switchBand(lane, band, glideFrames);
        break;
      case BandParam::type:
        target.setType(lane, static_cast<BandType>(static_cast<std::uint8_t>(*accepted)), glideFrames);
        break;
      case BandParam::freqHz:
        target.setFreqHz(lane, *accepted, glideFrames);
        break;
      case BandParam::gainDb:
        target.setGainDb(lane, *accepted, glideFrames);
        break;
      case BandParam::q:
        target.setQ(lane, *accepted, glideFrames);
        break;
      case BandParam::slope:
        target.setSlope(lane, static_cast<std::size_t>(*accepted), glideFrames);
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
  void copyLane(std::size_t to, const EqStage& other, std::size_t from) noexcept {
    bands_.copyLane(to, other.bands_, from);
    on_[to] = other.on_[from];
    bandOn_[to] = other.bandOn_[from];
  }
  const BandCascade<V, eqBands>& bands() const noexcept { return bands_; }

 private:
  void setDefaults() noexcept {
    for (std::size_t lane = 0; lane < lanes; ++lane) {
      for (std::size_t i = firstBandParam; i < eqParams.size(); ++i)
        setParam(lane, i, eqParams[i].defaultValue, 0);
    }
  }
  void switchBand(std::size_t lane, std::size_t band, std::uint32_t frames) noexcept {
    bands_.band(band).setOn(lane, on_[lane] && bandOn_[lane][band], frames);
  }

  BandCascade<V, eqBands> bands_;
  std::array<bool, lanes> on_{};
  std::array<std::array<bool, eqBands>, lanes> bandOn_{};
};

}  // namespace mixwell::filters
