#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "mastering/dither.h"

namespace mixwell::codec {

enum class WavFormat : uint8_t { Int16, Int24, Float32 };

// Writes a WAV file piece by piece: the header first with 0 frames, then the sound, at the end the header
// once more in its place with the true count. From 4 GiB on the header turns into RF64 (EBU Tech 3306)
// without changing its length. Allocates in its constructor only. Any one thread.
class WavWriter {
 public:
  struct Spec {
    uint32_t sampleRateHz = 48000;
    uint32_t channels = 2;  // 1..32
    WavFormat format = WavFormat::Int24;
    mastering::DitherKind dither = mastering::DitherKind::None;  // of integer formats
    uint64_t seed = 0;
  };

  static constexpr size_t maxHeaderBytes = 128;

  explicit WavWriter(const Spec& spec);

  size_t bytesPerFrame() const noexcept { return bytesPerSample_ * spec_.channels; }

  // The same for any number of frames, and a multiple of 4.
  size_t headerBytes() const noexcept;

  // Writes the header of a file of `frames` frames to `out`, which holds headerBytes().
  void writeHeader(uint64_t frames, std::span<uint8_t> out) const noexcept;

  // How many zero bytes (0 or 1) end a file of `frames` frames.
  size_t trailerBytes(uint64_t frames) const noexcept { return (frames * bytesPerFrame()) % 2; }

  // Planar floats (channel c starts at `in + c * channelStride`) to the bytes of the file. Returns their
  // number, frames * bytesPerFrame(). Integers are dithered as Dither says; floats are kept, NaN and infinity
  // become 0.
  size_t encode(const float* in, size_t channelStride, size_t frames, uint8_t* out) noexcept;

  uint64_t clippedSamples() const noexcept { return dither_.clippedSamples(); }
  uint64_t nonFiniteSamples() const noexcept { return nonFiniteFloats_ + dither_.nonFiniteSamples(); }

 private:
  void encodeFloats(const float* in, size_t frames, uint8_t* out) noexcept;
  void encodeIntegers(const float* in, size_t channel, size_t frames, uint8_t* out) noexcept;

  Spec spec_;
  size_t bytesPerSample_;
  mastering::Dither dither_;
  uint64_t nonFiniteFloats_ = 0;
};

}  // namespace mixwell::codec
