#include "meter/loudness_histogram.h"

#include <algorithm>
#include <limits>

#include "core/math.h"

namespace mixwell::meter {
namespace {

constexpr double offsetDb = -0.691;
constexpr double powerDbOfLog2 = 3.010299956639812;

double energyOf(double lufs) noexcept {
  return core::exp2((lufs - offsetDb) / powerDbOfLog2);
}

}  // namespace

double lufsOf(double energy) noexcept {
  if (!(energy > 0.0)) return -std::numeric_limits<double>::infinity();
  return offsetDb + powerDbOfLog2 * core::log2(energy);
}

void LoudnessHistogram::reset() noexcept {
  bins_.fill({});
}

void LoudnessHistogram::add(double energy) noexcept {
  const double place = (lufsOf(energy) - lowestLufs) * static_cast<double>(binsPerLu);
  if (!(place >= 0.0)) return;
  const size_t bin = place < static_cast<double>(bins) ? static_cast<size_t>(place) : bins - 1;
  bins_[bin].energy += energy;
  ++bins_[bin].blocks;
}

size_t LoudnessHistogram::firstAboveGate(double gateLu) const noexcept {
  double energy = 0.0;
  uint64_t blocks = 0;
  for (const Bin& bin : bins_) {
    energy += bin.energy;
    blocks += bin.blocks;
  }
  if (blocks == 0) return bins;
  const double gate = energyOf(lufsOf(energy / static_cast<double>(blocks)) - gateLu);
  size_t first = 0;
  while (first < bins && bins_[first].energy <= gate * static_cast<double>(bins_[first].blocks)) ++first;
  return first;
}

double LoudnessHistogram::gatedLufs(double gateLu) const noexcept {
  double energy = 0.0;
  uint64_t blocks = 0;
  for (size_t i = firstAboveGate(gateLu); i < bins; ++i) {
    energy += bins_[i].energy;
    blocks += bins_[i].blocks;
  }
  return lufsOf(blocks == 0 ? 0.0 : energy / static_cast<double>(blocks));
}

double LoudnessHistogram::lufsOfRank(size_t firstBin, uint64_t rank) const noexcept {
  size_t bin = firstBin;
  while (rank >= bins_[bin].blocks) rank -= bins_[bin++].blocks;
  return lufsOf(bins_[bin].energy / static_cast<double>(bins_[bin].blocks));
}

double LoudnessHistogram::percentileDistanceLu(double gateLu, unsigned lowPercent,
                                               unsigned highPercent) const noexcept {
  const size_t first = firstAboveGate(gateLu);
  uint64_t blocks = 0;
  for (size_t i = first; i < bins; ++i) blocks += bins_[i].blocks;
  if (blocks == 0) return 0.0;
  const auto rank = [blocks](unsigned percent) { return ((blocks - 1) * percent + 50) / 100; };
  return lufsOfRank(first, rank(highPercent)) - lufsOfRank(first, rank(lowPercent));
}

}  // namespace mixwell::meter
