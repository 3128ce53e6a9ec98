#pragma once

#include <cstddef>
#include <vector>

namespace mixwell::test {

// Power spectrum of a real signal whose length is a power of two, under a Hann window, scaled so that the sum
// of all bins is the signal's mean square. Bin i of n/2 + 1 lies at i * rate / n.
std::vector<double> powerSpectrum(const std::vector<double>& signal);

// Sum of the bins whose frequencies lie from `fromHz` to `toHz`.
double bandPower(const std::vector<double>& spectrum, double sampleRateHz, double fromHz, double toHz);

// Amplitude of the sine of a frequency that is in a signal (by correlation with sine and cosine).
double amplitudeAt(const std::vector<double>& signal, double sampleRateHz, double frequencyHz);

double rms(const std::vector<double>& signal);

double toDb(double amplitudeRatio);

}  // namespace mixwell::test
