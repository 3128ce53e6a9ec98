// usage: mixwell_sound_judge FILE OUT
// Reads a sound file by libsndfile, prints what it is as JSON and writes its samples, interleaved 64-bit
// floats, to OUT: a reader that shares nothing with the studio.
#include <sndfile.h>

#include <fstream>
#include <iostream>
#include <vector>

int main(int argc, char** argv) {
  if (argc != 3) {
    std::cerr << "usage: mixwell_sound_judge FILE OUT\n";
    return 2;
  }
  SF_INFO info{};
  SNDFILE* file = sf_open(argv[1], SFM_READ, &info);
  if (file == nullptr) {
    std::cerr << argv[1] << ": " << sf_strerror(nullptr) << "\n";
    return 1;
  }
  std::vector<double> samples(static_cast<std::size_t>(info.frames) *
                              static_cast<std::size_t>(info.channels));
  const sf_count_t read = sf_readf_double(file, samples.data(), info.frames);
  sf_close(file);
  std::ofstream out(argv[2], std::ios::binary);
  out.write(reinterpret_cast<const char*>(samples.data()),
            static_cast<std::streamsize>(samples.size() * sizeof(double)));
  const int container = info.format & SF_FORMAT_TYPEMASK;
  const int encoding = info.format & SF_FORMAT_SUBMASK;
  const char* bits = encoding == SF_FORMAT_PCM_16   ? "16"
                     : encoding == SF_FORMAT_PCM_24 ? "24"
                     : encoding == SF_FORMAT_FLOAT  ? "32f"
                                                    : "other";
  const bool wav = container == SF_FORMAT_WAV || container == SF_FORMAT_WAVEX || container == SF_FORMAT_RF64;
  std::cout << "{\"wav\": " << (wav ? "true" : "false") << ", \"bits\": \"" << bits
            << "\", \"sampleRateHz\": " << info.samplerate << ", \"channels\": " << info.channels
            << ", \"frames\": " << read << "}\n";
  return out.good() && read == info.frames ? 0 : 1;
}
