#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "codec/container_header.h"
#include "codec/pcm_info.h"

namespace mixwell::codec {

// Finds out what a WAV or AIFF file holds, from the few bytes it asks for, in any order of chunks and
// whatever lies between them. It never sees the sound itself. Off the audio thread.
//
//   PcmReader reader(fileBytes);
//   while (reader.state() == PcmReader::State::NeedsBytes) reader.supply(bytesAt(reader.neededOffset(),
//   ...));
class PcmReader {
 public:
  enum class State : uint8_t {
    NeedsBytes,
    Ready,    // info() holds
    NotPcm,   // neither WAV nor AIFF: another decoder may know it; error() holds
    Refused,  // WAV or AIFF, and can't be read; error() holds
  };

  static constexpr size_t windowBytes = 4096;  // the most it ever asks for at once

  explicit PcmReader(uint64_t fileBytes);

  State state() const noexcept { return state_; }

  // What supply() is to bring; only while bytes are needed.
  uint64_t neededOffset() const noexcept { return neededOffset_; }
  size_t neededBytes() const noexcept { return neededBytes_; }

  // Takes the bytes at neededOffset(). Fewer than asked for means that the file ends there, whatever was said
  // before.
  void supply(std::span<const uint8_t> bytes);

  const PcmInfo& info() const noexcept { return info_; }
  // A sentence without the file's name.
  const std::string& error() const noexcept { return error_; }

 private:
  enum class Step : uint8_t { Stay, Next, End };

  bool fetch(uint64_t offset, size_t bytes, std::span<const uint8_t>& found);
  Step readForm();
  Step readChunk();
  Step skipPad();
  void conclude();
  void fail(State state, std::string sentence);

  uint64_t fileBytes_;
  State state_ = State::NeedsBytes;
  uint64_t neededOffset_ = 0;
  size_t neededBytes_ = 0;
  std::array<uint8_t, windowBytes> window_{};
  uint64_t windowOffset_ = 0;
  size_t windowLength_ = 0;

  std::unique_ptr<ContainerHeader> container_;
  bool bigEndian_ = false;
  uint64_t position_ = 0;  // of the next chunk's header
  uint32_t chunks_ = 0;
  bool afterOddChunk_ = false;
  PcmInfo info_;
  std::string error_;
};

}  // namespace mixwell::codec
