#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace mixwell::codec {

enum class SampleEncoding : uint8_t { UnsignedInt, SignedInt, Float };

// How one sample lies in a file. An integer sample is left-justified in its bytes, so that its value is its
// container's, whatever number of bits counts.
struct SampleFormat {
  SampleEncoding encoding = SampleEncoding::SignedInt;
  uint8_t bytes = 0;  // integers 1..4 (unsigned: 1), floats 4 or 8
  bool bigEndian = false;

  bool operator==(const SampleFormat&) const = default;
};

inline constexpr uint32_t maxPcmChannels = 32;
inline constexpr uint32_t minPcmRateHz = 8000;
inline constexpr uint32_t maxPcmRateHz = 384000;

// What the header of a PCM file says, held against the file's real length.
struct PcmInfo {
  std::string description;  // "WAV, 24 bit"
  SampleFormat format;
  uint32_t sampleRateHz = 0;
  uint32_t channels = 0;
  uint32_t bits = 0;            // those that count: 20 for 20 bits in 3 bytes
  uint64_t dataOffset = 0;      // bytes from the start of the file
  uint64_t frames = 0;          // whole frames that are really there, never 0
  uint64_t promisedFrames = 0;  // what the header announces; equals frames where it announces nothing
  bool truncated = false;       // the header promises more than the file has

  size_t bytesPerFrame() const noexcept { return size_t{format.bytes} * channels; }
  uint64_t dataBytes() const noexcept { return frames * bytesPerFrame(); }
};

}  // namespace mixwell::codec
