#pragma once

#include "core/ramp.h"
#include "dynamics/deesser_params.h"
#include "dynamics/key_filter.h"
#include "dynamics/reduction_smoother.h"
#include "params/device.h"
#include "params/param_values.h"

namespace mixwell::dynamics {

/// Takes sibilance down: a detector that hears the band alone (24 dB an octave at its edges) asks for four
/// fifths of what is above the threshold, at most for the reduction that is set. The reduction acts as a bell
/// whose -3 dB points are the edges of the band (x minus a part of its band-pass, which never boosts), or on
/// the whole sound. Without reduction the sound passes to the bit. Both sides are linked.
class Deesser final : public params::Device {
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
  struct State {
    float first = 0.0f;
    float second = 0.0f;
  };
  /// A band-pass of Zavalishin's state-variable filter, 1 in the middle.
  struct BandPass {
    float damping;
    float a1;
    float a2;
    float a3;
    float next(State& state, float in) const noexcept;
  };

  void retune(DeesserParam which, std::uint32_t glideFrames) noexcept;
  void retuneBand(std::uint32_t glideFrames) noexcept;
  BandPass bandPass(float slope, float damping) const noexcept;
  /// Fills `asked` with the reductions and returns the largest level in the band, in powers of 2 of power.
  float ask(const float* left, const float* right, float* asked, std::size_t frames) noexcept;
  void apply(float* left, float* right, const float* reduction, std::size_t frames) noexcept;

  double sampleRateHz_ = 48000.0;
  params::ParamValues<deesserParams.size()> values_{deesserParams};
  Ramp threshold_{0.0f};  // powers of 2 of power
  Ramp most_{0.0f};
  Ramp loss_{0.0f};     // of the detector in the middle of the band
  Ramp slope_{0.5f};    // of the band's middle, tan of half the angle a frame
  Ramp damping_{1.0f};  // width over middle
  Ramp whole_{0.0f};
  Ramp listen_{0.0f};
  KeyFilter<float> first_;
  KeyFilter<float> second_;
  ReductionSmoother<float> smoother_;
  ReductionPath<float> path_;
  State left_;
  State right_;
  std::array<float, 4> readouts_{};
};

}  // namespace mixwell::dynamics
