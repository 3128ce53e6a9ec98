#include "time/flanger.h"

namespace mixwell::time {

const params::DeviceTable& Flanger::description() noexcept {
  static constexpr params::DeviceTable table{
      .id = "flanger", .name = "Flanger", .params = flangerParams, .readouts = flangerReadouts};
  return table;
}

}  // namespace mixwell::time
