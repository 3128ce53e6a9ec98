#pragma once

#include "filters/eq_device_params.h"
#include "filters/eq_stage.h"
#include "filters/linear_eq.h"
#include "params/device.h"

namespace mixwell::filters {

/// The equaliser of the strip as an insert. Bands may act on the middle, the sides, the left or the right
/// alone: those for both sides come first, then those of middle and sides. Of linear phase (LinearEq) by
/// choice, once it has the memory for it; to and from there the sound fades.
class Eq final : public params::Device {
 public:
  static const params::DeviceTable& description() noexcept;

  const params::DeviceTable& table() const noexcept override { return description(); }
  void takeMemory(const params::DeviceSpec&, core::Memory&) noexcept override {}
  void prepare(const params::DeviceSpec& spec) noexcept override;
  void reset() noexcept override;
  bool setParam(std::size_t index, double value, std::uint32_t glideFrames) noexcept override;
  std::size_t latencySamples() const noexcept override { return isLinear() ? linear_.latencySamples() : 0; }
  void process(float* left, float* right, std::size_t frames,
               const params::BlockContext& context) noexcept override;
  std::int64_t tailFrames() const noexcept override;

  /// Memory of the linear phase, as in engine::DeviceType.
  static std::size_t modeBytes(const params::DeviceSpec& spec) noexcept;
  bool needsMode() const noexcept { return values_[phaseParam] > 0.0 && !hasLinear_; }
  void giveMode(std::span<std::byte> block) noexcept;

 private:
  using Stage = EqStage<float>;

  bool isLinear() const noexcept { return hasLinear_ && values_[phaseParam] > 0.0; }
  Stage& stage(BandChannels channels) noexcept { return stages_[static_cast<std::size_t>(channels)]; }
  bool isIn(std::size_t band, std::size_t channels) const noexcept {
    return values_[firstChannelsParam + band] == static_cast<double>(channels);
  }
  void resetStages() noexcept;
  void setChannels(std::size_t band, double value, std::uint32_t glideFrames) noexcept;
  void setPhase(double value, std::uint32_t glideFrames) noexcept;
  void processMinimum(float* left, float* right, std::size_t frames) noexcept;
  void processParts(float* left, float* right, std::size_t frames) noexcept;

  EqValues values_{};
  std::array<Stage, bandChannelsCount> stages_;
  params::DeviceSpec spec_;
  bool hasLinear_ = false;  // and its memory
  LinearEq linear_;
  core::Ramp<float> linearShare_{0.0f};
  std::uint32_t phaseFadeFrames_ = 0;
};

}  // namespace mixwell::filters
