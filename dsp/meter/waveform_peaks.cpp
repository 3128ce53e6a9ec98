#include "meter/waveform_peaks.h"

#include <algorithm>
#include <cmath>

namespace mixwell::meter {
namespace {

constexpr size_t headerBytes = 24;
constexpr size_t levelHeaderBytes = 16;
constexpr size_t valuesPerBin = 3;

int16_t held(double value) noexcept {
  return static_cast<int16_t>(value > 32767.0 ? 32767.0 : value < -32768.0 ? -32768.0 : value);
}

uint64_t framesPerBin(size_t level) noexcept {
  uint64_t frames = WaveformPeaks::firstBinFrames;
  for (size_t i = 0; i < level; ++i) frames *= WaveformPeaks::levelRatio;
  return frames;
}

void put(std::vector<uint8_t>& out, uint64_t value, size_t bytes) {
  for (size_t i = 0; i < bytes; ++i) out.push_back(static_cast<uint8_t>(value >> (8 * i)));
}

}  // namespace

WaveformPeaks::WaveformPeaks(size_t channels, uint64_t expectedFrames) : channels_(channels) {
  for (size_t level = 0; level < maxLevels; ++level) {
    const size_t bins = static_cast<size_t>(expectedFrames / framesPerBin(level)) + 1;
    if (expectedFrames == 0 || bins == 1) break;
    for (Channel& channel : channels_) channel.done[level].reserve(bins * valuesPerBin);
  }
}

// Sample by sample into the same sum, so that it doesn't depend on the blocks.
void WaveformPeaks::Bin::add(const float* samples, size_t count) noexcept {
  if (count == 0) return;
  if (frames == 0) smallest = largest = samples[0];
  for (size_t i = 0; i < count; ++i) {
    const float value = samples[i];
    smallest = value < smallest ? value : smallest;
    largest = value > largest ? value : largest;
    squares += static_cast<double>(value) * static_cast<double>(value);
  }
  frames += count;
}

void WaveformPeaks::Bin::join(const Bin& other) noexcept {
  smallest = frames == 0 || other.smallest < smallest ? other.smallest : smallest;
  largest = frames == 0 || other.largest > largest ? other.largest : largest;
  squares += other.squares;
  frames += other.frames;
}

void WaveformPeaks::add(const float* in, size_t channelStride, size_t frames) {
  for (size_t c = 0; c < channels_.size(); ++c) {
    Channel& channel = channels_[c];
    const float* at = in + c * channelStride;
    for (size_t done = 0; done < frames;) {
      const auto room = static_cast<size_t>(firstBinFrames - channel.open[0].frames);
      const size_t count = std::min(room, frames - done);
      channel.open[0].add(at + done, count);
      done += count;
      for (size_t level = 0; level < maxLevels && channel.open[level].frames == framesPerBin(level);
           ++level) {
        close(channel, level);
      }
    }
  }
  frames_ += frames;
}

// Notes a level's bin and hands it on to the next level.
void WaveformPeaks::close(Channel& channel, size_t level) {
  const Bin bin = channel.open[level];
  const double scale = static_cast<double>(one);
  const double rms = std::sqrt(bin.squares / static_cast<double>(bin.frames));
  auto& done = channel.done[level];
  done.push_back(held(std::floor(static_cast<double>(bin.smallest) * scale)));
  done.push_back(held(std::ceil(static_cast<double>(bin.largest) * scale)));
  done.push_back(held(std::floor(rms * scale + 0.5)));
  channel.open[level] = {};
  if (level + 1 < maxLevels) channel.open[level + 1].join(bin);
}

size_t WaveformPeaks::levelsNeeded() const noexcept {
  size_t levels = 1;
  while (levels < maxLevels && (frames_ - 1) / framesPerBin(levels - 1) >= lastLevelBins) ++levels;
  return frames_ == 0 ? 1 : levels;
}

std::vector<uint8_t> WaveformPeaks::finish() {
  for (Channel& channel : channels_) {
    for (size_t level = 0; level < maxLevels; ++level) {
      if (channel.open[level].frames > 0) close(channel, level);
    }
  }
  const size_t levels = levelsNeeded();
  std::vector<uint8_t> out;
  size_t offset = headerBytes + levels * levelHeaderBytes;
  for (const char letter : {'M', 'X', 'P', 'K'}) out.push_back(static_cast<uint8_t>(letter));
  put(out, version, 4);
  put(out, channels_.size(), 4);
  put(out, levels, 4);
  put(out, __builtin_bit_cast(uint64_t, static_cast<double>(frames_)), 8);
  for (size_t level = 0; level < levels; ++level) {
    const size_t values = channels_.empty() ? 0 : channels_[0].done[level].size();
    put(out, framesPerBin(level), 4);
    put(out, values / valuesPerBin, 4);
    put(out, offset, 4);
    put(out, 0, 4);
    offset += values * channels_.size() * sizeof(int16_t);
  }
  out.reserve(offset);
  for (size_t level = 0; level < levels; ++level) {
    for (const Channel& channel : channels_) {
      for (const int16_t value : channel.done[level]) put(out, static_cast<uint16_t>(value), 2);
    }
  }
  return out;
}

}  // namespace mixwell::meter
