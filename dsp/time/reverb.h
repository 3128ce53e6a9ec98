#pragma once

#include "params/device.h"
#include "time/reverb_params.h"

namespace mixwell::time {

/// Carries sound through unchanged.
class Reverb final : public params::Device {
 public:
  static const params::DeviceTable& description() noexcept;

  const params::DeviceTable& table() const noexcept override { return description(); }
  void takeMemory(const params::DeviceSpec&, core::Memory&) noexcept override {}
  void prepare(const params::DeviceSpec& spec) noexcept override;
  void reset() noexcept override {}
  bool setParam(std::size_t index, double value, std::uint32_t glideFrames) noexcept override;
  std::size_t latencySamples() const noexcept override { return 0; }
  void process(float* left, float* right, std::size_t frames,
               const params::BlockContext& context) noexcept override;

 private:
  std::array<double, reverbParams.size()> values_{};
};

}  // namespace mixwell::time
