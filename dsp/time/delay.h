#pragma once

#include "params/device.h"
#include "params/param_values.h"
#include "time/delay_params.h"

namespace mixwell::time {

class Delay final : public params::Device {
 public:
  static const params::DeviceTable& description() noexcept;

  const params::DeviceTable& table() const noexcept override { return description(); }
  void takeMemory(const params::DeviceSpec&, core::Memory&) noexcept override {}
  void prepare(const params::DeviceSpec&) noexcept override { values_.setDefaults(); }
  void reset() noexcept override {}
  bool setParam(std::size_t index, double value, std::uint32_t) noexcept override {
    return values_.set(index, value);
  }
  std::size_t latencySamples() const noexcept override { return 0; }
  void process(float*, float*, std::size_t, const params::BlockContext&) noexcept override {}
  std::span<const float> readouts() const noexcept override { return readouts_; }

 private:
  params::ParamValues<delayParams.size()> values_{delayParams};
  std::array<float, 2> readouts_{};
};

}  // namespace mixwell::time
