#include "stereo/imager.h"

namespace mixwell::stereo {

const params::DeviceTable& Imager::description() noexcept {
  static constexpr params::DeviceTable table{
      .id = "imager", .name = "Imager", .params = imagerParams, .readouts = imagerReadouts};
  return table;
}

void Imager::prepare(const params::DeviceSpec& /*spec*/) noexcept {
  for (std::size_t i = 0; i < values_.size(); ++i) values_[i] = imagerParams[i].defaultValue;
}

bool Imager::setParam(std::size_t index, double value, std::uint32_t /*glideFrames*/) noexcept {
  if (index >= values_.size()) return false;
  const auto accepted = imagerParams[index].accepted(value);
  if (!accepted) return false;
  values_[index] = *accepted;
  return true;
}

void Imager::process(float* /*left*/, float* /*right*/, std::size_t /*frames*/,
                     const params::BlockContext& /*context*/) noexcept {}

}  // namespace mixwell::stereo
