#include "codec/container_header.h"

#include <algorithm>

#include "codec/byte_order.h"

namespace mixwell::codec {

bool looksOpenEnded(uint64_t size, uint64_t restOfFile, std::span<const uint8_t> head, bool bigEndian) {
  constexpr uint64_t slack = 4096;  // writers subtract their headers, or round to whole blocks
  if (size == 0) {
    if (restOfFile == 0) return false;
    if (head.size() < 8) return true;
    const uint64_t nextSize = readU32(head, 4, bigEndian);
    const bool chunkFollows = isPrintableFourCc(readU32(head, 0, true)) && nextSize + 8 <= restOfFile;
    return !chunkFollows;
  }
  if (size == 0xffffffff) return true;
  if (size <= restOfFile) return false;
  const bool fourGibibytes = size >= 0xffffffffULL - slack && size < 0xffffffffULL;
  const bool twoGibibytes = size >= 0x7ffff000ULL - slack && size <= 0x80000000ULL;
  return fourGibibytes || twoGibibytes;
}

std::string refuseShape(uint32_t channels, uint64_t sampleRateHz) {
  if (channels == 0) return "Its header is damaged: it says 0 channels.";
  if (channels > maxPcmChannels) {
    return "It has " + std::to_string(channels) + " channels; at most " + std::to_string(maxPcmChannels) +
           " are supported.";
  }
  if (sampleRateHz == 0) return "Its header is damaged: it says a sample rate of 0 Hz.";
  if (sampleRateHz < minPcmRateHz || sampleRateHz > maxPcmRateHz) {
    return "Its sample rate is " + std::to_string(sampleRateHz) + " Hz; " + std::to_string(minPcmRateHz) +
           " to " + std::to_string(maxPcmRateHz) + " Hz are supported.";
  }
  return {};
}

std::string fitFrames(const SoundChunk& sound, uint64_t fileBytes, uint64_t headerFrames, PcmInfo& info) {
  const uint64_t frameBytes = info.bytesPerFrame();
  const uint64_t present = sound.bytesPresent(fileBytes) / frameBytes;
  uint64_t promised = sound.openEnded ? present : sound.promisedBytes / frameBytes;
  if (headerFrames != 0) promised = headerFrames;
  info.dataOffset = sound.offset;
  info.frames = std::min(present, promised);
  info.promisedFrames = promised;
  info.truncated = present < promised;
  if (info.frames != 0) return {};
  return info.truncated ? "It is cut off before its first sample." : "It holds no sound.";
}

}  // namespace mixwell::codec
