#include "meter/loudness_meter.h"

#include <algorithm>

namespace mixwell::meter {
namespace {

std::vector<double> weightsOf(size_t channels) {
  constexpr double surround = 1.41;
  switch (channels) {
    case 4:
      return {1.0, 1.0, surround, surround};
    case 5:
      return {1.0, 1.0, 1.0, surround, surround};
    case 6:
      return {1.0, 1.0, 1.0, 0.0, surround, surround};
    default:
      return std::vector<double>(channels, 1.0);
  }
}

}  // namespace

void LoudnessMeter::Window::start(size_t samples) noexcept {
  length = samples;
  fresh = 0;
  sum = freshSum = largest = 0.0;
}

void LoudnessMeter::Window::slide(double entering, double leaving) noexcept {
  sum += entering - leaving;
  freshSum += entering;
  if (++fresh == length) {
    sum = freshSum;
    freshSum = 0.0;
    fresh = 0;
  }
  largest = sum > largest ? sum : largest;
}

void LoudnessMeter::prepare(uint32_t sampleRateHz, size_t channels) {
  sampleRateHz_ = sampleRateHz;
  weights_ = weightsOf(channels);
  filters_.assign((channels + 1) / 2, {});
  for (KWeighting& filter : filters_) filter.prepare(sampleRateHz);
  energies_.assign(size_t{3} * sampleRateHz, 0.0F);
  reset();
}

void LoudnessMeter::reset() noexcept {
  for (KWeighting& filter : filters_) filter.reset();
  ringPlace_ = 0;
  frames_ = 0;
  hops_ = 0;
  nextHop_ = sampleRateHz_ / 10;
  momentary_.start((size_t{4} * sampleRateHz_ + 5) / 10);
  shortTerm_.start(energies_.size());
  momentaryBlocks_.reset();
  shortTermBlocks_.reset();
}

void LoudnessMeter::process(const float* in, size_t channelStride, size_t frames) noexcept {
  while (frames > 0) {
    const size_t slice = std::min(frames, grid - static_cast<size_t>(frames_ % grid));
    processSlice(in, channelStride, slice);
    in += slice;
    frames -= slice;
    if (frames_ % grid == 0) {
      for (KWeighting& filter : filters_) filter.settle();
    }
  }
}

void LoudnessMeter::processSlice(const float* in, size_t channelStride, size_t frames) noexcept {
  std::array<double, grid> energies;
  std::fill_n(energies.begin(), frames, 0.0);
  for (size_t channel = 0; channel < weights_.size(); channel += 2) {
    const bool paired = channel + 1 < weights_.size();
    const float* left = in + channel * channelStride;
    const float* right = paired ? left + channelStride : left;
    filters_[channel / 2].addEnergies(left, right, weights_[channel], paired ? weights_[channel + 1] : 0.0,
                                      frames, energies.data());
  }
  slideWindows(energies.data(), frames);
}

void LoudnessMeter::slideWindows(const double* energies, size_t frames) noexcept {
  const size_t ring = energies_.size();
  for (size_t i = 0; i < frames; ++i) {
    constexpr double absurd = 1e30;  // NaN and what overflowed
    const float entering = energies[i] < absurd ? static_cast<float>(energies[i]) : 0.0F;
    const size_t momentaryPlace = ringPlace_ >= momentary_.length ? ringPlace_ - momentary_.length
                                                                  : ringPlace_ + ring - momentary_.length;
    // What the ring still holds from before a reset doesn't count.
    const float leavingMomentary = frames_ >= momentary_.length ? energies_[momentaryPlace] : 0.0F;
    const float leavingShortTerm = frames_ >= ring ? energies_[ringPlace_] : 0.0F;
    momentary_.slide(static_cast<double>(entering), static_cast<double>(leavingMomentary));
    shortTerm_.slide(static_cast<double>(entering), static_cast<double>(leavingShortTerm));
    energies_[ringPlace_] = entering;
    ringPlace_ = ringPlace_ + 1 == ring ? 0 : ringPlace_ + 1;
    if (++frames_ == nextHop_) {
      ++hops_;
      nextHop_ = (hops_ + 1) * sampleRateHz_ / 10;
      if (hops_ >= 4) momentaryBlocks_.add(momentary_.mean());
      // Every second: the overlap of two thirds that Tech 3342 asks for, and the grid that libebur128 has.
      if (hops_ >= 30 && hops_ % 10 == 0) shortTermBlocks_.add(shortTerm_.mean());
    }
  }
}

}  // namespace mixwell::meter
