#include "engine/audition.h"

#include "core/units.h"

namespace mixwell::engine {

namespace {
constexpr double smoothingMs = 20.0;
}

void Audition::prepare(double sampleRateHz) noexcept {
  smoothingFrames_ = core::framesIn(smoothingMs, sampleRateHz);
  set(AuditionChoice::tap, 1.0f, true);
}

void Audition::set(AuditionChoice choice, float gain, bool atOnce) noexcept {
  for (std::size_t i = 0; i < gains_.size(); ++i) {
    gains_[i].start(0, i == static_cast<std::size_t>(choice) ? gain : 0.0f, atOnce ? 0 : smoothingFrames_);
  }
}

bool Audition::passes() const noexcept {
  for (std::size_t i = 0; i < gains_.size(); ++i) {
    if (!gains_[i].settled() || gains_[i].target() != (i == 0 ? 1.0f : 0.0f)) return false;
  }
  return true;
}

void Audition::process(const Comparisons& others, float* left, float* right, std::size_t frames) noexcept {
  if (passes()) return;
  const float* originalLeft = others.mastered ? others.originalLeft : left;
  const float* originalRight = others.mastered ? others.originalRight : right;
  for (std::size_t i = 0; i < frames; ++i) {
    const float tap = gains_[0].next();
    const float original = gains_[1].next();
    const float reference = gains_[2].next();
    left[i] = tap * left[i] + original * originalLeft[i] + reference * others.referenceLeft[i];
    right[i] = tap * right[i] + original * originalRight[i] + reference * others.referenceRight[i];
  }
  for (core::Ramp<float>& gain : gains_) gain.passed(frames);
}

}  // namespace mixwell::engine
