#include "dynamics/deesser.h"

namespace mixwell::dynamics {

namespace {

constexpr std::array<params::ReadoutInfo, 4> readoutInfos = {{
    {.id = "reductionDb", .unit = "dB"},
    {.id = "inputDb", .unit = "dB"},
    {.id = "outputDb", .unit = "dB"},
    {.id = "bandDb", .unit = "dB"},
}};

}  // namespace

const params::DeviceTable& Deesser::description() noexcept {
  static constexpr params::DeviceTable table{
      .id = "deesser", .name = "De-esser", .params = deesserParams, .readouts = readoutInfos};
  return table;
}

void Deesser::prepare(const params::DeviceSpec& /*spec*/) noexcept {
  values_.setDefaults();
}

void Deesser::reset() noexcept {}

bool Deesser::setParam(std::size_t index, double value, std::uint32_t /*glideFrames*/) noexcept {
  return values_.set(index, value);
}

void Deesser::process(float* /*left*/, float* /*right*/, std::size_t /*frames*/,
                      const params::BlockContext& /*context*/) noexcept {}

}  // namespace mixwell::dynamics
