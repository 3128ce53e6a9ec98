#include "core/oversampler.h"

#include <algorithm>
#include <type_traits>

#include "core/float4.h"
#include "core/math.h"
#include "resample/kaiser.h"

namespace mixwell::core {

namespace {

constexpr double stopBandDb = 90.0;
/// Distances from the middle of a half-band filter to its ends, halved and rounded up, of the stages.
constexpr std::array<std::size_t, Oversampler::mostStages> halfBandPairs = {31, 7, 5, 4};

/// One phase of the sum: `taps` times the sound that ends at `newest`.
struct Phase {
  const float* taps;
  std::size_t count;
  const float* newest;
};

template <typename V, std::size_t blocks>
void convolveBlock(const Phase& a, const Phase& b, float scale, float* out, std::size_t at) noexcept {
  constexpr std::size_t width = std::is_same_v<V, Float4> ? laneCount : 1;
  const auto loaded = [](const float* from) {
    if constexpr (width == 1) {
      return *from;
    } else {
      return V::load(from);
    }
  };
  std::array<V, blocks> sums;
  for (V& sum : sums) sum = V(0.0f);
  for (const Phase* phase : {&a, &b}) {
    for (std::size_t k = 0; k < phase->count; ++k) {
      const V tap(phase->taps[k]);
      const float* from = phase->newest + at - k;
      for (std::size_t i = 0; i < blocks; ++i) sums[i] = sums[i] + tap * loaded(from + i * width);
    }
  }
  for (std::size_t i = 0; i < blocks; ++i) {
    if constexpr (width == 1) {
      out[at + i] = sums[i] * scale;
    } else {
      (sums[i] * V(scale)).store(out + at + i * width);
    }
  }
}

/// `count` outputs, each the sum of both phases, taps in order.
void convolve(const Phase& a, const Phase& b, float scale, float* out, std::size_t count) noexcept {
  std::size_t at = 0;
  for (; at + 16 <= count; at += 16) convolveBlock<Float4, 4>(a, b, scale, out, at);
  for (; at + 4 <= count; at += 4) convolveBlock<Float4, 1>(a, b, scale, out, at);
  for (; at < count; ++at) convolveBlock<float, 1>(a, b, scale, out, at);
}

void interleaved(const float* even, const float* odd, std::size_t frames, float* out) noexcept {
  std::size_t i = 0;
  for (; i + 4 <= frames; i += 4) {
    Float4 a = Float4::load(even + i);
    Float4 b = Float4::load(odd + i);
    interleave(a, b);
    a.store(out + 2 * i);
    b.store(out + 2 * i + 4);
  }
  for (; i < frames; ++i) {
    out[2 * i] = even[i];
    out[2 * i + 1] = odd[i];
  }
}

void deinterleaved(const float* in, std::size_t frames, float* even, float* odd) noexcept {
  std::size_t i = 0;
  for (; i + 4 <= frames; i += 4) {
    Float4 a = Float4::load(in + 2 * i);
    Float4 b = Float4::load(in + 2 * i + 4);
    deinterleave(a, b);
    a.store(even + i);
    b.store(odd + i);
  }
  for (; i < frames; ++i) {
    even[i] = in[2 * i];
    odd[i] = in[2 * i + 1];
  }
}

/// The present, `frames` behind the `past` ones, becomes past.
void shift(std::span<float> line, std::size_t past, std::size_t frames) noexcept {
  std::copy_n(line.begin() + static_cast<std::ptrdiff_t>(frames), past, line.begin());
}

}  // namespace

std::size_t Oversampler::Kernel::history() const noexcept {
  return std::max(evenCount, oddDelay + oddCount);
}

void Oversampler::takeMemory(std::size_t stages, std::size_t channels, Memory& memory, bool wide) noexcept {
  stages_ = stages;
  channels_ = channels;
  for (std::size_t stage = 0; stage < stages_; ++stage) design(stage, wide);
  // All delays in frames of the top rate: once there, once back.
  std::size_t total = 0;
  for (std::size_t stage = 0; stage < stages_; ++stage) {
    total += 2 * kernels_[stage].delay << (stages_ - 1 - stage);
  }
  const std::size_t over = total % factor();
  padding_ = over == 0 ? 0 : (factor() - over) / 2;
  latencySamples_ = (total + 2 * padding_) / factor();
  for (std::size_t channel = 0; channel < channels_; ++channel) {
    for (std::size_t stage = 0; stage < stages_; ++stage) {
      const std::size_t length = kernels_[stage].history() + padding(stage) + 1 + (chunkFrames << stage);
      Lines& lines = lines_[channel][stage];
      lines.up = memory.take<float>(length);
      lines.downEven = memory.take<float>(length);
      lines.downOdd = memory.take<float>(length);
    }
  }
  scratch_ = memory.take<float>(2 * (chunkFrames << (stages_ - 1)) + (chunkFrames << stages_));
}

void Oversampler::design(std::size_t stage, bool wide) noexcept {
  const bool first = stage == 0 && !wide;
  const std::size_t half = 2 * halfBandPairs[stage] - 1;
  static_assert(2 * halfBandPairs[0] - 1 == firstHalf);
  // The first stage's cutoff lies in the middle between 0.41 and 0.51 of the lower rate, in cycles a frame of
  // the higher; a half-band's in the middle of its band.
  const double cutoff = first ? 0.2305 : 0.25;
  const double beta = resample::kaiserBeta(stopBandDb);
  std::array<double, 2 * mostTaps> taps{};
  const std::size_t count = 2 * half + 1;
  double sum = 0.0;
  for (std::size_t i = 0; i < count; ++i) {
    const double x = static_cast<double>(i) - static_cast<double>(half);
    const double sinc = x == 0.0 ? 2.0 * cutoff : core::sin(2.0 * pi * cutoff * x) / (pi * x);
    taps[i] = sinc * resample::kaiserWindow(x / (static_cast<double>(half) + 1.0), beta);
    sum += taps[i];
  }
  Kernel& kernel = kernels_[stage];
  kernel = {};
  kernel.delay = half;
  for (std::size_t i = 0; i < count; i += 2) kernel.even[i / 2] = static_cast<float>(taps[i] / sum);
  kernel.evenCount = (count + 1) / 2;
  if (first) {
    for (std::size_t i = 1; i < count; i += 2) kernel.odd[i / 2] = static_cast<float>(taps[i] / sum);
    kernel.oddCount = count / 2;
  } else {
    kernel.odd[0] = static_cast<float>(taps[half] / sum);  // all others are 0
    kernel.oddCount = 1;
    kernel.oddDelay = half / 2;
  }
}

void Oversampler::reset() noexcept {
  for (std::size_t channel = 0; channel < channels_; ++channel) {
    for (std::size_t stage = 0; stage < stages_; ++stage) {
      const Lines& lines = lines_[channel][stage];
      for (const std::span<float> line : {lines.up, lines.downEven, lines.downOdd}) {
        std::fill(line.begin(), line.end(), 0.0f);
      }
    }
  }
}

void Oversampler::up(std::size_t channel, const float* in, std::size_t frames, float* out) noexcept {
  float* even = scratch_.data();
  float* odd = even + (chunkFrames << (stages_ - 1));
  float* between = odd + (chunkFrames << (stages_ - 1));
  const float* source = in;
  std::size_t count = frames;
  for (std::size_t stage = 0; stage < stages_; ++stage) {
    const Kernel& kernel = kernels_[stage];
    const std::span<float> line = lines_[channel][stage].up;
    const std::size_t past = kernel.history() + padding(stage) + 1;
    float* now = line.data() + past;
    std::copy(source, source + count, now);
    // Twice, for the zeros between the frames.
    convolve({kernel.even.data(), kernel.evenCount, now}, {}, 2.0f, even, count);
    convolve({kernel.odd.data(), kernel.oddCount, now - kernel.oddDelay}, {}, 2.0f, odd, count);
    float* target = stage + 1 == stages_ ? out : between;
    interleaved(even, odd, count, target);
    shift(line, past, count);
    source = target;
    count *= 2;
  }
}

void Oversampler::down(std::size_t channel, const float* in, std::size_t frames, float* out) noexcept {
  float* between = scratch_.data();
  const float* source = in;
  for (std::size_t stage = stages_; stage-- > 0;) {
    const Kernel& kernel = kernels_[stage];
    const Lines& lines = lines_[channel][stage];
    const std::size_t count = frames << stage;
    const std::size_t past = kernel.history() + padding(stage) + 1;
    float* even = lines.downEven.data() + past;
    float* odd = lines.downOdd.data() + past;
    deinterleaved(source, count, even, odd);
    float* target = stage == 0 ? out : between;
    convolve({kernel.even.data(), kernel.evenCount, even - padding(stage)},
             {kernel.odd.data(), kernel.oddCount, odd - padding(stage) - kernel.oddDelay - 1}, 1.0f, target,
             count);
    shift(lines.downEven, past, count);
    shift(lines.downOdd, past, count);
    source = target;
  }
}

}  // namespace mixwell::core
