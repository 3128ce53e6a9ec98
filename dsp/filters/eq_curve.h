#pragma once

#include <span>

namespace mixwell::filters {

/// Adds to `gainDb` what an equaliser does at each of the frequencies, by the very coefficients that it runs
/// on. `values` are those of eqParams, in order; frequencies are above 0 and at most half the sample rate.
/// Nothing is under -400 dB. Any thread.
void addEqCurve(std::span<const double> values, double sampleRateHz, std::span<const double> frequenciesHz,
                std::span<double> gainDb) noexcept;

/// The same for a strip's cuts, by the values of cutParams.
void addCutCurve(std::span<const double> values, double sampleRateHz, std::span<const double> frequenciesHz,
                 std::span<double> gainDb) noexcept;

}  // namespace mixwell::filters
