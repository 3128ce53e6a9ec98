#include "engine/device_chain.h"

#include <array>
#include <utility>

#include "stereo/gain.h"

namespace mixwell::engine {

std::span<const params::DeviceTable* const> deviceTables() noexcept {
  static const std::array<const params::DeviceTable*, 1> tables = {&stereo::Gain::description()};
  return tables;
}

std::unique_ptr<params::Device> makeDevice(std::string_view id) {
  if (id == stereo::Gain::description().id) return std::make_unique<stereo::Gain>();
  return nullptr;
}

int DeviceChain::add(std::string_view id) {
  std::unique_ptr<params::Device> device = makeDevice(id);
  if (!device) return -1;
  device->prepare(spec_);
  devices_.push_back(std::move(device));
  return static_cast<int>(devices_.size()) - 1;
}

bool DeviceChain::setParam(std::size_t place, std::size_t index, double value) noexcept {
  return place < devices_.size() && devices_[place]->setParam(index, value);
}

void DeviceChain::reset() noexcept {
  for (const auto& device : devices_) device->reset();
}

std::size_t DeviceChain::latencySamples() const noexcept {
  std::size_t latency = 0;
  for (const auto& device : devices_) latency += device->latencySamples();
  return latency;
}

void DeviceChain::process(float* left, float* right, std::size_t frames) noexcept {
  for (const auto& device : devices_) device->process(left, right, frames);
}

}  // namespace mixwell::engine
