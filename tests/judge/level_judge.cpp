// usage: mixwell_level_judge FILE...
// Reads sound files by libsndfile and prints for each, as a line of JSON, its loudness and range by
// libebur128 and its true peak by a plain windowed sinc: 16 times oversampled, 64 samples to each side under
// a Kaiser window of beta 9. It shares nothing with the engine.
#include <ebur128.h>
#include <sndfile.h>

#include <algorithm>
#include <cmath>
#include <iostream>
#include <numbers>
#include <string>
#include <vector>

namespace {

constexpr int phases = 16;
constexpr int reach = 64;

double besselI0(double x) {
  double sum = 1.0;
  double term = 1.0;
  for (int k = 1; term > 1e-18 * sum; ++k) {
    term *= (0.5 * x / k) * (0.5 * x / k);
    sum += term;
  }
  return sum;
}

std::vector<std::vector<double>> sincs() {
  std::vector<std::vector<double>> all(phases, std::vector<double>(2 * reach));
  for (int phase = 1; phase < phases; ++phase) {
    for (int tap = 0; tap < 2 * reach; ++tap) {
      const double time = static_cast<double>(phase) / phases - (tap - reach + 1);
      const double place = time / reach;
      const double window =
          place * place < 1.0 ? besselI0(9.0 * std::sqrt(1.0 - place * place)) / besselI0(9.0) : 0.0;
      all[static_cast<std::size_t>(phase)][static_cast<std::size_t>(tap)] =
          window * std::sin(std::numbers::pi * time) / (std::numbers::pi * time);
    }
  }
  return all;
}

double truePeak(const std::vector<double>& sound) {
  static const auto filters = sincs();
  double highest = 0.0;
  for (const double sample : sound) highest = std::max(highest, std::abs(sample));
  // A peak between two samples that are far under the highest one would have to be a very sharp one.
  const double worthLooking = 0.4 * highest;
  std::vector<double> padded(2 * reach, 0.0);
  padded.insert(padded.end(), sound.begin(), sound.end());
  padded.insert(padded.end(), 2 * reach, 0.0);
  for (std::size_t at = reach; at + reach < padded.size(); ++at) {
    if (std::abs(padded[at]) < worthLooking && std::abs(padded[at + 1]) < worthLooking) continue;
    const double* first = padded.data() + at - reach + 1;
    for (std::size_t phase = 1; phase < phases; ++phase) {
      double value = 0.0;
      for (std::size_t tap = 0; tap < 2 * reach; ++tap) value += filters[phase][tap] * first[tap];
      highest = std::max(highest, std::abs(value));
    }
  }
  return highest;
}

std::string number(double value) {
  return std::isfinite(value) ? std::to_string(value) : "null";
}

bool judge(const char* path) {
  SF_INFO info{};
  SNDFILE* file = sf_open(path, SFM_READ, &info);
  if (file == nullptr) {
    std::cerr << path << ": " << sf_strerror(nullptr) << "\n";
    return false;
  }
  const auto channels = static_cast<std::size_t>(info.channels);
  const auto frames = static_cast<std::size_t>(info.frames);
  std::vector<double> samples(frames * channels);
  sf_readf_double(file, samples.data(), info.frames);
  sf_close(file);
  ebur128_state* state =
      ebur128_init(static_cast<unsigned>(channels), static_cast<unsigned long>(info.samplerate),
                   EBUR128_MODE_I | EBUR128_MODE_LRA);
  ebur128_add_frames_double(state, samples.data(), frames);
  double integrated = 0.0;
  double range = 0.0;
  ebur128_loudness_global(state, &integrated);
  ebur128_loudness_range(state, &range);
  ebur128_destroy(&state);
  double peak = 0.0;
  double samplePeak = 0.0;
  std::vector<double> channel(frames);
  for (std::size_t c = 0; c < channels; ++c) {
    for (std::size_t i = 0; i < frames; ++i) channel[i] = samples[i * channels + c];
    for (const double sample : channel) samplePeak = std::max(samplePeak, std::abs(sample));
    peak = std::max(peak, truePeak(channel));
  }
  std::cout << "{\"sampleRateHz\": " << info.samplerate << ", \"channels\": " << channels
            << ", \"frames\": " << frames << ", \"integratedLufs\": " << number(integrated)
            << ", \"loudnessRangeLu\": " << number(range)
            << ", \"truePeakDbtp\": " << number(20.0 * std::log10(peak))
            << ", \"samplePeakDbfs\": " << number(20.0 * std::log10(samplePeak)) << "}\n";
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::cerr << "usage: mixwell_level_judge FILE...\n";
    return 2;
  }
  bool all = true;
  for (int i = 1; i < argc; ++i) all = judge(argv[i]) && all;
  return all ? 0 : 1;
}
