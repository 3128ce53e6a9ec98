#pragma once

#include <algorithm>
#include <cmath>
#include <complex>
#include <numbers>
#include <vector>

#include "support/device_rig.h"

namespace mixwell::test {

inline std::vector<double> widened(const Signal& signal, std::size_t from = 0,
                                   std::size_t frames = static_cast<std::size_t>(-1)) {
  const std::size_t end = frames < signal.size() - from ? from + frames : signal.size();
  return {signal.begin() + static_cast<std::ptrdiff_t>(from),
          signal.begin() + static_cast<std::ptrdiff_t>(end)};
}

inline Signal impulse(std::size_t frames) {
  Signal signal(frames, 0.0f);
  signal[0] = 1.0f;
  return signal;
}

inline double rmsOf(const Signal& signal, std::size_t from, std::size_t frames) {
  double sum = 0.0;
  for (std::size_t i = from; i < from + frames; ++i) {
    sum += static_cast<double>(signal[i]) * static_cast<double>(signal[i]);
  }
  return std::sqrt(sum / static_cast<double>(frames));
}

inline float peakOf(const Signal& signal, std::size_t from = 0) {
  float peak = 0.0f;
  for (std::size_t i = from; i < signal.size(); ++i) peak = std::max(peak, std::abs(signal[i]));
  return peak;
}

/// Gain of a frequency in an impulse response.
inline double gainAt(const std::vector<double>& response, double sampleRateHz, double frequencyHz) {
  std::complex<double> sum = 0.0;
  for (std::size_t i = 0; i < response.size(); ++i) {
    sum += std::polar(response[i],
                      -2.0 * std::numbers::pi * frequencyHz / sampleRateHz * static_cast<double>(i));
  }
  return std::abs(sum);
}

/// By how many frames a sine of `periodFrames` comes later than it went in (a sine that began at frame 0), in
/// every frame: the phase of a running mean over one period, unwrapped from `expectedFrames` on, which stands
/// for silence too.
inline std::vector<double> delayTrack(const Signal& out, std::size_t periodFrames, double expectedFrames) {
  const double step = 2.0 * std::numbers::pi / static_cast<double>(periodFrames);
  std::vector<std::complex<double>> turned(out.size());
  for (std::size_t i = 0; i < out.size(); ++i) {
    turned[i] = std::polar(static_cast<double>(out[i]), -step * static_cast<double>(i));
  }
  std::vector<double> delays;
  std::complex<double> sum = 0.0;
  double last = expectedFrames;
  for (std::size_t i = 0; i < out.size(); ++i) {
    sum += turned[i];
    if (i + 1 < periodFrames) continue;
    if (i >= periodFrames) sum -= turned[i - periodFrames];
    if (std::abs(sum) < 0.01) {
      delays.push_back(expectedFrames);
      continue;
    }
    // A sine that is late by d has the phase -pi / 2 - step * d.
    double delay = -(std::arg(sum) + 0.5 * std::numbers::pi) / step;
    const auto period = static_cast<double>(periodFrames);
    delay += period * std::round((last - delay) / period);
    delays.push_back(delay);
    last = delay;
  }
  return delays;
}

}  // namespace mixwell::test
