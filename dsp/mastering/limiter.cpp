#include "mastering/limiter.h"

#include <algorithm>
#include <new>

#include "core/math.h"
#include "core/units.h"
#include "dynamics/block_peak.h"

namespace mixwell::mastering {

namespace {

constexpr std::array<params::ReadoutInfo, 3> readoutInfos = {{
    {.id = "reductionDb", .unit = "dB"},
    {.id = "inputDb", .unit = "dB"},
    {.id = "outputDb", .unit = "dB"},
}};

constexpr std::size_t longestBlock = LimiterPeaks<48>::longestBlock;
constexpr double longestHoldMs = 12.0;
constexpr double secondLookaheadMs = 0.75;
// What the last stage may still add between samples. More where the first leaves it what lies at the Nyquist
// frequency, which no filter takes there and back.
constexpr float margin = 0.9985f;
constexpr float marginOversampled = 0.9967f;

std::size_t longestLookahead(double sampleRateHz) noexcept {
  return core::framesIn(limiterParams[static_cast<std::size_t>(LimiterParam::lookaheadMs)].max, sampleRateHz);
}

}  // namespace

const params::DeviceTable& Limiter::description() noexcept {
  static constexpr params::DeviceTable table{
      .id = "limiter", .name = "Limiter", .params = limiterParams, .readouts = readoutInfos};
  return table;
}

void Limiter::takeMemory(const params::DeviceSpec& spec, core::Memory& memory) noexcept {
  const std::size_t hold = core::framesIn(longestHoldMs, spec.sampleRateHz);
  const std::size_t second = core::framesIn(secondLookaheadMs, spec.sampleRateHz);
  main_.takeMemory(longestLookahead(spec.sampleRateHz), hold, memory);
  second_.takeMemory(second, hold, memory);
  third_.takeMemory(second, hold, memory);
}

std::size_t Limiter::modeBytes(const params::DeviceSpec& spec) noexcept {
  core::Memory counted;
  counted.take<OversampledStage>(1);
  OversampledStage().takeMemory(longestLookahead(spec.sampleRateHz),
                                core::framesIn(longestHoldMs, spec.sampleRateHz), counted);
  return counted.bytes();
}

void Limiter::giveMode(std::span<std::byte> block) noexcept {
  core::Memory memory(block);
  oversampled_ = new (memory.take<OversampledStage>(1).data()) OversampledStage;
  oversampled_->takeMemory(longestLookahead(sampleRateHz_), core::framesIn(longestHoldMs, sampleRateHz_),
                           memory);
  if (!oversamples()) return;
  oversampled_->setUnlinked(link_.target(0) < 1.0f);
  retuneFirst();
}

void Limiter::prepare(const params::DeviceSpec& spec) noexcept {
  sampleRateHz_ = spec.sampleRateHz;
  values_.setDefaults();
  const double perMs = 0.001 * sampleRateHz_;
  const std::size_t lookahead = core::framesIn(secondLookaheadMs, sampleRateHz_);
  second_.setLookahead(lookahead);
  third_.setLookahead(lookahead);
  const LimiterRelease quick{
      .hold = 4.0 * perMs, .quick = 30.0 * perMs, .release = 30.0 * perMs, .mean = 30.0 * perMs};
  main_.setFine(false);
  second_.setRelease(quick);
  third_.setRelease(quick);
  for (std::size_t i = 0; i < limiterParams.size(); ++i) retune(static_cast<LimiterParam>(i), 0);
  reset();
}

void Limiter::reset() noexcept {
  for (Ramp* ramp : {&inputGain_, &ceiling_, &link_}) ramp->start(0, ramp->target(0), 0);
  main_.setUnlinked(link_.target(0) < 1.0f);
  if (oversamples()) {
    oversampled_->setUnlinked(link_.target(0) < 1.0f);
    oversampled_->reset();
  } else {
    main_.reset();
  }
  second_.reset();
  third_.reset();
  readouts_ = {};
}

bool Limiter::setParam(std::size_t index, double value, std::uint32_t glideFrames) noexcept {
  if (!values_.set(index, value)) return false;
  retune(static_cast<LimiterParam>(index), glideFrames);
  return true;
}

void Limiter::retune(LimiterParam which, std::uint32_t glideFrames) noexcept {
  const double now = values_[which];
  switch (which) {
    case LimiterParam::inputGainDb:
      inputGain_.start(0, static_cast<float>(core::dbToGain(now)), glideFrames);
      break;
    case LimiterParam::ceilingDb:
      ceiling_.start(0, static_cast<float>(core::dbToGain(now)), glideFrames);
      break;
    case LimiterParam::lookaheadMs:
    case LimiterParam::oversampling:
      retuneFirst();
      break;
    case LimiterParam::releaseMs:
    case LimiterParam::style:
      retuneRelease();
      break;
    case LimiterParam::stereoLink:
      if (now < 100.0) {
        main_.setUnlinked(true);
        if (oversampled_ != nullptr) oversampled_->setUnlinked(true);
      }
      link_.start(0, static_cast<float>(0.01 * now), glideFrames);
      break;
  }
}

void Limiter::retuneFirst() noexcept {
  const std::size_t lookahead = core::framesIn(values_[LimiterParam::lookaheadMs], sampleRateHz_);
  if (oversamples()) {
    oversampled_->tune(static_cast<std::size_t>(values_[LimiterParam::oversampling]) - 1, lookahead);
  } else {
    main_.setLookahead(lookahead);
  }
  retuneRelease();
}

void Limiter::retuneRelease() noexcept {
  const double perMs = 0.001 * sampleRateHz_;
  const double release = values_[LimiterParam::releaseMs] * perMs;
  const double hold = std::min(release / 8.0, longestHoldMs * perMs);
  const double rest = release - hold;
  const LimiterRelease styles[] = {
      {.hold = hold, .quick = rest, .release = rest, .mean = release},
      {.hold = 0.0, .quick = 0.25 * release, .release = release, .mean = 2.0 * release},
      {.hold = 0.0, .quick = release / 3.0, .release = release / 3.0, .mean = release},
  };
  const LimiterRelease& style = styles[static_cast<std::size_t>(values_[LimiterParam::style])];
  if (oversamples()) {
    oversampled_->setRelease(style);
  } else {
    main_.setRelease(style);
  }
}

std::size_t Limiter::latencySamples() const noexcept {
  return (oversamples() ? oversampled_->delay() : main_.delay()) + second_.delay() + third_.delay();
}

std::int64_t Limiter::tailFrames() const noexcept {
  constexpr double exponents = 18.0;  // from the largest reduction to none
  return static_cast<std::int64_t>(latencySamples()) +
         core::framesIn(exponents * values_[LimiterParam::releaseMs] + 1000.0, sampleRateHz_);
}

void Limiter::process(float* left, float* right, std::size_t frames,
                      const params::BlockContext& /*context*/) noexcept {
  dynamics::BlockPeak in;
  dynamics::BlockPeak out;
  float largest = 0.0f;
  for (std::size_t at = 0; at < frames; at += longestBlock) {
    const std::size_t count = std::min(longestBlock, frames - at);
    for (std::size_t i = at; i < at + count; ++i) {
      const float gain = inputGain_.next();
      left[i] *= gain;
      right[i] *= gain;
      in.take(left[i], right[i]);
    }
    inputGain_.passed(count);
    largest = core::max(largest, processQuantum(left + at, right + at, count));
    for (std::size_t i = at; i < at + count; ++i) out.take(left[i], right[i]);
  }
  const float reductionDb = largest > 0.0f ? -6.0206f * largest : 0.0f;
  readouts_ = {reductionDb, in.db(), out.db()};
}

float Limiter::processQuantum(float* left, float* right, std::size_t frames) noexcept {
  float ceiling[longestBlock];
  float link[longestBlock];
  const float under = oversamples() ? marginOversampled : margin;
  for (std::size_t i = 0; i < frames; ++i) {
    ceiling[i] = under * ceiling_.next();
    link[i] = link_.next();
  }
  ceiling_.passed(frames);
  link_.passed(frames);
  float largest = oversamples() ? oversampled_->process(left, right, frames, ceiling, link)
                                : main_.process(filter_, left, right, frames, ceiling, link);
  largest += second_.process(filter_, left, right, frames, ceiling, link);
  return largest + third_.process(longFilter_, left, right, frames, ceiling, link);
}

}  // namespace mixwell::mastering
