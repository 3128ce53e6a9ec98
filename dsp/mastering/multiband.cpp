#include "mastering/multiband.h"

namespace mixwell::mastering {

const params::DeviceTable& Multiband::description() noexcept {
  static constexpr params::DeviceTable table{
      .id = "multiband", .name = "Multiband", .params = multibandParams, .readouts = multibandReadouts};
  return table;
}

void Multiband::prepare(const params::DeviceSpec& /*spec*/) noexcept {
  for (std::size_t i = 0; i < values_.size(); ++i) values_[i] = multibandParams[i].defaultValue;
}

bool Multiband::setParam(std::size_t index, double value, std::uint32_t /*glideFrames*/) noexcept {
  if (index >= values_.size()) return false;
  const auto accepted = multibandParams[index].accepted(value);
  if (!accepted) return false;
  values_[index] = *accepted;
  return true;
}

void Multiband::process(float* /*left*/, float* /*right*/, std::size_t /*frames*/,
                        const params::BlockContext& /*context*/) noexcept {}

}  // namespace mixwell::mastering
