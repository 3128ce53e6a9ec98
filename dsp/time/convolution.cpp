#include "time/convolution.h"

namespace mixwell::time {

const params::DeviceTable& Convolution::description() noexcept {
  static constexpr params::DeviceTable table{
      .id = "convolution", .name = "Convolution", .params = convolutionParams};
  return table;
}

void Convolution::prepare(const params::DeviceSpec& /*spec*/) noexcept {
  for (std::size_t i = 0; i < values_.size(); ++i) values_[i] = convolutionParams[i].defaultValue;
}

bool Convolution::setParam(std::size_t index, double value, std::uint32_t /*glideFrames*/) noexcept {
  if (index >= values_.size()) return false;
  const auto accepted = convolutionParams[index].accepted(value);
  if (!accepted) return false;
  values_[index] = *accepted;
  return true;
}

void Convolution::process(float* /*left*/, float* /*right*/, std::size_t /*frames*/,
                          const params::BlockContext& /*context*/) noexcept {}

}  // namespace mixwell::time
