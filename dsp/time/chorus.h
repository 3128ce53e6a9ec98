#pragma once

#include "core/delay_line.h"
#include "core/ramp.h"
#include "params/device.h"
#include "params/param_values.h"
#include "time/chorus_params.h"
#include "time/oscillator.h"

namespace mixwell::time {

/// Up to six voices, each the input a little later and wandering on a slow sine of its own phase. The voices
/// stand between left and right; together they are as loud as the input.
class Chorus final : public params::Device {
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
  struct Voice {
    // Its oscillator out of the common sine and cosine.
    Ramp ofSine{1.0f};
    Ramp ofCosine{0.0f};
    Ramp gainLeft{0.0f};
    Ramp gainRight{0.0f};

    bool isSilent() const noexcept {
      return gainLeft.settled() && gainRight.settled() && gainLeft.target() == 0.0f &&
             gainRight.target() == 0.0f;
    }
  };

  void retarget(ChorusParam which, std::uint32_t frames) noexcept;
  void listen(const float* left, const float* right, std::size_t frames) noexcept;
  void placeVoices(std::uint32_t frames) noexcept;

  params::ParamValues<chorusParams.size()> values_{chorusParams};
  double sampleRateHz_ = 48000.0;
  core::DelayLine lineLeft_;
  core::DelayLine lineRight_;
  Oscillator oscillator_;
  std::array<Voice, voiceNames.size()> voices_;
  Ramp delayFrames_{0.0f};
  Ramp depthFrames_{0.0f};
  Ramp mix_{0.0f};
  std::array<float, chorusReadouts.size()> readouts_{};
};

}  // namespace mixwell::time
