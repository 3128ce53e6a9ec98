#include "resample/sample_rate_converter.h"

#include <soxr.h>

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <numbers>
#include <numeric>
#include <random>

#include "dsp/resample/converted.h"
#include "support/allocation_guard.h"
#include "support/spectrum.h"

using mixwell::resample::SampleRateConverter;
using mixwell::test::converted;
using mixwell::test::rms;
using mixwell::test::toDb;

namespace {

using Rates = std::pair<uint32_t, uint32_t>;

double sineAt(double frequencyHz, double seconds) {
  return std::sin(2.0 * std::numbers::pi * frequencyHz * seconds);
}

std::vector<float> sine(double amplitude, double frequencyHz, double rateHz, size_t frames) {
  std::vector<float> signal(frames);
  for (size_t i = 0; i < frames; ++i) {
    signal[i] = static_cast<float>(amplitude * sineAt(frequencyHz, static_cast<double>(i) / rateHz));
  }
  return signal;
}

// What a converter adds to a sine, away from the ends: its deviation from the same sine at the new rate in dB
// re 1.0 RMS. Takes in gain, phase, aliases, images and noise at once.
double deviationDb(double amplitude, double frequencyHz, Rates rates) {
  const auto [fromHz, toHz] = rates;
  const auto out = converted(sine(amplitude, frequencyHz, fromHz, fromHz / 2), fromHz, toHz);
  std::vector<double> deviation;
  for (size_t i = out.size() / 5; i < out.size() - out.size() / 5; ++i) {
    const double seconds = static_cast<double>(i) / toHz;
    deviation.push_back(static_cast<double>(out[i]) - amplitude * sineAt(frequencyHz, seconds));
  }
  return toDb(rms(deviation));
}

// A linear sweep from 0 Hz to `endHz` over `seconds`, at time `t`.
double sweepAt(double endHz, double seconds, double t) {
  return sineAt(endHz / (2.0 * seconds) * t, t);
}

const Rates everydayRates[] = {{44100, 48000},  {48000, 44100}, {96000, 44100}, {44100, 96000},
                               {96000, 48000},  {48000, 96000}, {88200, 44100}, {88200, 48000},
                               {192000, 44100}, {44100, 88200}};

}  // namespace

TEST_CASE("A sweep at -1 dBFS from 96 to 44.1 kHz leaves no alias above -140 dB and stays itself to 20 kHz") {
  constexpr double endHz = 47900.0;
  constexpr double seconds = 10.0;
  const double amplitude = std::pow(10.0, -1.0 / 20.0);
  std::vector<float> in(static_cast<size_t>(96000.0 * seconds));
  for (size_t i = 0; i < in.size(); ++i) {
    in[i] = static_cast<float>(amplitude * sweepAt(endHz, seconds, static_cast<double>(i) / 96000.0));
  }
  const auto out = converted(in, 96000, 44100);
  REQUIRE(out.size() == 441000);

  double worstAlias = 0.0;
  std::vector<double> aliases;
  double worstDeviation = 0.0;
  std::vector<double> deviations;
  for (size_t i = 500; i < out.size() - 500; ++i) {
    const double t = static_cast<double>(i) / 44100.0;
    const double frequencyHz = endHz * t / seconds;
    const double value = static_cast<double>(out[i]);
    if (frequencyHz > 22150.0) {  // nothing of it may be left
      aliases.push_back(value);
      worstAlias = std::max(worstAlias, std::abs(value));
    } else if (frequencyHz < 19950.0) {
      deviations.push_back(value - amplitude * sweepAt(endHz, seconds, t));
      worstDeviation = std::max(worstDeviation, std::abs(deviations.back()));
    }
  }
  CAPTURE(toDb(worstAlias), toDb(rms(aliases)), toDb(worstDeviation), toDb(rms(deviations)));
  CHECK(toDb(worstAlias) < -140.0);
  CHECK(toDb(rms(deviations)) < -140.0);
  CHECK(toDb(worstDeviation) < -140.0);
}

TEST_CASE(
    "Sines up to the pass band's edge come out with their level, phase and nothing else, within -140 dB") {
  for (const Rates& rates : everydayRates) {
    const double edgeHz = 20000.0 / 44100.0 * std::min(rates.first, rates.second);
    for (const double part : {0.001, 0.05, 0.3, 0.7, 0.95, 1.0}) {
      const double level = deviationDb(0.891, part * edgeHz, rates);
      CAPTURE(rates.first, rates.second, part * edgeHz, level);
      CHECK(level < -140.0);
    }
  }
}

TEST_CASE("Pass band ripple to 20 kHz is far under 0.01 dB between 44.1, 48 and 96 kHz") {
  for (const Rates& rates : {Rates{44100, 48000}, Rates{48000, 44100}, Rates{96000, 44100}}) {
    for (double frequencyHz = 100.0; frequencyHz <= 20000.0; frequencyHz += 1990.0) {
      const auto out = converted(sine(0.5, frequencyHz, rates.first, rates.first), rates.first, rates.second);
      const auto middle = static_cast<std::ptrdiff_t>(rates.second / 4);
      const std::vector<double> steady(out.begin() + middle, out.end() - middle);
      const double gainDb = toDb(mixwell::test::amplitudeAt(steady, rates.second, frequencyHz) / 0.5);
      CAPTURE(rates.first, rates.second, frequencyHz, gainDb);
      CHECK(std::abs(gainDb) < 0.001);
    }
  }
}

TEST_CASE("What lies above the lower Nyquist frequency is gone") {
  for (const Rates& rates :
       {Rates{96000, 44100}, Rates{48000, 44100}, Rates{96000, 48000}, Rates{192000, 44100}}) {
    for (const double factor : {1.0005, 1.02, 1.06, 1.088}) {
      const double frequencyHz = 0.5 * rates.second * factor;
      const auto out =
          converted(sine(0.891, frequencyHz, rates.first, rates.first), rates.first, rates.second);
      const auto quarter = static_cast<std::ptrdiff_t>(out.size() / 4);
      const std::vector<double> steady(out.begin() + quarter, out.end() - quarter);
      CAPTURE(rates.first, rates.second, frequencyHz, toDb(rms(steady)));
      CHECK(toDb(rms(steady)) < -140.0);
    }
  }
}

TEST_CASE("Ratios without a small fraction are as clean as the others") {
  for (const Rates& rates :
       {Rates{44100, 47999}, Rates{47999, 44100}, Rates{22254, 44100}, Rates{95999, 44101}}) {
    const double edgeHz = 20000.0 / 44100.0 * std::min(rates.first, rates.second);
    for (const double part : {0.05, 0.7, 1.0}) {
      const double level = deviationDb(0.891, part * edgeHz, rates);
      CAPTURE(rates.first, rates.second, part * edgeHz, level);
      CHECK(level < -140.0);
    }
  }
}

TEST_CASE("The extremes of 8 and 384 kHz convert") {
  for (const Rates& rates :
       {Rates{8000, 384000}, Rates{384000, 8000}, Rates{383999, 8000}, Rates{8001, 384000}}) {
    const double level = deviationDb(0.891, 3000.0, rates);
    CAPTURE(rates.first, rates.second, level);
    CHECK(level < -140.0);
  }
}

TEST_CASE("An impulse comes out symmetrical about its own place: linear phase") {
  for (const Rates& rates : everydayRates) {
    const uint32_t common = std::gcd(rates.first, rates.second);
    const size_t at = 10 * rates.first / common;  // a frame that both rates have
    const size_t expected = 10 * rates.second / common;
    std::vector<float> in(2 * at + 4000, 0.0F);
    in[at] = 1.0F;
    const auto out = converted(in, rates.first, rates.second);
    CAPTURE(rates.first, rates.second, expected);
    for (size_t i = 1; i < std::min<size_t>(expected, 1000); ++i) {
      REQUIRE(std::abs(out[expected - i] - out[expected + i]) < 1e-9F);
      REQUIRE(std::abs(out[expected + i]) < out[expected]);
    }
  }
}

TEST_CASE("The length is round(frames * ratio), whatever the length and the rates") {
  std::mt19937 random(11);
  std::vector<Rates> pairs(std::begin(everydayRates), std::end(everydayRates));
  pairs.insert(pairs.end(), {{8000, 384000}, {44100, 44101}, {48000, 48000}});
  for (const Rates& rates : pairs) {
    for (int round = 0; round < 8; ++round) {
      const size_t frames = round < 4 ? static_cast<size_t>(round) : random() % 20000;
      const double exact = static_cast<double>(frames) * rates.second / rates.first;
      CAPTURE(rates.first, rates.second, frames);
      CHECK(converted(std::vector<float>(frames, 0.1F), rates.first, rates.second).size() ==
            static_cast<size_t>(std::floor(exact + 0.5)));
    }
  }
  const SampleRateConverter converter(44100, 384000, 1);
  CHECK(converter.framesFor(44100ULL * 86400 * 365) == 384000ULL * 86400 * 365);  // a year
}

TEST_CASE("The result doesn't depend on blocks, nor on the other channels") {
  std::mt19937 random(12);
  std::uniform_real_distribution<float> uniform(-1.0F, 1.0F);
  constexpr size_t frames = 30000;
  for (const Rates& rates : {Rates{44100, 48000}, Rates{96000, 44100}, Rates{44100, 47999}}) {
    for (const size_t channels : {1U, 2U, 3U}) {
      std::vector<float> planar(frames * channels);
      for (float& sample : planar) sample = uniform(random);
      SampleRateConverter converter(rates.first, rates.second, channels);
      std::vector<std::vector<float>> result(channels);
      std::vector<float> block(500 * channels);
      const auto take = [&](size_t most) {
        const size_t count = converter.pull(block.data(), 500, most);
        for (size_t c = 0; c < channels; ++c) {
          const auto start = block.begin() + static_cast<std::ptrdiff_t>(500 * c);
          result[c].insert(result[c].end(), start, start + static_cast<std::ptrdiff_t>(count));
        }
        return count;
      };
      for (size_t given = 0; given < frames;) {
        given +=
            converter.push(planar.data() + given, frames, std::min<size_t>(random() % 9000, frames - given));
        take(1 + random() % 500);
      }
      converter.finish();
      while (take(1 + random() % 500) > 0) {
      }
      for (size_t c = 0; c < channels; ++c) {
        const auto start = planar.begin() + static_cast<std::ptrdiff_t>(frames * c);
        const std::vector<float> alone(start, start + static_cast<std::ptrdiff_t>(frames));
        CAPTURE(rates.first, rates.second, channels, c);
        CHECK(converted(alone, rates.first, rates.second) == result[c]);
      }
    }
  }
}

TEST_CASE("A converter is ready for another signal after reset, and leaves sound at its own rate alone") {
  const auto signal = sine(0.7, 1234.5, 44100.0, 10000);
  SampleRateConverter converter(44100, 48000, 1);
  std::vector<std::vector<float>> runs;
  for (int run = 0; run < 2; ++run) {
    converter.reset();
    std::vector<float> out(20000);
    const size_t taken = converter.push(signal.data(), 0, 5000);
    size_t made = converter.pull(out.data(), 0, out.size());
    CHECK(taken == 5000);
    converter.push(signal.data() + taken, 0, signal.size() - taken);
    converter.finish();
    made += converter.pull(out.data() + made, 0, out.size() - made);
    out.resize(made);
    runs.push_back(out);
  }
  CHECK(runs[0] == runs[1]);
  CHECK(runs[0] == converted(signal, 44100, 48000));
  CHECK(converted(signal, 48000, 48000) == signal);
}

TEST_CASE("libsoxr at its highest quality agrees on band-limited noise, in place and level") {
  for (const Rates& rates : {Rates{44100, 48000}, Rates{96000, 44100}, Rates{48000, 96000}}) {
    const auto [fromHz, toHz] = rates;
    std::mt19937 random(13);
    std::uniform_real_distribution<double> uniform(0.0, 1.0);
    std::vector<double> sum(fromHz / 2, 0.0);
    for (int partial = 0; partial < 60; ++partial) {  // noise to 17 kHz as a crowd of sines
      const double frequencyHz = 40.0 + 17000.0 * uniform(random);
      const double phase = uniform(random);
      for (size_t i = 0; i < sum.size(); ++i) {
        sum[i] += 0.03 * sineAt(frequencyHz, static_cast<double>(i) / fromHz + phase);
      }
    }
    const std::vector<float> in(sum.begin(), sum.end());
    const auto ours = converted(in, fromHz, toHz);

    std::vector<float> theirs(ours.size() + 1000);
    size_t done = 0;
    const soxr_quality_spec_t quality = soxr_quality_spec(SOXR_VHQ, 0);
    REQUIRE(soxr_oneshot(fromHz, toHz, 1, in.data(), in.size(), nullptr, theirs.data(), theirs.size(), &done,
                         nullptr, &quality, nullptr) == nullptr);
    REQUIRE(done == ours.size());
    std::vector<double> difference;
    for (size_t i = ours.size() / 4; i < 3 * ours.size() / 4; ++i) {
      difference.push_back(static_cast<double>(ours[i]) - static_cast<double>(theirs[i]));
    }
    CAPTURE(fromHz, toHz, toDb(rms(difference)));
    CHECK(toDb(rms(difference)) <
          -110.0);  // its interpolated phases are the coarser; the sines above look closer
  }
}

TEST_CASE("A converter does not allocate while it runs") {
  const auto signal = sine(0.7, 1234.5, 44100.0, 10000);
  std::vector<float> out(30000);
  for (const Rates& rates : {Rates{44100, 48000}, Rates{44100, 47999}}) {
    SampleRateConverter converter(rates.first, rates.second, 1);
    const mixwell::test::AllocationGuard guard;
    converter.push(signal.data(), 0, 7000);
    converter.pull(out.data(), 0, out.size());
    converter.push(signal.data() + 7000, 0, 3000);
    converter.finish();
    converter.pull(out.data(), 0, out.size());
    CHECK(guard.allocations() == 0);
  }
}
