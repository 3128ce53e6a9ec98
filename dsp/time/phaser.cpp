#include "time/phaser.h"

#include "core/guard.h"

namespace mixwell::time {

namespace {

using P = PhaserParam;

constexpr float strongestFeedback = 0.97f;
constexpr double lowestCornerHz = 20.0;
constexpr double changeMs = 8.0;

}  // namespace

const params::DeviceTable& Phaser::description() noexcept {
  static constexpr params::DeviceTable table{
      .id = "phaser", .name = "Phaser", .params = phaserParams, .readouts = phaserReadouts};
  return table;
}

void Phaser::prepare(const params::DeviceSpec& spec) noexcept {
  sampleRateHz_ = spec.sampleRateHz;
  wetStep_ = static_cast<float>(1.0 / (changeMs * 0.001 * sampleRateHz_));
  values_.setDefaults();
  reset();
}

void Phaser::reset() noexcept {
  left_ = right_ = {};
  turn_.reset();
  framesToGrid_ = 0;
  fresh_ = true;
  wetGain_ = 1.0f;
  readouts_ = {};
  for (std::size_t i = 0; i < phaserParams.size(); ++i) retarget(static_cast<P>(i), 0);
}

bool Phaser::setParam(std::size_t index, double value, std::uint32_t glideFrames) noexcept {
  if (!values_.set(index, value)) return false;
  retarget(static_cast<P>(index), glideFrames);
  return true;
}

void Phaser::retarget(P which, std::uint32_t frames) noexcept {
  const double value = values_[which];
  switch (which) {
    case P::centreHz:
      centreLog_.start(0, static_cast<float>(core::log2(value)), frames);
      break;
    case P::reachOctaves:
      reachOctaves_.start(0, static_cast<float>(value), frames);
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
    case P::stages:
    case P::sync:
      break;  // looked up by `process`
  }
}

double Phaser::cornerHz(double swing) const noexcept {
  const double hz = core::exp2(static_cast<double>(centreLog_.value(0)) +
                               static_cast<double>(reachOctaves_.value(0)) * swing);
  const double highest = 0.49 * sampleRateHz_;
  if (hz > highest) return highest;
  return hz > lowestCornerHz ? hz : lowestCornerHz;
}

// At once where that is in 0 frames.
void Phaser::aim(Side& side, double swing, std::int64_t frames) const noexcept {
  const double angle = core::pi * cornerHz(swing) / sampleRateHz_;
  const double s = core::sin(angle);
  const double c = core::cos(angle);
  const auto target = static_cast<float>((s - c) / (s + c));
  side.coefficient = frames == 0 ? target : side.target;
  side.target = target;
  side.step = frames > 0 ? (target - side.coefficient) / static_cast<float>(frames) : 0.0f;
  for (float& state : side.states) {
    if (core::abs(state) < 1e-15f) state = 0.0f;
  }
}

void Phaser::aimBoth(std::int64_t frames) noexcept {
  const double sine = core::sinQuarterTurns(4.0 * turn_.phase());
  const double cosine = core::sinQuarterTurns(1.0 + 4.0 * turn_.phase());
  aim(left_, sine, frames);
  aim(right_,
      static_cast<double>(rightOfSine_.value(0)) * sine +
          static_cast<double>(rightOfCosine_.value(0)) * cosine,
      frames);
}

void Phaser::beginGrid() noexcept {
  if (fresh_) aimBoth(0);
  fresh_ = false;
  readouts_ = {static_cast<float>(turn_.phase()),
               static_cast<float>(cornerHz(core::sinQuarterTurns(4.0 * turn_.phase())))};
  framesToGrid_ = Turn::grid - turn_.frame() % Turn::grid;
  turn_.advance(framesToGrid_);
  for (Ramp* ramp : {&centreLog_, &reachOctaves_, &rightOfSine_, &rightOfCosine_}) {
    ramp->skip(static_cast<std::size_t>(framesToGrid_));
  }
  aimBoth(framesToGrid_);
}

void Phaser::changeStages() noexcept {
  const std::size_t wanted = 2 * (static_cast<std::size_t>(values_[P::stages]) + 1);
  if (fresh_) stages_ = wanted;
  if (stages_ == wanted) {
    wetGain_ = wetGain_ < 1.0f - wetStep_ ? wetGain_ + wetStep_ : 1.0f;
  } else if (wetGain_ > wetStep_) {
    wetGain_ -= wetStep_;
  } else {
    wetGain_ = 0.0f;
    for (std::size_t i = stages_; i < wanted; ++i) left_.states[i] = right_.states[i] = 0.0f;
    stages_ = wanted;
  }
}

float Phaser::chain(Side& side, float in, float feedback) const noexcept {
  const float c = side.coefficient;
  // What comes out is `through` times what goes in, and `rest` out of the states.
  float through = 1.0f;
  float rest = 0.0f;
  for (std::size_t i = 0; i < stages_; ++i) {
    through *= c;
    rest = c * rest + side.states[i];
  }
  const float fed = feedback * (through * in + rest) / (1.0f - feedback * through);
  float x = core::heldInLoop(in + fed);
  for (std::size_t i = 0; i < stages_; ++i) {
    const float y = c * x + side.states[i];
    side.states[i] = x - c * y;
    x = y;
  }
  return x;
}

void Phaser::process(float* left, float* right, std::size_t frames,
                     const params::BlockContext& context) noexcept {
  if (turn_.frame() - framesToGrid_ != context.songFrame) {
    turn_.goBack(framesToGrid_);
    framesToGrid_ = 0;
    for (Side* side : {&left_, &right_}) side->target = side->coefficient;
  }
  fresh_ = turn_.begin(values_[P::sync], values_[P::rateHz], sampleRateHz_, context, framesToGrid_) || fresh_;
  for (std::size_t i = 0; i < frames; ++i) {
    changeStages();
    if (framesToGrid_ == 0) beginGrid();
    --framesToGrid_;
    const float feedback = feedback_.next();
    const float mix = mix_.next();
    const float wet = mix * wetGain_;
    const float wetLeft = chain(left_, core::soundOrZero(left[i]), feedback);
    const float wetRight = chain(right_, core::soundOrZero(right[i]), feedback);
    left_.coefficient += left_.step;
    right_.coefficient += right_.step;
    left[i] = left[i] * (1.0f - mix) + wetLeft * wet;
    right[i] = right[i] * (1.0f - mix) + wetRight * wet;
  }
  feedback_.passed(frames);
  mix_.passed(frames);
}

std::int64_t Phaser::tailFrames() const noexcept {
  const double feedback = static_cast<double>(core::abs(feedback_.target()));
  // From the ceiling of the loop to where it flushes, 1e-15; a round takes the chain's delay at its lowest.
  const double rounds = feedback > 0.01 ? 55.0 / -core::log2(feedback) : 9.0;
  const double lowest = core::exp2(static_cast<double>(centreLog_.target() - reachOctaves_.target()));
  const double corner = lowest > lowestCornerHz ? lowest : lowestCornerHz;
  const double round = static_cast<double>(mostStages) * sampleRateHz_ / (core::pi * corner);
  return static_cast<std::int64_t>((rounds + 8.0) * round);
}

}  // namespace mixwell::time
