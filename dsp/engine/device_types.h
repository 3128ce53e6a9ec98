#pragma once

#include <cstddef>
#include <new>
#include <span>
#include <string_view>

#include "params/device.h"

namespace mixwell::engine {

/// How a device of one kind is made in memory that is given.
struct DeviceType {
  const params::DeviceTable* table;
  std::size_t objectBytes;
  params::Device* (*makeAt)(void* memory) noexcept;

  /// Memory for a mode that few devices of this kind are in; all three are null where there is no such mode.
  /// Once `needsMode`, the device is to get that many bytes, which outlive it, in a block like that of
  /// `make`; until then it does without the mode.
  std::size_t (*modeBytes)(const params::DeviceSpec& spec) noexcept = nullptr;
  bool (*needsMode)(const params::Device& device) noexcept = nullptr;
  void (*giveMode)(params::Device& device, std::span<std::byte> block) noexcept = nullptr;

  /// Memory that a device of this kind needs, itself and its buffers, at a sample rate. Any thread.
  std::size_t bytes(const params::DeviceSpec& spec) const;
  /// Makes a device, prepared, in a block of `bytes(spec)` bytes that begins at a multiple of
  /// core::Memory::alignment. Its destructor is called by whoever gives the block back.
  params::Device* make(const params::DeviceSpec& spec, std::span<std::byte> block) const noexcept;
};

/// All kinds of devices that can be put in a chain. Their places are numbers in commands, so that new ones
/// come last.
std::span<const DeviceType> deviceTypes() noexcept;

/// The place of the kind of that id in the list, or -1.
int deviceTypeOf(std::string_view id) noexcept;

}  // namespace mixwell::engine
