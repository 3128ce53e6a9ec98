#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "resample/polyphase_filter.h"

namespace mixwell::resample {

// Converts a planar signal from one sample rate to another: linear phase, output frame 0 at input frame 0,
// and round(frames * to / from) frames out of it (halves up). The result doesn't depend on how the signal is
// cut into blocks. The same rate twice leaves every sample as it was. Allocates in its constructor only. Any
// one thread.
//
//   while (there is input) { taken = push(...); while (pull(...) > 0) {} }   finish();   while (pull(...) >
//   0) {}
class SampleRateConverter {
 public:
  // Rates from 8000 to 384000 Hz, at least one channel.
  SampleRateConverter(uint32_t fromHz, uint32_t toHz, size_t channels);

  // Takes up to `frames` frames (channel c starts at `in + c * channelStride`) and returns how many; fewer
  // than offered when output waits to be pulled.
  size_t push(const float* in, size_t channelStride, size_t frames) noexcept;

  // Says that the signal ends here.
  void finish() noexcept { finished_ = true; }

  // Writes up to `maxFrames` frames and returns how many; 0 when input is needed or, after finish(), at the
  // end.
  size_t pull(float* out, size_t channelStride, size_t maxFrames) noexcept;

  // Ready for another signal.
  void reset() noexcept;

  // Length of the result for a signal of `frames` frames.
  uint64_t framesFor(uint64_t frames) const noexcept;

 private:
  void makeRoom() noexcept;
  size_t append(size_t frames) noexcept;
  void writeFrame(float* out, size_t channelStride) const noexcept;
  template <size_t signals>
  void writeChannels(size_t firstChannel, float* out, size_t channelStride) const noexcept;
  const double* history(size_t channel) const noexcept { return history_.data() + channel * capacity_; }

  PolyphaseFilter filter_;
  size_t channels_;
  size_t capacity_;              // frames of history to a channel
  std::vector<double> history_;  // planar
  size_t start_ = 0;             // where in the history the taps of the next output frame begin
  size_t length_ = 0;            // frames in the history
  uint64_t phase_ = 0;           // of the next output frame
  uint64_t framesIn_ = 0;
  uint64_t framesOut_ = 0;
  bool finished_ = false;
};

}  // namespace mixwell::resample
