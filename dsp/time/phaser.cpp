#include "time/phaser.h"

namespace mixwell::time {

const params::DeviceTable& Phaser::description() noexcept {
  static constexpr params::DeviceTable table{
      .id = "phaser", .name = "Phaser", .params = phaserParams, .readouts = phaserReadouts};
  return table;
}

}  // namespace mixwell::time
