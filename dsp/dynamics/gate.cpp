#include "dynamics/gate.h"

namespace mixwell::dynamics {

namespace {

constexpr std::array<params::ReadoutInfo, 5> readoutInfos = {{
    {.id = "reductionDb", .unit = "dB"},
    {.id = "inputDb", .unit = "dB"},
    {.id = "outputDb", .unit = "dB"},
    {.id = "keyDb", .unit = "dB"},
    {.id = "open", .unit = ""},
}};

}  // namespace

const params::DeviceTable& Gate::description() noexcept {
  static constexpr params::DeviceTable table{
      .id = "gate", .name = "Gate", .params = gateParams, .readouts = readoutInfos};
  return table;
}

void Gate::prepare(const params::DeviceSpec& /*spec*/) noexcept {
  values_.setDefaults();
}

void Gate::reset() noexcept {}

bool Gate::setParam(std::size_t index, double value, std::uint32_t /*glideFrames*/) noexcept {
  return values_.set(index, value);
}

void Gate::process(float* /*left*/, float* /*right*/, std::size_t /*frames*/,
                   const params::BlockContext& /*context*/) noexcept {}

}  // namespace mixwell::dynamics
