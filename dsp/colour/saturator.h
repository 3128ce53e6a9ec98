#pragma once

#include "colour/saturator_params.h"
#include "core/delay_line.h"
#include "core/oversampler.h"
#include "core/ramp.h"
#include "params/device.h"
#include "params/param_values.h"

namespace mixwell::colour {

/// Bends sound along a curve, 16 times oversampled at 48 kHz. Only what the curve changes goes through the
/// oversampler's filters; it is added to the input, which comes late by the same time and is else untouched:
/// at a drive of 0, or a mix of 0, the output is the input to the bit. The level is held where it was for
/// noise of -15 dBFS; what a leaning curve makes of DC is taken away (first order, 6 Hz).
class Saturator final : public params::Device {
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
  static constexpr std::size_t levels = 32;

  /// A curve and the gain that keeps its loudness.
  struct Curve {
    SaturatorCurve kind = SaturatorCurve::tube;
    Ramp gain{1.0f};
  };
  /// What the parameters are in one frame.
  struct Frame {
    SaturatorCurve kind;
    SaturatorCurve nextKind;
    float drive;
    float bias;
    float gain;
    float nextGain;
    float nextPart;  // of the next curve, which fades in
    float toneHigh;
    float toneLow;
    float output;
    float mix;
  };
  struct Side {
    core::DelayLine dry;
    /// The last sample of the oversampled sound.
    float before = 0.0f;
    double dc = 0.0;
    double low = 0.0;
  };
  /// Sums that say how much of the output is not the input: squares and the product, decaying.
  struct Likeness {
    double dry = 0.0;
    double both = 0.0;
    double wet = 0.0;
  };

  void retarget(SaturatorParam which, std::uint32_t frames) noexcept;
  float loudnessGain(SaturatorCurve kind) const noexcept;
  void changeCurve() noexcept;
  /// Works the chunk's frames out; true where the curve does something in one of them.
  bool beginChunk(std::size_t frames) noexcept;
  void shape(std::size_t frames) noexcept;
  void fillPast(std::size_t channel) noexcept;
  void change(std::size_t channel, const float* sound, std::size_t frames, float* changed) noexcept;
  void mixIn(Side& side, float* sound, const float* changed, std::size_t frames) noexcept;
  void report() noexcept;

  params::ParamValues<saturatorParams.size()> values_{saturatorParams};
  double sampleRateHz_ = 48000.0;
  core::Oversampler oversampler_;
  std::span<float> above_;  // oversampled sound, behind one sample of the past
  std::span<float> changes_;
  std::array<Side, 2> sides_;
  std::array<Frame, chunk> frames_{};
  bool silentSoFar_ = true;
  /// Frames since something was last changed by the curve; from `flushedAfter_` on nothing comes out of it.
  std::size_t framesAtRest_ = 0;
  std::size_t flushedAfter_ = 0;
  bool pastIsStale_ = false;
  Curve curve_;
  Curve nextCurve_;
  std::uint32_t curveFadeFrames_ = 1;
  std::uint32_t curveFadeLeft_ = 0;
  Ramp drive_{0.0f};
  Ramp bias_{0.0f};
  Ramp toneHigh_{1.0f};
  Ramp toneLow_{0.0f};
  Ramp output_{1.0f};
  Ramp mix_{1.0f};
  double dcStep_ = 0.0;
  double toneStep_ = 0.0;
  Likeness likeness_;
  float inputPeak_ = 0.0f;
  float outputPeak_ = 0.0f;
  /// Levels of noise at -15 dBFS, and how often they come.
  std::array<float, levels> noiseLevels_{};
  std::array<float, levels> noiseWeights_{};
  std::array<float, saturatorReadouts.size()> readouts_{};
};

}  // namespace mixwell::colour
