#include "stereo/utility.h"

namespace mixwell::stereo {

const params::DeviceTable& Utility::description() noexcept {
  static constexpr params::DeviceTable table{.id = "utility", .name = "Utility", .params = utilityParams};
  return table;
}

}  // namespace mixwell::stereo
