#include "support/programme.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <random>

#include "demo/demo_stem.h"

namespace mixwell::test {

// A long windowed sinc.
Signal limitedNoise(std::size_t frames, unsigned seed, double edgeHz, double sampleRateHz) {
  const Signal white = noise(frames + 512, seed, 1.0f);
  Signal taps(512);
  for (std::size_t i = 0; i < 512; ++i) {
    const double time = static_cast<double>(i) - 255.5;
    const double window = 0.42 + 0.5 * std::cos(std::numbers::pi * time / 256.0) +
                          0.08 * std::cos(2.0 * std::numbers::pi * time / 256.0);
    taps[i] = static_cast<float>(
        std::sin(2.0 * std::numbers::pi * (edgeHz - 0.006 * sampleRateHz) / sampleRateHz * time) /
        (std::numbers::pi * time) * window);
  }
  Signal out(frames);
  for (std::size_t i = 0; i < frames; ++i) {
    float sum = 0.0f;
    for (std::size_t k = 0; k < 512; ++k) sum += taps[k] * white[i + k];
    out[i] = sum;
  }
  float largest = 0.0f;
  for (const float sample : out) largest = std::max(largest, std::abs(sample));
  for (float& sample : out) sample /= largest;
  return out;
}

Signal bursts(std::size_t frames, unsigned seed, double sampleRateHz) {
  std::mt19937 random(seed);
  Signal out(frames, 0.0f);
  for (std::size_t at = 0; at < frames;) {
    const std::size_t length = 20 + random() % 1500;
    const double hz = 40.0 * std::pow(500.0, static_cast<double>(random() % 1000) / 1000.0);
    const double level = std::pow(10.0, -static_cast<double>(random() % 40) / 20.0);
    const double phase = static_cast<double>(random() % 628) / 100.0;
    for (std::size_t i = at; i < std::min(frames, at + length); ++i) {
      out[i] = static_cast<float>(
          level * std::sin(phase + 2.0 * std::numbers::pi * hz * static_cast<double>(i) / sampleRateHz));
    }
    at += length + random() % 2000;
  }
  return out;
}

Signal squares(std::size_t frames, double hz, double sampleRateHz) {
  Signal out(frames);
  for (std::size_t i = 0; i < frames; ++i) {
    out[i] = std::fmod(static_cast<double>(i) * hz / sampleRateHz, 1.0) < 0.5 ? 1.0f : -1.0f;
  }
  return out;
}

Stereo demoMix(std::size_t frames, double sampleRateHz) {
  Stereo mix{Signal(frames, 0.0f), Signal(frames, 0.0f)};
  Signal left(frames);
  Signal right(frames);
  for (const demo::Track& track : demo::songTracks()) {
    demo::DemoStem stem(track.stem, sampleRateHz);
    const auto count =
        static_cast<std::size_t>(stem.render(left.data(), right.data(), static_cast<std::int64_t>(frames)));
    const auto gain = static_cast<float>(std::pow(10.0, (track.volumeDb + demo::kRoughMasterDb) / 20.0));
    const Signal& other = stem.channels() == 2 ? right : left;
    for (std::size_t i = 0; i < count; ++i) {
      mix.left[i] += gain * left[i];
      mix.right[i] += gain * other[i];
    }
  }
  return mix;
}

}  // namespace mixwell::test
