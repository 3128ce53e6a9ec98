#pragma once

#include <optional>

#include "codec/container_header.h"

namespace mixwell::codec {

// AIFF and AIFF-C (Apple, Audio Interchange File Format AIFF-C, draft of 26 August 1991), the uncompressed
// kinds.
class AiffHeader final : public ContainerHeader {
 public:
  // `typeId` is "AIFF" or "AIFC", the third word of the file.
  explicit AiffHeader(uint32_t typeId);

  size_t headBytes(uint32_t id, uint64_t size) const override;
  uint64_t take(const Chunk& chunk, uint64_t fileBytes) override;
  bool complete() const override { return common_.has_value() && sound_.found; }
  std::string finish(uint64_t fileBytes, PcmInfo& info) const override;

 private:
  struct Common {
    uint32_t channels = 0;
    uint32_t frames = 0;
    uint32_t bits = 0;
    uint64_t sampleRateHz = 0;
    uint32_t compression = 0;
    bool cutShort = false;
  };

  void takeCommon(const Chunk& chunk);
  uint64_t takeSound(const Chunk& chunk, uint64_t fileBytes);

  bool compressible_;
  std::optional<Common> common_;
  SoundChunk sound_;
};

}  // namespace mixwell::codec
