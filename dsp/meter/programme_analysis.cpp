#include "meter/programme_analysis.h"

#include <algorithm>
#include <cmath>

namespace mixwell::meter {
namespace {

constexpr float silence = 3.1622777e-4F;  // silenceDbfs

bool sounds(float sample) noexcept {
  return sample >= silence || sample <= -silence;
}

struct Levels {
  double sum = 0.0;
  double squares = 0.0;
  float highest = 0.0F;
};

// Four sums side by side, so that none waits for itself.
constexpr size_t lanes = 4;

Levels levelsOf(const float* samples, size_t frames) noexcept {
  double sums[lanes] = {};
  double squares[lanes] = {};
  float highest[lanes] = {};
  const auto take = [&](size_t i, size_t lane) {
    const auto sample = static_cast<double>(samples[i]);
    sums[lane] += sample;
    squares[lane] += sample * sample;
    const float magnitude = samples[i] < 0.0F ? -samples[i] : samples[i];
    highest[lane] = magnitude > highest[lane] ? magnitude : highest[lane];
  };
  size_t i = 0;
  for (; i + lanes <= frames; i += lanes) {
    for (size_t lane = 0; lane < lanes; ++lane) take(i + lane, lane);
  }
  for (; i < frames; ++i) take(i, 0);
  return {(sums[0] + sums[1]) + (sums[2] + sums[3]), (squares[0] + squares[1]) + (squares[2] + squares[3]),
          std::max(std::max(highest[0], highest[1]), std::max(highest[2], highest[3]))};
}

double productOf(const float* left, const float* right, size_t frames) noexcept {
  double sums[lanes] = {};
  size_t i = 0;
  for (; i + lanes <= frames; i += lanes) {
    for (size_t lane = 0; lane < lanes; ++lane) {
      sums[lane] += static_cast<double>(left[i + lane]) * static_cast<double>(right[i + lane]);
    }
  }
  for (; i < frames; ++i) sums[0] += static_cast<double>(left[i]) * static_cast<double>(right[i]);
  return (sums[0] + sums[1]) + (sums[2] + sums[3]);
}

}  // namespace

void ProgrammeAnalysis::prepare(const Spec& spec) {
  spec_ = spec;
  loudness_.prepare(spec.sampleRateHz, spec.channels);
  peaks_.prepare(spec.channels);
  if (spec.spectrum) spectrum_.prepare(spec.sampleRateHz);
  channels_.assign(spec.channels, {});
  gathered_.assign(spec.channels * grid, 0.0F);
  reset();
}

void ProgrammeAnalysis::reset() noexcept {
  loudness_.reset();
  peaks_.reset();
  if (spec_.spectrum) spectrum_.reset();
  for (Channel& channel : channels_) {
    channel.runs.reset();
    channel.sum = channel.squares = 0.0;
    channel.truePeak = 0.0F;
    channel.truePeakFrame = 0;
  }
  gatheredFrames_ = 0;
  frames_ = 0;
  nextMoment_ = spec_.sampleRateHz / momentsASecond;
  history_.clear();
  momentProducts_ = {};
  products_ = 0.0;
  overCount_ = 0;
  overs_.clear();
  sounded_ = false;
}

void ProgrammeAnalysis::process(const float* in, size_t channelStride, size_t frames) {
  while (frames > 0) {
    const size_t count = std::min(frames, grid - gatheredFrames_);
    for (size_t c = 0; c < channels_.size(); ++c) {
      std::copy_n(in + c * channelStride, count, gathered_.data() + c * grid + gatheredFrames_);
    }
    in += count;
    frames -= count;
    gatheredFrames_ += count;
    if (gatheredFrames_ == grid) processGathered();
  }
}

void ProgrammeAnalysis::finish() {
  processGathered();
  peaks_.finish();
  for (Channel& channel : channels_) channel.runs.finish();
  takePeaks();
  if (frames_ > history_.size() * spec_.sampleRateHz / momentsASecond) endMoment();
}

void ProgrammeAnalysis::processGathered() {
  size_t done = 0;
  while (done < gatheredFrames_) {
    const auto untilMoment = static_cast<size_t>(nextMoment_ - frames_);
    const size_t count = std::min(gatheredFrames_ - done, untilMoment);
    processSlice(gathered_.data() + done, count);
    done += count;
    if (frames_ == nextMoment_) {
      takePeaks();
      endMoment();
      nextMoment_ = (history_.size() + 1) * spec_.sampleRateHz / momentsASecond;
    }
  }
  gatheredFrames_ = 0;
}

void ProgrammeAnalysis::processSlice(const float* in, size_t frames) {
  loudness_.process(in, grid, frames);
  peaks_.process(in, grid, frames);
  if (spec_.spectrum) spectrum_.add(in, channels_.size() > 1 ? in + grid : in, frames);
  addLevels(in, frames);
  frames_ += frames;
}

void ProgrammeAnalysis::addLevels(const float* in, size_t frames) {
  for (size_t c = 0; c < channels_.size(); ++c) {
    Channel& channel = channels_[c];
    const float* samples = in + c * grid;
    const Levels levels = levelsOf(samples, frames);
    channel.sum += levels.sum;
    channel.squares += levels.squares;
    if (c == 0) momentProducts_.left += levels.squares;
    if (c == 1) momentProducts_.right += levels.squares;
    if (channel.runs.cares(levels.highest)) channel.runs.add(samples, frames, frames_);
    if (levels.highest < silence) continue;
    size_t first = 0;
    while (!sounds(samples[first])) ++first;
    size_t last = frames - 1;
    while (!sounds(samples[last])) --last;
    firstSound_ = sounded_ ? std::min(firstSound_, frames_ + first) : frames_ + first;
    lastSound_ = sounded_ ? std::max(lastSound_, frames_ + last) : frames_ + last;
    sounded_ = true;
  }
  if (channels_.size() < 2) return;
  const double both = productOf(in, in + grid, frames);
  momentProducts_.both += both;
  products_ += both;
}

void ProgrammeAnalysis::takePeaks() {
  momentPeak_ = 0.0F;
  for (size_t c = 0; c < channels_.size(); ++c) {
    const float truePeak = peaks_.truePeak(c);
    const uint64_t frame = peaks_.truePeakFrame(c);
    momentPeak_ = truePeak > momentPeak_ ? truePeak : momentPeak_;
    if (truePeak > channels_[c].truePeak) {
      channels_[c].truePeak = truePeak;
      channels_[c].truePeakFrame = frame;
    }
    if (truePeak > overLevel) {
      ++overCount_;
      if (overs_.size() < keptOvers) overs_.push_back({frame, c, truePeak});
    }
  }
  peaks_.restart();
}

void ProgrammeAnalysis::endMoment() {
  const double correlation = channels_.size() < 2 ? 1.0 : momentProducts_.correlation();
  history_.push_back({static_cast<float>(loudness_.momentaryLufs()),
                      static_cast<float>(loudness_.shortTermLufs()), momentPeak_,
                      static_cast<float>(correlation)});
  momentProducts_ = {};
}

double ProgrammeAnalysis::Products::correlation() const noexcept {
  const double size = std::sqrt(left) * std::sqrt(right);
  if (!(size > 0.0)) return 0.0;
  const double value = both / size;
  return value > 1.0 ? 1.0 : value < -1.0 ? -1.0 : value;
}

float ProgrammeAnalysis::truePeak() const noexcept {
  float highest = 0.0F;
  for (const Channel& channel : channels_) highest = std::max(highest, channel.truePeak);
  return highest;
}

float ProgrammeAnalysis::samplePeak() const noexcept {
  float highest = 0.0F;
  for (const Channel& channel : channels_) highest = std::max(highest, channel.runs.peak());
  return highest;
}

double ProgrammeAnalysis::rms(size_t channel) const noexcept {
  return frames_ == 0 ? 0.0 : std::sqrt(channels_[channel].squares / static_cast<double>(frames_));
}

double ProgrammeAnalysis::dc(size_t channel) const noexcept {
  return frames_ == 0 ? 0.0 : channels_[channel].sum / static_cast<double>(frames_);
}

ProgrammeAnalysis::Products ProgrammeAnalysis::withoutDc() const noexcept {
  const auto count = static_cast<double>(frames_);
  const Channel& left = channels_[0];
  const Channel& right = channels_[1];
  return {left.squares - left.sum * left.sum / count, right.squares - right.sum * right.sum / count,
          products_ - left.sum * right.sum / count};
}

double ProgrammeAnalysis::correlation() const noexcept {
  if (channels_.size() < 2) return 1.0;
  if (frames_ == 0) return 0.0;
  Products products = withoutDc();
  // What rounding leaves of nothing but DC is nothing.
  constexpr double rounding = 1e-12;
  if (products.left < rounding * channels_[0].squares) products.left = 0.0;
  if (products.right < rounding * channels_[1].squares) products.right = 0.0;
  return products.correlation();
}

double ProgrammeAnalysis::monoShare() const noexcept {
  if (channels_.size() < 2 || frames_ == 0) return 1.0;
  const Products products = withoutDc();
  const double both = products.left + products.right;
  return both > 0.0 ? std::max(0.0, 0.5 + products.both / both) : 1.0;
}

uint64_t ProgrammeAnalysis::clippedRuns(size_t channel) const noexcept {
  return samplePeak() >= clippingPeak ? channels_[channel].runs.count() : 0;
}

std::vector<uint64_t> ProgrammeAnalysis::clippedPlaces(size_t channel) const {
  if (samplePeak() < clippingPeak) return {};
  return channels_[channel].runs.places();
}

}  // namespace mixwell::meter
