#include <catch2/catch_test_macros.hpp>
#include <map>

#include "codec/pcm_reader.h"
#include "codec/wav_writer.h"
#include "dsp/codec/byte_maker.h"
#include "support/sound_file.h"

using mixwell::codec::PcmReader;
using mixwell::codec::WavFormat;
using mixwell::codec::WavWriter;
using mixwell::test::ByteMaker;

namespace {

// A file of which only some stretches are kept; the rest is silence.
struct SparseFile {
  uint64_t length = 0;
  std::map<uint64_t, std::vector<uint8_t>> parts;

  uint8_t at(uint64_t offset) const {
    const auto next = parts.upper_bound(offset);
    if (next == parts.begin()) return 0;
    const auto& [start, bytes] = *std::prev(next);
    return offset - start < bytes.size() ? bytes[static_cast<size_t>(offset - start)] : 0;
  }
};

PcmReader readHeader(const SparseFile& file, int* requests = nullptr) {
  PcmReader reader(file.length);
  int count = 0;
  for (; count < 100 && reader.state() == PcmReader::State::NeedsBytes; ++count) {
    std::vector<uint8_t> bytes(reader.neededBytes());
    for (size_t i = 0; i < bytes.size(); ++i) bytes[i] = file.at(reader.neededOffset() + i);
    reader.supply(bytes);
  }
  if (requests != nullptr) *requests = count;
  INFO(reader.error());
  REQUIRE(reader.state() == PcmReader::State::Ready);
  return reader;
}

constexpr uint64_t gibibyte = uint64_t{1} << 30;

ByteMaker rf64(uint64_t dataBytes, const char* name = "RF64") {
  return std::move(ByteMaker()
                       .text(name)
                       .number(0xffffffff, 4)
                       .text("WAVE")
                       .text("ds64")
                       .number(28, 4)
                       .number(dataBytes + 72, 8)
                       .number(dataBytes, 8)
                       .number(dataBytes / 6, 8)
                       .number(0, 4));
}

}  // namespace

TEST_CASE("PcmReader takes the 64-bit length of RF64 and BW64 files") {
  const uint64_t dataBytes = 6 * gibibyte;
  for (const char* name : {"RF64", "BW64"}) {
    CAPTURE(name);
    auto head = rf64(dataBytes, name);
    head.format(2, 96000, 24).text("data").number(0xffffffff, 4);
    const SparseFile file{head.size() + dataBytes + 100, {{0, head.bytes()}}};
    int requests = 0;
    const auto info = readHeader(file, &requests).info();
    CHECK(requests == 1);
    CHECK(info.frames == gibibyte);
    CHECK(info.dataOffset == head.size());
    CHECK_FALSE(info.truncated);

    const SparseFile half{head.size() + dataBytes / 2, {{0, head.bytes()}}};
    const auto cut = readHeader(half).info();
    CHECK(cut.frames == gibibyte / 2);
    CHECK(cut.promisedFrames == gibibyte);
    CHECK(cut.truncated);
  }
}

TEST_CASE("PcmReader goes past a long chunk by its entry in the table of RF64 lengths") {
  const uint64_t junkBytes = 5 * gibibyte;
  ByteMaker head;
  head.text("RF64")
      .number(0xffffffff, 4)
      .text("WAVE")
      .text("ds64")
      .number(40, 4)
      .number(0, 8)
      .number(4000, 8);
  head.number(1000, 8).number(1, 4).text("junk").number(junkBytes, 8).text("junk").number(0xffffffff, 4);
  ByteMaker tail;
  tail.format().text("data").number(0xffffffff, 4);
  const uint64_t tailAt = head.size() + junkBytes;
  const SparseFile file{tailAt + tail.size() + 4000, {{0, head.bytes()}, {tailAt, tail.bytes()}}};
  const auto info = readHeader(file).info();
  CHECK(info.frames == 1000);
  CHECK(info.dataOffset == tailAt + tail.size());
}

TEST_CASE("An RF64 file whose writer never came back reaches to its end") {
  auto head = rf64(0);
  head.format(2, 48000, 24).text("data").number(0xffffffff, 4);
  const SparseFile file{head.size() + 5 * gibibyte, {{0, head.bytes()}}};
  const auto info = readHeader(file).info();
  CHECK(info.frames == 5 * gibibyte / 6);
  CHECK_FALSE(info.truncated);
}

TEST_CASE("A WAV file streamed beyond 4 GiB reaches to its end") {
  ByteMaker head;
  head.text("RIFF")
      .number(0xffffffff, 4)
      .text("WAVE")
      .format(2, 48000, 24)
      .text("data")
      .number(0xffffffff, 4);
  const SparseFile file{head.size() + 6 * gibibyte, {{0, head.bytes()}}};
  CHECK(readHeader(file).info().frames == gibibyte);
}

TEST_CASE("WavWriter turns to RF64 at 4 GiB; libsndfile and PcmReader agree on it") {
  for (const WavFormat format : {WavFormat::Int16, WavFormat::Int24, WavFormat::Float32}) {
    for (const uint32_t channels : {1U, 2U, 5U}) {
      const WavWriter writer({.sampleRateHz = 96000, .channels = channels, .format = format});
      const uint64_t lastShort = (0xffffffffULL - 1 - (writer.headerBytes() - 8)) / writer.bytesPerFrame();
      for (const uint64_t frames : {lastShort - 1, lastShort + 1, 3 * lastShort}) {
        CAPTURE(channels, frames, writer.headerBytes());
        std::vector<uint8_t> header(writer.headerBytes());
        writer.writeHeader(frames, header);
        const bool isLong = header[1] == 'F';
        CHECK(isLong == (frames > lastShort));
        const uint64_t length = header.size() + frames * writer.bytesPerFrame() + writer.trailerBytes(frames);
        const SparseFile file{length, {{0, header}}};

        const auto info = readHeader(file).info();
        CHECK(info.frames == frames);
        CHECK(info.dataOffset == header.size());
        CHECK_FALSE(info.truncated);
        const auto facts = mixwell::test::inspectSoundFile(
            static_cast<int64_t>(length), [&file](int64_t at) { return file.at(static_cast<uint64_t>(at)); });
        CHECK(facts.frames == static_cast<int64_t>(frames));
        CHECK(facts.channels == static_cast<int>(channels));
        CHECK(facts.sampleRateHz == 96000);
      }
    }
  }
}
