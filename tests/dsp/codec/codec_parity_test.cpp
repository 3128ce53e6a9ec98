// The same bits natively and in wasm: tests/web/parity/codec.test.ts runs the same sound through the module
// and holds the result against the same file. The checksums change only when converter, dither or peaks are
// changed on purpose; the failure then prints the new ones.
#include <catch2/catch_test_macros.hpp>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "codec/pcm_convert.h"
#include "codec/wav_writer.h"
#include "meter/loudness_meter.h"
#include "meter/programme_analysis.h"
#include "meter/true_peak_meter.h"
#include "meter/waveform_peaks.h"
#include "resample/sample_rate_converter.h"

using mixwell::codec::WavFormat;
using mixwell::codec::WavWriter;
using mixwell::mastering::DitherKind;

namespace {

constexpr size_t frames = 20000;
constexpr size_t channels = 2;

// 24-bit noise of a linear congruential generator.
std::vector<float> noise() {
  std::vector<uint8_t> bytes;
  uint32_t state = 1;
  for (size_t i = 0; i < frames * channels; ++i) {
    state = state * 1664525U + 1013904223U;
    for (const unsigned shift : {8U, 16U, 24U}) bytes.push_back(static_cast<uint8_t>(state >> shift));
  }
  std::vector<float> planar(frames * channels);
  mixwell::codec::convertToPlanar(bytes, {mixwell::codec::SampleEncoding::SignedInt, 3, false}, channels,
                                  planar.data(), frames);
  return planar;
}

// FNV-1a, 32 bits.
class Checksum {
 public:
  void add(const uint8_t* bytes, size_t count) {
    for (size_t i = 0; i < count; ++i) value_ = (value_ ^ bytes[i]) * 16777619U;
  }
  template <typename T>
  void addValue(T value) {
    add(reinterpret_cast<const uint8_t*>(&value), sizeof(value));
  }
  std::string text() const {
    std::string hex;
    for (unsigned shift = 32; shift > 0; shift -= 4) hex += "0123456789abcdef"[(value_ >> (shift - 4)) & 15U];
    return hex;
  }

 private:
  uint32_t value_ = 2166136261U;
};

std::string wavChecksum(const std::vector<float>& planar, size_t count, uint32_t rateHz, WavFormat format,
                        DitherKind dither) {
  WavWriter writer(
      {.sampleRateHz = rateHz, .channels = channels, .format = format, .dither = dither, .seed = 7});
  std::vector<uint8_t> bytes(count * writer.bytesPerFrame());
  writer.encode(planar.data(), planar.size() / channels, count, bytes.data());
  Checksum checksum;
  checksum.add(bytes.data(), bytes.size());
  return checksum.text();
}

std::string expected(const std::string& name) {
  const auto path = std::filesystem::path(__FILE__).parent_path() / "../../parity/codec_checksums.txt";
  std::ifstream file(path);
  std::string key;
  std::string value;
  while (file >> key >> value) {
    if (key == name) return value;
  }
  return "missing";
}

}  // namespace

TEST_CASE("Converted sound has the bits that the wasm module gives it") {
  const auto planar = noise();
  for (const auto& [fromHz, toHz] :
       {std::pair{44100U, 48000U}, std::pair{96000U, 44100U}, std::pair{44100U, 47999U}}) {
    mixwell::resample::SampleRateConverter converter(fromHz, toHz, channels);
    std::vector<float> out(channels * 2 * frames);
    size_t made = 0;
    for (size_t given = 0; given < frames;) {
      given += converter.push(planar.data() + given, frames, frames - given);
      made += converter.pull(out.data() + made, 2 * frames, 2 * frames - made);
    }
    converter.finish();
    made += converter.pull(out.data() + made, 2 * frames, 2 * frames - made);
    const std::string name = std::to_string(fromHz) + "-" + std::to_string(toHz);
    CHECK(wavChecksum(out, made, toHz, WavFormat::Float32, DitherKind::None) == expected(name));
  }
}

TEST_CASE("Dithered sound has the bits that the wasm module gives it") {
  const auto planar = noise();
  CHECK(wavChecksum(planar, frames, 48000, WavFormat::Int16, DitherKind::Tpdf) == expected("tpdf"));
  CHECK(wavChecksum(planar, frames, 48000, WavFormat::Int16, DitherKind::Shaped) == expected("shaped"));
}

TEST_CASE("Waveforms and loudness have the bits that the wasm module gives them") {
  const auto planar = noise();
  mixwell::meter::WaveformPeaks peaks(channels);
  peaks.add(planar.data(), frames, frames);
  const auto blob = peaks.finish();
  Checksum waveform;
  waveform.add(blob.data(), blob.size());
  CHECK(waveform.text() == expected("waveform"));

  const auto loudness = std::make_unique<mixwell::meter::LoudnessMeter>();
  loudness->prepare(44100, channels);
  mixwell::meter::TruePeakMeter truePeak;
  truePeak.prepare(channels);
  for (int i = 0; i < 8; ++i) {
    loudness->process(planar.data(), frames, frames);
    truePeak.process(planar.data(), frames, frames);
  }
  truePeak.finish();
  Checksum figures;
  figures.addValue(loudness->integratedLufs());
  figures.addValue(loudness->loudnessRangeLu());
  figures.addValue(loudness->maxMomentaryLufs());
  figures.addValue(loudness->maxShortTermLufs());
  figures.addValue(static_cast<double>(truePeak.truePeak()));
  CHECK(figures.text() == expected("loudness"));
}

TEST_CASE("What is said of a programme has the bits that the wasm module gives it") {
  const auto planar = noise();
  mixwell::meter::ProgrammeAnalysis analysis;
  analysis.prepare({.sampleRateHz = 44100, .channels = channels, .spectrum = true});
  for (int i = 0; i < 8; ++i) analysis.process(planar.data(), frames, frames);
  analysis.finish();
  Checksum figures;
  figures.addValue(analysis.correlation());
  figures.addValue(analysis.monoShare());
  for (size_t c = 0; c < channels; ++c) {
    figures.addValue(analysis.rms(c));
    figures.addValue(analysis.dc(c));
    figures.addValue(static_cast<double>(analysis.truePeak(c)));
    figures.addValue(static_cast<double>(analysis.truePeakFrame(c)));
  }
  for (size_t i = 0; i < mixwell::meter::BandSpectrum::bands; ++i) {
    const auto band = analysis.spectrum().band(i);
    for (const double power : {band.left, band.right, band.cross}) figures.addValue(power);
  }
  for (const auto& moment : analysis.history()) figures.addValue(moment);
  CHECK(figures.text() == expected("programme"));
}
