#include "filters/eq.h"

namespace mixwell::filters {

const params::DeviceTable& Eq::description() noexcept {
  static constexpr params::DeviceTable table{.id = "eq", .name = "EQ", .params = eqParams};
  return table;
}

void Eq::prepare(const params::DeviceSpec& spec) noexcept {
  for (std::size_t i = 0; i < eqParams.size(); ++i) stage_.setParam(0, i, eqParams[i].defaultValue, 0);
  stage_.prepare(spec.sampleRateHz);
}

void Eq::reset() noexcept {
  stage_.resetAll();
}

bool Eq::setParam(std::size_t index, double value, std::uint32_t glideFrames) noexcept {
  return stage_.setParam(0, index, value, glideFrames);
}

void Eq::process(float* left, float* right, std::size_t frames, const params::BlockContext&) noexcept {
  stage_.process(left, right, frames);
}

std::int64_t Eq::tailFrames() const noexcept {
  return stage_.isIdle() ? 0 : stage_.bands().tailFrames();
}

}  // namespace mixwell::filters
