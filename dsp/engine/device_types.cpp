#include "engine/device_types.h"

#include <array>
#include <memory>

#include "colour/exciter.h"
#include "colour/saturator.h"
#include "dynamics/compressor.h"
#include "dynamics/deesser.h"
#include "dynamics/gate.h"
#include "dynamics/transient_shaper.h"
#include "filters/eq.h"
#include "mastering/limiter.h"
#include "mastering/multiband.h"
#include "stereo/gain.h"
#include "stereo/imager.h"
#include "stereo/utility.h"
#include "time/chorus.h"
#include "time/convolution.h"
#include "time/delay.h"
#include "time/flanger.h"
#include "time/phaser.h"
#include "time/reverb.h"

namespace mixwell::engine {

namespace {

template <typename D>
DeviceType typeOf() noexcept {
  static_assert(alignof(D) <= core::Memory::alignment);
  DeviceType type{.table = &D::description(),
                  .objectBytes = (sizeof(D) + core::Memory::alignment - 1) / core::Memory::alignment *
                                 core::Memory::alignment,
                  .makeAt = [](void* memory) noexcept -> params::Device* { return new (memory) D; }};
  if constexpr (requires(const D& device) { device.needsMode(); }) {
    type.modeBytes = [](const params::DeviceSpec& spec) noexcept { return D::modeBytes(spec); };
    type.needsMode = [](const params::Device& device) noexcept {
      return static_cast<const D&>(device).needsMode();
    };
    type.giveMode = [](params::Device& device, std::span<std::byte> block) noexcept {
      static_cast<D&>(device).giveMode(block);
    };
  }
  return type;
}

}  // namespace

std::span<const DeviceType> deviceTypes() noexcept {
  static const std::array types = {
      typeOf<stereo::Gain>(),         typeOf<filters::Eq>(),
      typeOf<time::Reverb>(),         typeOf<time::Convolution>(),
      typeOf<stereo::Imager>(),       typeOf<mastering::Multiband>(),
      typeOf<dynamics::Compressor>(), typeOf<dynamics::Gate>(),
      typeOf<dynamics::Deesser>(),    typeOf<dynamics::TransientShaper>(),
      typeOf<mastering::Limiter>(),   typeOf<colour::Saturator>(),
      typeOf<colour::Exciter>(),      typeOf<time::Chorus>(),
      typeOf<time::Flanger>(),        typeOf<time::Phaser>(),
      typeOf<time::Delay>(),          typeOf<stereo::Utility>(),
  };
  return types;
}

int deviceTypeOf(std::string_view id) noexcept {
  const std::span<const DeviceType> types = deviceTypes();
  for (std::size_t place = 0; place < types.size(); ++place) {
    if (types[place].table->id == id) return static_cast<int>(place);
  }
  return -1;
}

std::size_t DeviceType::bytes(const params::DeviceSpec& spec) const {
  struct Aligned {
    alignas(core::Memory::alignment) std::byte bytes[core::Memory::alignment];
  };
  const auto object = std::make_unique<Aligned[]>(objectBytes / core::Memory::alignment);
  params::Device* device = makeAt(object.get());
  core::Memory counted;
  device->takeMemory(spec, counted);
  device->~Device();
  return objectBytes + counted.bytes();
}

params::Device* DeviceType::make(const params::DeviceSpec& spec, std::span<std::byte> block) const noexcept {
  params::Device* device = makeAt(block.data());
  core::Memory memory(block.subspan(objectBytes));
  device->takeMemory(spec, memory);
  device->prepare(spec);
  return device;
}

}  // namespace mixwell::engine
