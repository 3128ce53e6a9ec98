#pragma once

#include <cmath>
#include <limits>
#include <numbers>

#include "support/device_rig.h"

namespace mixwell::test {

/// A tone whose level steps; `levels` are pairs of peak dBFS and milliseconds.
inline Signal steppedTone(std::initializer_list<std::pair<double, double>> levels, double hz,
                          double sampleRateHz = 48000.0) {
  Signal tone;
  for (const auto& [db, ms] : levels) {
    const auto frames = static_cast<std::size_t>(ms * 0.001 * sampleRateHz);
    for (std::size_t i = 0; i < frames; ++i) {
      const auto n = static_cast<double>(tone.size());
      tone.push_back(static_cast<float>(std::pow(10.0, db / 20.0) *
                                        std::sin(2.0 * std::numbers::pi * hz * n / sampleRateHz)));
    }
  }
  return tone;
}

/// What a device without latency did to a sound at a frame, in dB; of the nearest frame from there on that is
/// not near a zero of the sound.
inline double gainDbAt(const Signal& in, const Signal& out, std::size_t frame) {
  while (frame + 1 < in.size() && std::abs(in[frame]) < 1e-5f) ++frame;
  return 20.0 * std::log10(static_cast<double>(out[frame]) / static_cast<double>(in[frame]));
}

/// Milliseconds after frame `from` at which the gain in dB has gone 63 % (1 - 1/e) of the way to what it is
/// at frame `to`.
inline double timeOf63Percent(const Signal& in, const Signal& out, std::size_t from, std::size_t to,
                              double sampleRateHz = 48000.0) {
  const double start = gainDbAt(in, out, from - 50);
  const double goal = start + (1.0 - std::exp(-1.0)) * (gainDbAt(in, out, to) - start);
  for (std::size_t i = from; i < to; ++i) {
    const double now = gainDbAt(in, out, i);
    if (goal < start ? now <= goal : now >= goal) {
      return static_cast<double>(i - from) * 1000.0 / sampleRateHz;
    }
  }
  return std::numeric_limits<double>::infinity();
}

inline float largestOf(const Signal& signal) {
  float largest = 0.0f;
  for (const float sample : signal) largest = std::max(largest, std::abs(sample));
  return largest;
}

}  // namespace mixwell::test
