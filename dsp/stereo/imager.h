#pragma once

#include "filters/crossover.h"
#include "params/device.h"
#include "stereo/imager_params.h"

namespace mixwell::stereo {

/// Width in four bands. Only the difference of the sides is filtered and scaled, so that their sum stays as
/// it came. The bands of the difference are what a low pass leaves of the next: they sum to it without any
/// turn of phase, with gentle slopes. Below a corner the difference can be taken away by 24 dB/octave.
class Imager final : public params::Device {
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
  using Bands = std::array<core::Double2, imagerBands>;  // of the sides' difference, and of their sum

  double value(ImagerParam which, std::size_t offset = 0) const noexcept {
    return values_[static_cast<std::size_t>(which) + offset];
  }
  void retarget(std::uint32_t frames) noexcept;
  bool changesNothing() const noexcept;
  Bands split(core::Double2 x) noexcept;
  void clearFilters() noexcept;
  void flushFilters() noexcept;
  void correlate(const float* left, const float* right, std::size_t frames) noexcept;

  std::array<double, imagerParams.size()> values_{};
  double sampleRateHz_ = 48000.0;
  core::Ramp<core::Float4> excess_{0.0f};  // of the bands' widths over 1
  core::Ramp<core::Float4> listens_{0.0f};
  core::Ramp<float> mono_{0.0f};
  std::array<filters::GlidingShape, imagerBands - 1> crossovers_{
      filters::GlidingShape(2.0), filters::GlidingShape(2.0), filters::GlidingShape(2.0)};
  // Butterworth of the fourth order.
  std::array<filters::GlidingShape, 2> monoShapes_{filters::GlidingShape(1.8477590650225735),
                                                   filters::GlidingShape(0.7653668647301796)};
  std::array<filters::GentleLowBandOf<core::Double2>, imagerBands - 1> sections_;
  std::array<filters::Svf, 2> monoFilters_;
  std::uint32_t frame_ = 0;
  double leftPower_ = 0.0;
  double rightPower_ = 0.0;
  double product_ = 0.0;
  std::array<float, imagerReadouts.size()> readouts_{};
};

}  // namespace mixwell::stereo
