#include "resample/sample_rate_converter.h"

#include <algorithm>

#include "resample/dot_product.h"

namespace mixwell::resample {
namespace {

constexpr size_t leastBlock = 8192;

}  // namespace

SampleRateConverter::SampleRateConverter(uint32_t fromHz, uint32_t toHz, size_t channels)
    : filter_(fromHz, toHz),
      channels_(channels),
      capacity_(filter_.taps() + std::max(2 * filter_.taps(), leastBlock)),
      history_(capacity_ * channels) {
  reset();
}

void SampleRateConverter::reset() noexcept {
  std::fill(history_.begin(), history_.end(), 0.0);
  start_ = 0;
  length_ = filter_.taps() / 2 - 1;  // silence before the signal
  phase_ = 0;
  framesIn_ = 0;
  framesOut_ = 0;
  finished_ = false;
}

uint64_t SampleRateConverter::framesFor(uint64_t frames) const noexcept {
  const uint64_t in = filter_.stepNumerator();
  const uint64_t out = filter_.stepDenominator();
  // In two parts, so that no product comes near 2^64.
  return frames / in * out + (2 * (frames % in) * out + in) / (2 * in);
}

// Moves what is still needed to the front of the history.
void SampleRateConverter::makeRoom() noexcept {
  for (size_t channel = 0; channel < channels_; ++channel) {
    double* samples = history_.data() + channel * capacity_;
    std::copy(samples + start_, samples + length_, samples);
  }
  length_ -= start_;
  start_ = 0;
}

// Reserves room for up to `frames` frames at the end of the history.
size_t SampleRateConverter::append(size_t frames) noexcept {
  if (capacity_ - length_ < frames) makeRoom();
  const size_t taken = std::min(frames, capacity_ - length_);
  length_ += taken;
  return taken;
}

size_t SampleRateConverter::push(const float* in, size_t channelStride, size_t frames) noexcept {
  if (finished_) return 0;
  const size_t taken = append(frames);
  for (size_t channel = 0; channel < channels_; ++channel) {
    const float* from = in + channel * channelStride;
    double* to = history_.data() + channel * capacity_ + length_ - taken;
    for (size_t i = 0; i < taken; ++i) to[i] = static_cast<double>(from[i]);
  }
  framesIn_ += taken;
  return taken;
}

size_t SampleRateConverter::pull(float* out, size_t channelStride, size_t maxFrames) noexcept {
  const uint64_t total = finished_ ? framesFor(framesIn_) : ~uint64_t{0};
  size_t written = 0;
  while (written < maxFrames && framesOut_ < total) {
    if (length_ - start_ < filter_.taps()) {
      if (!finished_) break;
      const size_t silence = append(filter_.taps());
      for (size_t channel = 0; channel < channels_; ++channel) {
        double* end = history_.data() + channel * capacity_ + length_;
        std::fill(end - silence, end, 0.0);
      }
      continue;
    }
    writeFrame(out + written, channelStride);
    ++written;
    ++framesOut_;
    phase_ += filter_.stepNumerator();
    start_ += static_cast<size_t>(phase_ / filter_.stepDenominator());
    phase_ %= filter_.stepDenominator();
  }
  return written;
}

void SampleRateConverter::writeFrame(float* out, size_t channelStride) const noexcept {
  size_t channel = 0;
  for (; channel + 2 <= channels_; channel += 2) writeChannels<2>(channel, out, channelStride);
  if (channel < channels_) writeChannels<1>(channel, out, channelStride);
}

template <size_t signals>
void SampleRateConverter::writeChannels(size_t firstChannel, float* out,
                                        size_t channelStride) const noexcept {
  std::array<const double*, signals> at;
  for (size_t s = 0; s < signals; ++s) at[s] = history(firstChannel + s) + start_;
  std::array<double, signals> sums{};
  if (filter_.exact()) {
    sums = dotProducts<signals>(filter_.phase(phase_), at, filter_.taps());
  } else {
    const PolyphaseFilter::Blend blend = filter_.blend(phase_);
    for (size_t row = 0; row < 4; ++row) {
      const auto part = dotProducts<signals>(blend.rows[row], at, filter_.taps());
      for (size_t s = 0; s < signals; ++s) sums[s] += blend.weights[row] * part[s];
    }
  }
  for (size_t s = 0; s < signals; ++s) out[(firstChannel + s) * channelStride] = static_cast<float>(sums[s]);
}

}  // namespace mixwell::resample
