#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "mastering/noise_shaper.h"

namespace mixwell::mastering {

enum class DitherKind : uint8_t {
  None,
  Tpdf,    // triangular, 2 steps wide, independent from sample to sample: error white and free of the signal
  Shaped,  // the same, its error moved to where the ear is deaf (see designNoiseShaper)
};

// Floats to integers of a given width. The same seed gives the same bits, however the signal is cut into
// blocks; each channel has noise of its own.
class Dither {
 public:
  struct Spec {
    DitherKind kind = DitherKind::None;
    uint32_t bits = 16;  // 8..24
    uint32_t sampleRateHz = 48000;
    size_t channels = 2;
    uint64_t seed = 0;
  };

  // Allocates; not for the audio thread.
  void prepare(const Spec& spec);

  // Back to the start of the noise.
  void reset() noexcept;

  // Writes round(in * 2^(bits - 1) + noise), held within the range of `bits`; ties go to even, NaN becomes 0.
  // With DitherKind::None integers of up to `bits` bits come out as they went in. Any one thread; no
  // allocation.
  void quantize(size_t channel, const float* in, int32_t* out, size_t frames) noexcept;

  // Samples since the last reset that exceeded the range, and that were NaN or infinite (those are not among
  // the clipped ones).
  uint64_t clippedSamples() const noexcept { return clipped_; }
  uint64_t nonFiniteSamples() const noexcept { return nonFinite_; }

 private:
  struct Channel {
    uint64_t random = 0;
    std::array<double, 2 * noiseShaperOrder>
        errors{};  // newest at `newest`, older ones after it; all of them twice
    size_t newest = 0;
  };

  template <DitherKind kind>
  void run(Channel& channel, const float* in, int32_t* out, size_t frames) noexcept;
  double shapedError(const Channel& channel) const noexcept;

  Spec spec_;
  double scale_ = 1.0;
  std::array<double, noiseShaperOrder> shaper_{};
  std::vector<Channel> channels_;
  uint64_t clipped_ = 0;
  uint64_t nonFinite_ = 0;
};

}  // namespace mixwell::mastering
