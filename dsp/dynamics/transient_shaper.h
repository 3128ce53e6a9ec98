#pragma once

#include "core/ramp.h"
#include "dynamics/sliding_maximum.h"
#include "dynamics/transient_params.h"
#include "params/device.h"
#include "params/param_values.h"

namespace mixwell::dynamics {

/// Makes attacks and decays stronger or weaker, whatever their level: followers of the level in decibels that
/// differ in their attack part where the sound rises, such that differ in their release where it falls. 9 dB
/// between them is the full effect; on a steady sound (from 50 Hz) they agree and nothing happens. Speed is
/// the time in which the slow attack goes 63 % of its way. Both sides are linked. With guard the output stays
/// below full scale: the gain gives way.
class TransientShaper final : public params::Device {
 public:
  static const params::DeviceTable& description() noexcept;

  const params::DeviceTable& table() const noexcept override { return description(); }
  void takeMemory(const params::DeviceSpec& spec, core::Memory& memory) noexcept override;
  void prepare(const params::DeviceSpec& spec) noexcept override;
  void reset() noexcept override;
  bool setParam(std::size_t index, double value, std::uint32_t glideFrames) noexcept override;
  std::size_t latencySamples() const noexcept override { return 0; }
  void process(float* left, float* right, std::size_t frames,
               const params::BlockContext& context) noexcept override;
  std::int64_t tailFrames() const noexcept override;
  std::span<const float> readouts() const noexcept override { return readouts_; }

 private:
  using Ramp = core::Ramp<float>;

  /// In powers of 2 of power above the floor.
  struct Follower {
    float level = 0.0f;
    float rises = 1.0f;
    float falls = 1.0f;
    void follow(float goal) noexcept;
  };

  void retune(TransientParam which, std::uint32_t glideFrames) noexcept;
  void retuneSpeed() noexcept;
  /// Powers of 2 that the sound is turned up by.
  float shapeFor(float left, float right) noexcept;

  double sampleRateHz_ = 48000.0;
  params::ParamValues<transientParams.size()> values_{transientParams};
  Ramp attack_{0.0f};  // powers of 2
  Ramp sustain_{0.0f};
  Ramp output_{1.0f};
  Ramp mix_{1.0f};
  Ramp guard_{0.0f};
  SlidingMaximum crest_;
  Follower quick_;
  Follower slowToRise_;
  Follower slowToFall_;
  float guarded_ = 0.0f;  // peak that the guard reckons with
  float guardKeeps_ = 0.0f;
  std::array<float, 3> readouts_{};
};

}  // namespace mixwell::dynamics
