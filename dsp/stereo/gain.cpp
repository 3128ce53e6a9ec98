#include "stereo/gain.h"

#include "core/math.h"
#include "stereo/pan_law.h"

namespace mixwell::stereo {

namespace {

constexpr std::array<params::ParamInfo, 4> infos = {{
    {.id = "gainDb",
     .name = "Gain",
     .unit = "dB",
     .min = -90,
     .max = 24,
     .defaultValue = 0,
     .curve = params::ParamCurve::fader,
     .smoothingMs = 20},
    {.id = "pan", .name = "Pan", .unit = "", .min = -100, .max = 100, .defaultValue = 0, .smoothingMs = 20},
    {.id = "width",
     .name = "Width",
     .unit = "%",
     .min = 0,
     .max = 200,
     .defaultValue = 100,
     .smoothingMs = 20},
    {.id = "polarity",
     .name = "Polarity",
     .unit = "",
     .min = 0,
     .max = 1,
     .defaultValue = 0,
     .kind = params::ParamKind::onOff,
     .smoothingMs = 10},
}};

}  // namespace

const params::DeviceTable& Gain::description() noexcept {
  static constexpr params::DeviceTable table{.id = "gain", .name = "Gain", .params = infos};
  return table;
}

void Gain::prepare(const params::DeviceSpec& spec) noexcept {
  for (std::size_t i = 0; i < infos.size(); ++i) values_[i] = infos[i].defaultValue;
  mono_ = spec.sourceChannels == 1;
  retarget(0);
}

void Gain::reset() noexcept {
  retarget(0);
}

bool Gain::setParam(std::size_t index, double value, std::uint32_t glideFrames) noexcept {
  if (index >= infos.size()) return false;
  const auto accepted = infos[index].accepted(value);
  if (!accepted) return false;
  values_[index] = *accepted;
  retarget(glideFrames);
  return true;
}

void Gain::retarget(std::uint32_t frames) noexcept {
  const double level = params::faderGain(infos[0], value(Param::gainDb));
  const double gain = value(Param::polarity) != 0.0 ? -level : level;
  const PanGains pan = panGains(PanLaw::zeroDb, value(Param::pan), mono_);
  const double near = 0.5 + 0.005 * value(Param::width);
  const double far = 1.0 - near;
  leftOfLeft_.start(0, static_cast<float>(gain * pan.left * near), frames);
  leftOfRight_.start(0, static_cast<float>(gain * pan.left * far), frames);
  rightOfLeft_.start(0, static_cast<float>(gain * pan.right * far), frames);
  rightOfRight_.start(0, static_cast<float>(gain * pan.right * near), frames);
}

bool Gain::isNeutral() const noexcept {
  const bool settled =
      leftOfLeft_.settled() && leftOfRight_.settled() && rightOfLeft_.settled() && rightOfRight_.settled();
  return settled && leftOfLeft_.target() == 1.0f && rightOfRight_.target() == 1.0f &&
         leftOfRight_.target() == 0.0f && rightOfLeft_.target() == 0.0f;
}

void Gain::process(float* left, float* right, std::size_t frames,
                   const params::BlockContext& /*context*/) noexcept {
  if (isNeutral()) return;
  for (std::size_t i = 0; i < frames; ++i) {
    const float l = left[i];
    const float r = right[i];
    left[i] = l * leftOfLeft_.next() + r * leftOfRight_.next();
    right[i] = r * rightOfRight_.next() + l * rightOfLeft_.next();
  }
  for (Ramp* ramp : {&leftOfLeft_, &leftOfRight_, &rightOfLeft_, &rightOfRight_}) ramp->passed(frames);
}

}  // namespace mixwell::stereo
