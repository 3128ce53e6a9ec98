// The true-peak signals of EBU Tech 3341 (2016), table 1, and the accuracy that Mixwell sets itself.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <complex>
#include <numbers>
#include <random>
#include <vector>

#include "meter/true_peak_meter.h"
#include "support/spectrum.h"

using mixwell::meter::TruePeakMeter;
using mixwell::test::toDb;

namespace {

constexpr double turn = 2.0 * std::numbers::pi;

double truePeakDb(const std::vector<float>& signal) {
  TruePeakMeter meter;
  meter.prepare(1);
  meter.process(signal.data(), 0, signal.size());
  meter.finish();
  return toDb(static_cast<double>(meter.truePeak()));
}

// A sine with fades of 10 ms.
std::vector<float> fadedSine(double rateHz, double frequencyHz, double phaseDegrees, double amplitude) {
  std::vector<float> signal(static_cast<size_t>(rateHz));
  const double fade = 0.01 * rateHz;
  for (size_t i = 0; i < signal.size(); ++i) {
    const auto place = static_cast<double>(i);
    const double fromEnd = static_cast<double>(signal.size() - 1) - place;
    const double gain = std::min({1.0, place / fade, fromEnd / fade});
    signal[i] = static_cast<float>(gain * amplitude *
                                   std::sin(turn * (frequencyHz * place / rateHz + phaseDegrees / 360.0)));
  }
  return signal;
}

// fs/6 at 0.50 with one period of fs/4 at 1.00 in it, phase-continuous, made at 4 fs, low-passed below fs/2
// and decimated.
std::vector<float> signal20(size_t offset) {
  constexpr size_t length = 4 * 4800;
  std::vector<double> wide(length);
  const size_t start = 24 * 400;  // whole periods of fs/6 at 4 fs
  for (size_t i = 0; i < length; ++i) {
    const bool inside = i >= start && i < start + 16;
    const double place = static_cast<double>(i < start ? i : inside ? i - start : i - start - 16);
    const double fade =
        std::min({1.0, static_cast<double>(i) / 1920.0, static_cast<double>(length - 1 - i) / 1920.0});
    wide[i] = fade * (inside ? std::sin(turn * place / 16.0) : 0.5 * std::sin(turn * place / 24.0));
  }
  constexpr int reach = 200;
  std::vector<double> kernel(2 * reach + 1);
  double sum = 0.0;
  for (int k = -reach; k <= reach; ++k) {
    const double sinc = k == 0 ? 0.25 : std::sin(turn * 0.125 * k) / (0.5 * turn * k);
    const double window =
        0.42 + 0.5 * std::cos(0.5 * turn * k / (reach + 1)) + 0.08 * std::cos(turn * k / (reach + 1));
    kernel[static_cast<size_t>(k + reach)] = sinc * window;
    sum += sinc * window;
  }
  std::vector<float> signal;
  for (size_t i = offset; i < length; i += 4) {
    double value = 0.0;
    for (int k = -reach; k <= reach; ++k) {
      const auto at = static_cast<std::ptrdiff_t>(i) + k;
      if (at >= 0 && at < static_cast<std::ptrdiff_t>(length)) {
        value += wide[static_cast<size_t>(at)] * kernel[static_cast<size_t>(k + reach)] / sum;
      }
    }
    signal.push_back(static_cast<float>(value));
  }
  return signal;
}

}  // namespace

TEST_CASE("EBU Tech 3341, 15 to 19: sines at fractions of the sample rate") {
  struct Signal {
    double divisor, phaseDegrees, amplitude, expectedDb;
  };
  const Signal signals[] = {{4.0, 0.0, 0.5, -6.0},
                            {4.0, 45.0, 0.5, -6.0},
                            {6.0, 60.0, 0.5, -6.0},
                            {8.0, 67.5, 0.5, -6.0},
                            {4.0, 45.0, 1.41, 3.0}};
  for (const double rateHz : {44100.0, 48000.0, 88200.0, 96000.0, 192000.0}) {
    for (const Signal& signal : signals) {
      const double peakDb =
          truePeakDb(fadedSine(rateHz, rateHz / signal.divisor, signal.phaseDegrees, signal.amplitude));
      CAPTURE(rateHz, signal.divisor, signal.phaseDegrees, peakDb);
      CHECK(peakDb <= signal.expectedDb + 0.2);
      CHECK(peakDb >= signal.expectedDb - 0.4);
    }
  }
}

TEST_CASE("EBU Tech 3341, 20 to 23: a loud period within a sine, at four offsets") {
  for (size_t offset = 0; offset < 4; ++offset) {
    const double peakDb = truePeakDb(signal20(offset));
    CAPTURE(offset, peakDb);
    CHECK(peakDb <= 0.2);
    CHECK(peakDb >= -0.4);
  }
}

TEST_CASE("True peak is within 0.1 dB of the truth for sines up to 0.45 of the sample rate") {
  std::mt19937 random(30);
  std::uniform_real_distribution<double> uniform(0.0, 1.0);
  double lowestDb = 0.0;
  double highestDb = 0.0;
  for (int round = 0; round < 400; ++round) {
    const double frequency =
        round % 4 == 0 ? 0.45 - 0.002 * uniform(random) : 0.001 + 0.449 * uniform(random);
    const double phase = uniform(random);
    constexpr size_t length = 6000;
    std::vector<float> signal(length);
    for (size_t i = 0; i < length; ++i) {
      const double window = 0.5 - 0.5 * std::cos(turn * static_cast<double>(i) / length);
      signal[i] =
          static_cast<float>(0.8 * window * std::sin(turn * (frequency * static_cast<double>(i) + phase)));
    }
    // The same at 64 times the rate.
    double truth = 0.0;
    for (size_t i = length * 32 - 64 * 100; i < length * 32 + 64 * 100; ++i) {
      const double place = static_cast<double>(i) / 64.0;
      const double window = 0.5 - 0.5 * std::cos(turn * place / length);
      truth = std::max(truth, std::abs(0.8 * window * std::sin(turn * (frequency * place + phase))));
    }
    const double errorDb = truePeakDb(signal) - toDb(truth);
    CAPTURE(frequency, phase, errorDb);
    CHECK(std::abs(errorDb) < 0.1);
    lowestDb = std::min(lowestDb, errorDb);
    highestDb = std::max(highestDb, errorDb);
  }
  CAPTURE(lowestDb, highestDb);
  CHECK(highestDb - lowestDb < 0.1);
}

TEST_CASE("True peak is within 0.1 dB of the truth for dense signals up to 0.45 of the sample rate") {
  std::mt19937 random(31);
  std::uniform_real_distribution<double> uniform(0.0, 1.0);
  for (int round = 0; round < 6; ++round) {
    constexpr size_t length = 2048;  // periodic, so that no edge disturbs
    std::vector<std::complex<double>> partials(static_cast<size_t>(0.45 * length));
    for (auto& partial : partials) partial = std::polar(uniform(random) / 300.0, turn * uniform(random));
    const auto at = [&partials](double place) {
      const std::complex<double> step = std::polar(1.0, turn * place / length);
      std::complex<double> rotation = 1.0;
      std::complex<double> sum = 0.0;
      for (const auto& partial : partials) {
        rotation *= step;
        sum += partial * rotation;
      }
      return sum.real();
    };
    std::vector<float> signal;
    for (size_t i = 0; i < length; ++i) signal.push_back(static_cast<float>(at(static_cast<double>(i))));
    double truth = 0.0;
    for (size_t i = 0; i < 32 * length; ++i)
      truth = std::max(truth, std::abs(at(static_cast<double>(i) / 32.0)));
    auto periods = signal;
    for (int i = 0; i < 2; ++i) periods.insert(periods.end(), signal.begin(), signal.end());
    const double errorDb = truePeakDb(periods) - toDb(truth);
    CAPTURE(round, errorDb);
    CHECK(errorDb > -0.1);
    CHECK(errorDb < 0.2);  // the cut at both ends may add a little
  }
}
