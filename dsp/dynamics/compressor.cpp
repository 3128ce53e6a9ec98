#include "dynamics/compressor.h"

namespace mixwell::dynamics {

namespace {

constexpr std::array<params::ReadoutInfo, 5> readoutInfos = {{
    {.id = "reductionDb", .unit = "dB"},
    {.id = "inputDb", .unit = "dB"},
    {.id = "outputDb", .unit = "dB"},
    {.id = "keyDb", .unit = "dB"},
    {.id = "makeupDb", .unit = "dB"},
}};

}  // namespace

const params::DeviceTable& Compressor::description() noexcept {
  static constexpr params::DeviceTable table{
      .id = "compressor", .name = "Compressor", .params = compressorParams, .readouts = readoutInfos};
  return table;
}

void Compressor::prepare(const params::DeviceSpec& /*spec*/) noexcept {
  values_.setDefaults();
}

void Compressor::reset() noexcept {}

bool Compressor::setParam(std::size_t index, double value, std::uint32_t /*glideFrames*/) noexcept {
  return values_.set(index, value);
}

void Compressor::process(float* /*left*/, float* /*right*/, std::size_t /*frames*/,
                         const params::BlockContext& /*context*/) noexcept {}

}  // namespace mixwell::dynamics
