#pragma once

#include "dynamics/transient_params.h"
#include "params/device.h"
#include "params/param_values.h"

namespace mixwell::dynamics {

/// Makes attacks and decays stronger or weaker.
class TransientShaper final : public params::Device {
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
  std::span<const float> readouts() const noexcept override { return readouts_; }

 private:
  params::ParamValues<transientParams.size()> values_{transientParams};
  std::array<float, 3> readouts_{};
};

}  // namespace mixwell::dynamics
