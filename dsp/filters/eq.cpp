#include "filters/eq.h"

#include <algorithm>

namespace mixwell::filters {

const params::DeviceTable& Eq::description() noexcept {
  static constexpr params::DeviceTable table{.id = "eq", .name = "EQ", .params = eqDeviceParams};
  return table;
}

void Eq::prepare(const params::DeviceSpec& spec) noexcept {
  for (std::size_t i = 0; i < values_.size(); ++i) values_[i] = eqDeviceParams[i].defaultValue;
  for (Stage& stage : stages_) {
    for (std::size_t i = 0; i < eqParams.size(); ++i) stage.setParam(0, i, eqParams[i].defaultValue, 0);
    stage.prepare(spec.sampleRateHz);
  }
  spec_ = spec;
  if (hasLinear_) linear_.prepare(spec);
  linearShare_.start(0, 0.0f, 0);
}

void Eq::reset() noexcept {
  resetStages();
  linearShare_.start(0, isLinear() ? 1.0f : 0.0f, 0);
  if (isLinear()) linear_.reset(values_);
}

void Eq::resetStages() noexcept {
  for (Stage& stage : stages_) stage.resetAll();
}

bool Eq::setParam(std::size_t index, double value, std::uint32_t glideFrames) noexcept {
  if (index >= eqDeviceParams.size()) return false;
  const auto accepted = eqDeviceParams[index].accepted(value);
  if (!accepted) return false;
  const bool changes = values_[index] != *accepted;
  if (index == phaseParam) {
    if (changes) setPhase(*accepted, glideFrames);
    return true;
  }
  if (index >= firstChannelsParam) {
    if (changes) setChannels(index - firstChannelsParam, *accepted, glideFrames);
  } else {
    values_[index] = *accepted;
    const std::size_t band = (index - firstBandParam) / bandParams;
    const bool isSwitch = index >= firstBandParam && index == bandParam(band, BandParam::on);
    for (std::size_t i = 0; i < stages_.size(); ++i) {
      if (!isSwitch || isIn(band, i)) stages_[i].setParam(0, index, *accepted, glideFrames);
    }
  }
  if (changes && isLinear()) linear_.change(glideFrames == 0);
  return true;
}

// The band fades out where it was and in where it is now.
void Eq::setChannels(std::size_t band, double value, std::uint32_t glideFrames) noexcept {
  values_[firstChannelsParam + band] = value;
  const std::size_t on = bandParam(band, BandParam::on);
  for (std::size_t i = 0; i < stages_.size(); ++i) {
    stages_[i].setParam(0, on, isIn(band, i) ? values_[on] : 0.0, glideFrames);
  }
}

std::size_t Eq::modeBytes(const params::DeviceSpec& spec) noexcept {
  LinearEq linear;
  core::Memory counted;
  linear.takeMemory(spec, counted);
  return counted.bytes();
}

void Eq::giveMode(std::span<std::byte> block) noexcept {
  core::Memory memory(block);
  linear_.takeMemory(spec_, memory);
  linear_.prepare(spec_);
  hasLinear_ = true;
  if (isLinear()) setPhase(1.0, phaseFadeFrames_);
}

void Eq::setPhase(double value, std::uint32_t glideFrames) noexcept {
  values_[phaseParam] = value;
  phaseFadeFrames_ = glideFrames;
  if (!hasLinear_) return;
  if (isLinear() && linearShare_.settled() && linearShare_.target(0) == 0.0f) linear_.start(glideFrames == 0);
  if (!isLinear() && linearShare_.settled() && linearShare_.target(0) == 1.0f) resetStages();
  linearShare_.start(0, isLinear() ? 1.0f : 0.0f, glideFrames);
}

void Eq::process(float* left, float* right, std::size_t frames, const params::BlockContext&) noexcept {
  for (std::size_t at = 0; at < frames;) {
    const std::size_t count = std::min(frames - at, engine::quantumFrames);
    float* l = left + at;
    float* r = right + at;
    at += count;
    if (linearShare_.settled()) {
      if (linearShare_.target(0) == 0.0f) {
        processMinimum(l, r, count);
      } else {
        linear_.process(l, r, count, values_);
      }
      continue;
    }
    float linearLeft[engine::quantumFrames];
    float linearRight[engine::quantumFrames];
    std::copy_n(l, count, linearLeft);
    std::copy_n(r, count, linearRight);
    processMinimum(l, r, count);
    linear_.process(linearLeft, linearRight, count, values_);
    for (std::size_t i = 0; i < count; ++i) {
      const float share = linearShare_.next();
      if (share == 0.0f) continue;
      l[i] = share == 1.0f ? linearLeft[i] : l[i] + share * (linearLeft[i] - l[i]);
      r[i] = share == 1.0f ? linearRight[i] : r[i] + share * (linearRight[i] - r[i]);
    }
    linearShare_.passed(count);
  }
}

void Eq::processMinimum(float* left, float* right, std::size_t frames) noexcept {
  stage(BandChannels::stereo).process(left, right, frames);
  bool plain = true;
  for (std::size_t i = 1; i < stages_.size(); ++i) plain = plain && stages_[i].isIdle();
  if (!plain) return processParts(left, right, frames);
  // They keep time.
  for (std::size_t i = 1; i < stages_.size(); ++i) stages_[i].skip(frames);
}

// What the bands of the middle change is added to both sides, so that a sound without a middle passes to the
// bit; likewise those of the sides.
void Eq::processParts(float* left, float* right, std::size_t frames) noexcept {
  float mid[engine::quantumFrames];
  float side[engine::quantumFrames];
  float silence[engine::quantumFrames];
  for (std::size_t i = 0; i < frames; ++i) {
    mid[i] = 0.5f * left[i] + 0.5f * right[i];
    side[i] = 0.5f * left[i] - 0.5f * right[i];
  }
  const auto run = [&](BandChannels channels, float* part) {
    std::fill_n(silence, frames, 0.0f);
    stage(channels).process(part, silence, frames);
  };
  float changedMid[engine::quantumFrames];
  float changedSide[engine::quantumFrames];
  std::copy_n(mid, frames, changedMid);
  std::copy_n(side, frames, changedSide);
  run(BandChannels::mid, changedMid);
  run(BandChannels::side, changedSide);
  for (std::size_t i = 0; i < frames; ++i) {
    const float byMid = changedMid[i] - mid[i];
    const float bySide = changedSide[i] - side[i];
    left[i] += byMid + bySide;
    right[i] += byMid - bySide;
  }
  run(BandChannels::left, left);
  run(BandChannels::right, right);
}

std::int64_t Eq::tailFrames() const noexcept {
  std::int64_t frames = 0;
  if (isLinear() || !linearShare_.settled()) frames = linear_.tailFrames();
  if (isLinear() && linearShare_.settled()) return frames;
  for (const Stage& stage : stages_) {
    if (!stage.isIdle()) frames += stage.bands().tailFrames();
  }
  return frames;
}

}  // namespace mixwell::filters
