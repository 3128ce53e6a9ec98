#pragma once

#include "core/delay_line.h"
#include "core/ramp.h"
#include "params/device.h"
#include "params/param_values.h"
#include "stereo/utility_params.h"
#include "time/tap_fade.h"

namespace mixwell::stereo {

/// Level, delay, polarity, exchange of sides, width, mono and a filter against DC (first order, 5 Hz). With
/// the defaults of its table it changes nothing, to the bit.
class Utility final : public params::Device {
 public:
  static const params::DeviceTable& description() noexcept;

  const params::DeviceTable& table() const noexcept override { return description(); }
  void takeMemory(const params::DeviceSpec& spec, core::Memory& memory) noexcept override;
  void prepare(const params::DeviceSpec& spec) noexcept override;
  void reset() noexcept override;
  bool setParam(std::size_t index, double value, std::uint32_t glideFrames) noexcept override;
  std::size_t latencySamples() const noexcept override { return 0; }
  void process(float* left, float* right, std::size_t frames,
               const params::BlockContext& context) noexcept override;
  std::int64_t tailFrames() const noexcept override;

 private:
  using Ramp = core::Ramp<float>;

  void retarget(std::uint32_t frames) noexcept;
  bool isNeutral() const noexcept;

  params::ParamValues<utilityParams.size()> values_{utilityParams};
  double sampleRateHz_ = 48000.0;
  double dcStep_ = 0.0;
  bool silentSoFar_ = true;
  core::DelayLine lineLeft_;
  core::DelayLine lineRight_;
  time::TapFade tap_;
  // What each side gets of each side.
  Ramp leftOfLeft_{1.0f};
  Ramp leftOfRight_{0.0f};
  Ramp rightOfLeft_{0.0f};
  Ramp rightOfRight_{1.0f};
  Ramp dcBlock_{0.0f};
  double dcLeft_ = 0.0;
  double dcRight_ = 0.0;
};

}  // namespace mixwell::stereo
