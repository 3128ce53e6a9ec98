#include "meter/band_spectrum.h"

#include <algorithm>
#include <limits>

#include "core/math.h"

namespace mixwell::meter {
namespace {

constexpr double silentMeanSquare = 1e-7;  // -70 dBFS

double powerDb(double power) noexcept {
  constexpr double dbAnOctave = 3.010299956639812;
  return power > 0.0 ? dbAnOctave * core::log2(power) : -std::numeric_limits<double>::infinity();
}

double edgeHz(size_t halfBands) noexcept {
  // Centres lie at 1000 Hz times whole powers of 10^0.1, edges half-way between.
  return 1000.0 * core::pow(10.0, 0.05 * (static_cast<double>(halfBands) - 35.0));
}

}  // namespace

double BandSpectrum::centreHz(size_t band) noexcept {
  return edgeHz(2 * band + 1);
}

double BandSpectrum::lowEdgeHz(size_t band) noexcept {
  return edgeHz(2 * band);
}

void BandSpectrum::prepare(uint32_t sampleRateHz) {
  size_t size = 2048;
  while (size < sampleRateHz / 3) size *= 2;
  fftMemory_.assign(core::RealFft::floats(size), 0.0F);
  fft_.useMemory(size, fftMemory_);
  fft_.prepare();
  window_.resize(size);
  for (size_t i = 0; i < size; ++i) {
    const double place = static_cast<double>(i) / static_cast<double>(size);
    window_[i] = static_cast<float>(0.5 - 0.5 * core::cos(2.0 * core::pi * place));
  }
  windowed_.assign(size, 0.0F);
  for (auto& side : recent_) side.assign(size, 0.0F);
  for (auto& spectrum : spectra_) spectrum.assign(fft_.bins(), 0.0F);

  const double binHz = static_cast<double>(sampleRateHz) / static_cast<double>(size);
  for (size_t band = 0; band < bands; ++band) {
    shares_[band].clear();
    const double low = edgeHz(2 * band) / binHz;
    const double high = edgeHz(2 * band + 2) / binHz;
    for (size_t bin = 1; bin < fft_.bins(); ++bin) {
      const double from = std::max(low, static_cast<double>(bin) - 0.5);
      const double to = std::min(high, static_cast<double>(bin) + 0.5);
      if (to > from) shares_[band].push_back({bin, to - from});
    }
  }
  reset();
}

void BandSpectrum::reset() noexcept {
  sums_ = {};
  highest_ = {};
  counts_ = {};
  filled_ = 0;
  windows_ = 0;
}

void BandSpectrum::add(const float* left, const float* right, size_t frames) noexcept {
  const size_t size = fft_.size();
  while (frames > 0) {
    const size_t count = std::min(frames, size - filled_);
    std::copy_n(left, count, recent_[0].data() + filled_);
    std::copy_n(right, count, recent_[1].data() + filled_);
    left += count;
    right += count;
    frames -= count;
    filled_ += count;
    if (filled_ < size) return;
    addWindow();
    filled_ = size / 2;
    for (auto& side : recent_) std::copy_n(side.data() + filled_, filled_, side.data());
  }
}

void BandSpectrum::addWindow() noexcept {
  const size_t size = fft_.size();
  double squares = 0.0;
  for (const auto& side : recent_) {
    for (const float sample : side) squares += static_cast<double>(sample) * static_cast<double>(sample);
  }
  constexpr double absurd = 1e30;  // what is no number, too
  if (!(squares > 2.0 * static_cast<double>(size) * silentMeanSquare && squares < absurd)) return;

  for (size_t side = 0; side < 2; ++side) {
    for (size_t i = 0; i < size; ++i) windowed_[i] = recent_[side][i] * window_[i];
    fft_.forward(windowed_.data(), windowed_.data() + size / 2, spectra_[2 * side].data(),
                 spectra_[2 * side + 1].data());
  }
  std::array<double, wideBands> wide{};
  size_t wideBand = 0;
  for (size_t band = 0; band < bands; ++band) {
    Band sum;
    for (const Share& share : shares_[band]) {
      const auto at = [this, bin = share.bin](size_t which) {
        return static_cast<double>(spectra_[which][bin]);
      };
      const double leftRe = at(0);
      const double leftIm = at(1);
      const double rightRe = at(2);
      const double rightIm = at(3);
      sum.left += share.part * (leftRe * leftRe + leftIm * leftIm);
      sum.right += share.part * (rightRe * rightRe + rightIm * rightIm);
      sum.cross += share.part * (leftRe * rightRe + leftIm * rightIm);
    }
    sums_[band].left += sum.left;
    sums_[band].right += sum.right;
    sums_[band].cross += sum.cross;
    const double both = sum.left + sum.right;
    highest_[band] = std::max(highest_[band], both);
    if (band == wideEdges[wideBand + 1]) ++wideBand;
    wide[wideBand] += both;
  }
  for (size_t i = 0; i < wideBands; ++i) {
    const double level = (powerDb(scale() * wide[i]) - lowestDb) * levelsADb;
    if (level >= 0.0) ++counts_[i][std::min(static_cast<size_t>(level), levels - 1)];
  }
  ++windows_;
}

// Both halves of the spectrum, over the window's sum of squares, 3/8 of its length.
double BandSpectrum::scale() const noexcept {
  const auto size = static_cast<double>(fft_.size());
  return 2.0 / (0.375 * size * size);
}

double BandSpectrum::highest(size_t index) const noexcept {
  return windows_ == 0 ? 0.0 : scale() * highest_[index];
}

BandSpectrum::Spread BandSpectrum::spread(size_t wideBand) const noexcept {
  double power = 0.0;
  for (size_t band = wideEdges[wideBand]; band < wideEdges[wideBand + 1]; ++band) {
    power += this->band(band).left + this->band(band).right;
  }
  const auto& counts = counts_[wideBand];
  constexpr double restDb = 20.0;
  const double first = std::max(0.0, (powerDb(power) - restDb - lowestDb) * levelsADb);
  constexpr double nothing = -std::numeric_limits<double>::infinity();
  if (!(first < static_cast<double>(levels))) return {nothing, nothing};
  uint64_t all = 0;
  for (size_t i = static_cast<size_t>(first); i < levels; ++i) all += counts[i];
  if (all == 0) return {nothing, nothing};
  const auto levelAbove = [&](double part) {
    uint64_t above = 0;
    size_t i = levels;
    while (static_cast<double>(above) < part * static_cast<double>(all)) above += counts[--i];
    return (static_cast<double>(i) + 0.5) / levelsADb + lowestDb;
  };
  return {levelAbove(0.5), levelAbove(0.05)};
}

BandSpectrum::Band BandSpectrum::band(size_t index) const noexcept {
  if (windows_ == 0) return {};
  const double factor = scale() / static_cast<double>(windows_);
  const Band& sum = sums_[index];
  return {factor * sum.left, factor * sum.right, factor * sum.cross};
}

}  // namespace mixwell::meter
