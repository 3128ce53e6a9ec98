#include "colour/exciter.h"

#include "colour/curves.h"
#include "core/guard.h"
#include "core/math.h"

namespace mixwell::colour {

namespace {

using P = ExciterParam;
using core::Float4;

/// Drive at 0 dB: the highs of a mix are some 20 dB down.
constexpr double basicDrive = 8.0;
/// After so many of adding nothing the filters are cleared, to the frame, so that blocks do not matter.
constexpr std::size_t framesToIdle = 1024;

}  // namespace

const params::DeviceTable& Exciter::description() noexcept {
  static constexpr params::DeviceTable table{
      .id = "exciter", .name = "Exciter", .params = exciterParams, .readouts = exciterReadouts};
  return table;
}

void Exciter::takeMemory(const params::DeviceSpec& spec, core::Memory& memory) noexcept {
  oversampler_.takeMemory(core::Oversampler::stagesFor(spec.sampleRateHz), dry_.size(), memory);
  above_ = memory.take<float>(chunk * oversampler_.factor());
  for (core::DelayLine& line : dry_) line.takeMemory(oversampler_.latencySamples(), memory);
}

void Exciter::prepare(const params::DeviceSpec& spec) noexcept {
  sampleRateHz_ = spec.sampleRateHz;
  values_.setDefaults();
  reset();
}

void Exciter::reset() noexcept {
  framesOfNothing_ = framesToIdle;
  oversampler_.reset();
  before_.reset();
  after_.reset();
  for (core::DelayLine& line : dry_) line.clear();
  readouts_ = {-120.0f};
  for (std::size_t i = 0; i < exciterParams.size(); ++i) retarget(static_cast<P>(i), 0);
}

bool Exciter::setParam(std::size_t index, double value, std::uint32_t glideFrames) noexcept {
  if (!values_.set(index, value)) return false;
  retarget(static_cast<P>(index), glideFrames);
  return true;
}

void Exciter::retarget(P which, std::uint32_t frames) noexcept {
  const double value = values_[which];
  switch (which) {
    case P::freqHz:
      before_.tune(true, value, sampleRateHz_, frames);
      after_.tune(true, value, sampleRateHz_, frames);
      break;
    case P::driveDb:
      drive_.start(0, static_cast<float>(basicDrive * core::dbToGain(value)), frames);
      break;
    case P::harmonics:
      oddPart_.start(0, static_cast<float>(0.01 * value), frames);
      break;
    case P::amount:
      amount_.start(0, static_cast<float>(0.01 * value), frames);
      break;
    case P::mix:
      mix_.start(0, static_cast<float>(0.01 * value), frames);
      break;
  }
}

void Exciter::bend(std::size_t frames) noexcept {
  const std::size_t factor = oversampler_.factor();
  for (std::size_t i = 0; i < frames; ++i) {
    const Frame& frame = frames_[i];
    const Float4 oddPart(frame.oddPart);
    const Float4 evenPart(1.0f - frame.oddPart);
    const Float4 scale(1.0f / frame.drive);
    float* sound = above_.data() + i * factor;
    for (std::size_t k = 0; k < factor; k += core::laneCount) {
      const Float4 x = Float4::load(sound + k) * Float4(frame.drive);
      const Float4 even = x * tapeCurve(x);
      const Float4 odd = x - softCurve(x);
      ((even * evenPart + odd * oddPart) * scale).store(sound + k);
    }
  }
}

float Exciter::processChunk(float* left, float* right, std::size_t frames) noexcept {
  std::array<std::array<float, chunk>, 2> highs;
  for (std::size_t i = 0; i < frames; ++i) {
    frames_[i] = {.drive = drive_.next(), .oddPart = oddPart_.next(), .added = amount_.next() * mix_.next()};
    highs[0][i] = core::soundOrZero(left[i]);
    highs[1][i] = core::soundOrZero(right[i]);
    before_.process(highs[0][i], highs[1][i]);
  }
  for (std::size_t channel = 0; channel < highs.size(); ++channel) {
    oversampler_.up(channel, highs[channel].data(), frames, above_.data());
    bend(frames);
    oversampler_.down(channel, above_.data(), frames, highs[channel].data());
  }
  const auto late = static_cast<std::uint32_t>(oversampler_.latencySamples());
  float peak = 0.0f;
  std::size_t nothing = framesOfNothing_;
  for (std::size_t i = 0; i < frames; ++i) {
    nothing = frames_[i].added == 0.0f ? nothing + 1 : 0;
    after_.process(highs[0][i], highs[1][i]);
    const float addedLeft = highs[0][i] * frames_[i].added;
    const float addedRight = highs[1][i] * frames_[i].added;
    dry_[0].write(left[i]);
    dry_[1].write(right[i]);
    left[i] = dry_[0].read(late) + addedLeft;
    right[i] = dry_[1].read(late) + addedRight;
    peak = core::max(peak, core::max(core::abs(addedLeft), core::abs(addedRight)));
  }
  framesOfNothing_ = nothing;
  for (Ramp* ramp : {&drive_, &oddPart_, &amount_, &mix_}) ramp->passed(frames);
  before_.passed(frames);
  after_.passed(frames);
  return peak;
}

bool Exciter::addsNothing() const noexcept {
  const auto isZero = [](const Ramp& ramp) { return ramp.settled() && ramp.target() == 0.0f; };
  return isZero(amount_) || isZero(mix_);
}

void Exciter::idle(float* left, float* right, std::size_t frames) noexcept {
  const auto late = static_cast<std::uint32_t>(oversampler_.latencySamples());
  for (std::size_t i = 0; i < frames; ++i) {
    dry_[0].write(left[i]);
    dry_[1].write(right[i]);
    left[i] = dry_[0].read(late);
    right[i] = dry_[1].read(late);
  }
  for (Ramp* ramp : {&drive_, &oddPart_, &amount_, &mix_}) ramp->skip(frames);
  before_.skip(frames);
  after_.skip(frames);
}

void Exciter::process(float* left, float* right, std::size_t frames,
                      const params::BlockContext& /*context*/) noexcept {
  float peak = 0.0f;
  for (std::size_t at = 0; at < frames;) {
    if (framesOfNothing_ == framesToIdle && addsNothing()) {
      idle(left + at, right + at, frames - at);
      break;
    }
    if (framesOfNothing_ == framesToIdle) framesOfNothing_ = 0;
    const std::size_t toIdle = framesToIdle - framesOfNothing_;
    std::size_t count = frames - at < chunk ? frames - at : chunk;
    if (count > toIdle) count = toIdle;
    peak = core::max(peak, processChunk(left + at, right + at, count));
    at += count;
    if (framesOfNothing_ < framesToIdle) continue;
    oversampler_.reset();
    before_.reset();
    after_.reset();
  }
  readouts_ = {static_cast<float>(peak > 1e-6f ? core::gainToDb(static_cast<double>(peak)) : -120.0)};
}

std::int64_t Exciter::tailFrames() const noexcept {
  const auto latency = static_cast<std::int64_t>(oversampler_.latencySamples());
  // Each filter rings for 60 of its time constants at most, to under 1e-18.
  const double ringing = 2.0 * 60.0 * sampleRateHz_ / (2.0 * core::pi * exciterParams[0].min);
  return 2 * latency + static_cast<std::int64_t>(ringing);
}

}  // namespace mixwell::colour
