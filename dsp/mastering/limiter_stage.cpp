#include "mastering/limiter_stage.h"

#include <algorithm>

#include "core/fast_log2.h"
#include "core/float4.h"
#include "dynamics/smoothing.h"

namespace mixwell::mastering {

using core::Float4;

namespace {

constexpr float most = 40.0f;        // powers of 2
constexpr float least = 1e-6f;       // less counts as none
constexpr double steps = 1048576.0;  // reductions are smoothed in whole numbers of 2^-20

}  // namespace

void TriangleMean::takeMemory(std::size_t longest, core::Memory& memory) noexcept {
  first_ = memory.take<double>(longest);
  second_ = memory.take<double>(longest);
}

void TriangleMean::reset(std::size_t length) noexcept {
  length_ = length;
  at_ = 0;
  quiet_ = 2 * length;
  firstSum_ = secondSum_ = 0.0;
  scale_ = 1.0 / (static_cast<double>(length) * static_cast<double>(length));
  std::fill_n(first_.begin(), length, 0.0);
  std::fill_n(second_.begin(), length, 0.0);
}

double TriangleMean::next(double value) noexcept {
  quiet_ = value == 0.0 ? quiet_ + 1 : 0;
  firstSum_ += value - first_[at_];
  first_[at_] = value;
  secondSum_ += firstSum_ - second_[at_];
  second_[at_] = firstSum_;
  at_ = at_ + 1 < length_ ? at_ + 1 : 0;
  return secondSum_ * scale_;
}

void TriangleMean::copy(const TriangleMean& other) noexcept {
  length_ = other.length_;
  at_ = other.at_;
  quiet_ = other.quiet_;
  firstSum_ = other.firstSum_;
  secondSum_ = other.secondSum_;
  scale_ = other.scale_;
  std::copy_n(other.first_.begin(), length_, first_.begin());
  std::copy_n(other.second_.begin(), length_, second_.begin());
}

template <typename PeaksOf>
void LimiterStage<PeaksOf>::takeMemory(std::size_t longestLookahead, std::size_t longestHold,
                                       core::Memory& memory) noexcept {
  const std::size_t longest = longestLookahead + 2;
  for (Side* side : {&left_, &right_}) {
    side->held.takeMemory(longest + longestHold, memory);
    side->smooth.takeMemory(longest / 2 + 1, memory);
    side->line.takeMemory(Peaks::delay + longest, memory);
  }
}

template <typename PeaksOf>
void LimiterStage<PeaksOf>::reset() noexcept {
  for (Side* side : {&left_, &right_}) {
    side->peaks.reset();
    side->held.reset(lookahead_ + 1 + hold_);
    side->smooth.reset(lookahead_ / 2 + 1);
    side->line.clear();
    side->reduction = side->mean = 0.0f;
  }
}

template <typename PeaksOf>
void LimiterStage<PeaksOf>::setLookahead(std::size_t frames) noexcept {
  lookahead_ = (std::max<std::size_t>(frames, 2) + 1) / 2 * 2;
  reset();
}

template <typename PeaksOf>
void LimiterStage<PeaksOf>::setRelease(const LimiterRelease& release) noexcept {
  const auto hold = static_cast<std::size_t>(release.hold);
  quickKeeps_ = static_cast<float>(1.0 - dynamics::smoothingPart(release.quick));
  releaseKeeps_ = static_cast<float>(1.0 - dynamics::smoothingPart(release.release));
  meanPart_ = static_cast<float>(dynamics::smoothingPart(release.mean));
  hold_ = hold;
  for (Side* side : {&left_, &right_}) side->held.setLength(lookahead_ + 1 + hold_);
}

template <typename PeaksOf>
void LimiterStage<PeaksOf>::setUnlinked(bool unlinked) noexcept {
  if (unlinked && !unlinked_) {
    right_.held.copy(left_.held);
    right_.smooth.copy(left_.smooth);
    right_.reduction = left_.reduction;
    right_.mean = left_.mean;
  }
  unlinked_ = unlinked;
}

// A maximum asked for, held, released, and rounded off: the gain of the sample that leaves now. In a vector,
// since browsers make branches of scalar choices, which sound keeps mispredicting.
template <typename PeaksOf>
float LimiterStage<PeaksOf>::gainOf(Side& side, float asked, float& largest) noexcept {
  const Float4 nothing(0.0f);
  const Float4 goal(side.held.next(asked));
  const Float4 before(side.reduction);
  const Float4 meanBefore(side.mean);
  const Float4 keeps = core::select(core::less(meanBefore, before), quickKeeps_, releaseKeeps_);
  const Float4 falling = goal + keeps * (before - goal);
  const Float4 gone = core::select(core::less(before, goal), goal, falling);
  const Float4 now = core::select(core::less(gone, least), nothing, gone);
  const Float4 mean = meanBefore + Float4(meanPart_) * (now - meanBefore);
  const float reduction = now.lane(0);
  side.reduction = reduction;
  side.mean = core::select(core::less(mean, least), nothing, mean).lane(0);
  if (reduction == 0.0f && side.smooth.isZero()) {
    return 1.0f;
  }
  const auto whole = static_cast<std::int32_t>(static_cast<double>(reduction) * steps);
  const double rounded = reduction > 0.0f ? static_cast<double>(whole) + 1.0 : 0.0;
  const auto smooth = static_cast<float>(side.smooth.next(rounded) * (1.0 / steps));
  largest = smooth > largest ? smooth : largest;
  return core::fastExp2(-smooth);
}

template <typename PeaksOf>
float LimiterStage<PeaksOf>::process(const typename Peaks::Filter& filter, float* left, float* right,
                                     std::size_t frames, const float* ceiling, const float* link) noexcept {
  float peaksLeft[Peaks::longestBlock];
  float peaksRight[Peaks::longestBlock];
  left_.peaks.process(filter, left, frames, ceiling, fine_, peaksLeft);
  right_.peaks.process(filter, right, frames, ceiling, fine_, peaksRight);
  const auto asked = [&](float peak, float limit) {
    if (!(peak > limit)) return 0.0f;
    const float times = peak / limit;
    return times < 1e12f ? core::fastLog2(times) + 3e-5f : most;
  };
  const auto delay = static_cast<std::uint32_t>(this->delay());
  float largest = 0.0f;
  for (std::size_t i = 0; i < frames; ++i) {
    left_.line.write(left[i]);
    right_.line.write(right[i]);
    if (unlinked_) {
      const float askedLeft = asked(peaksLeft[i], ceiling[i]);
      const float askedRight = asked(peaksRight[i], ceiling[i]);
      const float both = link[i] * core::max(askedLeft, askedRight);
      const float own = 1.0f - link[i];
      const float gainLeft = gainOf(left_, core::max(own * askedLeft + both, askedLeft), largest);
      const float gainRight = gainOf(right_, core::max(own * askedRight + both, askedRight), largest);
      left[i] = left_.line.read(delay) * (gainLeft - whole_);
      right[i] = right_.line.read(delay) * (gainRight - whole_);
    } else {
      const float gain = gainOf(left_, asked(core::max(peaksLeft[i], peaksRight[i]), ceiling[i]), largest);
      left[i] = left_.line.read(delay) * (gain - whole_);
      right[i] = right_.line.read(delay) * (gain - whole_);
    }
  }
  return largest;
}

template class LimiterStage<LimiterPeaks<48>>;
template class LimiterStage<LimiterPeaks<128>>;
template class LimiterStage<SampledPeaks>;

}  // namespace mixwell::mastering
