// usage: mixwell_file_bench SECONDS
// Measures a made stereo programme at 48 kHz by our meters and by libebur128, and prints for each, as JSON,
// how many times faster than it plays (the best of three runs, by the processor's time).
#include <ebur128.h>

#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <functional>
#include <iostream>
#include <memory>
#include <random>
#include <vector>

#include "meter/programme_analysis.h"

namespace {

using mixwell::meter::LoudnessMeter;
using mixwell::meter::ProgrammeAnalysis;
using mixwell::meter::TruePeakMeter;

constexpr std::size_t rateHz = 48000;
constexpr std::size_t block = 4096;

double bestOfThree(double seconds, const std::function<void()>& work) {
  double shortest = 1e9;
  for (int run = 0; run < 3; ++run) {
    const std::clock_t start = std::clock();
    work();
    shortest = std::min(shortest, static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC);
  }
  return seconds / shortest;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  const double seconds = std::atof(argv[1]);
  const std::size_t frames = static_cast<std::size_t>(seconds * rateHz) / block * block;
  std::mt19937 random(1);
  std::normal_distribution<float> normal(0.0F, 0.3F);
  std::vector<float> planar(2 * frames);
  float state = 0.0F;
  for (float& sample : planar) sample = state += 0.3F * (normal(random) - state);
  std::vector<float> interleaved(2 * frames);
  for (std::size_t i = 0; i < frames; ++i) {
    interleaved[2 * i] = planar[i];
    interleaved[2 * i + 1] = planar[frames + i];
  }

  const double ours = bestOfThree(seconds, [&] {
    const auto loudness = std::make_unique<LoudnessMeter>();
    loudness->prepare(rateHz, 2);
    TruePeakMeter peak;
    peak.prepare(2);
    for (std::size_t done = 0; done < frames; done += block) {
      loudness->process(planar.data() + done, frames, block);
      peak.process(planar.data() + done, frames, block);
    }
  });
  const double everything = bestOfThree(seconds, [&] {
    const auto analysis = std::make_unique<ProgrammeAnalysis>();
    analysis->prepare({.sampleRateHz = rateHz, .channels = 2, .spectrum = true});
    for (std::size_t done = 0; done < frames; done += block) {
      analysis->process(planar.data() + done, frames, block);
    }
    analysis->finish();
  });
  const auto theirs = [&](int mode) {
    return bestOfThree(seconds, [&] {
      ebur128_state* meter = ebur128_init(2, rateHz, mode);
      for (std::size_t done = 0; done < frames; done += block) {
        ebur128_add_frames_float(meter, interleaved.data() + 2 * done, block);
      }
      ebur128_destroy(&meter);
    });
  };
  const int loudness = EBUR128_MODE_I | EBUR128_MODE_LRA;
  std::cout << "{\"ours\": " << ours << ", \"everything\": " << everything
            << ", \"ebur128\": " << theirs(loudness | EBUR128_MODE_TRUE_PEAK)
            << ", \"ebur128NoPeak\": " << theirs(loudness) << "}\n";
  return 0;
}
