#include "colour/exciter.h"

namespace mixwell::colour {

const params::DeviceTable& Exciter::description() noexcept {
  static constexpr params::DeviceTable table{
      .id = "exciter", .name = "Exciter", .params = exciterParams, .readouts = exciterReadouts};
  return table;
}

}  // namespace mixwell::colour
