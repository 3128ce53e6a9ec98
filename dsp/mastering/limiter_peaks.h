#pragma once

#include <array>
#include <cstddef>

namespace mixwell::mastering {

/// What a signal reaches between its samples, wherever that may come near a ceiling. Half-way points are
/// always made; where one of them or a sample is a local maximum over 0.7 of the ceiling, the curve around it
/// is looked at 8 times oversampled with a parabola through its top. (Near a maximum A of a signal of
/// bandwidth s no point a quarter of a sample away lies under A cos(s / 4): M. Riesz.) One thread.
///
/// `taps` of the interpolator that looks: a long one agrees with any other up to the Nyquist frequency.
template <std::size_t taps>
class LimiterPeaks {
 public:
  static constexpr std::size_t longestBlock = 128;
  static constexpr std::size_t phases = 8;
  static constexpr std::size_t halfTaps = 48;  // of the half-way points
  /// The answer for a sample comes as many frames late.
  static constexpr std::size_t delay = taps / 2 + 1;

  /// The interpolators, for any number of signals.
  struct Filter {
    Filter() noexcept;
    float half[halfTaps];
    float points[taps][phases];  // the point 1/8 before a sample, then 1/8 to 7/8 after it
  };

  void reset() noexcept { *this = {}; }

  /// `peaks[i]` becomes the largest magnitude from the sample before to the sample after the one that came
  /// `delay` frames before `in[i]`; below the ceiling it may be too small. At most `longestBlock` frames.
  /// Not `fine`, a parabola through the half-way points does for the looking.
  void process(const Filter& filter, const float* in, std::size_t frames, const float* ceiling, bool fine,
               float* peaks) noexcept;

 private:
  float look(const Filter& filter, const float* at) const noexcept;

  static constexpr std::size_t history = taps;
  std::array<float, history + longestBlock + 16> samples_{};
  float halfBefore_ = 0.0f;
  // Largest of the two intervals between samples before the one that is looked at.
  float last_ = 0.0f;
  float secondLast_ = 0.0f;
};

/// The same of a signal that has nothing above an eighth of its sample rate: parabolas through its samples
/// miss 0.05 dB there at most. In blocks of whole vectors. One thread.
class SampledPeaks {
 public:
  static constexpr std::size_t longestBlock = 128;
  static constexpr std::size_t delay = 2;

  struct Filter {};

  void reset() noexcept { *this = {}; }
  void process(const Filter& filter, const float* in, std::size_t frames, const float* ceiling, bool fine,
               float* peaks) noexcept;

 private:
  std::array<float, 2 + longestBlock> samples_{};  // their magnitudes
  std::array<float, 2 + longestBlock> tops_{};     // of the curve around each sample
};

extern template class LimiterPeaks<48>;
extern template class LimiterPeaks<128>;

}  // namespace mixwell::mastering
