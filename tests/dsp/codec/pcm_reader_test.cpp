#include "codec/pcm_reader.h"

#include <sndfile.h>

#include <catch2/catch_test_macros.hpp>
#include <random>
#include <string>

#include "dsp/codec/byte_maker.h"
#include "dsp/codec/read_pcm.h"
#include "support/sound_file.h"

using mixwell::codec::PcmInfo;
using mixwell::codec::PcmReader;
using mixwell::test::ByteMaker;
using mixwell::test::readHeader;
using mixwell::test::readSamples;
using State = PcmReader::State;

namespace {

struct Kind {
  const char* description;
  int format;
  uint32_t bits;
};

const Kind kinds[] = {
    {"WAV, 8 bit", SF_FORMAT_WAV | SF_FORMAT_PCM_U8, 8},
    {"WAV, 16 bit", SF_FORMAT_WAV | SF_FORMAT_PCM_16, 16},
    {"WAV, 24 bit", SF_FORMAT_WAV | SF_FORMAT_PCM_24, 24},
    {"WAV, 32 bit", SF_FORMAT_WAV | SF_FORMAT_PCM_32, 32},
    {"WAV, 32 bit float", SF_FORMAT_WAV | SF_FORMAT_FLOAT, 32},
    {"WAV, 64 bit float", SF_FORMAT_WAV | SF_FORMAT_DOUBLE, 64},
    {"WAV, 16 bit", SF_FORMAT_WAVEX | SF_FORMAT_PCM_16, 16},
    {"WAV, 24 bit", SF_FORMAT_WAVEX | SF_FORMAT_PCM_24, 24},
    {"WAV, 32 bit float", SF_FORMAT_WAVEX | SF_FORMAT_FLOAT, 32},
    {"WAV (RIFX), 16 bit", SF_FORMAT_WAV | SF_FORMAT_PCM_16 | SF_ENDIAN_BIG, 16},
    {"WAV (RIFX), 24 bit", SF_FORMAT_WAV | SF_FORMAT_PCM_24 | SF_ENDIAN_BIG, 24},
    {"WAV (RIFX), 32 bit float", SF_FORMAT_WAV | SF_FORMAT_FLOAT | SF_ENDIAN_BIG, 32},
    {"WAV (RIFX), 64 bit float", SF_FORMAT_WAV | SF_FORMAT_DOUBLE | SF_ENDIAN_BIG, 64},
    {"WAV (RF64), 24 bit", SF_FORMAT_RF64 | SF_FORMAT_PCM_24, 24},
    {"WAV (RF64), 32 bit float", SF_FORMAT_RF64 | SF_FORMAT_FLOAT, 32},
    {"AIFF, 8 bit", SF_FORMAT_AIFF | SF_FORMAT_PCM_S8, 8},
    {"AIFF, 16 bit", SF_FORMAT_AIFF | SF_FORMAT_PCM_16, 16},
    {"AIFF, 24 bit", SF_FORMAT_AIFF | SF_FORMAT_PCM_24, 24},
    {"AIFF, 32 bit", SF_FORMAT_AIFF | SF_FORMAT_PCM_32, 32},
    {"AIFF-C, 16 bit", SF_FORMAT_AIFF | SF_FORMAT_PCM_16 | SF_ENDIAN_LITTLE, 16},
    {"AIFF-C, 24 bit", SF_FORMAT_AIFF | SF_FORMAT_PCM_24 | SF_ENDIAN_LITTLE, 24},
    {"AIFF-C, 32 bit float", SF_FORMAT_AIFF | SF_FORMAT_FLOAT, 32},
    {"AIFF-C, 64 bit float", SF_FORMAT_AIFF | SF_FORMAT_DOUBLE, 64},
    {"AIFF-C, 8 bit", SF_FORMAT_AIFF | SF_FORMAT_PCM_U8, 8},
};

std::vector<int32_t> randomSamples(size_t count, unsigned seed) {
  std::mt19937 random(seed);
  std::vector<int32_t> samples(count);
  for (int32_t& sample : samples) sample = static_cast<int32_t>(random());
  samples[0] = INT32_MIN;
  samples[1] = INT32_MAX;
  return samples;
}

std::string refusal(const ByteMaker& file) {
  const PcmReader reader = readHeader(file.bytes());
  REQUIRE(reader.state() == State::Refused);
  return reader.error();
}

ByteMaker wav(bool bigEndian = false) {
  return std::move(ByteMaker(bigEndian).text(bigEndian ? "RIFX" : "RIFF").number(0, 4).text("WAVE"));
}

PcmInfo readable(const ByteMaker& file) {
  const PcmReader reader = readHeader(file.bytes());
  INFO(reader.error());
  REQUIRE(reader.state() == State::Ready);
  return reader.info();
}

}  // namespace

TEST_CASE("PcmReader reads every kind of file that libsndfile writes, to the bit") {
  for (const Kind& kind : kinds) {
    for (const int channels : {1, 2, 5}) {
      for (const int rateHz : {8000, 44100, 192000}) {
        CAPTURE(kind.description, channels, rateHz, kind.format);
        constexpr int frames = 333;  // odd, so that some chunks need padding
        const auto file = mixwell::test::writeSoundFile(
            kind.format, rateHz, channels, randomSamples(static_cast<size_t>(frames * channels), 1));
        mixwell::test::SoundFileFacts facts;
        const auto expected = mixwell::test::readSoundFile(file, facts);

        const PcmReader reader = readHeader(file);
        INFO(reader.error());
        REQUIRE(reader.state() == State::Ready);
        const PcmInfo& info = reader.info();
        CHECK(info.description == kind.description);
        CHECK(info.sampleRateHz == static_cast<uint32_t>(rateHz));
        CHECK(info.channels == static_cast<uint32_t>(channels));
        CHECK(info.bits == kind.bits);
        CHECK(info.frames ==
              static_cast<uint64_t>(facts.frames));  // it counts the pad byte of 8-bit AIFF as a frame
        CHECK(info.promisedFrames == info.frames);
        CHECK_FALSE(info.truncated);
        CHECK(readSamples(file, info) == expected);
      }
    }
  }
}

TEST_CASE("PcmReader names the compression it refuses") {
  const std::pair<int, const char*> compressed[] = {
      {SF_FORMAT_WAV | SF_FORMAT_ALAW, "A-law"},      {SF_FORMAT_WAV | SF_FORMAT_ULAW, "mu-law"},
      {SF_FORMAT_WAV | SF_FORMAT_IMA_ADPCM, "ADPCM"}, {SF_FORMAT_WAV | SF_FORMAT_MS_ADPCM, "ADPCM"},
      {SF_FORMAT_AIFF | SF_FORMAT_ALAW, "A-law"},     {SF_FORMAT_AIFF | SF_FORMAT_ULAW, "mu-law"},
      {SF_FORMAT_AIFF | SF_FORMAT_IMA_ADPCM, "ADPCM"}};
  for (const auto& [format, name] : compressed) {
    CAPTURE(format, name);
    const auto file = mixwell::test::writeSoundFile(format, 44100, 1, randomSamples(4096, 2));
    const PcmReader reader = readHeader(file);
    CHECK(reader.state() == State::Refused);
    CHECK(reader.error().find(name) != std::string::npos);
  }
  CHECK(refusal(wav().format(2, 44100, 16, 0x55).text("data").number(8, 4).zeros(8)).find("MP3") !=
        std::string::npos);
  CHECK(refusal(wav().format(2, 44100, 16, 0x1234).text("data").number(8, 4).zeros(8)).find("0x1234") !=
        std::string::npos);
}

TEST_CASE("PcmReader tells what is neither WAV nor AIFF from what is damaged") {
  const auto state = [](const ByteMaker& file) { return readHeader(file.bytes()).state(); };
  CHECK(state(ByteMaker()) == State::NotPcm);
  CHECK(state(ByteMaker().text("R")) == State::NotPcm);
  CHECK(state(ByteMaker().text("fLaC").zeros(100)) == State::NotPcm);
  CHECK(state(ByteMaker().text("RIFF").number(100, 4).text("AVI ").zeros(100)) == State::NotPcm);
  CHECK(state(ByteMaker(true).text("FORM").number(100, 4).text("8SVX").zeros(100)) == State::NotPcm);
  CHECK(state(wav()) == State::Refused);
  CHECK(state(wav().format()) == State::Refused);
  CHECK(state(wav().text("data").number(8, 4).zeros(8)) == State::Refused);
  CHECK(state(wav().text("fmt ").number(8, 4).zeros(8).text("data").number(8, 4).zeros(8)) == State::Refused);
}

TEST_CASE("PcmReader refuses headers that make no sense") {
  const auto withFormat = [](uint64_t channels, uint64_t rateHz, uint64_t bits, uint64_t tag) {
    return refusal(wav().format(channels, rateHz, bits, tag).text("data").number(64, 4).zeros(64));
  };
  CHECK(withFormat(0, 48000, 16, 1).find("0 channels") != std::string::npos);
  CHECK(withFormat(33, 48000, 16, 1).find("33 channels") != std::string::npos);
  CHECK(withFormat(2, 0, 16, 1).find("0 Hz") != std::string::npos);
  CHECK(withFormat(2, 7999, 16, 1).find("7999 Hz") != std::string::npos);
  CHECK(withFormat(2, 384001, 16, 1).find("384001 Hz") != std::string::npos);
  CHECK(withFormat(2, 48000, 0, 1).find("0 bits") != std::string::npos);
  CHECK(withFormat(2, 48000, 40, 1).find("40 bits") != std::string::npos);
  CHECK(withFormat(2, 48000, 16, 3).find("16 bits") != std::string::npos);
  for (const uint64_t align : {0U, 3U, 5U, 10U}) {
    auto file = wav();
    file.text("fmt ").number(16, 4).number(1, 2).number(2, 2).number(48000, 4).number(0, 4).number(align, 2);
    file.number(16, 2).text("data").number(64, 4).zeros(64);
    CHECK(refusal(file).find("bytes don't fit") != std::string::npos);
  }
}

TEST_CASE("PcmReader says when there is no sound") {
  CHECK(refusal(wav().format().text("data").number(0, 4)) == "It holds no sound.");
  CHECK(refusal(wav().format().text("data").number(0, 4).text("LIST").number(4, 4).zeros(4)) ==
        "It holds no sound.");
  CHECK(refusal(wav().format().text("data").number(3, 4).zeros(4)) == "It holds no sound.");
  CHECK(refusal(wav().format().text("data").number(400, 4)) == "It is cut off before its first sample.");
}

TEST_CASE("PcmReader plays what there is of a truncated file, and says so") {
  const PcmInfo info = readable(wav().format().text("data").number(4000, 4).zeros(402));
  CHECK(info.frames == 100);
  CHECK(info.promisedFrames == 1000);
  CHECK(info.truncated);

  auto aiff =
      mixwell::test::writeSoundFile(SF_FORMAT_AIFF | SF_FORMAT_PCM_24, 48000, 2, randomSamples(600, 3));
  aiff.erase(aiff.end() - 601, aiff.end());
  const PcmReader reader = readHeader(aiff);
  REQUIRE(reader.state() == State::Ready);
  CHECK(reader.info().frames == 199);
  CHECK(reader.info().promisedFrames == 300);
  CHECK(reader.info().truncated);
}

TEST_CASE("PcmReader believes the bytes it gets more than the length it was told") {
  const auto file = wav().format().text("data").number(400, 4).zeros(80);
  const PcmReader reader = readHeader(file.bytes(), 1000);
  REQUIRE(reader.state() == State::Ready);
  CHECK(reader.info().frames == 20);
  CHECK(reader.info().truncated);
}

TEST_CASE("PcmReader takes the lengths that streaming writers leave behind for the rest of the file") {
  for (const uint64_t length :
       {0U, 0xffffffffU, 0xffffffffU - 44, 0x7ffff000U, 0x80000000U, 0x7fffffffU - 36}) {
    CAPTURE(length);
    const PcmInfo info = readable(wav().format().text("data").number(length, 4).zeros(4000));
    CHECK(info.frames == 1000);
    CHECK_FALSE(info.truncated);
  }
}

TEST_CASE("PcmReader finds format and sound among other chunks, in any order") {
  const auto sound = ByteMaker().text("data").number(400, 4).zeros(400);
  SECTION("after a long JUNK chunk") {
    const PcmInfo info =
        readable(wav().text("JUNK").number(100000, 4).zeros(100000).format().append(sound.bytes()));
    CHECK(info.dataOffset == 12 + 100008 + 24 + 8);
    CHECK(info.frames == 100);
  }
  SECTION("format after the sound") {
    const PcmInfo info = readable(wav().append(sound.bytes()).text("LIST").number(4, 4).zeros(4).format());
    CHECK(info.dataOffset == 20);
    CHECK(info.frames == 100);
  }
  SECTION("odd chunks with and without their pad byte") {
    for (const size_t pad : {0U, 1U}) {
      CAPTURE(pad);
      const PcmInfo info =
          readable(wav().text("note").number(5, 4).text("abcde").zeros(pad).format().append(sound.bytes()));
      CHECK(info.frames == 100);
      CHECK(info.dataOffset == 12 + 13 + pad + 24 + 8);
    }
  }
  SECTION("chunks after the sound don't count as sound") {
    const PcmInfo info = readable(wav().format().append(sound.bytes()).text("LIST").number(40, 4).zeros(40));
    CHECK(info.frames == 100);
  }
}

TEST_CASE("PcmReader tells the bits that count from their container") {
  const auto sound = ByteMaker().text("data").number(480, 4).zeros(480);
  const PcmInfo twenty = readable(wav().extensibleFormat(2, 24, 20).append(sound.bytes()));
  CHECK(twenty.description == "WAV, 20 bit");
  CHECK(twenty.format.bytes == 3);
  CHECK(twenty.frames == 80);
  const PcmInfo padded = readable(wav().extensibleFormat(2, 32, 24).append(sound.bytes()));
  CHECK(padded.bits == 24);
  CHECK(padded.format.bytes == 4);
  CHECK(readable(wav().extensibleFormat(2, 16, 0).append(sound.bytes())).bits == 16);
  CHECK(
      readable(wav(true).append(
                   ByteMaker(true).extensibleFormat(1, 24, 24).text("data").number(30, 4).zeros(30).bytes()))
          .frames == 10);
  CHECK(refusal(wav().extensibleFormat(2, 16, 24).append(sound.bytes())).find("16 bits") !=
        std::string::npos);
  CHECK(refusal(wav().extensibleFormat(2, 16, 16, 6).append(sound.bytes())).find("A-law") !=
        std::string::npos);
  auto privateFormat = wav().extensibleFormat(2, 16, 16);
  auto bytes = privateFormat.append(sound.bytes()).bytes();
  bytes[12 + 8 + 39] ^= 1;
  CHECK(readHeader(bytes).state() == State::Refused);
}

namespace {

// AIFF with a sample rate of 44100 + hundredths / 100 Hz, and `offset` bytes before the first frame.
ByteMaker aiff(uint64_t frames, uint64_t hundredths, uint64_t offset) {
  ByteMaker file(true);
  const uint64_t mantissa = ((uint64_t{44100} << 48) + (hundredths << 48) / 100);
  file.text("FORM").number(0, 4).text("AIFF").text("COMM").number(18, 4).number(1, 2).number(frames, 4);
  file.number(16, 2).number(16383 + 15, 2).number(mantissa, 8);
  file.text("SSND").number(8 + offset + 200, 4).number(offset, 4).number(0, 4);
  for (uint64_t i = 0; i < offset; ++i) file.number(0x55, 1);
  for (uint64_t i = 0; i < 100; ++i) file.number(i, 2);
  return file;
}

}  // namespace

TEST_CASE("AIFF sound begins where its chunk says, and its sample rate is rounded") {
  for (const uint64_t offset : {0U, 16U, 512U}) {
    const auto file = aiff(100, 0, offset);
    const PcmInfo info = readable(file);
    const auto samples = readSamples(file.bytes(), info);
    CHECK(info.frames == 100);
    REQUIRE(samples.size() == 100);
    CHECK(samples[99] == 99.0F / 32768.0F);
  }
  CHECK(readable(aiff(100, 0, 0)).sampleRateHz == 44100);
  CHECK(readable(aiff(100, 49, 0)).sampleRateHz == 44100);
  CHECK(readable(aiff(100, 51, 0)).sampleRateHz == 44101);
}

TEST_CASE("AIFF frames are those that header and sound agree on") {
  CHECK(readable(aiff(80, 0, 0)).frames == 80);
  const PcmInfo promising = readable(aiff(150, 0, 0));
  CHECK(promising.frames == 100);
  CHECK(promising.truncated);
  CHECK(readable(aiff(0, 0, 0)).frames == 100);  // a writer that never came back
}
