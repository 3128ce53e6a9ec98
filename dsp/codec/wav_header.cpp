#include "codec/wav_header.h"

#include <algorithm>

#include "codec/byte_order.h"

namespace mixwell::codec {
namespace {

constexpr uint32_t allOnes = 0xffffffff;
constexpr uint16_t tagPcm = 1;
constexpr uint16_t tagFloat = 3;
constexpr uint16_t tagExtensible = 0xfffe;
constexpr size_t extensibleBytes = 40;
constexpr size_t longSizesBytes = 28;
constexpr size_t longSizesEntryBytes = 12;
constexpr size_t maxLongSizes = 8;

// The last 8 bytes of a sub-format GUID: Microsoft's own, and the one for ambisonic B-format.
constexpr std::array<uint8_t, 8> guidTail = {0x80, 0x00, 0x00, 0xaa, 0x00, 0x38, 0x9b, 0x71};
constexpr std::array<uint8_t, 8> ambisonicGuidTail = {0x86, 0x44, 0xc8, 0xc1, 0xca, 0x00, 0x00, 0x00};

std::string nameOfTag(uint16_t tag) {
  switch (tag) {
    case 0x0002:
    case 0x0011:
      return "ADPCM";
    case 0x0006:
      return "A-law";
    case 0x0007:
      return "mu-law";
    case 0x0031:
      return "GSM";
    case 0x0050:
      return "MPEG";
    case 0x0055:
      return "MP3";
    case 0x0092:
    case 0x2000:
      return "AC-3";
    case 0x00ff:
    case 0x1610:
      return "AAC";
    case 0x0160:
    case 0x0161:
    case 0x0162:
    case 0x0163:
      return "Windows Media";
    default: {
      constexpr char digits[] = "0123456789ABCDEF";
      std::string hex = "0x0000";
      for (size_t i = 0; i < 4; ++i) hex[5 - i] = digits[(tag >> (4 * i)) & 15];
      return "WAV format " + hex;
    }
  }
}

}  // namespace

bool WavHeader::isFormId(uint32_t id) noexcept {
  return id == fourCc("RIFF") || id == fourCc("RIFX") || id == fourCc("RF64") || id == fourCc("BW64");
}

WavHeader::WavHeader(uint32_t formId)
    : bigEndian_(formId == fourCc("RIFX")),
      longSizes_(formId == fourCc("RF64") || formId == fourCc("BW64")),
      name_(formId == fourCc("RF64")   ? "WAV (RF64)"
            : formId == fourCc("BW64") ? "WAV (BW64)"
            : formId == fourCc("RIFX") ? "WAV (RIFX)"
                                       : "WAV") {}

size_t WavHeader::headBytes(uint32_t id, uint64_t size) const {
  if (id == fourCc("fmt ")) return static_cast<size_t>(std::min<uint64_t>(size, extensibleBytes));
  if (id == fourCc("ds64")) {
    return static_cast<size_t>(std::min<uint64_t>(size, longSizesBytes + maxLongSizes * longSizesEntryBytes));
  }
  return id == fourCc("data") ? 8 : 0;
}

uint64_t WavHeader::take(const Chunk& chunk, uint64_t fileBytes) {
  if (chunk.id == fourCc("data")) return takeSound(chunk, fileBytes);
  if (chunk.id == fourCc("fmt ")) takeFormat(chunk);
  if (chunk.id == fourCc("ds64") && longSizes_) takeLongSizes(chunk);
  if (longSizes_ && chunk.size == allOnes) {
    for (size_t i = 0; i < tableLength_; ++i) {
      if (table_[i].id == chunk.id) return table_[i].size;
    }
  }
  return chunk.size;
}

void WavHeader::takeFormat(const Chunk& chunk) {
  const auto head = chunk.head;
  Format format;
  format.cutShort = head.size() < 16;
  if (!format.cutShort) {
    format.tag = readU16(head, 0, bigEndian_);
    format.channels = readU16(head, 2, bigEndian_);
    format.sampleRateHz = readU32(head, 4, bigEndian_);
    format.blockAlign = readU16(head, 12, bigEndian_);
    format.containerBits = readU16(head, 14, bigEndian_);
    format.validBits = format.containerBits;
  }
  if (format.tag == tagExtensible) {
    format.cutShort = head.size() < extensibleBytes;
    if (!format.cutShort) {
      const uint16_t validBits = readU16(head, 18, bigEndian_);
      if (validBits != 0) format.validBits = validBits;
      format.tag = static_cast<uint16_t>(readU32(head, 24, bigEndian_));
      const auto tail = head.subspan(32, 8);
      format.knownGuid = std::equal(tail.begin(), tail.end(), guidTail.begin()) ||
                         std::equal(tail.begin(), tail.end(), ambisonicGuidTail.begin());
    }
  }
  format_ = format;
}

void WavHeader::takeLongSizes(const Chunk& chunk) {
  const auto head = chunk.head;
  if (head.size() < longSizesBytes) return;
  longDataBytes_ = readUnsigned(head, 8, 8, bigEndian_);
  const uint64_t announced = readU32(head, 24, bigEndian_);
  const uint64_t present = (head.size() - longSizesBytes) / longSizesEntryBytes;
  tableLength_ = static_cast<size_t>(std::min({announced, present, uint64_t{maxLongSizes}}));
  for (size_t i = 0; i < tableLength_; ++i) {
    const size_t at = longSizesBytes + i * longSizesEntryBytes;
    table_[i] = {readU32(head, at, true), readUnsigned(head, at + 4, 8, bigEndian_)};
  }
}

uint64_t WavHeader::takeSound(const Chunk& chunk, uint64_t fileBytes) {
  if (sound_.found) return chunk.size;
  const uint64_t rest = fileBytes - chunk.offset;
  sound_.found = true;
  sound_.offset = chunk.offset;
  if (longSizes_ && chunk.size == allOnes && longDataBytes_ != 0) {
    sound_.promisedBytes = longDataBytes_;
  } else {
    sound_.promisedBytes = chunk.size;
    sound_.openEnded = looksOpenEnded(chunk.size, rest, chunk.head, bigEndian_);
  }
  return sound_.bytesPresent(fileBytes);
}

std::string WavHeader::finish(uint64_t fileBytes, PcmInfo& info) const {
  if (!format_) return "It is a WAV file without a format: its header is damaged.";
  const Format& format = *format_;
  if (format.cutShort) return "Its header is damaged: it ends too early.";
  if (!format.knownGuid) return "It holds sound in a private WAV format, which is not supported.";
  if (format.tag != tagPcm && format.tag != tagFloat) {
    return "It holds " + nameOfTag(format.tag) + " sound, which is not supported in a WAV file.";
  }
  if (auto sentence = refuseShape(format.channels, format.sampleRateHz); !sentence.empty()) return sentence;

  const bool isFloat = format.tag == tagFloat;
  const uint32_t bits = format.containerBits;
  const bool bitsFit = isFloat ? bits == 32 || bits == 64 : bits >= 1 && bits <= 32;
  if (!bitsFit || format.validBits > bits) {
    return "It holds samples of " + std::to_string(bits) + " bits" + (isFloat ? " (float)" : "") +
           ", which is not supported.";
  }
  const uint32_t bytes = format.blockAlign / format.channels;
  const uint32_t needed = (bits + 7) / 8;
  const bool bytesFit = isFloat ? bytes == needed : bytes >= needed && bytes <= 4;
  if (bytes * format.channels != format.blockAlign || !bytesFit) {
    return "Its header is damaged: frames of " + std::to_string(format.blockAlign) + " bytes don't fit " +
           std::to_string(format.channels) + " channels of " + std::to_string(bits) + " bits.";
  }
  if (!sound_.found) return "It holds no sound.";

  const SampleEncoding integers = bytes == 1 ? SampleEncoding::UnsignedInt : SampleEncoding::SignedInt;
  info.format = {isFloat ? SampleEncoding::Float : integers, static_cast<uint8_t>(bytes), bigEndian_};
  info.sampleRateHz = format.sampleRateHz;
  info.channels = format.channels;
  info.bits = isFloat ? bits : format.validBits;
  info.description =
      std::string(name_) + ", " + std::to_string(info.bits) + " bit" + (isFloat ? " float" : "");
  return fitFrames(sound_, fileBytes, 0, info);
}

}  // namespace mixwell::codec
