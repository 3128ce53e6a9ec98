#include "meter/waveform_peaks.h"

#include <algorithm>
#include <bit>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <cstring>
#include <random>

using mixwell::meter::WaveformPeaks;

namespace {

uint32_t wordAt(const std::vector<uint8_t>& blob, size_t offset) {
  uint32_t value = 0;
  for (size_t i = 0; i < 4; ++i) value |= static_cast<uint32_t>(blob[offset + i]) << (8 * i);
  return value;
}

int valueAt(const std::vector<uint8_t>& blob, size_t offset) {
  return static_cast<int16_t>(static_cast<uint16_t>(blob[offset] | blob[offset + 1] << 8));
}

std::vector<float> randomSignal(size_t samples, unsigned seed) {
  std::mt19937 random(seed);
  std::normal_distribution<float> normal(0.05F, 0.2F);
  std::vector<float> signal(samples);
  for (float& sample : signal) sample = normal(random);
  return signal;
}

}  // namespace

TEST_CASE("WaveformPeaks holds the extremes and the RMS of every stretch of the signal") {
  for (const size_t frames : {1U, 255U, 256U, 257U, 16384U, 16385U, 100000U, 300001U}) {
    constexpr size_t channels = 2;
    const auto planar = randomSignal(frames * channels, 1);
    WaveformPeaks peaks(channels, frames);
    peaks.add(planar.data(), frames, frames);
    const auto blob = peaks.finish();
    CAPTURE(frames);
    CHECK(std::memcmp(blob.data(), "MXPK", 4) == 0);
    CHECK(wordAt(blob, 4) == WaveformPeaks::version);
    CHECK(wordAt(blob, 8) == channels);
    const uint64_t frameBits = wordAt(blob, 16) | uint64_t{wordAt(blob, 20)} << 32;
    CHECK(std::bit_cast<double>(frameBits) == static_cast<double>(frames));
    const size_t levels = wordAt(blob, 12);
    size_t expectedOffset = 24 + 16 * levels;
    size_t binFrames = 256;
    for (size_t level = 0; level < levels; ++level, binFrames *= 4) {
      const size_t at = 24 + 16 * level;
      const size_t bins = (frames + binFrames - 1) / binFrames;
      REQUIRE(wordAt(blob, at) == binFrames);
      REQUIRE(wordAt(blob, at + 4) == bins);
      REQUIRE(wordAt(blob, at + 8) == expectedOffset);
      CHECK((level + 1 == levels) == (bins <= WaveformPeaks::lastLevelBins));
      for (size_t channel = 0; channel < channels; ++channel) {
        for (size_t bin = 0; bin < bins; ++bin) {
          const size_t first = channel * frames + bin * binFrames;
          const size_t last = channel * frames + std::min(frames, (bin + 1) * binFrames);
          double smallest = 1e9;
          double largest = -1e9;
          double squares = 0.0;
          for (size_t i = first; i < last; ++i) {
            const double value = static_cast<double>(planar[i]) * 8192.0;
            smallest = std::min(smallest, value);
            largest = std::max(largest, value);
            squares += value * value;
          }
          const size_t value = expectedOffset + 6 * (channel * bins + bin);
          REQUIRE(valueAt(blob, value) == static_cast<int>(std::floor(smallest)));
          REQUIRE(valueAt(blob, value + 2) == static_cast<int>(std::ceil(largest)));
          REQUIRE(std::abs(valueAt(blob, value + 4) -
                           std::sqrt(squares / static_cast<double>(last - first))) < 0.51);
        }
      }
      expectedOffset += 6 * bins * channels;
    }
    CHECK(blob.size() == expectedOffset);
  }
}

TEST_CASE("WaveformPeaks doesn't depend on how the signal is cut") {
  constexpr size_t frames = 70000;
  const auto planar = randomSignal(2 * frames, 2);
  WaveformPeaks whole(2);
  whole.add(planar.data(), frames, frames);
  WaveformPeaks cut(2, frames);
  std::mt19937 random(3);
  for (size_t done = 0; done < frames;) {
    const size_t count = std::min<size_t>(random() % 2000, frames - done);
    cut.add(planar.data() + done, frames, count);
    done += count;
  }
  CHECK(whole.finish() == cut.finish());
}

TEST_CASE("WaveformPeaks holds what exceeds its range, and knows an empty signal") {
  const std::vector<float> loud = {5.0F, -5.0F, 1e30F};
  WaveformPeaks peaks(1);
  peaks.add(loud.data(), 3, 3);
  const auto blob = peaks.finish();
  CHECK(valueAt(blob, 40) == -32768);
  CHECK(valueAt(blob, 42) == 32767);
  CHECK(valueAt(blob, 44) == 32767);

  const auto empty = WaveformPeaks(2).finish();
  CHECK(empty.size() == 40);
  CHECK(wordAt(empty, 12) == 1);
  CHECK(wordAt(empty, 28) == 0);
}
