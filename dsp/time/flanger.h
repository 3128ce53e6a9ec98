#pragma once

#include "core/delay_line.h"
#include "core/ramp.h"
#include "params/device.h"
#include "params/param_values.h"
#include "time/flanger_params.h"
#include "time/oscillator.h"

namespace mixwell::time {

/// A comb whose teeth wander: a short delay that a slow sine moves, with feedback of either sign. The loop
/// holds under 1 of what goes round.
class Flanger final : public params::Device {
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
  std::span<const float> readouts() const noexcept override { return readouts_; }

 private:
  using Ramp = core::Ramp<float>;

  void retarget(FlangerParam which, std::uint32_t frames) noexcept;

  params::ParamValues<flangerParams.size()> values_{flangerParams};
  double sampleRateHz_ = 48000.0;
  core::DelayLine lineLeft_;
  core::DelayLine lineRight_;
  Oscillator oscillator_;
  Ramp delayFrames_{0.0f};
  Ramp depthFrames_{0.0f};
  Ramp feedback_{0.0f};
  Ramp mix_{0.0f};
  // The right side's oscillator out of the left's sine and cosine.
  Ramp rightOfSine_{1.0f};
  Ramp rightOfCosine_{0.0f};
  std::array<float, flangerReadouts.size()> readouts_{};
};

}  // namespace mixwell::time
