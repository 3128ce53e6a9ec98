// What TypeScript sees of codec, converter and peaks: objects that own fixed buffers in the module's memory
// and exchange data through addresses. web/src/engine/codec.ts is the typed face.
#include <emscripten/bind.h>

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "codec/pcm_convert.h"
#include "codec/pcm_reader.h"
#include "codec/wav_writer.h"
#include "meter/waveform_peaks.h"
#include "resample/sample_rate_converter.h"

namespace {

using mixwell::codec::NonFiniteCounts;
using mixwell::codec::PcmInfo;
using mixwell::codec::PcmReader;
using mixwell::codec::SampleEncoding;
using mixwell::codec::SampleFormat;
using mixwell::codec::WavWriter;
using Address = uintptr_t;

template <typename T>
Address addressOf(const T* data) {
  return reinterpret_cast<Address>(data);
}

template <typename T>
T* at(Address address) {
  return reinterpret_cast<T*>(address);
}

// A planar block of memory for whoever needs one.
class PlanarMemory {
 public:
  PlanarMemory(size_t channels, size_t maxFrames) : samples_(channels * maxFrames) {}
  Address address() const { return addressOf(samples_.data()); }

 private:
  std::vector<float> samples_;
};

struct HeaderFacts {
  std::string description;
  int encoding = 0;
  uint32_t bytesPerSample = 0;
  bool bigEndian = false;
  uint32_t sampleRateHz = 0;
  uint32_t channels = 0;
  uint32_t bits = 0;
  double dataOffset = 0.0;
  double frames = 0.0;
  double promisedFrames = 0.0;
  bool truncated = false;
};

class HeaderReader {
 public:
  explicit HeaderReader(double fileBytes) : reader_(static_cast<uint64_t>(fileBytes)) {}

  int state() const { return static_cast<int>(reader_.state()); }
  double neededOffset() const { return static_cast<double>(reader_.neededOffset()); }
  size_t neededBytes() const { return reader_.neededBytes(); }
  Address window() const { return addressOf(window_.data()); }
  void supply(size_t bytes) { reader_.supply({window_.data(), bytes}); }
  std::string error() const { return reader_.error(); }
  HeaderFacts facts() const {
    const PcmInfo& info = reader_.info();
    return {info.description,
            static_cast<int>(info.format.encoding),
            info.format.bytes,
            info.format.bigEndian,
            info.sampleRateHz,
            info.channels,
            info.bits,
            static_cast<double>(info.dataOffset),
            static_cast<double>(info.frames),
            static_cast<double>(info.promisedFrames),
            info.truncated};
  }

 private:
  PcmReader reader_;
  std::array<uint8_t, PcmReader::windowBytes> window_{};
};

class PcmConverter {
 public:
  PcmConverter(int encoding, uint32_t bytesPerSample, bool bigEndian, size_t channels, size_t maxFrames)
      : format_{static_cast<SampleEncoding>(encoding), static_cast<uint8_t>(bytesPerSample), bigEndian},
        channels_(channels),
        maxFrames_(maxFrames),
        bytes_(maxFrames * channels * bytesPerSample),
        planar_(maxFrames * channels) {}

  Address input() const { return addressOf(bytes_.data()); }
  Address output() const { return addressOf(planar_.data()); }
  void convert(size_t frames) {
    const std::span<const uint8_t> bytes(bytes_.data(), frames * channels_ * format_.bytes);
    counts_ += mixwell::codec::convertToPlanar(bytes, format_, channels_, planar_.data(), maxFrames_);
  }
  double nanCount() const { return static_cast<double>(counts_.nan); }
  double infiniteCount() const { return static_cast<double>(counts_.infinite); }

 private:
  SampleFormat format_;
  size_t channels_;
  size_t maxFrames_;
  std::vector<uint8_t> bytes_;
  std::vector<float> planar_;
  NonFiniteCounts counts_;
};

class RateConverter {
 public:
  RateConverter(uint32_t fromHz, uint32_t toHz, size_t channels, size_t maxFrames)
      : converter_(fromHz, toHz, channels), maxFrames_(maxFrames), planar_(channels * maxFrames) {}

  Address output() const { return addressOf(planar_.data()); }
  size_t push(Address address, size_t stride, size_t frames) {
    return converter_.push(at<const float>(address), stride, frames);
  }
  void finish() { converter_.finish(); }
  size_t pull() { return converter_.pull(planar_.data(), maxFrames_, maxFrames_); }

 private:
  mixwell::resample::SampleRateConverter converter_;
  size_t maxFrames_;
  std::vector<float> planar_;
};

class PeaksBuilder {
 public:
  PeaksBuilder(size_t channels, double expectedFrames)
      : peaks_(channels, static_cast<uint64_t>(expectedFrames)) {}

  void add(Address address, size_t stride, size_t frames) {
    peaks_.add(at<const float>(address), stride, frames);
  }
  size_t finish() {
    blob_ = peaks_.finish();
    return blob_.size();
  }
  Address blob() const { return addressOf(blob_.data()); }

 private:
  mixwell::meter::WaveformPeaks peaks_;
  std::vector<uint8_t> blob_;
};

class WavEncoder {
 public:
  WavEncoder(uint32_t sampleRateHz, uint32_t channels, int format, int dither, double seed, size_t maxFrames)
      : writer_({.sampleRateHz = sampleRateHz,
                 .channels = channels,
                 .format = static_cast<mixwell::codec::WavFormat>(format),
                 .dither = static_cast<mixwell::mastering::DitherKind>(dither),
                 .seed = static_cast<uint64_t>(seed)}),
        header_{},
        bytes_(maxFrames * writer_.bytesPerFrame()) {}

  size_t headerBytes() const { return writer_.headerBytes(); }
  Address header(double frames) {
    writer_.writeHeader(static_cast<uint64_t>(frames), header_);
    return addressOf(header_.data());
  }
  size_t trailerBytes(double frames) const { return writer_.trailerBytes(static_cast<uint64_t>(frames)); }
  size_t encode(Address address, size_t stride, size_t frames) {
    return writer_.encode(at<const float>(address), stride, frames, bytes_.data());
  }
  Address output() const { return addressOf(bytes_.data()); }
  double clippedSamples() const { return static_cast<double>(writer_.clippedSamples()); }
  double nonFiniteSamples() const { return static_cast<double>(writer_.nonFiniteSamples()); }

 private:
  WavWriter writer_;
  std::array<uint8_t, WavWriter::maxHeaderBytes> header_;
  std::vector<uint8_t> bytes_;
};

}  // namespace

EMSCRIPTEN_BINDINGS(mixwell_codec) {
  using namespace emscripten;

  class_<PlanarMemory>("PlanarMemory")
      .constructor<size_t, size_t>()
      .function("address", &PlanarMemory::address);

  value_object<HeaderFacts>("HeaderFacts")
      .field("description", &HeaderFacts::description)
      .field("encoding", &HeaderFacts::encoding)
      .field("bytesPerSample", &HeaderFacts::bytesPerSample)
      .field("bigEndian", &HeaderFacts::bigEndian)
      .field("sampleRateHz", &HeaderFacts::sampleRateHz)
      .field("channels", &HeaderFacts::channels)
      .field("bits", &HeaderFacts::bits)
      .field("dataOffset", &HeaderFacts::dataOffset)
      .field("frames", &HeaderFacts::frames)
      .field("promisedFrames", &HeaderFacts::promisedFrames)
      .field("truncated", &HeaderFacts::truncated);

  class_<HeaderReader>("HeaderReader")
      .constructor<double>()
      .function("state", &HeaderReader::state)
      .function("neededOffset", &HeaderReader::neededOffset)
      .function("neededBytes", &HeaderReader::neededBytes)
      .function("window", &HeaderReader::window)
      .function("supply", &HeaderReader::supply)
      .function("error", &HeaderReader::error)
      .function("facts", &HeaderReader::facts);

  class_<PcmConverter>("PcmConverter")
      .constructor<int, uint32_t, bool, size_t, size_t>()
      .function("input", &PcmConverter::input)
      .function("output", &PcmConverter::output)
      .function("convert", &PcmConverter::convert)
      .function("nanCount", &PcmConverter::nanCount)
      .function("infiniteCount", &PcmConverter::infiniteCount);

  class_<RateConverter>("RateConverter")
      .constructor<uint32_t, uint32_t, size_t, size_t>()
      .function("output", &RateConverter::output)
      .function("push", &RateConverter::push)
      .function("finish", &RateConverter::finish)
      .function("pull", &RateConverter::pull);

  class_<PeaksBuilder>("PeaksBuilder")
      .constructor<size_t, double>()
      .function("add", &PeaksBuilder::add)
      .function("finish", &PeaksBuilder::finish)
      .function("blob", &PeaksBuilder::blob);

  class_<WavEncoder>("WavEncoder")
      .constructor<uint32_t, uint32_t, int, int, double, size_t>()
      .function("headerBytes", &WavEncoder::headerBytes)
      .function("header", &WavEncoder::header)
      .function("trailerBytes", &WavEncoder::trailerBytes)
      .function("encode", &WavEncoder::encode)
      .function("output", &WavEncoder::output)
      .function("clippedSamples", &WavEncoder::clippedSamples)
      .function("nonFiniteSamples", &WavEncoder::nonFiniteSamples);
}
