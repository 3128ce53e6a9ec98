#pragma once

#include <cstddef>
#include <cstdint>

namespace mixwell::meter {

// The K-weighting of ITU-R BS.1770-5, annex 1: a shelf for the head and a high-pass, as second-order sections
// at any sample rate (the bilinear transform of the analogue prototype that gives the standard's coefficients
// at 48 kHz). Two channels at once in doubles.
class KWeighting {
 public:
  // Not for the audio thread only in that it is costly (some trigonometry).
  void prepare(uint32_t sampleRateHz) noexcept;

  void reset() noexcept;

  // Adds weightLeft * left^2 + weightRight * right^2 of the weighted channels to each of `energies`; a
  // channel may stand for both. Any one thread; no allocation.
  void addEnergies(const float* left, const float* right, double weightLeft, double weightRight,
                   size_t frames, double* energies) noexcept;

  // Lets what has decayed to nothing be zero, and what is no number be forgotten.
  void settle() noexcept;

 private:
  using Pair = double __attribute__((vector_size(16)));

  struct Section {
    double b0, b1, b2, a1, a2;
  };

  Section shelf_{};
  Section highPass_{};
  Pair shelfState_[2]{};
  Pair highPassState_[2]{};
};

}  // namespace mixwell::meter
