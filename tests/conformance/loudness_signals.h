#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numbers>
#include <vector>

#include "meter/loudness_meter.h"

namespace mixwell::test {

// Feeds a loudness meter with the signals of EBU Tech 3341 and 3342: 1000 Hz sines, levels per channel in
// dBFS (peak).
class ToneFeeder {
 public:
  ToneFeeder(uint32_t sampleRateHz, size_t channels) : rateHz_(sampleRateHz), channels_(channels) {
    meter.prepare(sampleRateHz, channels);
  }

  // The same tone in all channels.
  void tone(double seconds, double levelDb) { tones(seconds, std::vector<double>(channels_, levelDb)); }

  // One level for each channel.
  void tones(double seconds, const std::vector<double>& levelsDb) {
    const auto frames = static_cast<size_t>(std::llround(seconds * rateHz_));
    std::vector<float> planar(frames * channels_);
    for (size_t channel = 0; channel < channels_; ++channel) {
      const double amplitude = std::pow(10.0, levelsDb[channel] / 20.0);
      for (size_t i = 0; i < frames; ++i) {
        const double phase = 2.0 * std::numbers::pi * 1000.0 * static_cast<double>(i) / rateHz_;
        planar[channel * frames + i] = static_cast<float>(amplitude * std::sin(phase));
      }
    }
    meter.process(planar.data(), frames, frames);
  }

  void silence(double seconds) { tone(seconds, -400.0); }

  meter::LoudnessMeter meter;

 private:
  uint32_t rateHz_;
  size_t channels_;
};

}  // namespace mixwell::test
