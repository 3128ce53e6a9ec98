#include "colour/saturator.h"

#include <cmath>

#include "colour/curve_change.h"
#include "core/guard.h"
#include "core/math.h"

namespace mixwell::colour {

namespace {

using P = SaturatorParam;

constexpr double perNeper = 1.4426950408889634;
constexpr double dcCornerHz = 6.0;
constexpr double toneCornerHz = 900.0;
constexpr double curveFadeMs = 20.0;
constexpr double noiseDbfs = -15.0;
constexpr float mostLoudnessGain = 16.0f;
/// Frames of the past that more than fill the filters, beyond the latency.
constexpr std::size_t spareFrames = 16;
/// The bias at 100 %, in units of the curve.
constexpr double fullBias = 0.9;

}  // namespace

const params::DeviceTable& Saturator::description() noexcept {
  static constexpr params::DeviceTable table{
      .id = "saturator", .name = "Saturator", .params = saturatorParams, .readouts = saturatorReadouts};
  return table;
}

void Saturator::takeMemory(const params::DeviceSpec& spec, core::Memory& memory) noexcept {
  oversampler_.takeMemory(core::Oversampler::stagesFor(spec.sampleRateHz), sides_.size(), memory);
  const std::size_t samples = chunk * oversampler_.factor();
  above_ = memory.take<float>(samples + 1);
  changes_ = memory.take<float>(samples);
  flushedAfter_ = oversampler_.latencySamples() + spareFrames;
  for (Side& side : sides_) side.dry.takeMemory(flushedAfter_, memory);
}

void Saturator::prepare(const params::DeviceSpec& spec) noexcept {
  sampleRateHz_ = spec.sampleRateHz;
  const auto stepOf = [&](double hz) {
    return 1.0 - core::exp2(-2.0 * core::pi * hz / sampleRateHz_ * perNeper);
  };
  dcStep_ = stepOf(dcCornerHz);
  toneStep_ = stepOf(toneCornerHz);
  curveFadeFrames_ = core::framesIn(curveFadeMs, sampleRateHz_);
  const double rms = core::dbToGain(noiseDbfs);
  double sum = 0.0;
  for (std::size_t i = 0; i < levels; ++i) {
    const double z = (static_cast<double>(i) + 0.5) * 8.0 / static_cast<double>(levels) - 4.0;
    const double weight = core::exp2(-0.5 * z * z * perNeper);
    noiseLevels_[i] = static_cast<float>(rms * z);
    noiseWeights_[i] = static_cast<float>(weight);
    sum += weight;
  }
  for (float& weight : noiseWeights_) weight /= static_cast<float>(sum);
  values_.setDefaults();
  reset();
}

void Saturator::reset() noexcept {
  oversampler_.reset();
  for (Side& side : sides_) {
    side.dry.clear();
    side.before = 0.0f;
    side.dc = side.low = 0.0;
  }
  silentSoFar_ = true;
  framesAtRest_ = flushedAfter_;
  pastIsStale_ = false;
  likeness_ = {};
  readouts_ = {-120.0f, -120.0f, 0.0f};
  for (std::size_t i = 0; i < saturatorParams.size(); ++i) retarget(static_cast<P>(i), 0);
}

bool Saturator::setParam(std::size_t index, double value, std::uint32_t glideFrames) noexcept {
  if (!values_.set(index, value)) return false;
  retarget(static_cast<P>(index), glideFrames);
  return true;
}

void Saturator::retarget(P which, std::uint32_t frames) noexcept {
  const double value = values_[which];
  switch (which) {
    case P::curve:
      if (silentSoFar_) {
        curve_.kind = static_cast<SaturatorCurve>(value);
        curve_.gain.start(0, loudnessGain(curve_.kind), 0);
        curveFadeLeft_ = 0;
      }
      break;  // else `process` fades to it
    case P::driveDb:
    case P::bias:
      drive_.start(0, static_cast<float>(core::dbToGain(values_[P::driveDb]) - 1.0), frames);
      bias_.start(0, static_cast<float>(0.01 * fullBias * values_[P::bias]), frames);
      curve_.gain.start(0, loudnessGain(curve_.kind), frames);
      nextCurve_.gain.start(0, loudnessGain(nextCurve_.kind), frames);
      break;
    case P::toneDb: {
      const double high = core::dbToGain(0.5 * value);
      toneHigh_.start(0, static_cast<float>(high), frames);
      toneLow_.start(0, static_cast<float>(1.0 / high - high), frames);
      break;
    }
    case P::outputDb:
      output_.start(0, static_cast<float>(core::dbToGain(value)), frames);
      break;
    case P::mix:
      mix_.start(0, static_cast<float>(0.01 * value), frames);
      break;
  }
}

float Saturator::loudnessGain(SaturatorCurve kind) const noexcept {
  const float drive = drive_.target();
  if (drive < leastDrive) return 1.0f;
  const float lean = leanOf(kind, bias_.target(), drive);
  double mean = 0.0;
  double square = 0.0;
  double plain = 0.0;
  for (std::size_t i = 0; i < levels; ++i) {
    const double weight = static_cast<double>(noiseWeights_[i]);
    const double level = static_cast<double>(noiseLevels_[i]);
    const double bent = static_cast<double>(curveAt(kind, noiseLevels_[i] * drive + lean));
    mean += weight * bent;
    square += weight * bent * bent;
    plain += weight * level * level;
  }
  const double left = square - mean * mean;
  if (!(left > 1e-12)) return mostLoudnessGain;
  const auto gain = static_cast<float>(static_cast<double>(drive) * std::sqrt(plain / left));
  return gain < mostLoudnessGain ? gain : mostLoudnessGain;
}

void Saturator::changeCurve() noexcept {
  const auto wanted = static_cast<SaturatorCurve>(values_[P::curve]);
  if (curveFadeLeft_ > 0) {
    if (--curveFadeLeft_ == 0) curve_ = nextCurve_;
  } else if (curve_.kind != wanted) {
    nextCurve_.kind = wanted;
    nextCurve_.gain.start(0, loudnessGain(wanted), 0);
    curveFadeLeft_ = curveFadeFrames_;
  }
}

bool Saturator::beginChunk(std::size_t frames) noexcept {
  std::size_t resting = 0;
  for (std::size_t i = 0; i < frames; ++i) {
    changeCurve();
    const float left = static_cast<float>(curveFadeLeft_) / static_cast<float>(curveFadeFrames_);
    frames_[i] = {.kind = curve_.kind,
                  .nextKind = nextCurve_.kind,
                  .drive = drive_.next(),
                  .bias = bias_.next(),
                  .gain = curve_.gain.next(),
                  .nextGain = nextCurve_.gain.next(),
                  .nextPart = curveFadeLeft_ > 0 ? 1.0f - left : 0.0f,
                  .toneHigh = toneHigh_.next(),
                  .toneLow = toneLow_.next(),
                  .output = output_.next(),
                  .mix = mix_.next()};
    resting = frames_[i].drive == 0.0f ? resting + 1 : 0;
  }
  const bool wasFlushed = framesAtRest_ >= flushedAfter_;
  const bool rests = resting == frames;
  framesAtRest_ = rests ? (wasFlushed ? flushedAfter_ : framesAtRest_ + frames) : resting;
  return !(rests && wasFlushed);
}

void Saturator::shape(std::size_t frames) noexcept {
  const std::size_t factor = oversampler_.factor();
  for (std::size_t i = 0; i < frames; ++i) {
    const Frame& frame = frames_[i];
    const float* sound = above_.data() + 1 + i * factor;
    float* changes = changes_.data() + i * factor;
    for (std::size_t k = 0; k < factor; ++k) changes[k] = 0.0f;
    if (frame.drive == 0.0f) continue;
    addChange(frame.kind, sound, factor, frame.drive, frame.bias, frame.gain, 1.0f - frame.nextPart, changes);
    if (frame.nextPart == 0.0f) continue;
    addChange(frame.nextKind, sound, factor, frame.drive, frame.bias, frame.nextGain, frame.nextPart,
              changes);
  }
}

void Saturator::fillPast(std::size_t channel) noexcept {
  std::array<float, chunk> past;
  for (std::size_t left = flushedAfter_; left > 0;) {
    const std::size_t count = left < chunk ? left : chunk;
    for (std::size_t i = 0; i < count; ++i) {
      past[i] = core::soundOrZero(sides_[channel].dry.read(static_cast<std::uint32_t>(left - 1 - i)));
    }
    oversampler_.up(channel, past.data(), count, above_.data() + 1);
    sides_[channel].before = above_[count * oversampler_.factor()];
    left -= count;
  }
}

void Saturator::change(std::size_t channel, const float* sound, std::size_t frames, float* changed) noexcept {
  std::array<float, chunk> clean;
  for (std::size_t i = 0; i < frames; ++i) clean[i] = core::soundOrZero(sound[i]);
  oversampler_.up(channel, clean.data(), frames, above_.data() + 1);
  above_[0] = sides_[channel].before;
  sides_[channel].before = above_[frames * oversampler_.factor()];
  shape(frames);
  oversampler_.down(channel, changes_.data(), frames, changed);
}

void Saturator::mixIn(Side& side, float* sound, const float* changed, std::size_t frames) noexcept {
  const auto late = static_cast<std::uint32_t>(oversampler_.latencySamples());
  Likeness sums;
  for (std::size_t i = 0; i < frames; ++i) {
    const Frame& frame = frames_[i];
    side.dry.write(sound[i]);
    const float dry = side.dry.read(late);
    const float clean = core::soundOrZero(dry);
    side.dc = core::flushed(side.dc + dcStep_ * (static_cast<double>(changed[i]) - side.dc));
    const float bent = clean + (changed[i] - static_cast<float>(side.dc));
    side.low = core::flushed(side.low + toneStep_ * (static_cast<double>(bent) - side.low));
    const float wet = (bent * frame.toneHigh + static_cast<float>(side.low) * frame.toneLow) * frame.output;
    sound[i] = dry * (1.0f - frame.mix) + wet * frame.mix;

    sums.dry += static_cast<double>(clean) * static_cast<double>(clean);
    sums.both += static_cast<double>(clean) * static_cast<double>(bent);
    sums.wet += static_cast<double>(bent) * static_cast<double>(bent);
    inputPeak_ = core::max(inputPeak_, core::abs(clean));
    outputPeak_ = core::max(outputPeak_, core::abs(sound[i]));
  }
  likeness_.dry += sums.dry;
  likeness_.both += sums.both;
  likeness_.wet += sums.wet;
}

void Saturator::report() noexcept {
  const auto decibels = [](float peak) {
    return static_cast<float>(peak > 1e-6f ? core::gainToDb(static_cast<double>(peak)) : -120.0);
  };
  // What of the output is no multiple of the input, against what is.
  const double same = likeness_.dry > 1e-9 ? likeness_.both * likeness_.both / likeness_.dry : 0.0;
  const double other = likeness_.wet - same;
  const double part = same > 1e-9 && other > 1e-12 * same ? std::sqrt(other / same) : 0.0;
  readouts_ = {decibels(inputPeak_), decibels(outputPeak_), static_cast<float>(100.0 * part)};
  inputPeak_ = outputPeak_ = 0.0f;
}

void Saturator::process(float* left, float* right, std::size_t frames,
                        const params::BlockContext& /*context*/) noexcept {
  if (frames == 0) return;
  silentSoFar_ = false;
  const double kept = 1.0 - static_cast<double>(frames) / (0.1 * sampleRateHz_);
  const double weight = kept > 0.0 ? kept : 0.0;
  likeness_ = {likeness_.dry * weight, likeness_.both * weight, likeness_.wet * weight};
  for (std::size_t at = 0; at < frames; at += chunk) {
    const std::size_t count = frames - at < chunk ? frames - at : chunk;
    const bool bends = beginChunk(count);
    const std::array<float*, 2> sounds = {left + at, right + at};
    for (std::size_t channel = 0; channel < sides_.size(); ++channel) {
      std::array<float, chunk> changed{};
      if (bends && pastIsStale_) fillPast(channel);
      if (bends) change(channel, sounds[channel], count, changed.data());
      mixIn(sides_[channel], sounds[channel], changed.data(), count);
    }
    pastIsStale_ = !bends;
    for (Ramp* ramp :
         {&drive_, &bias_, &curve_.gain, &nextCurve_.gain, &toneHigh_, &toneLow_, &output_, &mix_}) {
      ramp->passed(count);
    }
  }
  report();
}

std::int64_t Saturator::tailFrames() const noexcept {
  const auto latency = static_cast<std::int64_t>(oversampler_.latencySamples());
  const bool tilts = !toneLow_.settled() || toneLow_.target() != 0.0f;
  if (framesAtRest_ >= flushedAfter_ && drive_.target() == 0.0f && !tilts) return latency;
  // The filter against DC rings for 42 of its time constants, to under 1e-18.
  return 2 * latency + static_cast<std::int64_t>(42.0 * sampleRateHz_ / (2.0 * core::pi * dcCornerHz));
}

}  // namespace mixwell::colour
