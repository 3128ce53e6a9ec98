#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace mixwell::test {

// libsndfile over memory, as a judge of what our own codec reads and writes.

struct SoundFileFacts {
  int format = 0;  // SF_FORMAT_...
  int sampleRateHz = 0;
  int channels = 0;
  int64_t frames = 0;
};

// The bytes of a file that holds `interleaved`: integers left-justified in 32 bits, or floats scaled to +-1.
std::vector<uint8_t> writeSoundFile(int format, int sampleRateHz, int channels,
                                    const std::vector<int32_t>& interleaved);
std::vector<uint8_t> writeFloatSoundFile(int format, int sampleRateHz, int channels,
                                         const std::vector<double>& interleaved);

// What libsndfile makes of a file, as interleaved floats scaled to +-1.
std::vector<float> readSoundFile(const std::vector<uint8_t>& bytes, SoundFileFacts& facts);

// The same as 32-bit integers, left-justified.
std::vector<int32_t> readSoundFileAsIntegers(const std::vector<uint8_t>& bytes, SoundFileFacts& facts);

// Opens a file that exists only as a function: `at(offset)` is its byte there.
SoundFileFacts inspectSoundFile(int64_t length, const std::function<uint8_t(int64_t)>& at);

}  // namespace mixwell::test
