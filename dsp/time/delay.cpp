#include "time/delay.h"

#include <cmath>

#include "time/fractional_tap.h"

namespace mixwell::time {

namespace {

using P = DelayParam;

constexpr double fadeMs = 25.0;
constexpr double attackMs = 4.0;
constexpr double releaseMs = 80.0;
constexpr std::uint32_t shortestFrames = 4;  // what a fractional tap needs
constexpr float strongestFeedback = 0.99f;
/// The square of the level, -40 dBFS, at which echoes are ducked by half.
constexpr float duckingLevelSquared = 1e-4f;

const params::ParamInfo& infoOf(P which) noexcept {
  return delayParams[static_cast<std::size_t>(which)];
}

/// The step of a one-pole follower that covers 63 % of the way in that time.
float followerStep(double timeMs, double sampleRateHz) noexcept {
  return static_cast<float>(1.0 - core::exp2(-1442.6950408889634 / (timeMs * sampleRateHz)));
}

}  // namespace

const params::DeviceTable& Delay::description() noexcept {
  static constexpr params::DeviceTable table{
      .id = "delay", .name = "Delay", .params = delayParams, .readouts = delayReadouts};
  return table;
}

void Delay::takeMemory(const params::DeviceSpec& spec, core::Memory& memory) noexcept {
  longestFrames_ = core::framesIn(infoOf(P::timeMs).max, spec.sampleRateHz);
  const std::size_t room =
      longestFrames_ + core::framesIn(infoOf(P::modDepthMs).max, spec.sampleRateHz) + FractionalTap::reach;
  lineLeft_.takeMemory(room, memory);
  lineRight_.takeMemory(room, memory);
}

void Delay::prepare(const params::DeviceSpec& spec) noexcept {
  sampleRateHz_ = spec.sampleRateHz;
  tap_.prepare(core::framesIn(fadeMs, sampleRateHz_));
  attackStep_ = followerStep(attackMs, sampleRateHz_);
  releaseStep_ = followerStep(releaseMs, sampleRateHz_);
  values_.setDefaults();
  reset();
}

void Delay::reset() noexcept {
  lineLeft_.clear();
  lineRight_.clear();
  lowCut_.reset();
  highCut_.reset();
  oscillator_.reset();
  envelope_ = 0.0f;
  readouts_ = {};
  for (std::size_t i = 0; i < delayParams.size(); ++i) retarget(static_cast<P>(i), 0);
  jumps_ = true;
}

bool Delay::setParam(std::size_t index, double value, std::uint32_t glideFrames) noexcept {
  if (!values_.set(index, value)) return false;
  retarget(static_cast<P>(index), glideFrames);
  return true;
}

void Delay::retarget(P which, std::uint32_t frames) noexcept {
  const double value = values_[which];
  switch (which) {
    case P::timeMs:
      if (frames == 0) jumps_ = true;
      break;
    case P::feedback: {
      const auto feedback = static_cast<float>(0.01 * value);
      feedback_.start(0, feedback < strongestFeedback ? feedback : strongestFeedback, frames);
      break;
    }
    case P::pingPong:
      pingPong_.start(0, static_cast<float>(0.01 * value), frames);
      break;
    case P::lowCutHz:
      lowCut_.tune(value > infoOf(which).min, value, sampleRateHz_, frames);
      break;
    case P::highCutHz:
      highCut_.tune(value < infoOf(which).max, value, sampleRateHz_, frames);
      break;
    case P::duckingDb:
      duckedGain_.start(0, static_cast<float>(core::dbToGain(value)), frames);
      break;
    case P::modDepthMs:
      depthFrames_.start(0, static_cast<float>(0.001 * value * sampleRateHz_), frames);
      break;
    case P::mix:
      mix_.start(0, static_cast<float>(0.01 * value), frames);
      break;
    case P::sync:
    case P::modRateHz:
      break;  // looked up by `process`
  }
}

std::uint32_t Delay::wantedFrames(const params::BlockContext& context) const noexcept {
  const double beats = noteBeats[static_cast<std::size_t>(values_[P::sync])];
  const double frames =
      beats > 0.0 ? beats * context.framesPerBeat : 0.001 * values_[P::timeMs] * sampleRateHz_;
  if (!(frames < static_cast<double>(longestFrames_))) return longestFrames_;
  return frames > shortestFrames ? static_cast<std::uint32_t>(std::lround(frames)) : shortestFrames;
}

Delay::Frame Delay::echo() noexcept {
  tap_.advance();
  // What was written last was the frame before this one.
  if (depthFrames_.settled() && depthFrames_.target() == 0.0f) {
    return {tap_.read([this](std::uint32_t delay) { return lineLeft_.read(delay - 1); }),
            tap_.read([this](std::uint32_t delay) { return lineRight_.read(delay - 1); })};
  }
  const double depth = static_cast<double>(depthFrames_.next());
  const auto around = [depth](std::uint32_t delay, double swing) {
    const double at = static_cast<double>(delay - 1) + depth * swing;
    return FractionalTap(at > FractionalTap::shortest ? at : FractionalTap::shortest);
  };
  // A quarter turn apart, which widens.
  return {
      tap_.read([&](std::uint32_t delay) { return around(delay, oscillator_.sine()).read(lineLeft_); }),
      tap_.read([&](std::uint32_t delay) { return around(delay, oscillator_.cosine()).read(lineRight_); })};
}

float Delay::duckingGain(float level) noexcept {
  const float step = level > envelope_ ? attackStep_ : releaseStep_;
  envelope_ += step * (level - envelope_);
  if (envelope_ < 1e-12f) envelope_ = 0.0f;
  const float square = envelope_ * envelope_;
  return 1.0f + (duckedGain_.next() - 1.0f) * (square / (square + duckingLevelSquared));
}

void Delay::process(float* left, float* right, std::size_t frames,
                    const params::BlockContext& context) noexcept {
  if (frames == 0) return;
  const std::uint32_t wanted = wantedFrames(context);
  if (jumps_) {
    tap_.jump(wanted);
  } else {
    tap_.change(wanted);
  }
  jumps_ = false;
  oscillator_.begin(noTurn, values_[P::modRateHz], sampleRateHz_, context);
  const bool cutsLow = !lowCut_.isOff();
  const bool cutsHigh = !highCut_.isOff();
  float ducked = 1.0f;
  for (std::size_t i = 0; i < frames; ++i) {
    const float inLeft = core::soundOrZero(left[i]);
    const float inRight = core::soundOrZero(right[i]);
    Frame wet = echo();
    oscillator_.advance();
    if (cutsLow) lowCut_.process(wet.left, wet.right);
    if (cutsHigh) highCut_.process(wet.left, wet.right);

    const float across = pingPong_.next();
    const float feedback = feedback_.next();
    const float middle = 0.5f * (inLeft + inRight);
    lineLeft_.write(core::heldInLoop(inLeft + across * (middle - inLeft) +
                                     feedback * (wet.left + across * (wet.right - wet.left))));
    lineRight_.write(core::heldInLoop(inRight - across * inRight +
                                      feedback * (wet.right + across * (wet.left - wet.right))));

    const float levelLeft = core::abs(inLeft);
    const float levelRight = core::abs(inRight);
    const float duck = duckingGain(levelLeft > levelRight ? levelLeft : levelRight);
    ducked = duck < ducked ? duck : ducked;
    const float mix = mix_.next();
    const float wetGain = mix * duck;
    left[i] = left[i] * (1.0f - mix) + wet.left * wetGain;
    right[i] = right[i] * (1.0f - mix) + wet.right * wetGain;
  }
  for (Ramp* ramp : {&feedback_, &pingPong_, &mix_, &duckedGain_, &depthFrames_}) ramp->passed(frames);
  if (cutsLow) lowCut_.passed(frames);
  if (cutsHigh) highCut_.passed(frames);
  readouts_ = {static_cast<float>(1000.0 * tap_.delayFrames() / sampleRateHz_),
               static_cast<float>(core::gainToDb(static_cast<double>(ducked)))};
}

std::int64_t Delay::tailFrames() const noexcept {
  const double feedback = static_cast<double>(feedback_.target());
  // From the ceiling of the loop to where it flushes, 1e-15.
  const double rounds = feedback > 0.01 ? 55.0 / -core::log2(feedback) : 9.0;
  const double round = static_cast<double>(tap_.longestFrames()) + static_cast<double>(depthFrames_.target());
  // A cut rings on in each round; the sum of their times is more than it ever takes.
  const double ringing =
      lowCut_.isOff() && highCut_.isOff() ? 0.0 : 0.4 * sampleRateHz_ + rounds * 0.01 * sampleRateHz_;
  return static_cast<std::int64_t>((rounds + 2.0) * round + ringing);
}

}  // namespace mixwell::time
