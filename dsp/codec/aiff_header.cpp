#include "codec/aiff_header.h"

#include <algorithm>

#include "codec/byte_order.h"

namespace mixwell::codec {
namespace {

// The 80-bit extended number of an AIFF sample rate, to the nearest whole number; 0 for what is no rate at
// all.
uint64_t readExtended(std::span<const uint8_t> head, size_t offset) {
  const uint16_t signAndExponent = readU16(head, offset, true);
  const uint64_t mantissa = readUnsigned(head, offset + 2, 8, true);
  constexpr int bias = 16383;
  const int exponent = static_cast<int>(signAndExponent & 0x7fff) - bias;
  if ((signAndExponent & 0x8000) != 0 || exponent < 0 || exponent > 31) return 0;
  const int shift = 63 - exponent;
  return (mantissa >> shift) + ((mantissa >> (shift - 1)) & 1);
}

struct Layout {
  SampleFormat format;
  bool known = false;
};

Layout layoutOf(uint32_t compression, uint32_t bits) {
  const auto integers = [bits](bool bigEndian) {
    const bool fits = bits >= 1 && bits <= 32;
    return Layout{{SampleEncoding::SignedInt, static_cast<uint8_t>((bits + 7) / 8), bigEndian}, fits};
  };
  const auto fixed = [](SampleEncoding encoding, uint8_t bytes, bool bigEndian) {
    return Layout{{encoding, bytes, bigEndian}, true};
  };
  switch (compression) {
    case fourCc("NONE"):
    case fourCc("twos"):
      return integers(true);
    case fourCc("sowt"):
      return integers(false);
    case fourCc("in24"):
      return fixed(SampleEncoding::SignedInt, 3, true);
    case fourCc("in32"):
      return fixed(SampleEncoding::SignedInt, 4, true);
    case fourCc("42ni"):
    case fourCc("42n1"):  // so libsndfile
      return fixed(SampleEncoding::SignedInt, 3, false);
    case fourCc("23ni"):
    case fourCc("23n1"):
      return fixed(SampleEncoding::SignedInt, 4, false);
    case fourCc("fl32"):
    case fourCc("FL32"):
      return fixed(SampleEncoding::Float, 4, true);
    case fourCc("fl64"):
    case fourCc("FL64"):
      return fixed(SampleEncoding::Float, 8, true);
    case fourCc("raw "):
      return bits >= 1 && bits <= 8 ? fixed(SampleEncoding::UnsignedInt, 1, true) : Layout{};
    default:
      return {};
  }
}

bool isUncompressed(uint32_t compression) {
  return layoutOf(compression, 8).known;
}

std::string nameOf(uint32_t compression) {
  switch (compression) {
    case fourCc("alaw"):
    case fourCc("ALAW"):
      return "A-law";
    case fourCc("ulaw"):
    case fourCc("ULAW"):
      return "mu-law";
    case fourCc("ima4"):
      return "ADPCM";
    default:
      break;
  }
  if (!isPrintableFourCc(compression)) return "unknown";
  std::string name = "'....'";
  for (size_t i = 0; i < 4; ++i) name[1 + i] = static_cast<char>((compression >> (8 * (3 - i))) & 0xff);
  return name;
}

}  // namespace

AiffHeader::AiffHeader(uint32_t typeId) : compressible_(typeId == fourCc("AIFC")) {}

size_t AiffHeader::headBytes(uint32_t id, uint64_t size) const {
  if (id == fourCc("COMM")) return static_cast<size_t>(std::min<uint64_t>(size, 22));
  return id == fourCc("SSND") ? 8 : 0;
}

uint64_t AiffHeader::take(const Chunk& chunk, uint64_t fileBytes) {
  if (chunk.id == fourCc("SSND")) return takeSound(chunk, fileBytes);
  if (chunk.id == fourCc("COMM")) takeCommon(chunk);
  return chunk.size;
}

void AiffHeader::takeCommon(const Chunk& chunk) {
  const auto head = chunk.head;
  Common common;
  common.cutShort = head.size() < (compressible_ ? 22U : 18U);
  if (!common.cutShort) {
    common.channels = readU16(head, 0, true);
    common.frames = readU32(head, 2, true);
    common.bits = readU16(head, 6, true);
    common.sampleRateHz = readExtended(head, 8);
    common.compression = compressible_ ? readU32(head, 18, true) : fourCc("NONE");
  }
  common_ = common;
}

uint64_t AiffHeader::takeSound(const Chunk& chunk, uint64_t fileBytes) {
  if (sound_.found) return chunk.size;
  constexpr uint64_t prefixBytes = 8;  // offset to the first frame, and block size
  const uint64_t rest = fileBytes - chunk.offset;
  sound_.found = true;
  sound_.openEnded = looksOpenEnded(chunk.size, rest, chunk.head, true);
  const uint64_t firstFrame = chunk.head.size() < prefixBytes ? 0 : readU32(chunk.head, 0, true);
  sound_.offset = chunk.offset + prefixBytes + firstFrame;
  const uint64_t before = prefixBytes + firstFrame;
  sound_.promisedBytes = chunk.size > before ? chunk.size - before : 0;
  return sound_.openEnded ? rest : chunk.size;
}

std::string AiffHeader::finish(uint64_t fileBytes, PcmInfo& info) const {
  if (!common_) return "It is an AIFF file without a format: its header is damaged.";
  const Common& common = *common_;
  if (common.cutShort) return "Its header is damaged: it ends too early.";
  if (!isUncompressed(common.compression)) {
    return "It holds " + nameOf(common.compression) + " sound, which is not supported in an AIFF file.";
  }
  if (auto sentence = refuseShape(common.channels, common.sampleRateHz); !sentence.empty()) return sentence;
  const Layout layout = layoutOf(common.compression, common.bits);
  if (!layout.known) {
    return "It holds samples of " + std::to_string(common.bits) + " bits, which is not supported.";
  }
  if (!sound_.found) return "It holds no sound.";

  const uint32_t containerBits = 8U * layout.format.bytes;
  const bool isFloat = layout.format.encoding == SampleEncoding::Float;
  info.format = layout.format;
  info.sampleRateHz = static_cast<uint32_t>(common.sampleRateHz);
  info.channels = common.channels;
  info.bits = isFloat || common.bits == 0 || common.bits > containerBits ? containerBits : common.bits;
  info.description = std::string(compressible_ ? "AIFF-C" : "AIFF") + ", " + std::to_string(info.bits) +
                     " bit" + (isFloat ? " float" : "");
  const bool framesKnown = common.frames != 0xffffffff;
  return fitFrames(sound_, fileBytes, framesKnown ? common.frames : 0, info);
}

}  // namespace mixwell::codec
