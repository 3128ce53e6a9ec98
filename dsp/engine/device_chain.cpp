#include "engine/device_chain.h"

#include <algorithm>

namespace mixwell::engine {

OwnedDevice::OwnedDevice(const DeviceType& type, const params::DeviceSpec& spec) {
  const auto blocksIn = [](std::size_t bytes) { return (bytes + sizeof(Block) - 1) / sizeof(Block); };
  const std::size_t blocks = blocksIn(type.bytes(spec));
  const std::size_t modeBlocks = type.modeBytes != nullptr ? blocksIn(type.modeBytes(spec)) : 0;
  memory_ = std::make_unique<Block[]>(blocks + modeBlocks);
  device_.reset(type.make(spec, std::as_writable_bytes(std::span(memory_.get(), blocks))));
  if (modeBlocks > 0) {
    type.giveMode(*device_, std::as_writable_bytes(std::span(memory_.get() + blocks, modeBlocks)));
  }
}

int DeviceChain::add(std::string_view id) {
  const int type = deviceTypeOf(id);
  if (type < 0) return -1;
  devices_.emplace_back(deviceTypes()[static_cast<std::size_t>(type)], spec_);
  return static_cast<int>(devices_.size()) - 1;
}

bool DeviceChain::setParam(std::size_t place, std::size_t index, double value) noexcept {
  return place < devices_.size() && devices_[place]->setParam(index, value, 0);
}

bool DeviceChain::setTable(std::size_t place, std::span<const float> table) noexcept {
  if (place >= devices_.size()) return false;
  const std::span<float> room = devices_[place]->claimTable(table.size());
  if (room.size() < table.size()) return false;
  std::copy(table.begin(), table.end(), room.begin());
  devices_[place]->commitTable(table.size());
  return true;
}

void DeviceChain::reset() noexcept {
  for (const OwnedDevice& device : devices_) device->reset();
  done_ = 0;
}

std::size_t DeviceChain::latencySamples() const noexcept {
  std::size_t latency = 0;
  for (const OwnedDevice& device : devices_) latency += device->latencySamples();
  return latency;
}

void DeviceChain::process(float* left, float* right, std::size_t frames) noexcept {
  params::BlockContext context;
  context.framesPerBeat = spec_.sampleRateHz * 0.5;
  context.songFrame = done_;
  for (const OwnedDevice& device : devices_) device->process(left, right, frames, context);
  done_ += static_cast<std::int64_t>(frames);
}

}  // namespace mixwell::engine
