#pragma once

#include <array>

#include "core/ramp.h"
#include "params/device.h"

namespace mixwell::stereo {

/// Level, place, width and polarity. With the defaults of its table it changes nothing, to the bit.
class Gain final : public params::Device {
 public:
  enum class Param : std::uint8_t { gainDb, pan, width, polarity };

  static const params::DeviceTable& description() noexcept;

  const params::DeviceTable& table() const noexcept override { return description(); }
  void takeMemory(const params::DeviceSpec&, core::Memory&) noexcept override {}
  void prepare(const params::DeviceSpec& spec) noexcept override;
  void reset() noexcept override;
  bool setParam(std::size_t index, double value, std::uint32_t glideFrames) noexcept override;
  std::size_t latencySamples() const noexcept override { return 0; }
  void process(float* left, float* right, std::size_t frames,
               const params::BlockContext& context) noexcept override;

 private:
  using Ramp = core::Ramp<float>;

  double value(Param which) const noexcept { return values_[static_cast<std::size_t>(which)]; }
  void retarget(std::uint32_t frames) noexcept;
  bool isNeutral() const noexcept;

  std::array<double, 4> values_{0.0, 0.0, 100.0, 0.0};
  bool mono_ = false;
  // What each side gets of each side.
  Ramp leftOfLeft_{1.0f};
  Ramp leftOfRight_{0.0f};
  Ramp rightOfLeft_{0.0f};
  Ramp rightOfRight_{1.0f};
};

}  // namespace mixwell::stereo
