#pragma once

#include <cstddef>

#include "params/param_info.h"

namespace mixwell::params {

struct DeviceSpec {
  double sampleRateHz = 48000.0;  ///< 8000 to 384000
  /// 1 where both sides carry the same mono signal, else 2.
  std::size_t sourceChannels = 2;
};

/// A processor of stereo sound with a table of parameters. `prepare` may allocate, nothing else does;
/// `process`, `reset` and `setParam` belong to one thread.
class Device {
 public:
  Device() = default;
  Device(const Device&) = delete;
  Device& operator=(const Device&) = delete;
  virtual ~Device() = default;

  virtual const DeviceTable& table() const noexcept = 0;
  virtual void prepare(const DeviceSpec& spec) = 0;
  /// As if no sound had gone through yet; smoothing ends on its targets.
  virtual void reset() noexcept = 0;
  /// False, and nothing happens, where the index or the value is not one of the table's.
  virtual bool setParam(std::size_t index, double value) noexcept = 0;
  /// Constant from one prepare to the next.
  virtual std::size_t latencySamples() const noexcept = 0;
  /// In place, any number of frames.
  virtual void process(float* left, float* right, std::size_t frames) noexcept = 0;
};

}  // namespace mixwell::params
