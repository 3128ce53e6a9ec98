#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace mixwell::resample {

// The low-pass between two sample rates, a sinc under a Kaiser window (Kaiser and Schafer, "On the use of the
// I0-sinh window for spectrum analysis", IEEE Trans. ASSP 28, 1980), cut into the phases at which output
// samples fall between input samples. Flat up to 0.907 of the lower of the two Nyquist frequencies (20 kHz
// at 44.1 kHz), 150 dB down from that frequency on.
class PolyphaseFilter {
 public:
  // Rates from 8000 to 384000 Hz. Allocates; takes some milliseconds.
  PolyphaseFilter(uint32_t fromHz, uint32_t toHz);

  // Output n lies at input time n * stepNumerator / stepDenominator, in lowest terms.
  uint64_t stepNumerator() const noexcept { return stepNumerator_; }
  uint64_t stepDenominator() const noexcept { return stepDenominator_; }

  // Input samples an output sample is made of, a multiple of 8; the first lies taps() / 2 - 1 samples before
  // the input sample at or before the output.
  size_t taps() const noexcept { return taps_; }

  // True when every phase of this ratio is in the table; otherwise phases are interpolated from four rows.
  bool exact() const noexcept { return exact_; }

  // The taps of phase `phase` / stepDenominator() of a sample, where exact().
  const double* phase(uint64_t phase) const noexcept {
    return table_.data() + static_cast<size_t>(phase) * taps_;
  }

  // Rows around a phase and their weights (cubic, error under -170 dB), where not exact().
  struct Blend {
    const double* rows[4];
    double weights[4];
  };
  Blend blend(uint64_t phase) const noexcept;

 private:
  double tapAt(double time) const noexcept;
  void fillRow(double* row, double phase) const noexcept;

  uint64_t stepNumerator_;
  uint64_t stepDenominator_;
  size_t taps_;
  bool exact_;
  size_t rows_;       // phases to a sample in the table
  double bandwidth_;  // twice the cut-off, in cycles to an input sample
  std::vector<double> table_;
};

}  // namespace mixwell::resample
