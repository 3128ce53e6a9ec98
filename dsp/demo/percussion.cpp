#include <array>
#include <cmath>

#include "demo/instrument.h"
#include "demo/tone_filters.h"

namespace mixwell::demo {

namespace {

constexpr std::size_t kJingles = 7;

/// A shaker (grains thrown against the shell) and a tambourine (seven pairs of jingles).
class Percussion final : public Instrument {
 public:
  explicit Percussion(double sampleRateHz) : rateHz_(sampleRateHz) {
    noiseGain_ = static_cast<float>(std::sqrt(rateHz_ / 48000.0));
    shell_.set(5200.0, 1.1, rateHz_);
    air_.set(8200.0, 0.7, rateHz_);
    skin_.set(7600.0, 0.9, rateHz_);
  }

  void beginTake(int) override {
    shakes_ = {};
    jingle_ = {};
    shell_.reset();
    air_.reset();
    skin_.reset();
  }

  void strike(const TimedNote& timed, int offset) override {
    const auto velocity = static_cast<float>(timed.note.velocity);
    if (timed.note.touch == Touch::jingle) {
      jingle_.on = true;
      jingle_.offset = offset;
      jingle_.amp = velocity;
      jingle_.level = 1.0f;
      for (std::size_t k = 0; k < kJingles; ++k) {
        constexpr std::array kHz{4310.0, 5270.0, 6130.0, 7420.0, 8350.0, 9890.0, 11230.0};
        jingle_.hz[k] = static_cast<float>(kHz[k] * (1.0 + 0.01 * chance_.bell()));
        jingle_.ring[k] = static_cast<float>(0.5 + 0.5 * chance_.uniform());
      }
      return;
    }
    Shake& shake = shakes_[next_];
    next_ = (next_ + 1) % shakes_.size();
    shake = Shake{};
    shake.on = true;
    shake.offset = offset;
    shake.amp = velocity;
    shake.rise = 1.0f / static_cast<float>((0.016 - 0.008 * timed.note.velocity) * rateHz_);
    shake.decay = decayFactor(0.11 + 0.05 * timed.note.velocity, rateHz_);
  }

  void render(float* left, float*) override {
    const float jingleDecay = decayFactor(0.34, rateHz_);
    const float jingleAttack = 1.0f / static_cast<float>(0.002 * rateHz_);
    const auto perFrame = static_cast<float>(1.0 / rateHz_);
    for (int i = 0; i < kBlockFrames; ++i) {
      float grains = 0.0f;
      for (Shake& shake : shakes_) {
        if (!shake.on || i < shake.offset) continue;
        if (shake.swell < 1.0f) {
          shake.swell = clampUnit(shake.swell + shake.rise);
          grains += shake.amp * shake.swell * shake.swell;
        } else {
          shake.level *= shake.decay;
          grains += shake.amp * shake.level;
        }
      }
      const float hiss = noiseGain_ * noise_.white();
      const float shaker = 0.8f * shell_.tick(grains * hiss).band + 0.5f * air_.tick(grains * hiss).high;

      float metal = 0.0f;
      float slap = 0.0f;
      if (jingle_.on && i >= jingle_.offset) {
        jingle_.rise = clampUnit(jingle_.rise + jingleAttack);
        const float amp = jingle_.amp * jingle_.rise * jingle_.level;
        for (std::size_t k = 0; k < kJingles; ++k) {
          jingle_.phase[k] += jingle_.hz[k] * perFrame;
          if (jingle_.phase[k] > 1.0f) jingle_.phase[k] -= 1.0f;
          metal += jingle_.ring[k] * sinTurns(jingle_.phase[k]);
        }
        metal *= 0.11f * amp * (0.75f + 0.25f * noise_.white());
        slap = amp * noiseGain_ * noise_.white();
        jingle_.level *= jingleDecay;
      }
      left[i] += shaker + metal + 0.5f * skin_.tick(slap).band;
    }
    endBlock();
  }

 private:
  struct Shake {
    bool on = false;
    int offset = 0;
    float amp = 0.0f;
    float rise = 0.0f;
    float swell = 0.0f;
    float level = 1.0f;
    float decay = 0.0f;
  };
  struct Jingle {
    bool on = false;
    int offset = 0;
    float amp = 0.0f;
    float rise = 0.0f;
    float level = 0.0f;
    std::array<float, kJingles> hz{};
    std::array<float, kJingles> ring{};
    std::array<float, kJingles> phase{};
  };

  void endBlock() noexcept {
    for (Shake& shake : shakes_) {
      shake.offset = 0;
      if (shake.level < 1e-5f) shake.on = false;
    }
    jingle_.offset = 0;
    if (jingle_.level < 1e-5f) {
      jingle_.on = false;
      jingle_.rise = 0.0f;
    }
    shell_.flush();
    air_.flush();
    skin_.flush();
  }

  double rateHz_;
  float noiseGain_ = 1.0f;
  std::array<Shake, 4> shakes_{};
  std::size_t next_ = 0;
  Jingle jingle_;
  Svf shell_;
  Svf air_;
  Svf skin_;
  Noise noise_{41};
  Noise chance_{42};
};

}  // namespace

std::unique_ptr<Instrument> makePercussion(double sampleRateHz) {
  return std::make_unique<Percussion>(sampleRateHz);
}

}  // namespace mixwell::demo
