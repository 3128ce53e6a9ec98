#include "mastering/limiter.h"

namespace mixwell::mastering {

namespace {

constexpr std::array<params::ReadoutInfo, 3> readoutInfos = {{
    {.id = "reductionDb", .unit = "dB"},
    {.id = "inputDb", .unit = "dB"},
    {.id = "outputDb", .unit = "dB"},
}};

}  // namespace

const params::DeviceTable& Limiter::description() noexcept {
  static constexpr params::DeviceTable table{
      .id = "limiter", .name = "Limiter", .params = limiterParams, .readouts = readoutInfos};
  return table;
}

void Limiter::prepare(const params::DeviceSpec& /*spec*/) noexcept {
  values_.setDefaults();
}

void Limiter::reset() noexcept {}

bool Limiter::setParam(std::size_t index, double value, std::uint32_t /*glideFrames*/) noexcept {
  return values_.set(index, value);
}

void Limiter::process(float* /*left*/, float* /*right*/, std::size_t /*frames*/,
                      const params::BlockContext& /*context*/) noexcept {}

}  // namespace mixwell::mastering
