#pragma once

#include "core/ramp.h"
#include "params/device.h"
#include "params/param_values.h"
#include "time/oscillator.h"
#include "time/phaser_params.h"

namespace mixwell::time {

/// Notches that wander: a chain of first-order all-passes, every two of them a notch where mixed half with
/// the input, with feedback of either sign round the whole chain. The feedback is solved without a delay in
/// it (Zavalishin, "The art of VA filter design", section 5.4), so that the curve is the analogue one,
/// warped.
class Phaser final : public params::Device {
 public:
  static const params::DeviceTable& description() noexcept;

  const params::DeviceTable& table() const noexcept override { return description(); }
  void takeMemory(const params::DeviceSpec&, core::Memory&) noexcept override {}
  void prepare(const params::DeviceSpec& spec) noexcept override;
  void reset() noexcept override;
  bool setParam(std::size_t index, double value, std::uint32_t glideFrames) noexcept override;
  std::size_t latencySamples() const noexcept override { return 0; }
  void process(float* left, float* right, std::size_t frames,
               const params::BlockContext& context) noexcept override;
  std::int64_t tailFrames() const noexcept override;
  std::span<const float> readouts() const noexcept override { return readouts_; }

 private:
  using Ramp = core::Ramp<float>;
  static constexpr std::size_t mostStages = 12;
  struct Side {
    std::array<float, mostStages> states{};
    /// Of the all-passes: now, its step a frame, and where that leads.
    float coefficient = 0.0f;
    float step = 0.0f;
    float target = 0.0f;
  };

  void retarget(PhaserParam which, std::uint32_t frames) noexcept;
  double cornerHz(double swing) const noexcept;
  void aim(Side& side, double swing, std::int64_t frames) const noexcept;
  void aimBoth(std::int64_t frames) noexcept;
  void beginGrid() noexcept;
  void changeStages() noexcept;
  float chain(Side& side, float in, float feedback) const noexcept;

  params::ParamValues<phaserParams.size()> values_{phaserParams};
  double sampleRateHz_ = 48000.0;
  /// At the next point of the grid.
  Turn turn_;
  std::size_t stages_ = 6;
  std::int64_t framesToGrid_ = 0;
  bool fresh_ = true;
  /// 1, but on its way to 0 and back where the number of stages changes.
  float wetGain_ = 1.0f;
  float wetStep_ = 0.0f;
  Side left_;
  Side right_;
  // Base-2 logarithm of the centre in hertz, and octaves to either side.
  Ramp centreLog_{0.0f};
  Ramp reachOctaves_{0.0f};
  Ramp feedback_{0.0f};
  Ramp mix_{0.0f};
  // The right side's oscillator out of the left's sine and cosine.
  Ramp rightOfSine_{1.0f};
  Ramp rightOfCosine_{0.0f};
  std::array<float, phaserReadouts.size()> readouts_{};
};

}  // namespace mixwell::time
