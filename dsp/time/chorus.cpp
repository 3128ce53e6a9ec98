#include "time/chorus.h"

namespace mixwell::time {

const params::DeviceTable& Chorus::description() noexcept {
  static constexpr params::DeviceTable table{
      .id = "chorus", .name = "Chorus", .params = chorusParams, .readouts = chorusReadouts};
  return table;
}

}  // namespace mixwell::time
