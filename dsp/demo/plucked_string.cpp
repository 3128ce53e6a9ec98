#include "demo/plucked_string.h"

#include <algorithm>

namespace mixwell::demo {

void PluckedString::prepare(double lowestHz, double rateHz) {
  rateHz_ = rateHz;
  std::size_t size = 1;
  while (static_cast<double>(size) < rateHz / lowestHz + 4.0) size *= 2;
  loop_.assign(size, 0.0f);
  mask_ = size - 1;
  reset();
}

void PluckedString::reset() noexcept {
  std::fill(loop_.begin(), loop_.end(), 0.0f);
  write_ = 0;
  loss_.reset();
  allpassIn_ = allpassOut_ = 0.0f;
  gain_ = gainTarget_ = 0.0f;
  awake_ = false;
  peak_ = 0.0f;
}

void PluckedString::pluck(const Pluck& pluck, int offset) noexcept {
  if (!awake_) reset();
  hz_ = pluck.hz;
  const double period = rateHz_ / hz_;
  loss_.setCutoff(pluck.lossHz, rateHz_);
  const double k = static_cast<double>(onePoleFactor(pluck.lossHz, rateHz_));
  const double rest = period - (1.0 - k) / k;
  delay_ = static_cast<std::size_t>(std::max(rest - 0.5, 1.0));
  const double fraction = rest - static_cast<double>(delay_);
  allpass_ = static_cast<float>((1.0 - fraction) / (1.0 + fraction));
  damp(pluck.decayS);
  gain_ = gainTarget_;
  wait_ = offset;
  amp_ = static_cast<float>(pluck.amp);
  age_ = 0;
  width_ = std::max(2, static_cast<int>(pluck.widthS * rateHz_));
  echo_ = std::max(1, static_cast<int>(pluck.position * period));
  awake_ = true;
}

void PluckedString::damp(double decayS) noexcept {
  gainTarget_ = static_cast<float>(exp2(-9.965784284662087 / (decayS * hz_)));
}

float PluckedString::excitation() noexcept {
  if (age_ >= width_ + echo_) return 0.0f;
  const auto pulse = [this](int at) {
    if (at < 0 || at >= width_) return 0.0f;
    return 0.5f - 0.5f * sinTurns(static_cast<float>(at) / static_cast<float>(width_) + 0.25f);
  };
  const float out = amp_ * (pulse(age_) - pulse(age_ - echo_));
  ++age_;
  return out;
}

float PluckedString::tick() noexcept {
  if (!awake_) return 0.0f;
  const float delayed = loop_[(write_ - delay_) & mask_];
  allpassOut_ = allpass_ * (delayed - allpassOut_) + allpassIn_;
  allpassIn_ = delayed;
  gain_ += 0.01f * (gainTarget_ - gain_);
  float out = gain_ * loss_.lowpass(allpassOut_);
  if (wait_ > 0) {
    --wait_;
  } else {
    out += excitation();
  }
  flushTiny(out);
  loop_[write_ & mask_] = out;
  ++write_;
  const float magnitude = out < 0.0f ? -out : out;
  peak_ = magnitude > peak_ ? magnitude : peak_ * 0.9995f;
  return out;
}

void PluckedString::endBlock() noexcept {
  loss_.flush();
  flushTiny(allpassOut_);
  if (awake_ && peak_ < 1e-6f && age_ >= width_ + echo_) reset();
}

}  // namespace mixwell::demo
