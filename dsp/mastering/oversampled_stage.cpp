#include "mastering/oversampled_stage.h"

#include <algorithm>

#include "core/float4.h"

namespace mixwell::mastering {

namespace {

constexpr std::size_t leastStages = 2;  // of doubling
constexpr std::size_t mostTimes = std::size_t{1} << (leastStages + OversampledStage::factors - 1);

}  // namespace

void OversampledStage::takeMemory(std::size_t longestLookahead, std::size_t longestHold,
                                  core::Memory& memory) noexcept {
  std::size_t latency = 0;
  for (std::size_t i = 0; i < factors; ++i) {
    oversamplers_[i].takeMemory(leastStages + i, dry_.size(), memory, true);
    latency = std::max(latency, oversamplers_[i].latencySamples());
  }
  stage_.takeMemory((longestLookahead + 1) * mostTimes, longestHold * mostTimes, memory);
  stage_.setChangeOnly(true);
  for (core::DelayLine& line : dry_) line.takeMemory(longestLookahead + 1 + latency, memory);
}

void OversampledStage::reset() noexcept {
  oversamplers_[factor_].reset();
  stage_.reset();
  for (core::DelayLine& line : dry_) line.clear();
}

// Together with the time that finding peaks takes, whole frames of the sound.
void OversampledStage::tune(std::size_t factor, std::size_t lookahead) noexcept {
  factor_ = factor;
  stage_.setLookahead((lookahead + 1) * now().factor() - SampledPeaks::delay);
  reset();
}

void OversampledStage::setRelease(const LimiterRelease& release) noexcept {
  const auto times = static_cast<double>(now().factor());
  stage_.setRelease({.hold = times * release.hold,
                     .quick = times * release.quick,
                     .release = times * release.release,
                     .mean = times * release.mean});
}

float OversampledStage::process(float* left, float* right, std::size_t frames, const float* ceiling,
                                const float* link) noexcept {
  core::Oversampler& oversampler = oversamplers_[factor_];
  const std::size_t times = oversampler.factor();
  const auto late = static_cast<std::uint32_t>(delay());
  constexpr std::size_t most = SampledPeaks::longestBlock;
  const std::size_t chunk = most / times;
  float largest = 0.0f;
  for (std::size_t at = 0; at < frames; at += chunk) {
    const std::size_t count = std::min(chunk, frames - at);
    float* const sides[] = {left + at, right + at};
    float fine[2][most];
    float ceilings[most];
    float links[most];
    for (std::size_t i = 0; i < count; ++i) {
      std::fill_n(ceilings + i * times, times, ceiling[at + i]);
      std::fill_n(links + i * times, times, link[at + i]);
    }
    for (std::size_t side = 0; side < 2; ++side) oversampler.up(side, sides[side], count, fine[side]);
    largest = core::max(largest, stage_.process({}, fine[0], fine[1], count * times, ceilings, links));
    for (std::size_t side = 0; side < 2; ++side) {
      float change[core::Oversampler::chunkFrames];
      oversampler.down(side, fine[side], count, change);
      for (std::size_t i = 0; i < count; ++i) {
        dry_[side].write(sides[side][i]);
        sides[side][i] = dry_[side].read(late) + change[i];
      }
    }
  }
  return largest;
}

}  // namespace mixwell::mastering
