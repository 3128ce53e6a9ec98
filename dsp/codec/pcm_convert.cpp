#include "codec/pcm_convert.h"

namespace mixwell::codec {
namespace {

// The bytes of a sample as the top bits of an unsigned word.
template <typename Word, size_t bytes, bool bigEndian>
Word load(const uint8_t* at) noexcept {
  Word word = 0;
  for (size_t i = 0; i < bytes; ++i) {
    const size_t significance = bigEndian ? bytes - 1 - i : i;
    word |= static_cast<Word>(static_cast<Word>(at[i]) << (8 * (sizeof(Word) - bytes + significance)));
  }
  return word;
}

template <size_t bytes, bool bigEndian, bool isUnsigned>
struct IntegerSample {
  static constexpr size_t size = bytes;
  static float read(const uint8_t* at, NonFiniteCounts&) noexcept {
    constexpr uint32_t bias = isUnsigned ? 0x80000000U : 0U;
    const auto value = static_cast<int32_t>(load<uint32_t, bytes, bigEndian>(at) ^ bias);
    return static_cast<float>(value) * (1.0F / 2147483648.0F);
  }
};

template <typename Real, typename Word, bool bigEndian>
struct FloatSample {
  static constexpr size_t size = sizeof(Real);
  static float read(const uint8_t* at, NonFiniteCounts& counts) noexcept {
    const Real value = __builtin_bit_cast(Real, load<Word, sizeof(Word), bigEndian>(at));
    if (value != value) {
      ++counts.nan;
      return 0.0F;
    }
    // The largest double that rounds to a finite float lies half a step above the largest float.
    constexpr double limit = 3.4028235677973366e38;
    const double wide = static_cast<double>(value);
    if (!(wide < limit && wide > -limit)) {
      ++counts.infinite;
      return 0.0F;
    }
    return static_cast<float>(value);
  }
};

template <typename Sample>
NonFiniteCounts convert(std::span<const uint8_t> bytes, size_t channels, float* out, size_t stride) noexcept {
  NonFiniteCounts counts;
  const size_t frameBytes = Sample::size * channels;
  const size_t frames = bytes.size() / frameBytes;
  for (size_t channel = 0; channel < channels; ++channel) {
    const uint8_t* at = bytes.data() + channel * Sample::size;
    float* to = out + channel * stride;
    for (size_t frame = 0; frame < frames; ++frame, at += frameBytes) to[frame] = Sample::read(at, counts);
  }
  return counts;
}

template <bool bigEndian>
NonFiniteCounts convertOrdered(std::span<const uint8_t> bytes, const SampleFormat& format, size_t channels,
                               float* out, size_t stride) noexcept {
  if (format.encoding == SampleEncoding::Float) {
    return format.bytes == 8 ? convert<FloatSample<double, uint64_t, bigEndian>>(bytes, channels, out, stride)
                             : convert<FloatSample<float, uint32_t, bigEndian>>(bytes, channels, out, stride);
  }
  switch (format.bytes) {
    case 1:
      return format.encoding == SampleEncoding::UnsignedInt
                 ? convert<IntegerSample<1, bigEndian, true>>(bytes, channels, out, stride)
                 : convert<IntegerSample<1, bigEndian, false>>(bytes, channels, out, stride);
    case 2:
      return convert<IntegerSample<2, bigEndian, false>>(bytes, channels, out, stride);
    case 3:
      return convert<IntegerSample<3, bigEndian, false>>(bytes, channels, out, stride);
    default:
      return convert<IntegerSample<4, bigEndian, false>>(bytes, channels, out, stride);
  }
}

}  // namespace

NonFiniteCounts convertToPlanar(std::span<const uint8_t> bytes, const SampleFormat& format, size_t channels,
                                float* out, size_t channelStride) noexcept {
  return format.bigEndian ? convertOrdered<true>(bytes, format, channels, out, channelStride)
                          : convertOrdered<false>(bytes, format, channels, out, channelStride);
}

}  // namespace mixwell::codec
