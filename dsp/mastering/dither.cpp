#include "mastering/dither.h"

namespace mixwell::mastering {
namespace {

// SplitMix64 (Steele, Lea, Flood, OOPSLA 2014): the state is a counter, every output passes BigCrush.
constexpr uint64_t goldenStep = 0x9e3779b97f4a7c15ULL;

uint64_t mix(uint64_t z) noexcept {
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
  return z ^ (z >> 31);
}

// The difference of two uniform numbers, from -1 to 1.
double triangular(uint64_t& state) noexcept {
  state += goldenStep;
  const uint64_t bits = mix(state);
  constexpr double unit = 1.0 / 4294967296.0;
  return static_cast<double>(bits >> 32) * unit - static_cast<double>(bits & 0xffffffffU) * unit;
}

double roundToEven(double value) noexcept {
  constexpr double toNearest = 6755399441055744.0;  // 1.5 * 2^52
  return (value + toNearest) - toNearest;
}

}  // namespace

void Dither::prepare(const Spec& spec) {
  spec_ = spec;
  scale_ = static_cast<double>(uint32_t{1} << (spec.bits - 1));
  shaper_ = designNoiseShaper(spec.sampleRateHz);
  channels_.assign(spec.channels, {});
  reset();
}

void Dither::reset() noexcept {
  for (size_t i = 0; i < channels_.size(); ++i) {
    channels_[i] = {};
    channels_[i].random = mix(spec_.seed + goldenStep * (i + 1));
  }
  clipped_ = 0;
  nonFinite_ = 0;
}

void Dither::quantize(size_t channel, const float* in, int32_t* out, size_t frames) noexcept {
  Channel& state = channels_[channel];
  switch (spec_.kind) {
    case DitherKind::None:
      return run<DitherKind::None>(state, in, out, frames);
    case DitherKind::Tpdf:
      return run<DitherKind::Tpdf>(state, in, out, frames);
    case DitherKind::Shaped:
      return run<DitherKind::Shaped>(state, in, out, frames);
  }
}

template <DitherKind kind>
void Dither::run(Channel& channel, const float* in, int32_t* out, size_t frames) noexcept {
  const double highest = scale_ - 1.0;
  const double lowest = -scale_;
  for (size_t frame = 0; frame < frames; ++frame) {
    double value = static_cast<double>(in[frame]) * scale_;
    if (value - value != 0.0) {
      ++nonFinite_;
      value = value != value ? 0.0 : value < 0.0 ? lowest : highest;
    }
    const double wanted = kind == DitherKind::Shaped ? value + shapedError(channel) : value;
    const double noise = kind == DitherKind::None ? 0.0 : triangular(channel.random);
    double result = roundToEven(wanted + noise);
    if constexpr (kind == DitherKind::Shaped) {
      channel.newest = (channel.newest == 0 ? noiseShaperOrder : channel.newest) - 1;
      channel.errors[channel.newest] = result - wanted;
      channel.errors[channel.newest + noiseShaperOrder] = result - wanted;
    }
    if (result > highest || result < lowest) {
      ++clipped_;
      result = result > highest ? highest : lowest;
    }
    out[frame] = static_cast<int32_t>(result);
  }
}

double Dither::shapedError(const Channel& channel) const noexcept {
  const double* errors = channel.errors.data() + channel.newest;
  double even = 0.0;
  double odd = 0.0;
  // The newest last: it is the one that has to be waited for.
  for (size_t i = noiseShaperOrder; i > 0; i -= 2) {
    odd += shaper_[i - 1] * errors[i - 1];
    even += shaper_[i - 2] * errors[i - 2];
  }
  return odd + even;
}

}  // namespace mixwell::mastering
