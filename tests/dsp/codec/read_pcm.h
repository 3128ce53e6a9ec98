#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "codec/pcm_convert.h"
#include "codec/pcm_reader.h"

namespace mixwell::test {

// Leads a reader through a file in memory. Gives up after far more steps than any file needs.
inline codec::PcmReader readHeader(const std::vector<uint8_t>& file, uint64_t saidBytes) {
  codec::PcmReader reader(saidBytes);
  for (int step = 0; step < 20000 && reader.state() == codec::PcmReader::State::NeedsBytes; ++step) {
    const uint64_t from = std::min<uint64_t>(reader.neededOffset(), file.size());
    const uint64_t count = std::min<uint64_t>(reader.neededBytes(), file.size() - from);
    reader.supply(std::span(file).subspan(static_cast<size_t>(from), static_cast<size_t>(count)));
  }
  return reader;
}

inline codec::PcmReader readHeader(const std::vector<uint8_t>& file) {
  return readHeader(file, file.size());
}

// The sound of a file whose header was read, interleaved.
inline std::vector<float> readSamples(const std::vector<uint8_t>& file, const codec::PcmInfo& info,
                                      codec::NonFiniteCounts* counts = nullptr) {
  const auto frames = static_cast<size_t>(info.frames);
  std::vector<float> planar(frames * info.channels);
  const auto bytes =
      std::span(file).subspan(static_cast<size_t>(info.dataOffset), static_cast<size_t>(info.dataBytes()));
  const auto met = codec::convertToPlanar(bytes, info.format, info.channels, planar.data(), frames);
  if (counts != nullptr) *counts = met;
  std::vector<float> interleaved(planar.size());
  for (size_t channel = 0; channel < info.channels; ++channel) {
    for (size_t frame = 0; frame < frames; ++frame) {
      interleaved[frame * info.channels + channel] = planar[channel * frames + frame];
    }
  }
  return interleaved;
}

}  // namespace mixwell::test
