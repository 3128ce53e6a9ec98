#include "support/spectrum.h"

#include <cmath>
#include <complex>
#include <numbers>
#include <utility>

namespace mixwell::test {
namespace {

using Complex = std::complex<double>;

void fourierTransform(std::vector<Complex>& values) {
  const size_t n = values.size();
  for (size_t i = 1, j = 0; i < n; ++i) {
    size_t bit = n >> 1;
    for (; (j & bit) != 0; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i < j) std::swap(values[i], values[j]);
  }
  for (size_t length = 2; length <= n; length *= 2) {
    const double angle = -2.0 * std::numbers::pi / static_cast<double>(length);
    for (size_t i = 0; i < length / 2; ++i) {
      const Complex twiddle = std::polar(1.0, angle * static_cast<double>(i));
      for (size_t start = i; start < n; start += length) {
        const Complex odd = twiddle * values[start + length / 2];
        values[start + length / 2] = values[start] - odd;
        values[start] += odd;
      }
    }
  }
}

}  // namespace

std::vector<double> powerSpectrum(const std::vector<double>& signal) {
  const size_t n = signal.size();
  std::vector<Complex> values(n);
  double windowPower = 0.0;
  for (size_t i = 0; i < n; ++i) {
    const double window =
        0.5 - 0.5 * std::cos(2.0 * std::numbers::pi * static_cast<double>(i) / static_cast<double>(n));
    values[i] = signal[i] * window;
    windowPower += window * window;
  }
  fourierTransform(values);
  std::vector<double> power(n / 2 + 1);
  for (size_t i = 0; i <= n / 2; ++i) {
    const double sides = i == 0 || i == n / 2 ? 1.0 : 2.0;
    power[i] = sides * std::norm(values[i]) / (windowPower * static_cast<double>(n));
  }
  return power;
}

double bandPower(const std::vector<double>& spectrum, double sampleRateHz, double fromHz, double toHz) {
  const double binHz = sampleRateHz / (2.0 * static_cast<double>(spectrum.size() - 1));
  double sum = 0.0;
  for (size_t i = 0; i < spectrum.size(); ++i) {
    const double frequencyHz = static_cast<double>(i) * binHz;
    if (frequencyHz >= fromHz && frequencyHz <= toHz) sum += spectrum[i];
  }
  return sum;
}

double amplitudeAt(const std::vector<double>& signal, double sampleRateHz, double frequencyHz) {
  Complex sum = 0.0;
  for (size_t i = 0; i < signal.size(); ++i) {
    sum += signal[i] *
           std::polar(1.0, -2.0 * std::numbers::pi * frequencyHz * static_cast<double>(i) / sampleRateHz);
  }
  return 2.0 * std::abs(sum) / static_cast<double>(signal.size());
}

double rms(const std::vector<double>& signal) {
  double sum = 0.0;
  for (const double value : signal) sum += value * value;
  return std::sqrt(sum / static_cast<double>(signal.size()));
}

double toDb(double amplitudeRatio) {
  return 20.0 * std::log10(amplitudeRatio);
}

}  // namespace mixwell::test
