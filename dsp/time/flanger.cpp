#include "time/flanger.h"

#include "core/guard.h"
#include "time/fractional_tap.h"

namespace mixwell::time {

namespace {

using P = FlangerParam;

constexpr float strongestFeedback = 0.97f;

double longestMs() noexcept {
  return flangerParams[static_cast<std::size_t>(P::delayMs)].max +
         flangerParams[static_cast<std::size_t>(P::depthMs)].max;
}

}  // namespace

const params::DeviceTable& Flanger::description() noexcept {
  static constexpr params::DeviceTable table{
      .id = "flanger", .name = "Flanger", .params = flangerParams, .readouts = flangerReadouts};
  return table;
}

void Flanger::takeMemory(const params::DeviceSpec& spec, core::Memory& memory) noexcept {
  const std::size_t room = core::framesIn(longestMs(), spec.sampleRateHz) + FractionalTap::reach;
  lineLeft_.takeMemory(room, memory);
  lineRight_.takeMemory(room, memory);
}

void Flanger::prepare(const params::DeviceSpec& spec) noexcept {
  sampleRateHz_ = spec.sampleRateHz;
  values_.setDefaults();
  reset();
}

void Flanger::reset() noexcept {
  lineLeft_.clear();
  lineRight_.clear();
  oscillator_.reset();
  readouts_ = {};
  for (std::size_t i = 0; i < flangerParams.size(); ++i) retarget(static_cast<P>(i), 0);
}

bool Flanger::setParam(std::size_t index, double value, std::uint32_t glideFrames) noexcept {
  if (!values_.set(index, value)) return false;
  retarget(static_cast<P>(index), glideFrames);
  return true;
}

void Flanger::retarget(P which, std::uint32_t frames) noexcept {
  const double value = values_[which];
  switch (which) {
    case P::depthMs:
      depthFrames_.start(0, static_cast<float>(0.001 * value * sampleRateHz_), frames);
      break;
    case P::delayMs:
      delayFrames_.start(0, static_cast<float>(0.001 * value * sampleRateHz_), frames);
      break;
    case P::feedback:
      feedback_.start(0, static_cast<float>(0.01 * value) * strongestFeedback, frames);
      break;
    case P::spread:
      rightOfSine_.start(0, static_cast<float>(core::sinQuarterTurns(1.0 + 0.02 * value)), frames);
      rightOfCosine_.start(0, static_cast<float>(core::sinQuarterTurns(0.02 * value)), frames);
      break;
    case P::mix:
      mix_.start(0, static_cast<float>(0.01 * value), frames);
      break;
    case P::rateHz:
    case P::sync:
      break;  // looked up by `process`
  }
}

void Flanger::process(float* left, float* right, std::size_t frames,
                      const params::BlockContext& context) noexcept {
  if (frames == 0) return;
  oscillator_.begin(values_[P::sync], values_[P::rateHz], sampleRateHz_, context);
  // What was written last was the frame before this one.
  const auto tapAt = [](double delay) {
    const double at = delay - 1.0;
    return FractionalTap(at > FractionalTap::shortest ? at : FractionalTap::shortest);
  };
  double now = 0.0;
  for (std::size_t i = 0; i < frames; ++i) {
    const double middle = static_cast<double>(delayFrames_.next());
    const double depth = static_cast<double>(depthFrames_.next());
    const double rightSwing = oscillator_.turned(rightOfSine_.next(), rightOfCosine_.next());
    now = middle + depth * oscillator_.sine();
    oscillator_.advance();
    const float wetLeft = tapAt(now).read(lineLeft_);
    const float wetRight = tapAt(middle + depth * rightSwing).read(lineRight_);
    const float feedback = feedback_.next();
    lineLeft_.write(core::heldInLoop(core::soundOrZero(left[i]) + feedback * wetLeft));
    lineRight_.write(core::heldInLoop(core::soundOrZero(right[i]) + feedback * wetRight));
    const float mix = mix_.next();
    left[i] = left[i] * (1.0f - mix) + wetLeft * mix;
    right[i] = right[i] * (1.0f - mix) + wetRight * mix;
  }
  for (Ramp* ramp : {&delayFrames_, &depthFrames_, &feedback_, &mix_, &rightOfSine_, &rightOfCosine_}) {
    ramp->passed(frames);
  }
  const double shortest = FractionalTap::shortest + 1.0;
  readouts_ = {oscillator_.phase(),
               static_cast<float>(1000.0 * (now > shortest ? now : shortest) / sampleRateHz_)};
}

std::int64_t Flanger::tailFrames() const noexcept {
  const double feedback = static_cast<double>(core::abs(feedback_.target()));
  // From the ceiling of the loop to where it flushes, 1e-15.
  const double rounds = feedback > 0.01 ? 55.0 / -core::log2(feedback) : 9.0;
  return static_cast<std::int64_t>((rounds + 2.0) * 0.001 * longestMs() * sampleRateHz_) + 8;
}

}  // namespace mixwell::time
