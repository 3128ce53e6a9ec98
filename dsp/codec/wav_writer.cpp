#include "codec/wav_writer.h"

#include <algorithm>
#include <array>

namespace mixwell::codec {
namespace {

constexpr uint32_t allOnes = 0xffffffff;
constexpr size_t formBytes = 12;
constexpr size_t longSizesBytes = 8 + 28;
constexpr size_t plainFormatBytes = 8 + 16;
constexpr size_t extensibleFormatBytes = 8 + 40;
constexpr size_t factBytes = 8 + 4;
constexpr size_t dataHeaderBytes = 8;

// Places little-endian fields one after the other.
class Fields {
 public:
  explicit Fields(std::span<uint8_t> out) : out_(out) {}

  void name(const char (&text)[5]) noexcept {
    for (size_t i = 0; i < 4; ++i) out_[at_++] = static_cast<uint8_t>(text[i]);
  }
  void number(uint64_t value, size_t bytes) noexcept {
    for (size_t i = 0; i < bytes; ++i) out_[at_++] = static_cast<uint8_t>(value >> (8 * i));
  }

 private:
  std::span<uint8_t> out_;
  size_t at_ = 0;
};

// Loudspeakers of WAVE_FORMAT_EXTENSIBLE; 0 says nothing about them.
uint32_t channelMask(uint32_t channels) noexcept {
  switch (channels) {
    case 3:
      return 0x7;  // left, right, centre
    case 4:
      return 0x33;  // left, right, both backs
    case 5:
      return 0x37;
    case 6:
      return 0x3f;
    case 8:
      return 0x63f;
    default:
      return 0;
  }
}

// Little-endian samples of `bytes` bytes, `step` bytes apart.
template <size_t bytes>
void store(const int32_t* samples, size_t count, uint8_t* out, size_t step) noexcept {
  for (size_t i = 0; i < count; ++i, out += step) {
    const auto bits = static_cast<uint32_t>(samples[i]);
    for (size_t b = 0; b < bytes; ++b) out[b] = static_cast<uint8_t>(bits >> (8 * b));
  }
}

size_t sampleBytes(WavFormat format) noexcept {
  return format == WavFormat::Int16 ? 2 : format == WavFormat::Int24 ? 3 : 4;
}

}  // namespace

WavWriter::WavWriter(const Spec& spec) : spec_(spec), bytesPerSample_(sampleBytes(spec.format)) {
  dither_.prepare({.kind = spec.dither,
                   .bits = spec.format == WavFormat::Int16 ? 16U : 24U,
                   .sampleRateHz = spec.sampleRateHz,
                   .channels = spec.channels,
                   .seed = spec.seed});
}

size_t WavWriter::headerBytes() const noexcept {
  return formBytes + longSizesBytes + (spec_.channels > 2 ? extensibleFormatBytes : plainFormatBytes) +
         (spec_.format == WavFormat::Float32 ? factBytes : 0) + dataHeaderBytes;
}

void WavWriter::writeHeader(uint64_t frames, std::span<uint8_t> out) const noexcept {
  const bool isFloat = spec_.format == WavFormat::Float32;
  const bool extensible = spec_.channels > 2;
  const uint64_t dataBytes = frames * bytesPerFrame();
  const uint64_t riffBytes = headerBytes() - 8 + dataBytes + trailerBytes(frames);
  const bool isLong = riffBytes >= allOnes;
  const uint16_t tag = isFloat ? 3 : 1;

  Fields fields(out);
  isLong ? fields.name("RF64") : fields.name("RIFF");
  fields.number(isLong ? allOnes : riffBytes, 4);
  fields.name("WAVE");

  // Room for the 64-bit sizes, which a short file leaves unused.
  isLong ? fields.name("ds64") : fields.name("JUNK");
  fields.number(longSizesBytes - 8, 4);
  fields.number(isLong ? riffBytes : 0, 8);
  fields.number(isLong ? dataBytes : 0, 8);
  fields.number(isLong ? frames : 0, 8);
  fields.number(0, 4);

  fields.name("fmt ");
  fields.number(extensible ? 40 : 16, 4);
  fields.number(extensible ? 0xfffe : tag, 2);
  fields.number(spec_.channels, 2);
  fields.number(spec_.sampleRateHz, 4);
  fields.number(uint64_t{spec_.sampleRateHz} * bytesPerFrame(), 4);
  fields.number(bytesPerFrame(), 2);
  fields.number(8 * bytesPerSample_, 2);
  if (extensible) {
    fields.number(22, 2);
    fields.number(8 * bytesPerSample_, 2);
    fields.number(channelMask(spec_.channels), 4);
    fields.number(tag, 4);
    fields.number(0x00100000, 4);  // the rest of Microsoft's sub-format GUID
    fields.number(0x719b3800aa000080, 8);
  }
  if (isFloat) {
    fields.name("fact");
    fields.number(4, 4);
    fields.number(isLong ? allOnes : frames, 4);
  }
  fields.name("data");
  fields.number(isLong ? allOnes : dataBytes, 4);
}

size_t WavWriter::encode(const float* in, size_t channelStride, size_t frames, uint8_t* out) noexcept {
  for (size_t channel = 0; channel < spec_.channels; ++channel) {
    const float* from = in + channel * channelStride;
    uint8_t* to = out + channel * bytesPerSample_;
    if (spec_.format == WavFormat::Float32) {
      encodeFloats(from, frames, to);
    } else {
      encodeIntegers(from, channel, frames, to);
    }
  }
  return frames * bytesPerFrame();
}

void WavWriter::encodeFloats(const float* in, size_t frames, uint8_t* out) noexcept {
  const size_t step = bytesPerFrame();
  for (size_t frame = 0; frame < frames; ++frame, out += step) {
    float value = in[frame];
    if (value - value != 0.0F) {
      ++nonFiniteFloats_;
      value = 0.0F;
    }
    const auto bits = __builtin_bit_cast(uint32_t, value);
    for (size_t i = 0; i < 4; ++i) out[i] = static_cast<uint8_t>(bits >> (8 * i));
  }
}

void WavWriter::encodeIntegers(const float* in, size_t channel, size_t frames, uint8_t* out) noexcept {
  std::array<int32_t, 512> whole;
  const size_t step = bytesPerFrame();
  for (size_t done = 0; done < frames; done += whole.size()) {
    const size_t count = std::min(whole.size(), frames - done);
    dither_.quantize(channel, in + done, whole.data(), count);
    if (bytesPerSample_ == 2) {
      store<2>(whole.data(), count, out, step);
    } else {
      store<3>(whole.data(), count, out, step);
    }
    out += count * step;
  }
}

}  // namespace mixwell::codec
