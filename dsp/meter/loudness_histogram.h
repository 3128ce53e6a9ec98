#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace mixwell::meter {

// How often loudnesses from -70 to +30 LUFS occurred, in steps of 0.01 LU: a store of fixed size for gating
// however long the programme. Each step keeps the sum of its energies, so that means are exact.
class LoudnessHistogram {
 public:
  void reset() noexcept;

  // Takes a block's mean square (weighted). Blocks under the absolute gate of -70 LUFS are left out.
  void add(double energy) noexcept;

  // Loudness of the blocks above the relative gate, `gateLu` under the mean of all; minus infinity without
  // any.
  double gatedLufs(double gateLu) const noexcept;

  // Distance between two percentiles of the blocks above that gate; 0 without any.
  double percentileDistanceLu(double gateLu, unsigned lowPercent, unsigned highPercent) const noexcept;

 private:
  static constexpr double lowestLufs = -70.0;
  static constexpr size_t binsPerLu = 100;
  static constexpr size_t bins = 100 * binsPerLu;

  struct Bin {
    double energy = 0.0;
    uint64_t blocks = 0;
  };

  size_t firstAboveGate(double gateLu) const noexcept;
  double lufsOfRank(size_t firstBin, uint64_t rank) const noexcept;

  std::array<Bin, bins> bins_{};
};

// Loudness of a weighted mean square, BS.1770-5 equation 2; minus infinity for 0.
double lufsOf(double energy) noexcept;

}  // namespace mixwell::meter
