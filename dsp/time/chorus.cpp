#include "time/chorus.h"

#include <cmath>

#include "core/guard.h"
#include "time/fractional_tap.h"

namespace mixwell::time {

namespace {

using P = ChorusParam;

double longestMs() noexcept {
  return chorusParams[static_cast<std::size_t>(P::delayMs)].max +
         chorusParams[static_cast<std::size_t>(P::depthMs)].max;
}

/// Where a voice of so many stands, -1 (left) to 1 (right): one in the middle where their number is odd, the
/// others in pairs from the outside in.
double placeOf(std::size_t voice, std::size_t voices) noexcept {
  const std::size_t odd = voices % 2;
  if (voice < odd) return 0.0;
  const std::size_t pairs = voices / 2;
  const std::size_t pair = (voice - odd) / 2;
  const double outward = static_cast<double>(pairs - pair) / static_cast<double>(pairs);
  return (voice - odd) % 2 == 0 ? -outward : outward;
}

}  // namespace

const params::DeviceTable& Chorus::description() noexcept {
  static constexpr params::DeviceTable table{
      .id = "chorus", .name = "Chorus", .params = chorusParams, .readouts = chorusReadouts};
  return table;
}

void Chorus::takeMemory(const params::DeviceSpec& spec, core::Memory& memory) noexcept {
  const std::size_t room = core::framesIn(longestMs(), spec.sampleRateHz) + FractionalTap::reach;
  lineLeft_.takeMemory(room, memory);
  lineRight_.takeMemory(room, memory);
}

void Chorus::prepare(const params::DeviceSpec& spec) noexcept {
  sampleRateHz_ = spec.sampleRateHz;
  values_.setDefaults();
  reset();
}

void Chorus::reset() noexcept {
  lineLeft_.clear();
  lineRight_.clear();
  oscillator_.reset();
  readouts_ = {};
  for (std::size_t i = 0; i < chorusParams.size(); ++i) retarget(static_cast<P>(i), 0);
}

bool Chorus::setParam(std::size_t index, double value, std::uint32_t glideFrames) noexcept {
  if (!values_.set(index, value)) return false;
  retarget(static_cast<P>(index), glideFrames);
  return true;
}

void Chorus::retarget(P which, std::uint32_t frames) noexcept {
  const double value = values_[which];
  switch (which) {
    case P::depthMs:
      depthFrames_.start(0, static_cast<float>(0.001 * value * sampleRateHz_), frames);
      break;
    case P::delayMs:
      delayFrames_.start(0, static_cast<float>(0.001 * value * sampleRateHz_), frames);
      break;
    case P::voices:
    case P::spread:
      placeVoices(frames);
      break;
    case P::mix:
      mix_.start(0, static_cast<float>(0.01 * value), frames);
      break;
    case P::rateHz:
    case P::sync:
      break;  // looked up by `process`
  }
}

void Chorus::placeVoices(std::uint32_t frames) noexcept {
  const std::size_t count = static_cast<std::size_t>(values_[P::voices]) + 1;
  const double spread = 0.01 * values_[P::spread];
  std::array<double, voiceNames.size()> lefts{};
  std::array<double, voiceNames.size()> rights{};
  double powerLeft = 0.0;
  double powerRight = 0.0;
  for (std::size_t v = 0; v < count; ++v) {
    const double place = spread * placeOf(v, count);
    lefts[v] = place > 0.0 ? 1.0 - place : 1.0;
    rights[v] = place < 0.0 ? 1.0 + place : 1.0;
    powerLeft += lefts[v] * lefts[v];
    powerRight += rights[v] * rights[v];
  }
  for (std::size_t v = 0; v < voices_.size(); ++v) {
    Voice& voice = voices_[v];
    const bool sounds = v < count;
    voice.gainLeft.start(0, sounds ? static_cast<float>(lefts[v] / std::sqrt(powerLeft)) : 0.0f, frames);
    voice.gainRight.start(0, sounds ? static_cast<float>(rights[v] / std::sqrt(powerRight)) : 0.0f, frames);
    const double quarters = 4.0 * static_cast<double>(sounds ? v : 0) / static_cast<double>(count);
    voice.ofSine.start(0, static_cast<float>(core::sinQuarterTurns(1.0 + quarters)), frames);
    voice.ofCosine.start(0, static_cast<float>(core::sinQuarterTurns(quarters)), frames);
  }
}

// What `process` does where nothing of the voices is heard.
void Chorus::listen(const float* left, const float* right, std::size_t frames) noexcept {
  for (std::size_t i = 0; i < frames; ++i) {
    lineLeft_.write(core::soundOrZero(left[i]));
    lineRight_.write(core::soundOrZero(right[i]));
    oscillator_.advance();
  }
  for (Voice& voice : voices_) {
    if (voice.isSilent()) continue;
    for (Ramp* ramp : {&voice.ofSine, &voice.ofCosine, &voice.gainLeft, &voice.gainRight}) {
      ramp->skip(frames);
    }
  }
  delayFrames_.skip(frames);
  depthFrames_.skip(frames);
  readouts_ = {oscillator_.phase()};
}

void Chorus::process(float* left, float* right, std::size_t frames,
                     const params::BlockContext& context) noexcept {
  if (frames == 0) return;
  oscillator_.begin(values_[P::sync], values_[P::rateHz], sampleRateHz_, context);
  if (mix_.settled() && mix_.target() == 0.0f) {
    listen(left, right, frames);
    return;
  }
  for (std::size_t i = 0; i < frames; ++i) {
    lineLeft_.write(core::soundOrZero(left[i]));
    lineRight_.write(core::soundOrZero(right[i]));
    const double middle = static_cast<double>(delayFrames_.next());
    const double depth = static_cast<double>(depthFrames_.next());
    float wetLeft = 0.0f;
    float wetRight = 0.0f;
    for (Voice& voice : voices_) {
      if (voice.isSilent()) continue;
      const double swing = oscillator_.turned(voice.ofSine.next(), voice.ofCosine.next());
      const double delay = middle + depth * swing;
      const FractionalTap tap(delay > FractionalTap::shortest ? delay : FractionalTap::shortest);
      wetLeft += voice.gainLeft.next() * tap.read(lineLeft_);
      wetRight += voice.gainRight.next() * tap.read(lineRight_);
    }
    oscillator_.advance();
    const float mix = mix_.next();
    left[i] = left[i] * (1.0f - mix) + wetLeft * mix;
    right[i] = right[i] * (1.0f - mix) + wetRight * mix;
  }
  for (Voice& voice : voices_) {
    for (Ramp* ramp : {&voice.ofSine, &voice.ofCosine, &voice.gainLeft, &voice.gainRight}) {
      ramp->passed(frames);
    }
  }
  for (Ramp* ramp : {&delayFrames_, &depthFrames_, &mix_}) ramp->passed(frames);
  readouts_ = {oscillator_.phase()};
}

std::int64_t Chorus::tailFrames() const noexcept {
  return static_cast<std::int64_t>(core::framesIn(longestMs(), sampleRateHz_) + FractionalTap::reach);
}

}  // namespace mixwell::time
