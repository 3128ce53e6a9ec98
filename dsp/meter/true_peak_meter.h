#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace mixwell::meter {

// The largest value that a signal reaches between its samples (ITU-R BS.1770-5, annex 2): 8 times
// oversampled, with a parabola through the maximum. Within 0.1 dB up to 0.45 of the sample rate.
//
// The half-way points between samples are always made; the rest only where sample or half-way point come near
// the largest value so far: close to its maximum A a signal of bandwidth s can't fall faster than A cos(s t)
// (M. Riesz), so that a point a quarter of a sample away has at least 0.707 A.
class TruePeakMeter {
 public:
  // Allocates; not for the audio thread.
  void prepare(size_t channels);

  // Forgets everything heard; what goes on sounding is measured afresh. No allocation.
  void reset() noexcept;
  /// Forgets the peaks so far; what goes on sounding goes on being measured. No allocation.
  void forgetPeaks() noexcept;

  // Looks for peaks afresh, but knows what went before: a peak between two stretches is found in the second.
  void restart() noexcept;

  // Takes planar sound: channel c starts at `in + c * channelStride`. No allocation; any one thread.
  void process(const float* in, size_t channelStride, size_t frames) noexcept;

  // Says that silence follows: looks at the last samples too, which otherwise wait for their right
  // neighbours.
  void finish() noexcept;

  // The largest true peak so far, linear; at least samplePeak().
  float truePeak(size_t channel) const noexcept { return channels_[channel].truePeak; }
  float truePeak() const noexcept;
  float samplePeak() const noexcept;
  // The frame since the reset that it lies at, or between which and the next.
  uint64_t truePeakFrame(size_t channel) const noexcept { return channels_[channel].truePeakFrame; }

 private:
  static constexpr size_t phases = 8;
  static constexpr size_t taps = 48;  // of each phase
  static constexpr size_t block = 256;
  struct Channel {
    std::array<float, taps + block> samples{};  // history, then the block
    float truePeak = 0.0F;
    float samplePeak = 0.0F;
    uint64_t frames = 0;  // before the block
    uint64_t truePeakFrame = 0;
  };

  void designFilter() noexcept;
  void processBlock(Channel& channel, size_t frames) const noexcept;
  void look(Channel& channel, const float* at) const noexcept;
  static uint64_t frameOf(const Channel& channel, const float* at) noexcept;

  // Per tap: the point 1/8 before a sample, then those 1/8 to 7/8 after it.
  std::array<std::array<float, phases>, taps> filter_{};
  std::vector<Channel> channels_;
};

}  // namespace mixwell::meter
