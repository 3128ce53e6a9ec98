#include "meter/programme_analysis.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <cmath>
#include <functional>
#include <memory>
#include <numbers>
#include <random>
#include <vector>

using Catch::Matchers::WithinAbs;
using mixwell::meter::BandSpectrum;
using mixwell::meter::LoudnessMeter;
using mixwell::meter::ProgrammeAnalysis;
using mixwell::meter::TruePeakMeter;

namespace {

constexpr double turn = 2.0 * std::numbers::pi;
using Channels = std::vector<std::vector<float>>;
using Sound = std::function<double(size_t)>;

std::vector<float> made(size_t frames, const Sound& sound) {
  std::vector<float> samples(frames);
  for (size_t i = 0; i < frames; ++i) samples[i] = static_cast<float>(sound(i));
  return samples;
}

std::vector<float> sine(size_t frames, double cyclesPerFrame, double level) {
  return made(frames,
              [=](size_t i) { return level * std::sin(turn * cyclesPerFrame * static_cast<double>(i)); });
}

std::vector<float> noise(size_t frames, double deviation, unsigned seed) {
  std::mt19937 random(seed);
  std::normal_distribution<double> normal(0.0, deviation);
  return made(frames, [&](size_t) { return normal(random); });
}

std::vector<float> planar(const Channels& channels) {
  std::vector<float> all;
  for (const auto& channel : channels) all.insert(all.end(), channel.begin(), channel.end());
  return all;
}

std::unique_ptr<ProgrammeAnalysis> analysed(const Channels& channels, uint32_t rateHz = 48000,
                                            const std::function<size_t()>& blockFrames = {}) {
  auto analysis = std::make_unique<ProgrammeAnalysis>();
  analysis->prepare({.sampleRateHz = rateHz, .channels = channels.size(), .spectrum = true});
  const auto sound = planar(channels);
  const size_t frames = channels[0].size();
  for (size_t done = 0; done < frames;) {
    const size_t count = std::min(blockFrames ? blockFrames() : frames, frames - done);
    analysis->process(sound.data() + done, frames, count);
    done += count;
  }
  analysis->finish();
  return analysis;
}

// The band that a frequency lies in.
size_t bandOf(double hz) {
  return static_cast<size_t>(std::lround(10.0 * std::log10(hz / 1000.0))) + 17;
}

double powerDb(double power) {
  return 10.0 * std::log10(power);
}

std::vector<double> everything(const ProgrammeAnalysis& analysis, size_t channels) {
  std::vector<double> all = {static_cast<double>(analysis.truePeak()),
                             analysis.correlation(),
                             analysis.monoShare(),
                             analysis.loudness().integratedLufs(),
                             static_cast<double>(analysis.overs()),
                             static_cast<double>(analysis.silentHead()),
                             static_cast<double>(analysis.silentTail())};
  for (size_t band = 0; band < BandSpectrum::bands; ++band) {
    const auto power = analysis.spectrum().band(band);
    all.insert(all.end(), {power.left, power.right, power.cross});
  }
  for (size_t c = 0; c < channels; ++c) {
    all.insert(all.end(), {analysis.rms(c), analysis.dc(c), static_cast<double>(analysis.truePeakFrame(c)),
                           static_cast<double>(analysis.clippedRuns(c))});
    for (const uint64_t place : analysis.clippedPlaces(c)) all.push_back(static_cast<double>(place));
  }
  for (const auto& moment : analysis.history()) {
    for (const float value :
         {moment.momentaryLufs, moment.shortTermLufs, moment.truePeak, moment.correlation})
      all.push_back(static_cast<double>(value));
  }
  for (const auto& over : analysis.overPlaces()) all.push_back(static_cast<double>(over.frame));
  return all;
}

}  // namespace

TEST_CASE("ProgrammeAnalysis gives the same bits however its programme is cut into blocks") {
  const uint32_t rateHz = GENERATE(44100U, 48000U);
  std::mt19937 random(5);
  Channels channels = {noise(150000, 0.4, 1), noise(150000, 0.4, 2)};
  for (auto& channel : channels) {
    for (float& sample : channel) sample = std::clamp(sample, -1.0F, 1.0F);
  }
  const auto whole = everything(*analysed(channels, rateHz), 2);
  CHECK(everything(*analysed(channels, rateHz, [&] { return 1 + random() % 2000; }), 2) == whole);
  CHECK(everything(*analysed(channels, rateHz, [] { return size_t{1}; }), 2) == whole);
}

TEST_CASE("The band spectrum has a sine's power in the band of its frequency, in the right channel") {
  const uint32_t rateHz = GENERATE(44100U, 96000U);
  for (const double hz : {40.0, 100.0, 1000.0, 10000.0}) {
    const auto tone = sine(5 * rateHz, hz / rateHz, 0.5);
    const auto analysis = analysed({tone, std::vector<float>(tone.size(), 0.0F)}, rateHz);
    CAPTURE(rateHz, hz);
    const auto power = analysis->spectrum().band(bandOf(hz));
    CHECK_THAT(powerDb(power.left / 0.125), WithinAbs(0.0, hz < 100.0 ? 0.3 : 0.05));
    CHECK(power.right == 0.0);
    for (size_t band = 0; band < BandSpectrum::bands; ++band) {
      const double hzOfBand = BandSpectrum::centreHz(band);
      if (hzOfBand > 2.0 * hz || hzOfBand < 0.5 * hz)
        CHECK(powerDb(analysis->spectrum().band(band).left) < -50.0);
    }
  }
}

TEST_CASE("White noise fills the bands by their width, and silence around it changes nothing") {
  constexpr double deviation = 0.1;
  auto sound = noise(20 * 48000, deviation, 3);
  const auto dense = analysed({sound});
  sound.insert(sound.begin(), 5 * 48000, 0.0F);
  sound.insert(sound.end(), 15 * 48000, 0.0F);
  const auto thinned = analysed({sound});
  for (size_t band = 0; band < BandSpectrum::bands; ++band) {
    const double centre = BandSpectrum::centreHz(band);
    const double width = centre * (std::pow(10.0, 0.05) - std::pow(10.0, -0.05));
    CAPTURE(centre);
    const double level = powerDb(dense->spectrum().band(band).left);
    if (centre > 90.0) CHECK_THAT(level, WithinAbs(powerDb(deviation * deviation * width / 24000.0), 0.5));
    CHECK_THAT(powerDb(thinned->spectrum().band(band).left), WithinAbs(level, 0.3));
  }
}

TEST_CASE("The highest of a band is that of the window that has most of it") {
  const size_t rate = 48000;
  auto tone = sine(10 * rate, 1000.0 / rate, 0.1);
  for (size_t i = 4 * rate; i < 5 * rate; ++i) tone[i] *= 5.0F;
  const auto analysis = analysed({tone, tone}, rate);
  // Both sides at half of full scale: 0.125 each.
  CHECK_THAT(analysis->spectrum().highest(17), WithinAbs(0.25, 0.003));
  const auto mean = analysis->spectrum().band(17);
  CHECK(mean.left + mean.right < 0.05);
}

TEST_CASE("The spread of a wide band is that of its level, and rests don't count") {
  const size_t rate = 48000;
  // Nine tenths of the time at -30 dB, one at -18, then silence in the band for as long again.
  auto low = sine(40 * rate, 60.0 / rate, std::pow(10.0, -30.0 / 20.0));
  for (size_t i = 36 * rate; i < 40 * rate; ++i) low[i] *= static_cast<float>(std::pow(10.0, 12.0 / 20.0));
  low.resize(80 * rate, 0.0F);
  const auto steady = sine(80 * rate, 3000.0 / rate, 0.05);
  for (size_t i = 0; i < low.size(); ++i) low[i] += steady[i];
  const auto analysis = analysed({low, low}, rate);
  const auto bass = analysis->spectrum().spread(0);
  CHECK_THAT(bass.usualDb, WithinAbs(-30.0, 0.6));
  CHECK_THAT(bass.loudDb, WithinAbs(-18.0, 0.6));
  const auto presence = analysis->spectrum().spread(2);
  CHECK_THAT(presence.usualDb, WithinAbs(20.0 * std::log10(0.05), 0.6));
  CHECK_THAT(presence.loudDb - presence.usualDb, WithinAbs(0.0, 0.01));
}

TEST_CASE("A silent programme has no spread") {
  const auto analysis = analysed({std::vector<float>(96000, 0.0F)});
  CHECK(std::isinf(analysis->spectrum().spread(0).usualDb));
  CHECK(analysis->spectrum().highest(3) == 0.0);
}

TEST_CASE("Bands tell low frequencies in opposite phase from high ones in phase") {
  const size_t frames = 5 * 48000;
  const auto low = sine(frames, 60.0 / 48000.0, 0.3);
  const auto high = sine(frames, 5000.0 / 48000.0, 0.3);
  Channels channels(2, std::vector<float>(frames));
  for (size_t i = 0; i < frames; ++i) {
    channels[0][i] = high[i] + low[i];
    channels[1][i] = high[i] - low[i];
  }
  const auto analysis = analysed(channels);
  const auto correlation = [&](double hz) {
    const auto power = analysis->spectrum().band(bandOf(hz));
    return power.cross / std::sqrt(power.left * power.right);
  };
  CHECK_THAT(correlation(60.0), WithinAbs(-1.0, 0.001));
  CHECK_THAT(correlation(5000.0), WithinAbs(1.0, 0.001));
  CHECK_THAT(analysis->correlation(), WithinAbs(0.0, 0.001));
}

TEST_CASE("Correlation and what is left in mono, without the DC") {
  const auto one = noise(200000, 0.2, 7);
  const auto other = noise(200000, 0.2, 8);
  auto opposite = one;
  for (float& sample : opposite) sample = -sample;
  auto shifted = other;
  for (float& sample : shifted) sample += 0.3F;
  auto shiftedToo = one;
  for (float& sample : shiftedToo) sample += 0.3F;
  CHECK_THAT(analysed({one, one})->correlation(), WithinAbs(1.0, 1e-9));
  CHECK_THAT(analysed({one, one})->monoShare(), WithinAbs(1.0, 1e-9));
  CHECK_THAT(analysed({one, opposite})->correlation(), WithinAbs(-1.0, 1e-9));
  CHECK_THAT(analysed({one, opposite})->monoShare(), WithinAbs(0.0, 1e-9));
  CHECK_THAT(analysed({one, other})->correlation(), WithinAbs(0.0, 0.01));
  CHECK_THAT(analysed({one, other})->monoShare(), WithinAbs(0.5, 0.01));
  CHECK_THAT(analysed({shiftedToo, shifted})->correlation(), WithinAbs(0.0, 0.01));
  CHECK(analysed({one, std::vector<float>(200000, 0.0F)})->correlation() == 0.0);
  CHECK(analysed({one})->correlation() == 1.0);
}

TEST_CASE("RMS and DC are each channel's own") {
  auto tone = sine(48000, 1000.0 / 48000.0, 0.5);
  for (float& sample : tone) sample += 0.02F;
  const auto analysis = analysed({tone, sine(48000, 500.0 / 48000.0, 0.25)});
  CHECK_THAT(analysis->dc(0), WithinAbs(0.02, 1e-6));
  CHECK_THAT(analysis->dc(1), WithinAbs(0.0, 1e-6));
  CHECK_THAT(analysis->rms(0), WithinAbs(std::sqrt(0.125 + 0.0004), 1e-5));
  CHECK_THAT(analysis->rms(1), WithinAbs(0.25 / std::sqrt(2.0), 1e-5));
}

TEST_CASE("Clipping is counted where the sound is flat at its peak") {
  const auto clipped = [](size_t frames, double level, double ceiling) {
    auto tone = sine(frames, 100.0 / 48000.0, level);
    for (float& sample : tone) {
      sample = std::clamp(sample, static_cast<float>(-ceiling), static_cast<float>(ceiling));
    }
    return tone;
  };
  const auto hard = analysed({clipped(48000, 2.0, 1.0), sine(48000, 997.0 / 48000.0, 1.0)});
  CHECK(hard->clippedRuns(0) == 200);
  CHECK(hard->clippedRuns(1) == 0);
  REQUIRE(hard->clippedPlaces(0).size() == 32);
  CHECK(hard->clippedPlaces(0)[0] == 40);  // asin(1/2) of 480 frames a period
  CHECK(hard->clippedPlaces(0)[1] == 280);
  CHECK(analysed({clipped(48000, 2.0, 0.5)})->clippedRuns(0) == 0);

  auto risen = clipped(48000, 2.0, 0.99);  // plateaus that a later peak towers over
  risen[47000] = 1.0F;
  CHECK(analysed({risen})->clippedRuns(0) == 0);
  auto pair = std::vector<float>(1000, 0.0F);
  pair[500] = pair[501] = 1.0F;  // two are none
  CHECK(analysed({pair})->clippedRuns(0) == 0);
  pair[499] = -0.99995F;
  CHECK(analysed({pair})->clippedRuns(0) == 1);
  std::vector<float> end(1000, 0.0F);
  std::fill(end.end() - 3, end.end(), 1.0F);
  CHECK(analysed({end})->clippedRuns(0) == 1);
}

TEST_CASE("Peaks between samples above full scale are found where they are") {
  // Bursts at a quarter of the sample rate, sampled at 45 degrees: samples at 0.78, peaks at 1.1.
  std::vector<float> sound(96000, 0.0F);
  const auto burst = [&sound](size_t centre, double level) {
    for (size_t i = centre - 200; i <= centre + 200; ++i) {
      const double time = static_cast<double>(i) - static_cast<double>(centre) - 0.5;
      sound[i] = static_cast<float>(level * std::exp(-time * time / 5000.0) * std::cos(turn * 0.25 * time));
    }
  };
  burst(20000, 1.1);
  burst(50000, 0.95);
  burst(70000, 1.05);
  const auto analysis = analysed({std::vector<float>(96000, 0.0F), sound});
  CHECK(analysis->samplePeak() < 0.8F);
  CHECK(analysis->overs() == 2);
  REQUIRE(analysis->overPlaces().size() == 2);
  CHECK(analysis->overPlaces()[0].frame == 20000);
  CHECK(analysis->overPlaces()[0].channel == 1);
  CHECK_THAT(analysis->overPlaces()[0].truePeak, WithinAbs(1.1, 0.01));
  CHECK(analysis->overPlaces()[1].frame == 70000);
  CHECK(analysis->truePeakFrame(1) == 20000);
  CHECK(analysis->truePeak(0) == 0.0F);

  const auto fullScale = analysed({made(48000, [](size_t i) {
    const double fade = std::sin(0.5 * turn * static_cast<double>(i) / 48000.0);
    return fade * std::sin(0.25 * turn * static_cast<double>(i));
  })});
  CHECK(fullScale->truePeak() > 0.999F);
  CHECK(fullScale->overs() == 0);
}

TEST_CASE("Silence at both ends is what stays under -70 dBFS in all channels") {
  std::vector<float> left(48000, 1e-4F);
  std::vector<float> right(48000, -1e-4F);
  left[3000] = 0.1F;
  right[40000] = -0.001F;
  const auto analysis = analysed({left, right});
  CHECK(analysis->silentHead() == 3000);
  CHECK(analysis->silentTail() == 7999);
  const auto silent = analysed({std::vector<float>(1000, 0.0F)});
  CHECK(silent->silentHead() == 1000);
  CHECK(silent->silentTail() == 0);
  CHECK(silent->monoShare() == 1.0);
  CHECK(std::isinf(silent->loudness().integratedLufs()));
}

TEST_CASE("The history reads what the meters show each 100 ms") {
  constexpr size_t frames = 5 * 44100 + 1000;
  auto sound = noise(frames, 0.1, 11);
  for (size_t i = 100000; i < frames; ++i) sound[i] *= 3.0F;
  const auto analysis = analysed({sound, sound}, 44100);
  REQUIRE(analysis->history().size() == 51);
  auto loudness = std::make_unique<LoudnessMeter>();
  loudness->prepare(44100, 1);
  TruePeakMeter whole;
  whole.prepare(1);
  whole.process(sound.data(), 0, frames);
  whole.finish();
  CHECK(analysis->truePeak() == whole.truePeak());
  for (size_t moment = 0; moment < 50; ++moment) {
    loudness->process(sound.data() + moment * 4410, 0, 4410);
    const auto& told = analysis->history()[moment];
    CAPTURE(moment);
    CHECK_THAT(told.momentaryLufs, WithinAbs(loudness->momentaryLufs() + 3.0103, 0.001));
    CHECK_THAT(told.shortTermLufs, WithinAbs(loudness->shortTermLufs() + 3.0103, 0.001));
    CHECK_THAT(told.correlation, WithinAbs(1.0, 1e-6));
    const float highest =
        std::abs(*std::max_element(sound.begin() + static_cast<std::ptrdiff_t>(moment * 4410) + 30,
                                   sound.begin() + static_cast<std::ptrdiff_t>((moment + 1) * 4410) - 30));
    CHECK(told.truePeak >= highest);
    CHECK(told.truePeak < 2.0F * highest);
  }
}

TEST_CASE("Five channels have their own peaks and loudness by their weights") {
  Channels channels;
  for (size_t c = 0; c < 5; ++c)
    channels.push_back(sine(3 * 48000, 1000.0 / 48000.0, 0.01 * (1.0 + static_cast<double>(c))));
  const auto analysis = analysed(channels);
  CHECK_THAT(analysis->samplePeak(4), WithinAbs(0.05, 1e-5));
  CHECK_THAT(analysis->rms(2), WithinAbs(0.03 / std::sqrt(2.0), 1e-5));
  const double weighted = 1.0 + 4.0 + 9.0 + 1.41 * (16.0 + 25.0);
  // A 1 kHz sine of 0 dBFS in one channel reads -3.01 LUFS.
  CHECK_THAT(analysis->loudness().integratedLufs(), WithinAbs(-3.01 + powerDb(1e-4 * weighted), 0.05));
}
