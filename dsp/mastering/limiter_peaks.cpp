#include "mastering/limiter_peaks.h"

#include <algorithm>

#include "core/float4.h"
#include "core/math.h"
#include "resample/kaiser.h"

namespace mixwell::mastering {

using core::Float4;

namespace {

constexpr float nearCeiling = 0.7f;

// A NaN as `a` counts for nothing. In a vector, since browsers make a branch of a scalar choice, which peaks
// keep mispredicting.
float larger(float a, float b) noexcept {
  return core::max(Float4(a), Float4(b)).lane(0);
}

// Of the parabola through three points, the middle one the largest.
float topOf(float before, float here, float after) noexcept {
  const float curve = before - 2.0f * here + after;
  const float slope = before - after;
  return curve < 0.0f ? here - 0.125f * slope * slope / curve : here;
}

// A sinc under a Kaiser window, from time `after` of the sample before to the other end.
float tapAt(std::size_t tap, std::size_t taps, double after, double beta) noexcept {
  const double reach = 0.5 * static_cast<double>(taps);
  const double time = reach - 1.0 - static_cast<double>(tap) + after;
  const double sinc = core::sinQuarterTurns(2.0 * time) / (core::pi * time);
  return static_cast<float>(sinc * resample::kaiserWindow(time / reach, beta));
}

}  // namespace

// 48 taps are 70 dB down at 0.55 of the sample rate and flat to 0.45 within 0.003 dB; 128 taps go to 0.48.
template <std::size_t taps>
LimiterPeaks<taps>::Filter::Filter() noexcept {
  constexpr double halfBeta = resample::kaiserBeta(70.0);
  constexpr double beta = taps > 64 ? 9.0 : halfBeta;
  for (std::size_t tap = 0; tap < halfTaps; ++tap) half[tap] = tapAt(tap, halfTaps, 0.5, halfBeta);
  for (std::size_t tap = 0; tap < taps; ++tap) {
    for (std::size_t phase = 0; phase < phases; ++phase) {
      points[tap][phase] =
          tapAt(tap, taps, phase == 0 ? -1.0 / phases : static_cast<double>(phase) / phases, beta);
    }
  }
}

template <std::size_t taps>
void LimiterPeaks<taps>::process(const Filter& filter, const float* in, std::size_t frames,
                                 const float* ceiling, bool fine, float* peaks) noexcept {
  std::copy_n(in, frames, samples_.begin() + history);
  constexpr std::size_t together = 16;
  alignas(16) float halves[longestBlock + together];
  for (std::size_t i = 0; i < frames; i += together) {
    const float* at = samples_.data() + history + 1 - taps / 2 - halfTaps / 2 + i;
    Float4 sums[together / 4] = {0.0f, 0.0f, 0.0f, 0.0f};
    for (std::size_t tap = 0; tap < halfTaps; ++tap) {
      const Float4 factor(filter.half[tap]);
      for (std::size_t four = 0; four < together / 4; ++four) {
        sums[four] = sums[four] + factor * Float4::load(at + tap + 4 * four);
      }
    }
    for (std::size_t four = 0; four < together / 4; ++four)
      core::abs(sums[four]).store(halves + i + 4 * four);
  }
  for (std::size_t i = 0; i < frames; ++i) {
    const float* at = samples_.data() + history + 1 - taps + i;
    const float from = core::abs(at[taps / 2 - 1]);
    const float to = core::abs(at[taps / 2]);
    const float half = halves[i];
    const float close = nearCeiling * ceiling[i];
    float here = larger(half, larger(from, larger(to, 0.0f)));
    if (half > close && half >= from && half >= to) {
      here = larger(fine ? look(filter, at) : topOf(from, half, to), here);
    } else if (from > close && from >= half && from >= halfBefore_) {
      const float top = fine ? 0.0f : topOf(halfBefore_, from, half);
      here = larger(fine ? look(filter, at) : top, here);
      last_ = larger(fine ? look(filter, at - 1) : top, last_);
    }
    peaks[i] = larger(last_, secondLast_);
    secondLast_ = last_;
    last_ = here;
    halfBefore_ = half;
  }
  std::copy_n(samples_.begin() + static_cast<std::ptrdiff_t>(frames), history, samples_.begin());
}

// The largest magnitude from one sample to the next.
template <std::size_t taps>
float LimiterPeaks<taps>::look(const Filter& filter, const float* at) const noexcept {
  Float4 sums[4] = {0.0f, 0.0f, 0.0f, 0.0f};
  for (std::size_t tap = 0; tap < taps; tap += 2) {
    for (std::size_t odd = 0; odd < 2; ++odd) {
      const Float4 sample(at[tap + odd]);
      const float* factors = filter.points[tap + odd];
      sums[2 * odd] = sums[2 * odd] + sample * Float4::load(factors);
      sums[2 * odd + 1] = sums[2 * odd + 1] + sample * Float4::load(factors + 4);
    }
  }
  float between[phases];
  (sums[0] + sums[2]).store(between);
  (sums[1] + sums[3]).store(between + 4);
  const float points[phases + 2] = {between[0], at[taps / 2 - 1], between[1], between[2], between[3],
                                    between[4], between[5],       between[6], between[7], at[taps / 2]};
  float largest = 0.0f;
  for (std::size_t i = 1; i <= phases; ++i) {
    const float before = core::abs(points[i - 1]);
    const float here = core::abs(points[i]);
    const float after = core::abs(points[i + 1]);
    if (!(here >= before && here >= after)) continue;
    largest = larger(topOf(before, here, after), largest);
  }
  return largest;
}

void SampledPeaks::process(const Filter& /*filter*/, const float* in, std::size_t frames,
                           const float* /*ceiling*/, bool /*fine*/, float* peaks) noexcept {
  const Float4 nothing(0.0f);
  for (std::size_t i = 0; i < frames; i += core::laneCount) {
    core::max(core::abs(Float4::load(in + i)), nothing).store(&samples_[2 + i]);
    const Float4 before = Float4::load(&samples_[i]);
    const Float4 here = Float4::load(&samples_[i + 1]);
    const Float4 after = Float4::load(&samples_[i + 2]);
    const Float4 curve = before - Float4(2.0f) * here + after;
    const Float4 slope = before - after;
    const Float4 top = here - Float4(0.125f) * slope * slope / curve;
    const Float4 behind = core::select(core::less(here, after), here, top);
    const Float4 ahead = core::select(core::less(here, before), here, behind);
    core::select(core::less(curve, nothing), ahead, here).store(&tops_[2 + i]);
    const Float4 last = core::max(Float4::load(&tops_[i + 1]), Float4::load(&tops_[i + 2]));
    core::max(Float4::load(&tops_[i]), last).store(peaks + i);
  }
  std::copy_n(samples_.begin() + static_cast<std::ptrdiff_t>(frames), 2, samples_.begin());
  std::copy_n(tops_.begin() + static_cast<std::ptrdiff_t>(frames), 2, tops_.begin());
}

template class LimiterPeaks<48>;
template class LimiterPeaks<128>;

}  // namespace mixwell::mastering
