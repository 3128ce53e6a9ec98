#include "time/convolution_table.h"

#include <algorithm>

#include "core/fft.h"
#include "core/math.h"
#include "filters/crossover.h"

namespace mixwell::time {

namespace {

double value(ImpulseShape shape, ConvolutionParam which) {
  const auto index = static_cast<std::size_t>(which);
  const params::ParamInfo& info = convolutionParams[index];
  return index < shape.size() && info.accepted(shape[index]) ? shape[index] : info.defaultValue;
}

// Another length by a windowed sinc, 16 zero crossings to each side.
std::vector<float> stretched(const std::vector<float>& in, double factor) {
  if (factor == 1.0) return in;
  const double band = factor < 1.0 ? factor : 1.0;
  const double reach = 16.0 / band;
  std::vector<float> out(static_cast<std::size_t>(static_cast<double>(in.size()) * factor));
  for (std::size_t i = 0; i < out.size(); ++i) {
    const double centre = static_cast<double>(i) / factor;
    const auto first = static_cast<std::int64_t>(centre - reach) + (centre > reach ? 1 : 0);
    const auto last =
        std::min(static_cast<std::int64_t>(centre + reach), static_cast<std::int64_t>(in.size()) - 1);
    double sum = 0.0;
    for (std::int64_t at = std::max<std::int64_t>(first, 0); at <= last; ++at) {
      const double x = (static_cast<double>(at) - centre) * band;
      const double angle = core::pi * x;
      const double sinc = x < 1e-9 && x > -1e-9 ? 1.0 : core::sin(angle) / angle;
      const double window = 0.5 + 0.5 * core::cos(angle / 16.0);
      sum += static_cast<double>(in[static_cast<std::size_t>(at)]) * sinc * window;
    }
    out[i] = static_cast<float>(sum * band);
  }
  return out;
}

void filter(std::vector<float>& samples, double cornerHz, bool keepsHigh, double sampleRateHz) {
  const filters::SvfShape shape(static_cast<double>(filters::cornerOf(cornerHz, sampleRateHz)),
                                filters::butterworthDamping);
  filters::Svf section;
  for (float& sample : samples) {
    const filters::Svf::Parts parts = section.process(shape, static_cast<double>(sample));
    sample = static_cast<float>(keepsHigh ? parts.high : parts.low);
  }
}

void fadeOut(std::vector<float>& samples, std::size_t frames) {
  const std::size_t length = std::min(frames, samples.size());
  for (std::size_t i = 0; i < length; ++i) {
    const double left = static_cast<double>(i + 1) / static_cast<double>(length + 1);
    float& sample = samples[samples.size() - 1 - i];
    const double curve = core::sinQuarterTurns(left);
    sample = static_cast<float>(static_cast<double>(sample) * curve * curve);
  }
}

double energy(const std::vector<float>& samples) {
  double sum = 0.0;
  for (const float sample : samples) sum += static_cast<double>(sample) * static_cast<double>(sample);
  return sum;
}

}  // namespace

std::size_t mostTailParts(double sampleRateHz) noexcept {
  const auto frames = static_cast<std::size_t>(longestImpulseS * sampleRateHz) + 1;
  return (frames - headParts * headFrames + tailFrames - 1) / tailFrames;
}

std::size_t mostTableFloats(double sampleRateHz) noexcept {
  return tableHeaderFloats + headParts * headPartFloats + mostTailParts(sampleRateHz) * tailPartFloats;
}

StereoImpulse shapedImpulse(const float* left, const float* right, std::size_t frames, ImpulseShape shape,
                            double sampleRateHz) {
  const double factor = 0.01 * value(shape, ConvolutionParam::stretch);
  const auto framesOf = [sampleRateHz](double seconds) {
    return static_cast<std::size_t>(seconds * sampleRateHz);
  };
  StereoImpulse impulse;
  for (const bool isRight : {false, true}) {
    const float* from = isRight && right != nullptr ? right : left;
    std::vector<float> side(frames);
    for (std::size_t i = 0; i < frames; ++i) side[i] = static_cast<float>(filters::sane(from[i]));
    // No more than can sound is stretched.
    side.resize(std::min(frames, framesOf((longestImpulseS + 1.1) / factor) + 64));
    side = stretched(side, factor);
    const std::size_t end = std::min(side.size(), framesOf(value(shape, ConvolutionParam::endS)));
    const std::size_t start = std::min(end, framesOf(0.001 * value(shape, ConvolutionParam::startMs)));
    side = std::vector<float>(side.begin() + static_cast<std::ptrdiff_t>(start),
                              side.begin() + static_cast<std::ptrdiff_t>(end));
    const double lowCutHz = value(shape, ConvolutionParam::lowCutHz);
    const double highCutHz = value(shape, ConvolutionParam::highCutHz);
    const auto& infos = convolutionParams;
    if (lowCutHz > infos[static_cast<std::size_t>(ConvolutionParam::lowCutHz)].min) {
      filter(side, lowCutHz, true, sampleRateHz);
    }
    if (highCutHz < infos[static_cast<std::size_t>(ConvolutionParam::highCutHz)].max) {
      filter(side, highCutHz, false, sampleRateHz);
    }
    fadeOut(side, framesOf(value(shape, ConvolutionParam::fadeS)));
    (isRight ? impulse.right : impulse.left) = std::move(side);
  }
  const double most = std::max(energy(impulse.left), energy(impulse.right));
  if (most > 0.0) {
    const double level = __builtin_sqrt(0.5 / most);
    for (std::vector<float>* side : {&impulse.left, &impulse.right}) {
      for (float& sample : *side) sample = static_cast<float>(static_cast<double>(sample) * level);
    }
  }
  return impulse;
}

std::vector<float> tableOf(const StereoImpulse& impulse) {
  const std::size_t frames = impulse.left.size();
  const std::size_t inHead = headParts * headFrames;
  const std::size_t heads = (std::min(frames, inHead) + headFrames - 1) / headFrames;
  const std::size_t tails = frames > inHead ? (frames - inHead + tailFrames - 1) / tailFrames : 0;
  std::vector<float> table(tableHeaderFloats + heads * headPartFloats + tails * tailPartFloats);
  table[0] = static_cast<float>(heads);
  table[1] = static_cast<float>(tails);

  float* to = table.data() + tableHeaderFloats;
  const auto write = [&](std::size_t firstFrame, std::size_t parts, std::size_t length) {
    std::vector<float> memory(core::RealFft::floats(2 * length));
    core::RealFft fft;
    fft.useMemory(2 * length, memory);
    fft.prepare();
    std::vector<float> part(length);
    const std::vector<float> nothing(length);
    const float scale = 1.0f / static_cast<float>(length);  // of the inverse transform
    for (std::size_t index = 0; index < parts; ++index) {
      for (const std::vector<float>* side : {&impulse.left, &impulse.right}) {
        for (std::size_t i = 0; i < length; ++i) {
          const std::size_t at = firstFrame + index * length + i;
          part[i] = at < side->size() ? (*side)[at] * scale : 0.0f;
        }
        fft.forward(part.data(), nothing.data(), to, to + length);
        to += 2 * length;
      }
    }
  };
  write(0, heads, headFrames);
  write(inHead, tails, tailFrames);
  return table;
}

void impulseTable(const float* left, const float* right, std::size_t frames, ImpulseShape shape,
                  double sampleRateHz, std::vector<float>& table) {
  table = tableOf(shapedImpulse(left, right, frames, shape, sampleRateHz));
}

}  // namespace mixwell::time
