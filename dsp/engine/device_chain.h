#pragma once

#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "params/device.h"

namespace mixwell::engine {

/// Tables of all devices that can be put in a chain.
std::span<const params::DeviceTable* const> deviceTables() noexcept;

/// A new device by its id; null where there is none of that id. Allocates.
std::unique_ptr<params::Device> makeDevice(std::string_view id);

/// Devices one after the other, over a whole file for instance. `process`, `reset` and `setParam` belong to
/// one thread.
class DeviceChain {
 public:
  explicit DeviceChain(const params::DeviceSpec& spec) : spec_(spec) {}

  /// Puts a device at the end and returns its place, or -1 where there is none of that id. Allocates.
  int add(std::string_view id);
  bool setParam(std::size_t place, std::size_t index, double value) noexcept;
  void reset() noexcept;
  std::size_t latencySamples() const noexcept;
  void process(float* left, float* right, std::size_t frames) noexcept;

 private:
  params::DeviceSpec spec_;
  std::vector<std::unique_ptr<params::Device>> devices_;
};

}  // namespace mixwell::engine
