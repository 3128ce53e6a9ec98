#include "time/delay.h"

namespace mixwell::time {

const params::DeviceTable& Delay::description() noexcept {
  static constexpr params::DeviceTable table{
      .id = "delay", .name = "Delay", .params = delayParams, .readouts = delayReadouts};
  return table;
}

}  // namespace mixwell::time
