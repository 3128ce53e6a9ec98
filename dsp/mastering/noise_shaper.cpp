#include "mastering/noise_shaper.h"

#include "core/math.h"

namespace mixwell::mastering {
namespace {

struct Sensitivity {
  double frequencyHz;
  double power;
};

// 10^(-T/10) with T = 3.64 f^-0.8 - 6.5 exp(-0.6 (f - 3.3)^2) + 0.001 f^4 dB, f in kHz, T at most 30 dB.
constexpr Sensitivity sensitivities[] = {
    {0.0, 0.001},       {100.0, 0.00507},   {200.0, 0.0482}, {300.0, 0.112},    {500.0, 0.236},
    {750.0, 0.359},     {1000.0, 0.46},     {1500.0, 0.675}, {2000.0, 1.06},    {2500.0, 1.84},
    {3000.0, 2.86},     {3500.0, 3.06},     {4000.0, 2.18},  {5000.0, 0.895},   {6000.0, 0.619},
    {7000.0, 0.482},    {8000.0, 0.332},    {9000.0, 0.191}, {10000.0, 0.0876}, {11000.0, 0.0304},
    {12000.0, 0.00753}, {13000.0, 0.00125}, {13300.0, 0.001}};

double sensitivityAt(double frequencyHz) noexcept {
  constexpr size_t count = sizeof(sensitivities) / sizeof(sensitivities[0]);
  for (size_t i = 1; i < count; ++i) {
    const Sensitivity& low = sensitivities[i - 1];
    const Sensitivity& high = sensitivities[i];
    if (frequencyHz < high.frequencyHz) {
      const double part = (frequencyHz - low.frequencyHz) / (high.frequencyHz - low.frequencyHz);
      return low.power + part * (high.power - low.power);
    }
  }
  return sensitivities[count - 1].power;
}

}  // namespace

std::array<double, noiseShaperOrder> designNoiseShaper(uint32_t sampleRateHz) noexcept {
  constexpr size_t points = 1024;  // of the spectrum between 0 and half the rate
  std::array<double, noiseShaperOrder + 1> correlation{};
  for (size_t point = 0; point < points; ++point) {
    const double turns = (static_cast<double>(point) + 0.5) / (2.0 * points);
    const double power = sensitivityAt(turns * sampleRateHz);
    for (size_t lag = 0; lag <= noiseShaperOrder; ++lag) {
      correlation[lag] += power * core::cos(2.0 * core::pi * turns * static_cast<double>(lag));
    }
  }

  // Levinson and Durbin's recursion.
  std::array<double, noiseShaperOrder> filter{};
  double error = correlation[0];
  for (size_t order = 0; order < noiseShaperOrder; ++order) {
    double sum = correlation[order + 1];
    for (size_t i = 0; i < order; ++i) sum += filter[i] * correlation[order - i];
    const double reflection = -sum / error;
    const auto previous = filter;
    for (size_t i = 0; i < order; ++i) filter[i] += reflection * previous[order - 1 - i];
    filter[order] = reflection;
    error *= 1.0 - reflection * reflection;
  }
  return filter;
}

}  // namespace mixwell::mastering
