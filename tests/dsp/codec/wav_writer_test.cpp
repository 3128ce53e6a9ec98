#include "codec/wav_writer.h"

#include <sndfile.h>

#include <algorithm>
#include <bit>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <limits>
#include <random>

#include "dsp/codec/read_pcm.h"
#include "support/sound_file.h"

using mixwell::codec::WavFormat;
using mixwell::codec::WavWriter;
using mixwell::mastering::DitherKind;
using mixwell::test::SoundFileFacts;

namespace {

// A whole file from planar channels, in blocks of `block` frames.
std::vector<uint8_t> writeFile(WavWriter& writer, const std::vector<std::vector<float>>& channels,
                               size_t block) {
  const size_t frames = channels[0].size();
  std::vector<float> planar;
  for (const auto& channel : channels) planar.insert(planar.end(), channel.begin(), channel.end());
  std::vector<uint8_t> file(writer.headerBytes() + frames * writer.bytesPerFrame() +
                            writer.trailerBytes(frames));
  writer.writeHeader(frames, file);
  size_t at = writer.headerBytes();
  for (size_t done = 0; done < frames; done += block) {
    at += writer.encode(planar.data() + done, frames, std::min(block, frames - done), file.data() + at);
  }
  CHECK(at + writer.trailerBytes(frames) == file.size());
  return file;
}

std::vector<std::vector<float>> randomChannels(size_t channels, size_t frames, unsigned seed) {
  std::mt19937 random(seed);
  std::uniform_real_distribution<float> uniform(-1.0F, 0.999F);
  std::vector<std::vector<float>> result(channels, std::vector<float>(frames));
  for (auto& channel : result) {
    for (float& sample : channel) sample = uniform(random);
  }
  return result;
}

}  // namespace

TEST_CASE("libsndfile reads what WavWriter writes") {
  const std::pair<WavFormat, int> formats[] = {{WavFormat::Int16, SF_FORMAT_PCM_16},
                                               {WavFormat::Int24, SF_FORMAT_PCM_24},
                                               {WavFormat::Float32, SF_FORMAT_FLOAT}};
  for (const auto& [format, subtype] : formats) {
    for (const uint32_t count : {1U, 2U, 5U, 6U}) {
      CAPTURE(subtype, count);
      const auto channels = randomChannels(count, 1001, 5);
      WavWriter writer({.sampleRateHz = 44100, .channels = count, .format = format});
      const auto file = writeFile(writer, channels, 100);
      SoundFileFacts facts;
      const auto samples = mixwell::test::readSoundFile(file, facts);
      CHECK(facts.format == ((count > 2 ? SF_FORMAT_WAVEX : SF_FORMAT_WAV) | subtype));
      CHECK(facts.sampleRateHz == 44100);
      CHECK(facts.channels == static_cast<int>(count));
      REQUIRE(facts.frames == 1001);
      double largestError = 0.0;
      for (size_t i = 0; i < samples.size(); ++i) {
        const double error =
            static_cast<double>(samples[i]) - static_cast<double>(channels[i % count][i / count]);
        largestError = std::max(largestError, std::abs(error));
      }
      const double halfStep = format == WavFormat::Int16 ? 0.5 / 32768.0 : 0.5 / 8388608.0;
      CHECK(largestError <= (format == WavFormat::Float32 ? 0.0 : halfStep));
      CHECK(writer.clippedSamples() == 0);
    }
  }
}

TEST_CASE("24-bit sound is written with the bits it came with") {
  std::mt19937 random(7);
  std::vector<int32_t> samples(2002);
  for (int32_t& sample : samples) sample = static_cast<int32_t>(random() & 0xffffff00U);
  samples[0] = INT32_MIN;
  samples[1] = 0x7fffff00;
  const auto source = mixwell::test::writeSoundFile(SF_FORMAT_WAV | SF_FORMAT_PCM_24, 48000, 2, samples);
  const auto reader = mixwell::test::readHeader(source);
  const auto interleaved = mixwell::test::readSamples(source, reader.info());
  std::vector<std::vector<float>> channels(2);
  for (size_t i = 0; i < interleaved.size(); ++i) channels[i % 2].push_back(interleaved[i]);

  WavWriter writer({.channels = 2, .format = WavFormat::Int24});
  SoundFileFacts facts;
  CHECK(mixwell::test::readSoundFileAsIntegers(writeFile(writer, channels, 512), facts) == samples);
  CHECK(writer.clippedSamples() == 0);
}

TEST_CASE("Samples beyond full scale are held there and counted") {
  constexpr float inf = std::numeric_limits<float>::infinity();
  constexpr float nan = std::numeric_limits<float>::quiet_NaN();
  const std::vector<std::vector<float>> channels = {{1.0F, -1.0F, 1.5F, -1e30F, inf, -inf, nan, 0.5F}};
  for (const WavFormat format : {WavFormat::Int16, WavFormat::Int24}) {
    WavWriter writer({.channels = 1, .format = format});
    SoundFileFacts facts;
    const auto samples = mixwell::test::readSoundFile(writeFile(writer, channels, 3), facts);
    const float top = format == WavFormat::Int16 ? 32767.0F / 32768.0F : 8388607.0F / 8388608.0F;
    CHECK(samples == std::vector<float>{top, -1.0F, top, -1.0F, top, -1.0F, 0.0F, 0.5F});
    CHECK(writer.clippedSamples() == 3);
    CHECK(writer.nonFiniteSamples() == 3);
  }
  WavWriter writer({.channels = 1, .format = WavFormat::Float32});
  SoundFileFacts facts;
  CHECK(mixwell::test::readSoundFile(writeFile(writer, channels, 3), facts) ==
        std::vector<float>{1.0F, -1.0F, 1.5F, -1e30F, 0.0F, 0.0F, 0.0F, 0.5F});
  CHECK(writer.nonFiniteSamples() == 3);
}

TEST_CASE("The RIFF chunk spans the file, pad byte and all") {
  for (const size_t frames : {100U, 101U}) {
    WavWriter writer({.channels = 1, .format = WavFormat::Int24});
    const auto file = writeFile(writer, randomChannels(1, frames, 4), 64);
    const uint32_t riffBytes =
        file[4] | uint32_t{file[5]} << 8 | uint32_t{file[6]} << 16 | uint32_t{file[7]} << 24;
    CHECK(riffBytes == file.size() - 8);
    CHECK(file.size() % 2 == 0);
  }
}

TEST_CASE("The header keeps its length, on a multiple of four") {
  for (const WavFormat format : {WavFormat::Int16, WavFormat::Int24, WavFormat::Float32}) {
    for (const uint32_t channels : {1U, 2U, 3U, 32U}) {
      const WavWriter writer({.channels = channels, .format = format});
      CHECK(writer.headerBytes() % 4 == 0);
      CHECK(writer.headerBytes() <= WavWriter::maxHeaderBytes);
    }
  }
}

TEST_CASE("The file doesn't depend on how the sound is cut into blocks") {
  const auto channels = randomChannels(2, 5000, 9);
  for (const DitherKind dither : {DitherKind::None, DitherKind::Tpdf, DitherKind::Shaped}) {
    const WavWriter::Spec spec{.channels = 2, .format = WavFormat::Int16, .dither = dither, .seed = 3};
    WavWriter whole(spec);
    WavWriter cut(spec);
    CHECK(writeFile(whole, channels, 5000) == writeFile(cut, channels, 77));
  }
}
