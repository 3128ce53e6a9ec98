#include "support/true_peak_judge.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "support/spectrum.h"

namespace mixwell::test {

namespace {

constexpr int times = 16;
constexpr int taps = 128;

// Points are made where a sample near by comes to 0.3 of the largest so far, all of them where one half-way
// does to 0.6.
class Judge {
 public:
  Judge() {
    for (int phase = 1; phase < times; ++phase) {
      for (int tap = 0; tap < taps; ++tap) {
        const double time = tap - (taps / 2 - 1) - phase / static_cast<double>(times);
        const double place = time / (taps / 2);
        const double window = std::cyl_bessel_i(0.0, 9.0 * std::sqrt(std::max(0.0, 1.0 - place * place))) /
                              std::cyl_bessel_i(0.0, 9.0);
        const double angle = std::numbers::pi * time;
        taps_[phase][tap] = static_cast<float>(std::sin(angle) / angle * window);
      }
    }
  }

  float truePeak(const Signal& signal) const {
    float largest = 1e-9f;
    for (const float sample : signal) largest = std::max(largest, std::abs(sample));
    for (std::size_t i = taps / 2 - 1; i + taps / 2 + 1 < signal.size(); ++i) {
      float near = 0.0f;
      for (std::size_t k = i - 2; k <= i + 3; ++k) near = std::max(near, std::abs(signal[k]));
      if (near < 0.3f * largest) continue;
      const float* at = signal.data() + i - (taps / 2 - 1);
      const float half = std::abs(point(times / 2, at));
      largest = std::max(largest, half);
      if (std::max({half, std::abs(signal[i]), std::abs(signal[i + 1])}) < 0.6f * largest) continue;
      for (int phase = 1; phase < times; ++phase) largest = std::max(largest, std::abs(point(phase, at)));
    }
    return largest;
  }

 private:
  float point(int phase, const float* at) const {
    std::array<float, 8> sums{};
    for (std::size_t tap = 0; tap < taps; tap += 8) {
      for (std::size_t k = 0; k < 8; ++k) sums[k] += taps_[phase][tap + k] * at[tap + k];
    }
    float sum = 0.0f;
    for (const float part : sums) sum += part;
    return sum;
  }

  float taps_[times][taps]{};
};

}  // namespace

double judgedTruePeakDb(const Signal& signal) {
  static const Judge judge;
  return toDb(static_cast<double>(judge.truePeak(signal)));
}

}  // namespace mixwell::test
