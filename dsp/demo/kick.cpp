#include <array>
#include <cmath>

#include "demo/instrument.h"
#include "demo/tone_filters.h"

namespace mixwell::demo {

namespace {

/// A felt beater on a damped 22-inch drum: a sine that falls to G1, the knock of the beater, a little shell.
class Kick final : public Instrument {
 public:
  explicit Kick(double sampleRateHz)
      : rateHz_(sampleRateHz), noiseGain_(static_cast<float>(std::sqrt(sampleRateHz / 48000.0))) {
    clickBand_.set(3600.0, 0.7, rateHz_);
    boxBand_.set(310.0, 2.2, rateHz_);
  }

  void beginTake(int) override {
    strokes_ = {};
    clickBand_.reset();
    boxBand_.reset();
  }

  void strike(const TimedNote& timed, int offset) override {
    for (Stroke& ringing : strokes_) ringing.fade = decayFactor(0.03, rateHz_);
    Stroke& stroke = strokes_[next_];
    next_ = (next_ + 1) % strokes_.size();
    const double velocity = timed.note.velocity;
    stroke = Stroke{};
    stroke.on = true;
    stroke.offset = offset;
    stroke.amp = static_cast<float>(0.2 + 0.8 * velocity);
    stroke.body = decayFactor(0.40 + 0.1 * velocity, rateHz_);
    stroke.sweep = 112.0f * static_cast<float>(0.6 + 0.4 * velocity);
    stroke.snap = 330.0f * static_cast<float>(velocity);
    stroke.click = static_cast<float>(0.5 * velocity * velocity);
    stroke.clickDecay = decayFactor(0.020, rateHz_);
    stroke.fade = 1.0f;
  }

  void render(float* left, float*) override {
    const float attack = 1.0f / static_cast<float>(0.0009 * rateHz_);
    const float sweepDecay = decayFactor(0.17, rateHz_);
    const float snapDecay = decayFactor(0.035, rateHz_);
    const auto perFrame = static_cast<float>(1.0 / rateHz_);
    for (int i = 0; i < kBlockFrames; ++i) {
      float tone = 0.0f;
      float knock = 0.0f;
      for (Stroke& stroke : strokes_) {
        if (!stroke.on || i < stroke.offset) continue;
        stroke.rise = clampUnit(stroke.rise + attack);
        tone += stroke.amp * stroke.rise * sinTurns(stroke.phase);
        knock += stroke.click * noiseGain_ * noise_.white();
        stroke.phase += (kPitchHz + stroke.sweep + stroke.snap) * perFrame;
        if (stroke.phase > 1.0f) stroke.phase -= 1.0f;
        stroke.sweep *= sweepDecay;
        stroke.snap *= snapDecay;
        stroke.amp *= stroke.body * stroke.fade;
        stroke.click *= stroke.clickDecay * stroke.fade;
      }
      const float box = boxBand_.tick(tone + knock).band;
      left[i] += saturate(1.25f * tone + 0.3f * box) + 1.5f * clickBand_.tick(knock).band;
    }
    for (Stroke& stroke : strokes_) {
      stroke.offset = 0;
      if (stroke.amp < 1e-5f) stroke.on = false;
    }
    clickBand_.flush();
    boxBand_.flush();
  }

 private:
  static constexpr float kPitchHz = 49.0f;

  struct Stroke {
    bool on = false;
    int offset = 0;
    float phase = 0.0f;
    float rise = 0.0f;
    float amp = 0.0f;
    float body = 0.0f;
    float sweep = 0.0f;  ///< Hz above the resting pitch, slow and fast
    float snap = 0.0f;
    float click = 0.0f;
    float clickDecay = 0.0f;
    float fade = 1.0f;
  };

  double rateHz_;
  float noiseGain_;
  std::array<Stroke, 3> strokes_{};
  std::size_t next_ = 0;
  Noise noise_{11};
  Svf clickBand_;
  Svf boxBand_;
};

}  // namespace

std::unique_ptr<Instrument> makeKick(double sampleRateHz) {
  return std::make_unique<Kick>(sampleRateHz);
}

}  // namespace mixwell::demo
