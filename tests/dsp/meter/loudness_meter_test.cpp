#include "meter/loudness_meter.h"

#include <ebur128.h>

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <cmath>
#include <complex>
#include <limits>
#include <memory>
#include <numbers>
#include <random>

#include "support/allocation_guard.h"

using Catch::Matchers::WithinAbs;
using mixwell::meter::LoudnessMeter;

namespace {

using Channels = std::vector<std::vector<float>>;

std::unique_ptr<LoudnessMeter> meterFor(uint32_t rateHz, size_t channels) {
  auto meter = std::make_unique<LoudnessMeter>();
  meter->prepare(rateHz, channels);
  return meter;
}

std::vector<float> planar(const Channels& channels) {
  std::vector<float> result;
  for (const auto& channel : channels) result.insert(result.end(), channel.begin(), channel.end());
  return result;
}

std::vector<double> readings(const LoudnessMeter& meter) {
  return {meter.momentaryLufs(),    meter.shortTermLufs(),    meter.integratedLufs(),
          meter.maxMomentaryLufs(), meter.maxShortTermLufs(), meter.loudnessRangeLu()};
}

// Coloured noise and tones, louder and softer by turns of 10 s and from note to note, with rests: dynamics as
// music has them.
Channels programme(uint32_t rateHz, double seconds, size_t channels, unsigned seed) {
  std::mt19937 random(seed);
  std::normal_distribution<float> normal(0.0F, 1.0F);
  std::uniform_real_distribution<double> uniform(0.0, 1.0);
  Channels result(channels, std::vector<float>(static_cast<size_t>(seconds * rateHz)));
  const size_t note = rateHz / 3;
  double gain = 0.1;
  double partDb = -20.0;
  double pitchHz = 200.0;
  std::vector<float> low(channels, 0.0F);
  for (size_t i = 0; i < result[0].size(); ++i) {
    if (i % (30 * note) == 0) partDb = -30.0 + 20.0 * uniform(random);
    if (i % note == 0) {
      gain = uniform(random) < 0.05 ? 0.0 : std::pow(10.0, (partDb + 6.0 * uniform(random)) / 20.0);
      pitchHz = 60.0 * std::pow(2.0, 6.0 * uniform(random));
    }
    const double tone = std::sin(2.0 * std::numbers::pi * pitchHz * static_cast<double>(i) / rateHz);
    for (size_t c = 0; c < channels; ++c) {
      low[c] += 0.05F * (normal(random) - low[c]);
      result[c][i] = static_cast<float>(gain * (0.5 * tone + static_cast<double>(low[c])));
    }
  }
  return result;
}

// Loudness of a sine of amplitude 1 in one channel: a window's mean square, once all has settled.
double sineLufs(uint32_t rateHz, double frequencyHz) {
  std::vector<float> signal(4 * rateHz);
  for (size_t i = 0; i < signal.size(); ++i) {
    signal[i] =
        static_cast<float>(std::sin(2.0 * std::numbers::pi * frequencyHz * static_cast<double>(i) / rateHz));
  }
  const auto meter = meterFor(rateHz, 1);
  meter->process(signal.data(), 0, signal.size());
  return meter->shortTermLufs();
}

}  // namespace

TEST_CASE(
    "K-weighting at 48 kHz has the response of BS.1770-5's tables 1 and 2, and keeps it at other rates") {
  for (const double frequencyHz :
       {20.0, 40.0, 100.0, 500.0, 1000.0, 1500.0, 2000.0, 4000.0, 8000.0, 15000.0}) {
    const std::complex<double> z = std::polar(1.0, -2.0 * std::numbers::pi * frequencyHz / 48000.0);
    const auto shelf = (1.53512485958697 - 2.69169618940638 * z + 1.19839281085285 * z * z) /
                       (1.0 - 1.69065929318241 * z + 0.73248077421585 * z * z);
    const auto highPass = (1.0 - 2.0 * z + z * z) / (1.0 - 1.99004745483398 * z + 0.99007225036621 * z * z);
    const double expected = -0.691 + 10.0 * std::log10(0.5 * std::norm(shelf * highPass));
    CAPTURE(frequencyHz);
    CHECK_THAT(sineLufs(48000, frequencyHz), WithinAbs(expected, 0.003));
    CHECK_THAT(sineLufs(192000, frequencyHz), WithinAbs(expected, 0.1));
    CHECK_THAT(sineLufs(44100, frequencyHz), WithinAbs(expected, 0.1));
  }
  CHECK_THAT(sineLufs(48000, 997.0), WithinAbs(-3.01, 0.01));  // BS.1770-5: 0 dBFS in one channel
}

TEST_CASE("libebur128 agrees on programmes with wide dynamics") {
  for (const uint32_t rateHz : {44100U, 48000U, 96000U}) {
    const auto channels = programme(rateHz, 60.0, 2, rateHz);
    const size_t frames = channels[0].size();
    const auto ours = meterFor(rateHz, 2);
    ours->process(planar(channels).data(), frames, frames);

    ebur128_state* theirs = ebur128_init(2, rateHz, EBUR128_MODE_I | EBUR128_MODE_LRA);
    double maxMomentary = -std::numeric_limits<double>::infinity();
    const size_t step = rateHz / 50;
    std::vector<float> interleaved(2 * step);
    for (size_t done = 0; done + step <= frames; done += step) {
      for (size_t i = 0; i < 2 * step; ++i) interleaved[i] = channels[i % 2][done + i / 2];
      ebur128_add_frames_float(theirs, interleaved.data(), step);
      double momentary = 0.0;
      ebur128_loudness_momentary(theirs, &momentary);
      maxMomentary = std::max(maxMomentary, momentary);
    }
    double integrated = 0.0;
    double range = 0.0;
    ebur128_loudness_global(theirs, &integrated);
    ebur128_loudness_range(theirs, &range);
    ebur128_destroy(&theirs);
    CAPTURE(rateHz, integrated, range, maxMomentary);
    CHECK_THAT(ours->integratedLufs(), WithinAbs(integrated, 0.02));
    CHECK_THAT(ours->loudnessRangeLu(), WithinAbs(range, 0.05));
    CHECK(ours->maxMomentaryLufs() > maxMomentary - 0.001);  // it was asked every 20 ms only
    CHECK(ours->maxMomentaryLufs() < maxMomentary + 0.1);
  }
}

TEST_CASE("Surround channels weigh 1.41, the LFE nothing (BS.1770-5, table 4)") {
  const auto signal = programme(48000, 3.0, 1, 5)[0];
  const size_t frames = signal.size();
  const auto alone = [&](size_t channels, size_t channel) {
    std::vector<float> sound(frames * channels, 0.0F);
    std::copy(signal.begin(), signal.end(), sound.begin() + static_cast<std::ptrdiff_t>(channel * frames));
    const auto meter = meterFor(48000, channels);
    meter->process(sound.data(), frames, frames);
    return meter->shortTermLufs();
  };
  const double front = alone(1, 0);
  const double surround = front + 10.0 * std::log10(1.41);
  for (size_t channel = 0; channel < 3; ++channel) CHECK_THAT(alone(5, channel), WithinAbs(front, 1e-6));
  for (size_t channel = 3; channel < 5; ++channel) CHECK_THAT(alone(5, channel), WithinAbs(surround, 1e-6));
  CHECK_THAT(alone(4, 2), WithinAbs(surround, 1e-6));
  CHECK_THAT(alone(6, 5), WithinAbs(surround, 1e-6));
  CHECK(alone(6, 3) == -std::numeric_limits<double>::infinity());
}

TEST_CASE("Loudness doesn't depend on blocks, and a reset meter is a fresh one") {
  const auto channels = programme(48000, 8.0, 2, 6);
  const auto sound = planar(channels);
  const size_t frames = channels[0].size();
  const auto whole = meterFor(48000, 2);
  whole->process(sound.data(), frames, frames);
  const auto cut = meterFor(48000, 2);
  std::mt19937 random(7);
  for (int run = 0; run < 2; ++run) {
    for (size_t done = 0; done < frames;) {
      const size_t count = std::min<size_t>(random() % 700, frames - done);
      cut->process(sound.data() + done, frames, count);
      done += count;
    }
    CHECK(readings(*cut) == readings(*whole));
    cut->reset();
    CHECK(readings(*cut) == readings(*meterFor(48000, 2)));
  }
}

TEST_CASE("Silence reads minus infinity, also after a long time of loud noise") {
  constexpr double silent = -std::numeric_limits<double>::infinity();
  const auto meter = meterFor(48000, 1);
  CHECK(meter->momentaryLufs() == silent);
  CHECK(meter->integratedLufs() == silent);
  CHECK(meter->loudnessRangeLu() == 0.0);
  for (unsigned seed = 0; seed < 4;
       ++seed) {  // with seed 1, rounding leaves a sum above zero where it is never renewed
    meter->reset();
    std::mt19937 random(seed);
    std::normal_distribution<float> normal(0.0F, 0.3F);
    std::vector<float> noise(6 * 48000);
    for (float& sample : noise) sample = normal(random);
    meter->process(noise.data(), 0, noise.size());
    const std::vector<float> silence(8 * 48000, 0.0F);
    meter->process(silence.data(), 0, silence.size());
    CHECK(meter->momentaryLufs() == silent);
    CHECK(meter->shortTermLufs() < -300.0);  // the high-pass rings down for a while
  }
}

TEST_CASE("What a reset meter held before does not leave its windows again") {
  const auto loud = programme(48000, 5.0, 1, 10)[0];
  const auto soft = programme(48000, 5.0, 1, 11)[0];
  const auto used = meterFor(48000, 1);
  used->process(loud.data(), 0, loud.size());
  used->reset();
  const auto fresh = meterFor(48000, 1);
  for (size_t done = 0; done < soft.size(); done += 12000) {
    used->process(soft.data() + done, 0, 12000);
    fresh->process(soft.data() + done, 0, 12000);
    CHECK(readings(*used) == readings(*fresh));
  }
}

TEST_CASE("Blocks under the absolute gate of -70 LUFS don't count (BS.1770-5)") {
  const auto level = [](double lufs) {
    std::vector<float> tone(10 * 48000);
    for (size_t i = 0; i < tone.size(); ++i) {
      const double sine = std::sin(2.0 * std::numbers::pi * 997.0 * static_cast<double>(i) / 48000.0);
      tone[i] = static_cast<float>(std::pow(10.0, (lufs + 3.01) / 20.0) * sine);
    }
    const auto meter = meterFor(48000, 1);
    meter->process(tone.data(), 0, tone.size());
    return meter->integratedLufs();
  };
  CHECK_THAT(level(-69.5), WithinAbs(-69.5, 0.05));
  CHECK(level(-70.5) == -std::numeric_limits<double>::infinity());
}

TEST_CASE("What is no number leaves the meter within a block") {
  for (const float bad : {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity()}) {
    const auto meter = meterFor(48000, 2);
    auto channels = programme(48000, 4.0, 2, 8);
    const auto clean = meterFor(48000, 2);
    clean->process(planar(channels).data(), channels[0].size(), channels[0].size());
    channels[0][2000] = bad;
    channels[1][2100] = -bad;
    meter->process(planar(channels).data(), channels[0].size(), channels[0].size());
    CHECK_THAT(meter->shortTermLufs(), WithinAbs(clean->shortTermLufs(), 1e-3));
    CHECK_THAT(meter->integratedLufs(), WithinAbs(clean->integratedLufs(), 0.1));
  }
}

TEST_CASE("LoudnessMeter does not allocate while it listens") {
  const auto meter = meterFor(48000, 2);
  const std::vector<float> sound(2 * 48000, 0.1F);
  const mixwell::test::AllocationGuard guard;
  for (int i = 0; i < 4; ++i) meter->process(sound.data(), 48000, 48000);
  const bool heard = meter->integratedLufs() > -60.0 && meter->loudnessRangeLu() >= 0.0;
  meter->reset();
  CHECK(guard.allocations() == 0);
  CHECK(heard);
}
