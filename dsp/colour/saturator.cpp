#include "colour/saturator.h"

namespace mixwell::colour {

const params::DeviceTable& Saturator::description() noexcept {
  static constexpr params::DeviceTable table{
      .id = "saturator", .name = "Saturator", .params = saturatorParams, .readouts = saturatorReadouts};
  return table;
}

}  // namespace mixwell::colour
