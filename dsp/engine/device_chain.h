#pragma once

#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "engine/device_types.h"

namespace mixwell::engine {

/// A device in memory of its own. Made on any thread.
class OwnedDevice {
 public:
  OwnedDevice(const DeviceType& type, const params::DeviceSpec& spec);

  params::Device& operator*() const noexcept { return *device_; }
  params::Device* operator->() const noexcept { return device_.get(); }

 private:
  struct alignas(core::Memory::alignment) Block {
    std::byte bytes[core::Memory::alignment];
  };
  struct Destroy {
    void operator()(params::Device* device) const noexcept { device->~Device(); }
  };

  std::unique_ptr<Block[]> memory_;
  std::unique_ptr<params::Device, Destroy> device_;
};

/// Devices one after the other, over a whole file for instance. `process`, `reset` and `setParam` belong to
/// one thread.
class DeviceChain {
 public:
  explicit DeviceChain(const params::DeviceSpec& spec) : spec_(spec) {}

  /// Puts a device at the end and returns its place, or -1 where there is none of that id. Allocates.
  int add(std::string_view id);
  /// At once, without smoothing.
  bool setParam(std::size_t place, std::size_t index, double value) noexcept;
  /// Gives a device a table (params/device.h); false where it has no use for it.
  bool setTable(std::size_t place, std::span<const float> table) noexcept;
  void reset() noexcept;
  std::size_t latencySamples() const noexcept;
  void process(float* left, float* right, std::size_t frames) noexcept;

 private:
  params::DeviceSpec spec_;
  std::vector<OwnedDevice> devices_;
  std::int64_t done_ = 0;
};

}  // namespace mixwell::engine
