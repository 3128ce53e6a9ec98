#include "filters/eq.h"

namespace mixwell::filters {

const params::DeviceTable& Eq::description() noexcept {
  static constexpr params::DeviceTable table{.id = "eq", .name = "EQ", .params = eqParams};
  return table;
}

void Eq::prepare(const params::DeviceSpec&) noexcept {}

void Eq::reset() noexcept {}

bool Eq::setParam(std::size_t index, double value, std::uint32_t) noexcept {
  return index < eqParams.size() && eqParams[index].accepted(value).has_value();
}

void Eq::process(float*, float*, std::size_t, const params::BlockContext&) noexcept {}

}  // namespace mixwell::filters
