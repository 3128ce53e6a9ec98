#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "codec/pcm_info.h"

namespace mixwell::codec {

// Samples that are no numbers; they come out as silence.
struct NonFiniteCounts {
  uint64_t nan = 0;
  uint64_t infinite = 0;

  NonFiniteCounts& operator+=(const NonFiniteCounts& other) noexcept {
    nan += other.nan;
    infinite += other.infinite;
    return *this;
  }
};

// Interleaved bytes of a file to planar floats: channel c of frame i goes to `out[c * channelStride + i]`.
// An integer sample of n bytes is divided by 2^(8n-1) (unsigned: after 2^(8n-1) was taken off), which is
// exact up to 24 bits; 32-bit integers and 64-bit floats are rounded to the nearest float, and what exceeds a
// float counts as infinite. `bytes` holds whole frames. Returns what it met. Any thread; no allocation.
NonFiniteCounts convertToPlanar(std::span<const uint8_t> bytes, const SampleFormat& format, size_t channels,
                                float* out, size_t channelStride) noexcept;

}  // namespace mixwell::codec
