#pragma once

#include "filters/crossover.h"
#include "mastering/multiband_params.h"
#include "params/device.h"

namespace mixwell::mastering {

/// A compressor in each of four bands. At unity the bands sum to an all-pass. Level is that of the louder
/// side; the reduction in dB follows the static curve of Giannoulis, Massberg and Reiss (JAES 2012) through
/// their smooth decoupled peak detector. The bands lie in the lanes of a vector, the sides in those of
/// another.
class Multiband final : public params::Device {
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
  std::int64_t tailFrames() const noexcept override { return static_cast<std::int64_t>(sampleRateHz_); }
  std::span<const float> readouts() const noexcept override { return readouts_; }

 private:
  using Float4 = core::Float4;
  using Ramp = core::Ramp<Float4>;

  // What glides, one lane a band.
  struct Settings {
    Ramp thresholdDb{0.0f};
    Ramp slope{0.0f};  // dB of reduction a dB over the threshold, 0 or negative
    Ramp halfKneeDb{0.0f};
    Ramp gain{1.0f};
    Ramp active{1.0f};
    Ramp heard{1.0f};
  };
  // The settings of one frame.
  struct Now {
    Float4 thresholdDb;
    Float4 slope;
    Float4 halfKneeDb;
    Float4 gain;
    Float4 active;
    Float4 heard;
    Float4 mix;
  };

  double value(std::size_t band, MultibandBandParam which) const noexcept {
    return values_[multibandFirstBandParam + band * multibandBandParams + static_cast<std::size_t>(which)];
  }
  void retarget(std::uint32_t frames) noexcept;
  void advance() noexcept;
  bool settled() const noexcept;
  void passed(std::size_t frames) noexcept;
  Float4 gainsAt(Float4 levels) noexcept;
  void flush() noexcept;

  std::array<double, multibandParams.size()> values_{};
  double sampleRateHz_ = 48000.0;
  Settings settings_;
  core::Ramp<float> mix_{1.0f};
  Now now_{};
  std::array<filters::GlidingShape, 3> crossovers_{filters::GlidingShape(filters::butterworthDamping),
                                                   filters::GlidingShape(filters::butterworthDamping),
                                                   filters::GlidingShape(filters::butterworthDamping)};
  filters::FourBandSplit split_;
  Float4 heldDb_{0.0f};  // of reduction, as a positive number
  Float4 smoothDb_{0.0f};
  Float4 attack_{0.0f};
  Float4 release_{0.0f};
  std::uint32_t frame_ = 0;
  std::array<float, multibandReadouts.size()> readouts_{};
};

}  // namespace mixwell::mastering
