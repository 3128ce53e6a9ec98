#include "support/sound_file.h"

#include <sndfile.h>

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cstdio>

namespace mixwell::test {
namespace {

struct Stream {
  std::vector<uint8_t> bytes;
  std::function<uint8_t(int64_t)> at;  // in place of bytes
  int64_t length = 0;
  int64_t position = 0;
};

SF_VIRTUAL_IO streamFunctions() {
  SF_VIRTUAL_IO io;
  io.get_filelen = [](void* user) -> sf_count_t { return static_cast<Stream*>(user)->length; };
  io.seek = [](sf_count_t offset, int whence, void* user) -> sf_count_t {
    auto& stream = *static_cast<Stream*>(user);
    const int64_t base = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? stream.position : stream.length;
    stream.position = base + offset;
    return stream.position;
  };
  io.read = [](void* to, sf_count_t count, void* user) -> sf_count_t {
    auto& stream = *static_cast<Stream*>(user);
    const int64_t present = std::clamp<int64_t>(stream.length - stream.position, 0, count);
    for (int64_t i = 0; i < present; ++i) {
      const int64_t at = stream.position + i;
      static_cast<uint8_t*>(to)[i] = stream.at ? stream.at(at) : stream.bytes[static_cast<size_t>(at)];
    }
    stream.position += present;
    return present;
  };
  io.write = [](const void* from, sf_count_t count, void* user) -> sf_count_t {
    auto& stream = *static_cast<Stream*>(user);
    const auto end = static_cast<size_t>(stream.position + count);
    if (stream.bytes.size() < end) stream.bytes.resize(end);
    std::copy_n(static_cast<const uint8_t*>(from), count, stream.bytes.begin() + stream.position);
    stream.position += count;
    stream.length = static_cast<int64_t>(stream.bytes.size());
    return count;
  };
  io.tell = [](void* user) -> sf_count_t { return static_cast<Stream*>(user)->position; };
  return io;
}

class OpenFile {
 public:
  OpenFile(Stream& stream, int mode, SF_INFO& info) : io_(streamFunctions()) {
    file_ = sf_open_virtual(&io_, mode, &info, &stream);
    INFO("libsndfile: " << sf_strerror(file_));
    REQUIRE(file_ != nullptr);
  }
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;
  ~OpenFile() { sf_close(file_); }
  SNDFILE* get() const { return file_; }

 private:
  SF_VIRTUAL_IO io_;
  SNDFILE* file_ = nullptr;
};

template <typename Sample, typename Write>
std::vector<uint8_t> write(int format, int sampleRateHz, int channels, const std::vector<Sample>& interleaved,
                           Write writeFrames) {
  Stream stream;
  SF_INFO info{};
  info.format = format;
  info.samplerate = sampleRateHz;
  info.channels = channels;
  {
    const OpenFile file(stream, SFM_WRITE, info);
    const auto frames = static_cast<sf_count_t>(interleaved.size()) / channels;
    REQUIRE(writeFrames(file.get(), interleaved.data(), frames) == frames);
  }
  return std::move(stream.bytes);
}

template <typename Sample, typename Read>
std::vector<Sample> read(const std::vector<uint8_t>& bytes, SoundFileFacts& facts, Read readFrames) {
  Stream stream;
  stream.bytes = bytes;
  stream.length = static_cast<int64_t>(bytes.size());
  SF_INFO info{};
  const OpenFile file(stream, SFM_READ, info);
  facts = {info.format, info.samplerate, info.channels, info.frames};
  std::vector<Sample> interleaved(static_cast<size_t>(info.frames * info.channels));
  REQUIRE(readFrames(file.get(), interleaved.data(), info.frames) == info.frames);
  return interleaved;
}

}  // namespace

std::vector<uint8_t> writeSoundFile(int format, int sampleRateHz, int channels,
                                    const std::vector<int32_t>& interleaved) {
  return write(format, sampleRateHz, channels, interleaved, sf_writef_int);
}

std::vector<uint8_t> writeFloatSoundFile(int format, int sampleRateHz, int channels,
                                         const std::vector<double>& interleaved) {
  return write(format, sampleRateHz, channels, interleaved, sf_writef_double);
}

std::vector<float> readSoundFile(const std::vector<uint8_t>& bytes, SoundFileFacts& facts) {
  return read<float>(bytes, facts, sf_readf_float);
}

std::vector<int32_t> readSoundFileAsIntegers(const std::vector<uint8_t>& bytes, SoundFileFacts& facts) {
  return read<int32_t>(bytes, facts, sf_readf_int);
}

SoundFileFacts inspectSoundFile(int64_t length, const std::function<uint8_t(int64_t)>& at) {
  Stream stream;
  stream.at = at;
  stream.length = length;
  SF_INFO info{};
  const OpenFile file(stream, SFM_READ, info);
  return {info.format, info.samplerate, info.channels, info.frames};
}

}  // namespace mixwell::test
