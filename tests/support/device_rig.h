#pragma once

#include <string_view>

#include "engine/device_chain.h"
#include "support/engine_rig.h"

namespace mixwell::test {

struct Stereo {
  Signal left;
  Signal right;
};

/// A device as an insert has it, spoken to by the ids of its table.
class DeviceRig {
 public:
  explicit DeviceRig(std::string_view id, double sampleRateHz = 48000.0, std::size_t sourceChannels = 2);

  params::Device& device() noexcept { return *device_; }
  double sampleRateHz() const noexcept { return sampleRateHz_; }
  std::size_t indexOf(std::string_view param) const;

  /// Sets a parameter before anything sounds; a choice by its number. Fails the test where it is refused.
  DeviceRig& set(std::string_view param, double value);
  DeviceRig& choose(std::string_view param, std::string_view choice);
  /// The next run begins at a frame of the song.
  DeviceRig& at(std::int64_t songFrame);
  /// As a hand does it, with the smoothing of the table.
  DeviceRig& turn(std::string_view param, double value);
  /// The read-out of that id as it is after the last block.
  float readout(std::string_view id) const;

  /// Runs sound through, in blocks of 128 frames or of random sizes up to 400 where there is a seed. Goes on
  /// from the last run.
  Stereo run(Stereo in, unsigned seed = 0, const Stereo* key = nullptr);
  Signal runMono(const Signal& in) { return run({in, in}).left; }

 private:
  engine::OwnedDevice device_;
  double sampleRateHz_;
  params::BlockContext context_;
};

}  // namespace mixwell::test
