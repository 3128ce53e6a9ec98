#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace mixwell::meter {

// Makes the pyramid that a waveform is drawn from: smallest and largest sample and RMS of every 256 frames,
// of every 1024, 4096 and so on, per channel, until a level has at most 64 bins.
//
// Serialised, all little-endian:
//    0  "MXPK"
//    4  u32 version, 1
//    8  u32 channels
//   12  u32 levels
//   16  f64 frames
//   24  per level: u32 frames to a bin, u32 bins, u32 offset of its data from the start, u32 0
//   then per level, per channel, per bin: i16 min, i16 max, i16 rms; 8192 stands for 1.0 (so that up to +12
//   dB fit; beyond, values are held). min is rounded down, max up, rms to the nearest. The last bin may cover
//   fewer frames.
class WaveformPeaks {
 public:
  static constexpr uint32_t version = 1;
  static constexpr uint32_t firstBinFrames = 256;
  static constexpr uint32_t levelRatio = 4;
  static constexpr uint32_t lastLevelBins = 64;
  static constexpr float one = 8192.0F;

  // `expectedFrames` only reserves memory.
  explicit WaveformPeaks(size_t channels, uint64_t expectedFrames = 0);

  // Takes the next frames (channel c starts at `in + c * channelStride`), finite numbers. Allocates; not for
  // the audio thread.
  void add(const float* in, size_t channelStride, size_t frames);

  // The pyramid of all that was added; nothing can be added afterwards.
  std::vector<uint8_t> finish();

 private:
  static constexpr size_t maxLevels = 12;  // a bin of the last one holds 2^30 frames

  struct Bin {
    float smallest = 0.0F;
    float largest = 0.0F;
    double squares = 0.0;
    uint64_t frames = 0;

    void add(const float* samples, size_t count) noexcept;
    void join(const Bin& other) noexcept;
  };
  struct Channel {
    std::array<Bin, maxLevels> open;                   // of each level, being filled
    std::array<std::vector<int16_t>, maxLevels> done;  // min, max, rms of each bin
  };

  static void close(Channel& channel, size_t level);
  size_t levelsNeeded() const noexcept;

  std::vector<Channel> channels_;
  uint64_t frames_ = 0;
};

}  // namespace mixwell::meter
