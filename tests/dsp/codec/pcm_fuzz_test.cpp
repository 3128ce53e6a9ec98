#include <sndfile.h>

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <random>

#include "codec/pcm_reader.h"
#include "dsp/codec/byte_maker.h"
#include "dsp/codec/read_pcm.h"
#include "support/sound_file.h"

using mixwell::codec::PcmReader;
using Bytes = std::vector<uint8_t>;

namespace {

// Whatever the bytes are: the reader comes to an end, what it promises lies within the file, and that can be
// converted.
void readAnything(const Bytes& file, uint64_t saidBytes) {
  const PcmReader reader = mixwell::test::readHeader(file, saidBytes);
  REQUIRE(reader.state() != PcmReader::State::NeedsBytes);
  if (reader.state() != PcmReader::State::Ready) {
    REQUIRE_FALSE(reader.error().empty());
    REQUIRE(reader.error().back() == '.');
    return;
  }
  const auto& info = reader.info();
  REQUIRE(info.frames > 0);
  REQUIRE(info.dataOffset + info.dataBytes() <= saidBytes);
  REQUIRE(info.truncated == (info.frames < info.promisedFrames));
  if (saidBytes > file.size()) return;
  for (const float sample : mixwell::test::readSamples(file, info)) REQUIRE(sample - sample == 0.0F);
}

std::vector<Bytes> seeds() {
  std::vector<Bytes> files;
  const std::vector<int32_t> samples(300, 0x12345678);
  for (const int format : {SF_FORMAT_WAV | SF_FORMAT_PCM_16, SF_FORMAT_WAVEX | SF_FORMAT_PCM_24,
                           SF_FORMAT_RF64 | SF_FORMAT_FLOAT, SF_FORMAT_WAV | SF_FORMAT_DOUBLE | SF_ENDIAN_BIG,
                           SF_FORMAT_AIFF | SF_FORMAT_PCM_24, SF_FORMAT_AIFF | SF_FORMAT_DOUBLE}) {
    files.push_back(mixwell::test::writeSoundFile(format, 48000, 2, samples));
  }
  return files;
}

}  // namespace

TEST_CASE("A file cut at any byte is read as far as it goes or refused with a sentence") {
  for (const Bytes& file : seeds()) {
    for (size_t length = 0; length <= file.size(); ++length) {
      const Bytes cut(file.begin(), file.begin() + static_cast<std::ptrdiff_t>(length));
      readAnything(cut, cut.size());
      readAnything(cut, file.size());
    }
  }
}

TEST_CASE("Files with random damage never lead the reader astray") {
  std::mt19937 random(20);
  const auto files = seeds();
  for (int round = 0; round < 20000; ++round) {
    Bytes file = files[random() % files.size()];
    const auto wounds = 1 + random() % 6;
    for (auto i = wounds; i > 0; --i) {
      const size_t at = random() % std::min<size_t>(file.size(), 140);
      const unsigned extremes[] = {0x00, 0xff, 0x7f, 0x80, 0x01};
      file[at] = static_cast<uint8_t>(random() % 2 == 0 ? random() : extremes[random() % 5]);
    }
    if (random() % 4 == 0) file.resize(random() % file.size());
    CAPTURE(round);
    readAnything(file, file.size());
  }
}

TEST_CASE("Random bytes behind a form's name come to an end") {
  std::mt19937 random(21);
  const char* forms[] = {"RIFF....WAVE", "RIFX....WAVE", "RF64....WAVE", "FORM....AIFF", "FORM....AIFC"};
  const char* chunks[] = {"fmt ", "data", "ds64", "COMM", "SSND", "LIST", "JUNK"};
  for (int round = 0; round < 5000; ++round) {
    Bytes file;
    for (const char* c = forms[random() % 5]; *c != 0; ++c) file.push_back(static_cast<uint8_t>(*c));
    while (file.size() < 600) {
      if (random() % 4 == 0) {
        for (const char* c = chunks[random() % 7]; *c != 0; ++c) file.push_back(static_cast<uint8_t>(*c));
      }
      const auto zeros = random() % 4;
      file.insert(file.end(), zeros, 0);
      file.push_back(static_cast<uint8_t>(random() % 3 == 0 ? random() : random() % 64));
    }
    CAPTURE(round);
    readAnything(file, file.size());
    readAnything(file, uint64_t{1} << (20 + random() % 43));
  }
}

TEST_CASE("A file of more empty chunks than any writer makes is given up") {
  Bytes file = {'R', 'I', 'F', 'F', 0, 0, 0, 0, 'W', 'A', 'V', 'E'};
  for (int i = 0; i < 100000; ++i) file.insert(file.end(), {'v', 'o', 'i', 'd', 0, 0, 0, 0});
  const auto sound = mixwell::test::ByteMaker().format().text("data").number(400, 4).zeros(400).bytes();
  file.insert(file.end(), sound.begin(), sound.end());
  const PcmReader reader = mixwell::test::readHeader(file);
  CHECK(reader.state() == PcmReader::State::Refused);
}
