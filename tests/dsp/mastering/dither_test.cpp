#include "mastering/dither.h"

#include <algorithm>
#include <catch2/catch_message.hpp>
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <cmath>
#include <numbers>
#include <random>

#include "support/allocation_guard.h"
#include "support/spectrum.h"

using Catch::Matchers::WithinAbs;
using mixwell::mastering::Dither;
using mixwell::mastering::DitherKind;
using mixwell::test::amplitudeAt;
using mixwell::test::bandPower;
using mixwell::test::powerSpectrum;
using mixwell::test::rms;
using mixwell::test::toDb;

namespace {

constexpr size_t length = size_t{1} << 18;
constexpr double step16 = 1.0 / 32768.0;

std::vector<float> sine(double amplitude, double frequencyHz, double sampleRateHz) {
  std::vector<float> signal(length);
  for (size_t i = 0; i < length; ++i) {
    const double turns = frequencyHz * static_cast<double>(i) / sampleRateHz;
    signal[i] = static_cast<float>(amplitude * std::sin(2.0 * std::numbers::pi * turns));
  }
  return signal;
}

std::vector<int32_t> quantize(Dither& dither, const std::vector<float>& signal, size_t channel = 0) {
  std::vector<int32_t> result(signal.size());
  dither.quantize(channel, signal.data(), result.data(), signal.size());
  return result;
}

std::vector<double> to16Bits(const std::vector<float>& signal, DitherKind kind,
                             uint32_t sampleRateHz = 48000) {
  Dither dither;
  dither.prepare({.kind = kind, .bits = 16, .sampleRateHz = sampleRateHz, .channels = 1, .seed = 1});
  std::vector<double> result;
  for (const int32_t value : quantize(dither, signal)) result.push_back(value * step16);
  return result;
}

std::vector<double> errorAt16Bits(const std::vector<float>& signal, DitherKind kind,
                                  uint32_t sampleRateHz = 48000) {
  auto error = to16Bits(signal, kind, sampleRateHz);
  for (size_t i = 0; i < error.size(); ++i) error[i] -= static_cast<double>(signal[i]);
  return error;
}

}  // namespace

TEST_CASE("TPDF dither at 16 bits leaves a total error of -96.3 dB re 1.0 RMS, whatever the signal") {
  const std::vector<std::vector<float>> signals = {
      std::vector<float>(length, 0.0F), std::vector<float>(length, 0.3F / 32768.0F),
      std::vector<float>(length, 0.5F / 32768.0F), sine(0.5, 997.0, 48000.0), sine(1e-5, 997.0, 48000.0)};
  for (size_t i = 0; i < signals.size(); ++i) {
    const auto error = errorAt16Bits(signals[i], DitherKind::Tpdf);
    double mean = 0.0;
    for (const double value : error) mean += value / static_cast<double>(length);
    CAPTURE(i, toDb(rms(error)), mean);
    CHECK_THAT(toDb(rms(error)), WithinAbs(-96.33, 0.2));
    CHECK(std::abs(mean) < 0.01 * step16);
  }
}

TEST_CASE("The error of TPDF dither is white") {
  const auto spectrum = powerSpectrum(errorAt16Bits(sine(0.5, 997.0, 48000.0), DitherKind::Tpdf));
  const double perBand = bandPower(spectrum, 48000.0, 0.0, 24000.0) / 12.0;
  for (int band = 0; band < 12; ++band) {
    const double power = bandPower(spectrum, 48000.0, 2000.0 * band, 2000.0 * (band + 1));
    CAPTURE(band);
    CHECK_THAT(10.0 * std::log10(power / perBand), WithinAbs(0.0, 0.3));
  }
}

TEST_CASE("A sine of -110 dBFS comes out of 16 bits with TPDF dither, without harmonics") {
  const double amplitude = std::pow(10.0, -110.0 / 20.0);
  const double frequencyHz = 48000.0 * 4096.0 / static_cast<double>(length);  // 750 Hz, whole periods
  const auto result = to16Bits(sine(amplitude, frequencyHz, 48000.0), DitherKind::Tpdf);
  // White noise of -96.3 dB gives each bin of the correlation an RMS amplitude of 2 sigma / sqrt(n).
  const double noise = 2.0 * std::pow(10.0, -96.33 / 20.0) / std::sqrt(static_cast<double>(length));
  CAPTURE(toDb(amplitudeAt(result, 48000.0, frequencyHz)), toDb(noise));
  CHECK_THAT(amplitudeAt(result, 48000.0, frequencyHz), WithinAbs(amplitude, 3.0 * noise));
  for (int harmonic = 2; harmonic <= 9; ++harmonic) {
    CAPTURE(harmonic);
    CHECK(amplitudeAt(result, 48000.0, harmonic * frequencyHz) < 3.0 * noise);
  }
  const auto bare = to16Bits(sine(2.0 * amplitude, frequencyHz, 48000.0), DitherKind::None);
  CHECK(rms(bare) == 0.0);  // what dither is for: without it nothing is left
}

TEST_CASE("Shaped dither has at least 10 dB less noise from 2 to 5 kHz than TPDF") {
  for (const uint32_t rateHz : {44100U, 48000U, 88200U, 96000U, 192000U}) {
    const auto signal = sine(0.25, 997.0, rateHz);
    const auto plain = powerSpectrum(errorAt16Bits(signal, DitherKind::Tpdf, rateHz));
    const auto shaped = powerSpectrum(errorAt16Bits(signal, DitherKind::Shaped, rateHz));
    const double gainDb = 10.0 * std::log10(bandPower(plain, rateHz, 2000.0, 5000.0) /
                                            bandPower(shaped, rateHz, 2000.0, 5000.0));
    const double totalDb =
        10.0 * std::log10(bandPower(shaped, rateHz, 0.0, rateHz) / bandPower(plain, rateHz, 0.0, rateHz));
    CAPTURE(rateHz, gainDb, totalDb);
    CHECK(gainDb >= 10.0);
    CHECK(totalDb < 20.0);
    for (double fromHz = 2000.0; fromHz < 5000.0; fromHz += 500.0) {
      const double inBand = 10.0 * std::log10(bandPower(plain, rateHz, fromHz, fromHz + 500.0) /
                                              bandPower(shaped, rateHz, fromHz, fromHz + 500.0));
      CAPTURE(fromHz, inBand);
      CHECK(inBand >= 8.0);
    }
  }
}

TEST_CASE("Shaped dither stays calm at full scale and beyond") {
  for (const float level : {1.0F, 1.0001F, 2.0F, 1e20F, -1e20F}) {
    std::vector<float> signal(20000, level);
    signal.resize(40000, 0.0F);
    const auto result = to16Bits(signal, DitherKind::Shaped);
    for (size_t i = 20100; i < result.size(); ++i) REQUIRE(std::abs(result[i]) < 60.0 * step16);
  }
}

TEST_CASE("Dither gives the same bits for the same seed, however the signal is cut; others for other seeds") {
  const auto signal = sine(0.1, 440.0, 48000.0);
  for (const DitherKind kind : {DitherKind::None, DitherKind::Tpdf, DitherKind::Shaped}) {
    const Dither::Spec spec{.kind = kind, .channels = 2, .seed = 12};
    Dither dither;
    dither.prepare(spec);
    const auto whole = quantize(dither, signal);
    dither.reset();
    std::mt19937 random(4);
    std::vector<int32_t> cut(length);
    for (size_t done = 0; done < length;) {
      const size_t count = std::min<size_t>(1 + random() % 300, length - done);
      dither.quantize(0, signal.data() + done, cut.data() + done, count);
      dither.quantize(1, signal.data() + done, std::vector<int32_t>(count).data(), count);
      done += count;
    }
    CHECK(cut == whole);

    auto otherSpec = spec;
    otherSpec.seed = 13;
    Dither other;
    other.prepare(otherSpec);
    CHECK((quantize(other, signal) == whole) == (kind == DitherKind::None));
  }
}

TEST_CASE("The noise of two channels has nothing in common") {
  Dither dither;
  dither.prepare({.kind = DitherKind::Tpdf, .bits = 16, .channels = 2, .seed = 5});
  const std::vector<float> silence(length, 0.0F);
  const auto left = quantize(dither, silence, 0);
  const auto right = quantize(dither, silence, 1);
  double product = 0.0;
  double power = 0.0;
  for (size_t i = 0; i < length; ++i) {
    product += static_cast<double>(left[i]) * right[i];
    power += static_cast<double>(left[i]) * left[i];
  }
  CHECK(std::abs(product / power) < 0.01);
}

TEST_CASE("Without dither integers come out as they went in, and halves are rounded to even") {
  Dither dither;
  dither.prepare({.kind = DitherKind::None, .bits = 24, .channels = 1});
  for (int32_t value = -8388608; value <= 8388607; value += 97) {
    const float in = static_cast<float>(value) / 8388608.0F;
    int32_t out = 0;
    dither.quantize(0, &in, &out, 1);
    REQUIRE(out == value);
  }
  dither.prepare({.kind = DitherKind::None, .bits = 16, .channels = 1});
  const std::vector<float> halves = {0.5F / 32768.0F, 1.5F / 32768.0F, -0.5F / 32768.0F, -1.5F / 32768.0F};
  CHECK(quantize(dither, halves) == std::vector<int32_t>{0, 2, 0, -2});
}

TEST_CASE("Dither does not allocate while it runs") {
  const std::vector<float> signal(1000, 0.1F);
  std::vector<int32_t> out(1000);
  for (const DitherKind kind : {DitherKind::None, DitherKind::Tpdf, DitherKind::Shaped}) {
    Dither dither;
    dither.prepare({.kind = kind, .channels = 1});
    const mixwell::test::AllocationGuard guard;
    dither.quantize(0, signal.data(), out.data(), signal.size());
    dither.reset();
    CHECK(guard.allocations() == 0);
  }
}
