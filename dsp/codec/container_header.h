#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "codec/pcm_info.h"

namespace mixwell::codec {

// A chunk as the walk through a file meets it.
struct Chunk {
  uint32_t id = 0;
  uint64_t size = 0;              // of the body, as its header says
  uint64_t offset = 0;            // of the body in the file
  std::span<const uint8_t> head;  // the first bytes of the body, or of what follows it (see headBytes)
};

// What one container format makes of its chunks. Used by PcmReader, which does the walking.
class ContainerHeader {
 public:
  virtual ~ContainerHeader() = default;

  // How many bytes after a chunk's header `take` wants to see. May reach beyond the chunk; the span given is
  // shorter where the file ends first.
  virtual size_t headBytes(uint32_t id, uint64_t size) const = 0;

  // Takes note of a chunk. Returns the length of its body for the walk to skip (it differs from `chunk.size`
  // in RF64 files and unfinished ones).
  virtual uint64_t take(const Chunk& chunk, uint64_t fileBytes) = 0;

  // Everything is known: the walk may stop.
  virtual bool complete() const = 0;

  // Fills `info`, or returns the sentence that says why the file can't be read.
  virtual std::string finish(uint64_t fileBytes, PcmInfo& info) const = 0;
};

// The length of a chunk of sound: a sound chunk whose writer could not go back to note its length reaches to
// the end of the file.
struct SoundChunk {
  bool found = false;
  uint64_t offset = 0;
  uint64_t promisedBytes = 0;
  bool openEnded = false;

  uint64_t bytesPresent(uint64_t fileBytes) const noexcept {
    if (offset >= fileBytes) return 0;
    const uint64_t rest = fileBytes - offset;
    return openEnded || promisedBytes > rest ? rest : promisedBytes;
  }
};

// True where a 32-bit chunk length is one that streaming writers leave behind: 0, all ones, or just under 2
// GiB (SoX, arecord), with nothing in the file that would make it true.
bool looksOpenEnded(uint64_t size, uint64_t restOfFile, std::span<const uint8_t> head, bool bigEndian);

// Checks and sentences that the formats share. Empty when all is well.
std::string refuseShape(uint32_t channels, uint64_t sampleRateHz);

// Fills frames, promisedFrames and truncated, or returns a sentence. `headerFrames` is a count of frames
// given apart from the chunk's length (AIFF), or 0.
std::string fitFrames(const SoundChunk& sound, uint64_t fileBytes, uint64_t headerFrames, PcmInfo& info);

}  // namespace mixwell::codec
