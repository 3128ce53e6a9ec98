#pragma once

#include "core/delay_line.h"
#include "core/ramp.h"
#include "filters/crossover.h"
#include "params/device.h"
#include "time/reverb_diffuser.h"
#include "time/reverb_params.h"
#include "time/reverb_tank.h"

namespace mixwell::time {

/// Room, hall or plate: pre-delay, early reflections, diffusion, and a modulated feedback delay network whose
/// decay is set by band. Takes about 0.7 MB at 48 kHz.
class Reverb final : public params::Device {
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

 private:
  static constexpr std::size_t earlyVectors = earlyTaps / 4;  // a side

  // All that glides from one point of the grid to the next, as plain floats, so that it glides as one.
  struct Settings {
    std::array<float, reverbLines> gain;
    std::array<float, reverbLines> high;
    std::array<float, reverbLines> air;
    std::array<float, reverbLines> lowMore;
    std::array<float, earlyTaps> earlyLeft;
    std::array<float, earlyTaps> earlyRight;
    std::array<float, 4> levels;   // of the tank's input and output, of its diffusers, nothing
    std::array<float, 4> corners;  // high, air, low, nothing
  };
  static constexpr std::size_t settingCount = sizeof(Settings) / sizeof(float);

  double value(ReverbParam which) const noexcept { return values_[static_cast<std::size_t>(which)]; }
  const ReverbKind& kind() const noexcept { return reverbKindShapes[kind_]; }
  Settings targets() const noexcept;
  void setEarlyGains(Settings& settings, double scale) const noexcept;
  void setLosses(Settings& settings, double scale) const noexcept;
  void takeKind(std::size_t kind) noexcept;
  void startRamps(std::size_t index, std::uint32_t frames) noexcept;
  void gridPoint() noexcept;
  void moveSettings(bool jump) noexcept;
  void moveDelays(bool jump) noexcept;
  void cut(const float* left, const float* right, std::size_t frames) noexcept;
  void addEarly(std::size_t side, std::size_t frames, float* sums) noexcept;
  void processStretch(float* left, float* right, std::size_t frames) noexcept;

  std::array<double, reverbParams.size()> values_{};
  double sampleRateHz_ = 48000.0;
  std::size_t kind_ = 1;
  std::array<double, reverbLines> lineMs_{};

  // Settings glide as one to their targets; delays, whose movement is heard as pitch, on their own.
  Settings now_{};
  Settings target_{};
  std::uint32_t settingsLeft_ = 0;
  std::uint32_t pendingFrames_ = 0;
  bool changed_ = false;
  bool arrived_ = true;  // settings are at their targets
  bool still_ = true;    // settings do not move in this stretch of the grid
  core::Ramp<float> scale_{1.0f};
  core::Ramp<float> preDelay_{0.0f};
  core::Ramp<float> depth_{0.0f};
  core::Ramp<float> width_{1.0f};
  core::Ramp<float> mix_{0.2f};
  core::Ramp<float> fade_{1.0f};  // around a change of kind
  std::uint32_t fadeFrames_ = 0;
  filters::GlidingShape lowCut_{filters::butterworthDamping};
  filters::GlidingShape highCut_{filters::butterworthDamping};

  core::DelayLine leftInput_;
  core::DelayLine rightInput_;
  std::array<filters::SvfOf<core::Double2>, 2> cuts_;  // low and high, of both sides
  ReverbDiffuser diffuser_;
  ReverbTank tank_;
  MovingDelay preDelayLine_;
  std::array<MovingDelay, 2 * earlyTaps> earlyDelays_;
  std::array<MovingFloats, 2 * earlyVectors> earlyGains_;
  MovingFloats levels_;
  std::array<double, reverbLines> phases_{};
  std::uint32_t frame_ = 0;
};

}  // namespace mixwell::time
