#include <array>
#include <cmath>

#include "demo/instrument.h"
#include "demo/small_room.h"
#include "demo/tone_filters.h"

namespace mixwell::demo {

namespace {

/// Two modes of a 14-inch head, the wires below it and a short room.
class Snare final : public Instrument {
 public:
  explicit Snare(double sampleRateHz) : rateHz_(sampleRateHz) {
    room_.prepare({.firstMs = 7.3, .decayS = 0.28, .dampingHz = 5200.0}, rateHz_);
    wireLow_.set(1500.0, 0.6, rateHz_);
    wireHigh_.set(5600.0, 0.7, rateHz_);
    noiseGain_ = static_cast<float>(std::sqrt(rateHz_ / 48000.0));
  }

  void beginTake(int) override {
    strokes_ = {};
    room_.reset();
    wireLow_.reset();
    wireHigh_.reset();
  }

  void strike(const TimedNote& timed, int offset) override {
    Stroke& stroke = strokes_[next_];
    next_ = (next_ + 1) % strokes_.size();
    const double velocity = timed.note.velocity;
    const double drift = 1.0 + 0.012 * chance_.bell();
    stroke = Stroke{};
    stroke.on = true;
    stroke.offset = offset;
    stroke.amp = static_cast<float>(velocity);
    stroke.bright = static_cast<float>(0.25 + 0.75 * velocity * (1.0 + 0.1 * chance_.bell()));
    stroke.headHz = static_cast<float>(191.0 * drift);
    stroke.rimHz = static_cast<float>(343.0 * drift);
    stroke.bend = static_cast<float>(0.42 * velocity);
    stroke.headDecay = decayFactor(0.20 + 0.06 * velocity, rateHz_);
    stroke.rimDecay = decayFactor(0.11, rateHz_);
    stroke.wireDecay = decayFactor(0.14 + 0.16 * velocity, rateHz_);
    stroke.head = stroke.rim = stroke.wire = 1.0f;
    stroke.stick = static_cast<float>(velocity * velocity);
  }

  void render(float* left, float*) override {
    const float attack = 1.0f / static_cast<float>(0.0007 * rateHz_);
    const float bendDecay = decayFactor(0.05, rateHz_);
    const float stickDecay = decayFactor(0.009, rateHz_);
    const auto perFrame = static_cast<float>(1.0 / rateHz_);
    for (int i = 0; i < kBlockFrames; ++i) {
      const float hiss = noiseGain_ * noise_.white();
      float drum = 0.0f;
      float low = 0.0f;
      float high = 0.0f;
      for (Stroke& s : strokes_) {
        if (!s.on || i < s.offset) continue;
        s.rise = clampUnit(s.rise + attack);
        const float amp = s.amp * s.rise;
        drum += amp * (0.62f * s.head * sinTurns(s.headPhase) + 0.34f * s.rim * sinTurns(s.rimPhase));
        drum += 0.5f * s.stick * hiss;
        low += amp * s.wire * hiss;
        high += amp * s.bright * s.wire * hiss;
        s.headPhase += s.headHz * (1.0f + s.bend) * perFrame;
        s.rimPhase += s.rimHz * (1.0f + 0.5f * s.bend) * perFrame;
        if (s.headPhase > 1.0f) s.headPhase -= 1.0f;
        if (s.rimPhase > 1.0f) s.rimPhase -= 1.0f;
        s.bend *= bendDecay;
        s.head *= s.headDecay;
        s.rim *= s.rimDecay;
        s.wire *= s.wireDecay;
        s.stick *= stickDecay;
      }
      const float wires = 0.62f * wireLow_.tick(low).band + 0.7f * wireHigh_.tick(high).high;
      const float dry = saturate(1.2f * (drum + wires));
      const SmallRoom::Pair wet = room_.tick(dry);
      left[i] += dry + 0.16f * (wet.left + wet.right);
    }
    for (Stroke& s : strokes_) {
      s.offset = 0;
      if (s.head < 1e-5f && s.wire < 1e-5f) s.on = false;
    }
    room_.flush();
    wireLow_.flush();
    wireHigh_.flush();
  }

 private:
  struct Stroke {
    bool on = false;
    int offset = 0;
    float rise = 0.0f;
    float amp = 0.0f;
    float bright = 0.0f;
    float headPhase = 0.0f;
    float rimPhase = 0.0f;
    float headHz = 0.0f;
    float rimHz = 0.0f;
    float bend = 0.0f;
    float head = 0.0f;
    float rim = 0.0f;
    float wire = 0.0f;
    float stick = 0.0f;
    float headDecay = 0.0f;
    float rimDecay = 0.0f;
    float wireDecay = 0.0f;
  };

  double rateHz_;
  float noiseGain_ = 1.0f;
  std::array<Stroke, 4> strokes_{};
  std::size_t next_ = 0;
  Noise noise_{21};
  Noise chance_{22};
  Svf wireLow_;
  Svf wireHigh_;
  SmallRoom room_;
};

}  // namespace

std::unique_ptr<Instrument> makeSnare(double sampleRateHz) {
  return std::make_unique<Snare>(sampleRateHz);
}

}  // namespace mixwell::demo
