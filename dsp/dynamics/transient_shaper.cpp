#include "dynamics/transient_shaper.h"

namespace mixwell::dynamics {

namespace {

constexpr std::array<params::ReadoutInfo, 3> readoutInfos = {{
    {.id = "gainDb", .unit = "dB"},
    {.id = "inputDb", .unit = "dB"},
    {.id = "outputDb", .unit = "dB"},
}};

}  // namespace

const params::DeviceTable& TransientShaper::description() noexcept {
  static constexpr params::DeviceTable table{
      .id = "transient", .name = "Transient", .params = transientParams, .readouts = readoutInfos};
  return table;
}

void TransientShaper::prepare(const params::DeviceSpec& /*spec*/) noexcept {
  values_.setDefaults();
}

void TransientShaper::reset() noexcept {}

bool TransientShaper::setParam(std::size_t index, double value, std::uint32_t /*glideFrames*/) noexcept {
  return values_.set(index, value);
}

void TransientShaper::process(float* /*left*/, float* /*right*/, std::size_t /*frames*/,
                              const params::BlockContext& /*context*/) noexcept {}

}  // namespace mixwell::dynamics
