#include "meter/bus_meter.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>

#include "core/math.h"

namespace mixwell::meter {

namespace {
constexpr double correlationSeconds = 0.3;
constexpr double octavesPerNeper = 1.4426950408889634;
constexpr double hopSeconds = 0.1;
constexpr double stretchSeconds = 0.5;
}  // namespace

void BusMeter::prepare(double sampleRateHz) {
  loudness_.prepare(static_cast<std::uint32_t>(sampleRateHz), 2);
  peak_.prepare(2);
  kept_ = core::exp2(-octavesPerNeper / (correlationSeconds * sampleRateHz));
  hop_ = static_cast<std::size_t>(hopSeconds * sampleRateHz);
  stretch_ = static_cast<std::size_t>(stretchSeconds * sampleRateHz);
  heard_ = true;
  reset();
}

void BusMeter::reset() noexcept {
  if (!heard_) return;
  heard_ = false;
  loudness_.reset();
  peak_.reset();
  constexpr double nothing = -std::numeric_limits<double>::infinity();
  readings_ = {.momentaryLufs = nothing,
               .shortTermLufs = nothing,
               .maxMomentaryLufs = nothing,
               .maxShortTermLufs = nothing,
               .integratedLufs = nothing};
  both_ = left_ = right_ = 0.0;
  toHop_ = hop_;
  toStretch_ = stretch_;
  peaks_.fill(0.0F);
  place_ = 0;
}

void BusMeter::process(const float* left, const float* right, std::size_t frames) noexcept {
  heard_ = true;
  std::copy_n(left, frames, planar_[0]);
  std::copy_n(right, frames, planar_[1]);
  loudness_.process(planar_[0], maxFrames, frames);
  peak_.process(planar_[0], maxFrames, frames);
  correlate(left, right, frames);
  takePeak(frames);
  readings_.momentaryLufs = loudness_.momentaryLufs();
  readings_.shortTermLufs = loudness_.shortTermLufs();
  readings_.maxMomentaryLufs = loudness_.maxMomentaryLufs();
  readings_.maxShortTermLufs = loudness_.maxShortTermLufs();
  if (toHop_ > frames) {
    toHop_ -= frames;
    return;
  }
  toHop_ += hop_ - frames;
  readings_.integratedLufs = loudness_.integratedLufs();
  readings_.loudnessRangeLu = loudness_.loudnessRangeLu();
}

void BusMeter::takePeak(std::size_t frames) noexcept {
  peaks_[place_] = std::max(peaks_[place_], peak_.truePeak());
  readings_.recentTruePeak = static_cast<double>(*std::max_element(peaks_.begin(), peaks_.end()));
  readings_.truePeak = std::max(readings_.truePeak, readings_.recentTruePeak);
  if (toStretch_ > frames) {
    toStretch_ -= frames;
    return;
  }
  toStretch_ += stretch_ - frames;
  place_ = (place_ + 1) % stretches;
  peaks_[place_] = 0.0F;
  peak_.forgetPeaks();
}

void BusMeter::correlate(const float* left, const float* right, std::size_t frames) noexcept {
  for (std::size_t i = 0; i < frames; ++i) {
    const auto l = static_cast<double>(left[i]);
    const auto r = static_cast<double>(right[i]);
    both_ = both_ * kept_ + l * r;
    left_ = left_ * kept_ + l * l;
    right_ = right_ * kept_ + r * r;
  }
  constexpr double silence = 1e-12;  // and what a NaN leaves behind
  if (!(left_ * right_ > silence * silence)) {
    readings_.correlation = 0.0;
    if (!std::isfinite(left_ + right_ + both_) || (left_ < silence && right_ < silence)) {
      both_ = left_ = right_ = 0.0;
    }
    return;
  }
  readings_.correlation = std::clamp(both_ / std::sqrt(left_ * right_), -1.0, 1.0);
}

}  // namespace mixwell::meter
