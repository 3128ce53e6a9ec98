#pragma once

#include <array>
#include <optional>

#include "codec/container_header.h"

namespace mixwell::codec {

// RIFF/WAVE and its kin: RIFX (big-endian), RF64 (EBU Tech 3306) and BW64 (ITU-R BS.2088).
class WavHeader final : public ContainerHeader {
 public:
  // `formId` is the first four characters of the file.
  explicit WavHeader(uint32_t formId);

  // True for the names a WAV file can start with.
  static bool isFormId(uint32_t id) noexcept;
  bool bigEndian() const noexcept { return bigEndian_; }

  size_t headBytes(uint32_t id, uint64_t size) const override;
  uint64_t take(const Chunk& chunk, uint64_t fileBytes) override;
  bool complete() const override { return format_.has_value() && sound_.found; }
  std::string finish(uint64_t fileBytes, PcmInfo& info) const override;

 private:
  struct Format {
    uint16_t tag = 0;  // of the sub-format where the outer one is WAVE_FORMAT_EXTENSIBLE
    uint16_t channels = 0;
    uint32_t sampleRateHz = 0;
    uint16_t blockAlign = 0;
    uint16_t containerBits = 0;
    uint16_t validBits = 0;
    bool knownGuid = true;
    bool cutShort = false;
  };
  struct LongSize {
    uint32_t id = 0;
    uint64_t size = 0;
  };

  void takeFormat(const Chunk& chunk);
  void takeLongSizes(const Chunk& chunk);
  uint64_t takeSound(const Chunk& chunk, uint64_t fileBytes);

  bool bigEndian_;
  bool longSizes_;  // RF64 and BW64: a size of all ones stands in the ds64 chunk
  const char* name_;
  std::optional<Format> format_;
  SoundChunk sound_;
  std::array<LongSize, 8> table_{};
  size_t tableLength_ = 0;
  uint64_t longDataBytes_ = 0;
};

}  // namespace mixwell::codec
