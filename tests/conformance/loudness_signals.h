#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numbers>
#include <vector>

#include "meter/loudness_meter.h"

namespace mixwell::test {

// Feeds a loudness meter with the signals of EBU Tech 3341 and 3342: 1000 Hz sines, levels per channel in
// dBFS (peak), in phase in left and right. In mono the one channel is 3.01 dB louder, so that it reads the
// same; in 5.0 the other channels are silent.
class ToneFeeder {
 public:
  ToneFeeder(uint32_t sampleRateHz, size_t channels) : rateHz_(sampleRateHz), channels_(channels) {
    meter.prepare(sampleRateHz, channels);
    // Ten periods: a whole number of frames at any usual rate.
    tenPeriods_.resize(sampleRateHz / 100);
    for (size_t i = 0; i < tenPeriods_.size(); ++i) {
      tenPeriods_[i] = std::sin(2.0 * std::numbers::pi * 1000.0 * static_cast<double>(i) / rateHz_);
    }
  }

  void tone(double seconds, double levelDb) {
    std::vector<double> levels(channels_, silentDb);
    levels[0] = channels_ == 1 ? levelDb + 10.0 * std::log10(2.0) : levelDb;
    if (channels_ > 1) levels[1] = levelDb;
    tones(seconds, levels);
  }

  // One level for each channel.
  void tones(double seconds, const std::vector<double>& levelsDb) {
    const auto frames = static_cast<size_t>(std::llround(seconds * rateHz_));
    const size_t block = tenPeriods_.size();
    std::vector<float> planar(block * channels_, 0.0F);
    for (size_t channel = 0; channel < channels_; ++channel) {
      if (levelsDb[channel] <= silentDb) continue;
      const double amplitude = std::pow(10.0, levelsDb[channel] / 20.0);
      for (size_t i = 0; i < block; ++i) {
        planar[channel * block + i] = static_cast<float>(amplitude * tenPeriods_[i]);
      }
    }
    for (size_t done = 0; done < frames; done += block) {
      meter.process(planar.data(), block, std::min(block, frames - done));
    }
  }

  void silence(double seconds) { tone(seconds, silentDb - 10.0); }

  meter::LoudnessMeter meter;

 private:
  static constexpr double silentDb = -390.0;

  uint32_t rateHz_;
  size_t channels_;
  std::vector<double> tenPeriods_;
};

}  // namespace mixwell::test
