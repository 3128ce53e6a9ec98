#include "meter/true_peak_meter.h"

#include <algorithm>
#include <cstring>

#include "core/math.h"
#include "resample/kaiser.h"

namespace mixwell::meter {
namespace {

using Four = float __attribute__((vector_size(16)));

constexpr float nearPeak = 0.64F;

Four load4(const float* at) noexcept {
  Four values;
  std::memcpy(&values, at, sizeof(values));
  return values;
}

float magnitude(float value) noexcept {
  return value < 0.0F ? -value : value;
}

}  // namespace

void TruePeakMeter::prepare(size_t channels) {
  designFilter();
  channels_.assign(channels, {});
}

// A sinc under a Kaiser window: 70 dB down at 0.55 of the sample rate, flat to 0.45 within 0.003 dB.
void TruePeakMeter::designFilter() noexcept {
  constexpr double beta = resample::kaiserBeta(70.0);
  constexpr double reach = 0.5 * static_cast<double>(taps);
  for (size_t tap = 0; tap < taps; ++tap) {
    for (size_t phase = 0; phase < phases; ++phase) {
      const double after = phase == 0 ? -1.0 / phases : static_cast<double>(phase) / phases;
      const double time = reach - 1.0 - static_cast<double>(tap) + after;
      const double sinc = core::sinQuarterTurns(2.0 * time) / (core::pi * time);
      filter_[tap][phase] = static_cast<float>(sinc * resample::kaiserWindow(time / reach, beta));
    }
  }
}

void TruePeakMeter::reset() noexcept {
  std::fill(channels_.begin(), channels_.end(), Channel{});
}

void TruePeakMeter::restart() noexcept {
  for (Channel& channel : channels_) channel.truePeak = channel.samplePeak = 0.0F;
}

void TruePeakMeter::process(const float* in, size_t channelStride, size_t frames) noexcept {
  for (size_t c = 0; c < channels_.size(); ++c) {
    Channel& channel = channels_[c];
    for (size_t done = 0; done < frames; done += block) {
      const size_t count = std::min(block, frames - done);
      std::copy_n(in + c * channelStride + done, count, channel.samples.begin() + taps);
      processBlock(channel, count);
    }
  }
}

void TruePeakMeter::forgetPeaks() noexcept {
  for (Channel& channel : channels_) channel.truePeak = channel.samplePeak = 0.0F;
}

void TruePeakMeter::finish() noexcept {
  constexpr size_t silence = taps / 2;
  for (Channel& channel : channels_) {
    std::fill_n(channel.samples.begin() + taps, silence, 0.0F);
    processBlock(channel, silence);
  }
}

void TruePeakMeter::processBlock(Channel& channel, size_t frames) const noexcept {
  const float* newest = channel.samples.data() + taps;
  for (size_t i = 0; i < frames; ++i) {
    const float value = magnitude(newest[i]);
    channel.samplePeak = value > channel.samplePeak ? value : channel.samplePeak;
  }
  if (channel.samplePeak > channel.truePeak) {
    channel.truePeak = channel.samplePeak;
    const float* highest = newest;
    while (magnitude(*highest) != channel.samplePeak) ++highest;
    channel.truePeakFrame = frameOf(channel, highest);
  }

  // Sixteen half-way points at once, the first between at[taps / 2 - 1] and at[taps / 2].
  constexpr size_t together = 16;
  static_assert(block % together == 0);
  for (size_t i = 0; i < frames; i += together) {
    const float* at = channel.samples.data() + 1 + i;
    Four sums[together / 4] = {};
    for (size_t tap = 0; tap < taps; ++tap) {
      for (size_t four = 0; four < together / 4; ++four) {
        sums[four] += filter_[tap][phases / 2] * load4(at + tap + 4 * four);
      }
    }
    for (size_t lane = 0; lane < std::min(together, frames - i); ++lane) {
      const float* left = at + lane + taps / 2 - 1;
      const float threshold = nearPeak * channel.truePeak;
      if (magnitude(sums[lane / 4][lane % 4]) > threshold || magnitude(left[0]) > threshold ||
          magnitude(left[1]) > threshold) {
        look(channel, at + lane);
      }
    }
  }
  std::copy_n(channel.samples.begin() + static_cast<std::ptrdiff_t>(frames), taps, channel.samples.begin());
  channel.frames += frames;
}

uint64_t TruePeakMeter::frameOf(const Channel& channel, const float* at) noexcept {
  const auto place = static_cast<uint64_t>(at - channel.samples.data());
  return channel.frames + place < taps ? 0 : channel.frames + place - taps;
}

// Looks at all points from one sample to the next.
void TruePeakMeter::look(Channel& channel, const float* at) const noexcept {
  Four first = {};
  Four second = {};
  for (size_t tap = 0; tap < taps; ++tap) {
    first += load4(filter_[tap].data()) * at[tap];
    second += load4(filter_[tap].data() + 4) * at[tap];
  }
  const float points[phases + 2] = {first[0],  at[taps / 2 - 1], first[1],  first[2],  first[3],
                                    second[0], second[1],        second[2], second[3], at[taps / 2]};
  for (size_t i = 1; i <= phases; ++i) {
    const float before = magnitude(points[i - 1]);
    const float here = magnitude(points[i]);
    const float after = magnitude(points[i + 1]);
    if (!(here >= before && here >= after && here > nearPeak * channel.truePeak)) continue;
    const float curve = before - 2.0F * here + after;
    const float slope = before - after;
    const float top = curve < 0.0F ? here - 0.125F * slope * slope / curve : here;
    if (top > channel.truePeak) {
      channel.truePeak = top;
      channel.truePeakFrame = frameOf(channel, at + taps / 2 - 1);
    }
  }
}

float TruePeakMeter::truePeak() const noexcept {
  float largest = 0.0F;
  for (const Channel& channel : channels_) largest = channel.truePeak > largest ? channel.truePeak : largest;
  return largest;
}

float TruePeakMeter::samplePeak() const noexcept {
  float largest = 0.0F;
  for (const Channel& channel : channels_)
    largest = channel.samplePeak > largest ? channel.samplePeak : largest;
  return largest;
}

}  // namespace mixwell::meter
