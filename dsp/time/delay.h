#pragma once

#include "core/delay_line.h"
#include "core/ramp.h"
#include "params/device.h"
#include "params/param_values.h"
#include "time/delay_params.h"
#include "time/loop_filter.h"
#include "time/oscillator.h"
#include "time/tap_fade.h"

namespace mixwell::time {

/// Echoes in milliseconds or notes. Each goes through the filters and, by the part of `pingPong`, to the
/// other side; sound at the input ducks them. Without modulation the delay is whole frames, so that a loop
/// loses nothing but what its filters take. The loop holds under 1 of what goes round.
class Delay final : public params::Device {
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
  struct Frame {
    float left;
    float right;
  };

  void retarget(DelayParam which, std::uint32_t frames) noexcept;
  std::uint32_t wantedFrames(const params::BlockContext& context) const noexcept;
  Frame echo() noexcept;
  float duckingGain(float level) noexcept;

  params::ParamValues<delayParams.size()> values_{delayParams};
  double sampleRateHz_ = 48000.0;
  std::uint32_t longestFrames_ = 0;
  bool jumps_ = true;  // the time is taken over at once
  core::DelayLine lineLeft_;
  core::DelayLine lineRight_;
  TapFade tap_;
  Oscillator oscillator_;
  LoopFilter lowCut_{LoopFilter::Kind::lowCut};
  LoopFilter highCut_{LoopFilter::Kind::highCut};
  Ramp feedback_{0.0f};
  Ramp pingPong_{0.0f};
  Ramp mix_{0.0f};
  Ramp duckedGain_{1.0f};
  Ramp depthFrames_{0.0f};
  float envelope_ = 0.0f;
  float attackStep_ = 0.0f;
  float releaseStep_ = 0.0f;
  std::array<float, delayReadouts.size()> readouts_{};
};

}  // namespace mixwell::time
