#include <array>

#include "demo/instrument.h"
#include "demo/plucked_string.h"
#include "demo/tone_filters.h"

namespace mixwell::demo {

namespace {

/// Flat-wound electric bass, fingers near the neck pickup, into a warm preamp.
class Bass final : public Instrument {
 public:
  explicit Bass(double sampleRateHz) : rateHz_(sampleRateHz) {
    for (PluckedString& string : strings_) string.prepare(34.0, rateHz_);
    warmth_.set(190.0, 0.7, rateHz_);
    top_.set(3800.0, 0.6, rateHz_);
  }

  void beginTake(int) override {
    for (PluckedString& string : strings_) string.reset();
    warmth_.reset();
    top_.reset();
    sounding_ = 0;
    left_ = 0;
    fingerLevel_ = 0.0f;
  }

  void strike(const TimedNote& timed, int offset) override {
    strings_[sounding_].damp(0.06);
    sounding_ = 1 - sounding_;
    const double velocity = timed.note.velocity;
    const bool muted = timed.note.touch == Touch::mute;
    const double hz = pitchToHz(timed.note.pitch);
    strings_[sounding_].pluck({.hz = hz,
                               .amp = (0.3 + 0.7 * velocity) * (muted ? 0.7 : 1.0),
                               .position = 0.19 + 0.01 * chance_.bell(),
                               .widthS = (0.0040 - 0.0022 * velocity) * (muted ? 0.7 : 1.0),
                               .lossHz = muted ? 900.0 : 4200.0 + 2600.0 * velocity,
                               .decayS = muted ? 0.16 : 6.5},
                              offset);
    left_ = timed.frames + offset;
    fingerLevel_ = static_cast<float>(0.05 * velocity);
    fingerWait_ = offset;
  }

  void render(float* left, float*) override {
    const float fingerDecay = decayFactor(0.03, rateHz_);
    for (int i = 0; i < kBlockFrames; ++i) {
      float string = strings_[0].tick() + strings_[1].tick();
      if (fingerWait_ > 0) {
        --fingerWait_;
      } else {
        string += fingerLevel_ * noise_.white();
        fingerLevel_ *= fingerDecay;
      }
      const float full = string + 0.8f * warmth_.tick(string).low;
      left[i] += top_.tick(saturate(1.2f * full)).low;
    }
    if (left_ > 0 && left_ <= kBlockFrames) strings_[sounding_].damp(0.09);
    left_ -= left_ > 0 ? kBlockFrames : 0;
    flushTiny(fingerLevel_);
    for (PluckedString& string : strings_) string.endBlock();
    warmth_.flush();
    top_.flush();
  }

 private:
  double rateHz_;
  std::array<PluckedString, 2> strings_;
  std::size_t sounding_ = 0;
  std::int64_t left_ = 0;
  float fingerLevel_ = 0.0f;
  int fingerWait_ = 0;
  Svf warmth_;
  Svf top_;
  Noise noise_{51};
  Noise chance_{52};
};

}  // namespace

std::unique_ptr<Instrument> makeBass(double sampleRateHz) {
  return std::make_unique<Bass>(sampleRateHz);
}

}  // namespace mixwell::demo
