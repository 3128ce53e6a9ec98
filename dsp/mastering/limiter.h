#pragma once

#include "core/ramp.h"
#include "mastering/limiter_params.h"
#include "mastering/limiter_stage.h"
#include "mastering/oversampled_stage.h"
#include "params/device.h"
#include "params/param_values.h"

namespace mixwell::mastering {

/// A true-peak limiter: what the output reaches between its samples stays under the ceiling, too.
///
/// Three stages, one after the other: a gain that moves makes new peaks between samples, the less the smaller
/// its way. The first does the work with the lookahead, release and style that are set, the other two take
/// what it leaves, the last with the finest ear. In the style "transparent" an eighth of the release time (12
/// ms at most) is a hold, so that the gain stands still under a bass tone, and the gain has gone 63 % of its
/// way back after the release time; "punchy" comes back four times as quickly down to its mean reduction;
/// "loud" comes back in a third of the time, without hold.
class Limiter final : public params::Device {
 public:
  static const params::DeviceTable& description() noexcept;

  const params::DeviceTable& table() const noexcept override { return description(); }
  void takeMemory(const params::DeviceSpec& spec, core::Memory& memory) noexcept override;
  void prepare(const params::DeviceSpec& spec) noexcept override;
  void reset() noexcept override;
  bool setParam(std::size_t index, double value, std::uint32_t glideFrames) noexcept override;
  /// The lookahead and some 4 ms (187 frames at 48 kHz), 5 when oversampled.
  std::size_t latencySamples() const noexcept override;
  void process(float* left, float* right, std::size_t frames,
               const params::BlockContext& context) noexcept override;
  std::int64_t tailFrames() const noexcept override;
  std::span<const float> readouts() const noexcept override { return readouts_; }

  /// Memory of the oversampling, as in engine::DeviceType.
  static std::size_t modeBytes(const params::DeviceSpec& spec) noexcept;
  bool needsMode() const noexcept {
    return values_[LimiterParam::oversampling] != 0.0 && oversampled_ == nullptr;
  }
  void giveMode(std::span<std::byte> block) noexcept;

 private:
  using Ramp = core::Ramp<float>;

  void retune(LimiterParam which, std::uint32_t glideFrames) noexcept;
  void retuneFirst() noexcept;
  void retuneRelease() noexcept;
  bool oversamples() const noexcept {
    return values_[LimiterParam::oversampling] != 0.0 && oversampled_ != nullptr;
  }
  float processQuantum(float* left, float* right, std::size_t frames) noexcept;

  double sampleRateHz_ = 48000.0;
  params::ParamValues<limiterParams.size()> values_{limiterParams};
  Ramp inputGain_{1.0f};
  Ramp ceiling_{1.0f};
  Ramp link_{1.0f};
  LimiterPeaks<48>::Filter filter_;
  LimiterPeaks<128>::Filter longFilter_;
  LimiterStage<LimiterPeaks<48>> main_;
  OversampledStage* oversampled_ = nullptr;  // in its place, in memory of the mode
  LimiterStage<LimiterPeaks<48>> second_;
  LimiterStage<LimiterPeaks<128>> third_;
  std::array<float, 3> readouts_{};
};

}  // namespace mixwell::mastering
