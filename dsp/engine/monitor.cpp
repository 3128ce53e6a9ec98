#include "engine/monitor.h"

#include "core/math.h"
#include "core/units.h"

namespace mixwell::engine {

namespace {
constexpr double smoothingMs = 20.0;
}

void Monitor::prepare(double sampleRateHz) noexcept {
  smoothingFrames_ = core::framesIn(smoothingMs, sampleRateHz);
  gain_ = core::Ramp<float>{1.0f};
  mono_ = core::Ramp<float>{0.0f};
}

void Monitor::set(float gain, bool dim, bool mono) noexcept {
  gain_.start(0, dim ? gain * static_cast<float>(core::dbToGain(dimDb)) : gain, smoothingFrames_);
  mono_.start(0, mono ? 1.0f : 0.0f, smoothingFrames_);
}

void Monitor::process(float* left, float* right, std::size_t frames) noexcept {
  if (!mono_.settled() || mono_.target() != 0.0f) {
    for (std::size_t i = 0; i < frames; ++i) {
      const float share = mono_.next();
      const float middle = 0.5f * (left[i] + right[i]);
      left[i] += share * (middle - left[i]);
      right[i] += share * (middle - right[i]);
    }
    mono_.passed(frames);
  }
  if (!gain_.settled() || gain_.target() != 1.0f) {
    for (std::size_t i = 0; i < frames; ++i) {
      const float gain = gain_.next();
      left[i] *= gain;
      right[i] *= gain;
    }
    gain_.passed(frames);
  }
}

}  // namespace mixwell::engine
