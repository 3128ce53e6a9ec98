#include "time/reverb.h"

namespace mixwell::time {

const params::DeviceTable& Reverb::description() noexcept {
  static constexpr params::DeviceTable table{.id = "reverb", .name = "Reverb", .params = reverbParams};
  return table;
}

void Reverb::prepare(const params::DeviceSpec& /*spec*/) noexcept {
  for (std::size_t i = 0; i < values_.size(); ++i) values_[i] = reverbParams[i].defaultValue;
}

bool Reverb::setParam(std::size_t index, double value, std::uint32_t /*glideFrames*/) noexcept {
  if (index >= values_.size()) return false;
  const auto accepted = reverbParams[index].accepted(value);
  if (!accepted) return false;
  values_[index] = *accepted;
  return true;
}

void Reverb::process(float* /*left*/, float* /*right*/, std::size_t /*frames*/,
                     const params::BlockContext& /*context*/) noexcept {}

}  // namespace mixwell::time
