#include "stereo/utility.h"

#include "core/guard.h"
#include "core/math.h"

namespace mixwell::stereo {

namespace {

using P = UtilityParam;

constexpr double dcCornerHz = 5.0;
constexpr double fadeMs = 20.0;

}  // namespace

const params::DeviceTable& Utility::description() noexcept {
  static constexpr params::DeviceTable table{.id = "utility", .name = "Utility", .params = utilityParams};
  return table;
}

void Utility::takeMemory(const params::DeviceSpec& spec, core::Memory& memory) noexcept {
  const std::size_t longest =
      core::framesIn(utilityParams[static_cast<std::size_t>(P::delayMs)].max, spec.sampleRateHz);
  lineLeft_.takeMemory(longest, memory);
  lineRight_.takeMemory(longest, memory);
}

void Utility::prepare(const params::DeviceSpec& spec) noexcept {
  sampleRateHz_ = spec.sampleRateHz;
  tap_.prepare(core::framesIn(fadeMs, sampleRateHz_));
  dcStep_ = 1.0 - core::exp2(-2.0 * core::pi * dcCornerHz / sampleRateHz_ * 1.4426950408889634);
  values_.setDefaults();
  reset();
}

void Utility::reset() noexcept {
  lineLeft_.clear();
  lineRight_.clear();
  dcLeft_ = dcRight_ = 0.0;
  silentSoFar_ = true;
  retarget(0);
}

bool Utility::setParam(std::size_t index, double value, std::uint32_t glideFrames) noexcept {
  if (!values_.set(index, value)) return false;
  retarget(glideFrames);
  return true;
}

void Utility::retarget(std::uint32_t frames) noexcept {
  const double gain =
      params::faderGain(utilityParams[static_cast<std::size_t>(P::gainDb)], values_[P::gainDb]);
  const double ofLeft = values_[P::polarityLeft] != 0.0 ? -gain : gain;
  const double ofRight = values_[P::polarityRight] != 0.0 ? -gain : gain;
  // Polarity turns what comes in, mono is a width of 0.
  const double width = values_[P::mono] != 0.0 ? 0.0 : values_[P::width];
  const double near = 0.5 + 0.005 * width;
  const double far = 1.0 - near;
  const bool swaps = values_[P::swap] != 0.0;
  const double leftsPart = swaps ? far : near;
  const double rightsPart = swaps ? near : far;
  leftOfLeft_.start(0, static_cast<float>(leftsPart * ofLeft), frames);
  leftOfRight_.start(0, static_cast<float>(rightsPart * ofRight), frames);
  rightOfLeft_.start(0, static_cast<float>(rightsPart * ofLeft), frames);
  rightOfRight_.start(0, static_cast<float>(leftsPart * ofRight), frames);
  dcBlock_.start(0, static_cast<float>(values_[P::dcBlock]), frames);
  const std::uint32_t delay = core::framesIn(values_[P::delayMs], sampleRateHz_);
  if (silentSoFar_) {
    tap_.jump(delay);
  } else {
    tap_.change(delay);
  }
}

bool Utility::isNeutral() const noexcept {
  for (const Ramp* ramp : {&leftOfLeft_, &leftOfRight_, &rightOfLeft_, &rightOfRight_, &dcBlock_}) {
    if (!ramp->settled()) return false;
  }
  return leftOfLeft_.target() == 1.0f && rightOfRight_.target() == 1.0f && leftOfRight_.target() == 0.0f &&
         rightOfLeft_.target() == 0.0f && dcBlock_.target() == 0.0f;
}

void Utility::process(float* left, float* right, std::size_t frames,
                      const params::BlockContext& /*context*/) noexcept {
  const bool neutral = isNeutral();
  if (frames > 0) silentSoFar_ = false;
  for (std::size_t i = 0; i < frames; ++i) {
    lineLeft_.write(left[i]);
    lineRight_.write(right[i]);
    tap_.advance();
    const float l = tap_.read([this](std::uint32_t delay) { return lineLeft_.read(delay); });
    const float r = tap_.read([this](std::uint32_t delay) { return lineRight_.read(delay); });
    dcLeft_ = core::flushed(dcLeft_ + dcStep_ * (static_cast<double>(core::soundOrZero(l)) - dcLeft_));
    dcRight_ = core::flushed(dcRight_ + dcStep_ * (static_cast<double>(core::soundOrZero(r)) - dcRight_));
    if (neutral) {
      left[i] = l;
      right[i] = r;
      continue;
    }
    const float dcBlock = dcBlock_.next();
    const float cleanLeft = l - dcBlock * static_cast<float>(dcLeft_);
    const float cleanRight = r - dcBlock * static_cast<float>(dcRight_);
    left[i] = cleanLeft * leftOfLeft_.next() + cleanRight * leftOfRight_.next();
    right[i] = cleanRight * rightOfRight_.next() + cleanLeft * rightOfLeft_.next();
  }
  for (Ramp* ramp : {&leftOfLeft_, &leftOfRight_, &rightOfLeft_, &rightOfRight_, &dcBlock_}) {
    ramp->passed(frames);
  }
}

std::int64_t Utility::tailFrames() const noexcept {
  constexpr double timeConstants = 42.0;  // to under 1e-18
  const bool blocks = !dcBlock_.settled() || dcBlock_.target() != 0.0f;
  const double ringing = blocks ? timeConstants * sampleRateHz_ / (2.0 * core::pi * dcCornerHz) : 0.0;
  return static_cast<std::int64_t>(tap_.longestFrames()) + static_cast<std::int64_t>(ringing);
}

}  // namespace mixwell::stereo
