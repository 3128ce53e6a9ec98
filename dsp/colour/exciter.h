#pragma once

#include "colour/exciter_params.h"
#include "core/delay_line.h"
#include "core/oversampler.h"
#include "core/ramp.h"
#include "params/device.h"
#include "params/param_values.h"
#include "time/loop_filter.h"

namespace mixwell::colour {

/// Adds overtones of what lies above a frequency: even ones, odd ones or both, 16 times oversampled at 48
/// kHz. The input itself comes late by the latency and is else untouched. Where nothing has been added for a
/// while nothing is computed, and the filters begin anew when it comes back.
class Exciter final : public params::Device {
 public:
  static const params::DeviceTable& description() noexcept;

  const params::DeviceTable& table() const noexcept override { return description(); }
  void takeMemory(const params::DeviceSpec& spec, core::Memory& memory) noexcept override;
  void prepare(const params::DeviceSpec& spec) noexcept override;
  void reset() noexcept override;
  bool setParam(std::size_t index, double value, std::uint32_t glideFrames) noexcept override;
  std::size_t latencySamples() const noexcept override { return oversampler_.latencySamples(); }
  void process(float* left, float* right, std::size_t frames,
               const params::BlockContext& context) noexcept override;
  std::int64_t tailFrames() const noexcept override;
  std::span<const float> readouts() const noexcept override { return readouts_; }

 private:
  using Ramp = core::Ramp<float>;
  static constexpr std::size_t chunk = core::Oversampler::chunkFrames;

  /// What the parameters are in one frame.
  struct Frame {
    float drive;
    float oddPart;
    float added;
  };

  void retarget(ExciterParam which, std::uint32_t frames) noexcept;
  void bend(std::size_t frames) noexcept;
  bool addsNothing() const noexcept;
  void idle(float* left, float* right, std::size_t frames) noexcept;
  float processChunk(float* left, float* right, std::size_t frames) noexcept;

  params::ParamValues<exciterParams.size()> values_{exciterParams};
  double sampleRateHz_ = 48000.0;
  core::Oversampler oversampler_;
  std::span<float> above_;
  std::array<core::DelayLine, 2> dry_;
  time::LoopFilter before_{time::LoopFilter::Kind::lowCut};
  time::LoopFilter after_{time::LoopFilter::Kind::lowCut};
  std::array<Frame, chunk> frames_{};
  Ramp drive_{1.0f};
  Ramp oddPart_{0.5f};
  Ramp amount_{0.0f};
  Ramp mix_{1.0f};
  std::size_t framesOfNothing_ = 0;
  std::array<float, exciterReadouts.size()> readouts_{};
};

}  // namespace mixwell::colour
