#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "meter/k_weighting.h"
#include "meter/loudness_histogram.h"

namespace mixwell::meter {

// Loudness by ITU-R BS.1770-5 and EBU Tech 3341 and 3342. Momentary and short-term windows slide by single
// samples; what lies before the start counts as silence. Results don't depend on how the signal is cut into
// blocks.
class LoudnessMeter {
 public:
  // Channels: mono; stereo; L R C; L R Ls Rs; L R C Ls Rs; L R C LFE Ls Rs. Surrounds weigh 1.41, the LFE
  // nothing; with more than six each weighs 1. Allocates; not for the audio thread.
  void prepare(uint32_t sampleRateHz, size_t channels);

  // Forgets everything heard. No allocation, some microseconds.
  void reset() noexcept;

  // Takes planar sound: channel c starts at `in + c * channelStride`. No allocation; any one thread.
  void process(const float* in, size_t channelStride, size_t frames) noexcept;

  // All in LUFS (minus infinity for silence, or for lack of a whole block) and LU (0 for lack of blocks).
  double momentaryLufs() const noexcept { return lufsOf(momentary_.mean()); }
  double shortTermLufs() const noexcept { return lufsOf(shortTerm_.mean()); }
  double maxMomentaryLufs() const noexcept { return lufsOf(momentary_.largestMean()); }
  double maxShortTermLufs() const noexcept { return lufsOf(shortTerm_.largestMean()); }
  // These two go through a store of 10,000 entries: for readers at display rate.
  double integratedLufs() const noexcept { return momentaryBlocks_.gatedLufs(10.0); }
  double loudnessRangeLu() const noexcept { return shortTermBlocks_.percentileDistanceLu(20.0, 10, 95); }

  uint64_t frames() const noexcept { return frames_; }

 private:
  // The sum of the last `length` energies. A second sum is started afresh every `length` samples and takes
  // over when it is whole, so that rounding can't pile up.
  struct Window {
    size_t length = 1;
    size_t fresh = 0;
    double sum = 0.0;
    double freshSum = 0.0;
    double largest = 0.0;

    void start(size_t samples) noexcept;
    void slide(double entering, double leaving) noexcept;
    double mean() const noexcept { return sum > 0.0 ? sum / static_cast<double>(length) : 0.0; }
    double largestMean() const noexcept { return largest / static_cast<double>(length); }
  };

  static constexpr size_t grid = 256;  // filters settle at multiples of it

  void processSlice(const float* in, size_t channelStride, size_t frames) noexcept;
  void slideWindows(const double* energies, size_t frames) noexcept;

  uint32_t sampleRateHz_ = 48000;
  std::vector<double> weights_;
  std::vector<KWeighting> filters_;  // for two channels each
  std::vector<float> energies_;      // of the last 3 s, a ring
  size_t ringPlace_ = 0;
  uint64_t frames_ = 0;
  uint64_t hops_ = 0;  // of 100 ms
  uint64_t nextHop_ = 0;
  Window momentary_;
  Window shortTerm_;
  LoudnessHistogram momentaryBlocks_;
  LoudnessHistogram shortTermBlocks_;
};

}  // namespace mixwell::meter
