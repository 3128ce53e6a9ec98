#include <array>
#include <cmath>

#include "demo/instrument.h"
#include "demo/tone_filters.h"

namespace mixwell::demo {

namespace {

constexpr int kPartials = 6;

/// Hats and a crash under a pair of close microphones: clangorous square tones and noise through steep bands.
class Cymbals final : public Instrument {
 public:
  explicit Cymbals(double sampleRateHz) : rateHz_(sampleRateHz) {
    noiseGain_ = static_cast<float>(std::sqrt(rateHz_ / 48000.0));
    for (Side& side : sides_) {
      side.hatBand.set(9200.0, 0.75, rateHz_);
      side.hatCut.set(6400.0, 0.8, rateHz_);
      side.crashCut.set(2100.0, 0.6, rateHz_);
      side.crashTop.setCutoff(11500.0, rateHz_);
    }
  }

  void beginTake(int) override {
    hats_ = {};
    crash_ = {};
    for (Side& side : sides_) {
      side.hatBand.reset();
      side.hatCut.reset();
      side.crashCut.reset();
      side.crashTop.reset();
    }
  }

  void strike(const TimedNote& timed, int offset) override {
    const double velocity = timed.note.velocity;
    if (timed.note.touch == Touch::crash) {
      crash_.on = true;
      crash_.offset = offset;
      crash_.amp = static_cast<float>(velocity);
      crash_.rise = 0.0f;
      crash_.flash = 1.0f;
      crash_.wash = 1.0f;
      return;
    }
    const bool open = timed.note.touch == Touch::open;
    for (Hat& ringing : hats_) ringing.choke = decayFactor(0.045, rateHz_);
    Hat& hat = hats_[next_];
    next_ = (next_ + 1) % hats_.size();
    hat = Hat{};
    hat.on = true;
    hat.offset = offset;
    hat.amp = static_cast<float>(velocity * (0.5 + 0.5 * velocity));
    const double closedS = 0.10 + 0.10 * velocity + 0.012 * chance_.bell();
    hat.decay = decayFactor(open ? 0.62 : closedS, rateHz_);
    hat.tip = decayFactor(0.02, rateHz_);
    hat.choke = 1.0f;
    hat.tune = static_cast<float>(1.0 + 0.015 * chance_.bell());
  }

  void render(float* left, float* right) override {
    const float attack = 1.0f / static_cast<float>(0.0006 * rateHz_);
    const float crashAttack = 1.0f / static_cast<float>(0.004 * rateHz_);
    const float flashDecay = decayFactor(0.32, rateHz_);
    const float washDecay = decayFactor(2.6, rateHz_);
    const bool silent = !crash_.on && !anyHat();
    for (int i = 0; i < kBlockFrames && !silent; ++i) {
      float envelope = 0.0f;
      float tune = 1.0f;
      for (Hat& hat : hats_) {
        if (!hat.on || i < hat.offset) continue;
        hat.rise = clampUnit(hat.rise + attack);
        envelope += hat.amp * hat.rise * (hat.body + 0.3f * hat.spike);
        hat.body *= hat.decay * hat.choke;
        hat.spike *= hat.tip;
        tune = hat.tune;
      }
      float bloom = 0.0f;
      if (crash_.on && i >= crash_.offset) {
        crash_.rise = clampUnit(crash_.rise + crashAttack);
        bloom = crash_.amp * crash_.rise * (0.55f * crash_.wash + 0.45f * crash_.flash);
        crash_.wash *= washDecay;
        crash_.flash *= flashDecay;
      }
      const float metal = clang(tune);
      const float middle = noiseGain_ * noise_.white();
      left[i] += sides_[0].tick(envelope, bloom, metal, middle + 0.45f * noiseGain_ * noise_.white());
      right[i] += sides_[1].tick(envelope, bloom, metal, middle + 0.45f * noiseGain_ * noise_.white());
    }
    if (silent) coast(left, right);
    endBlock();
  }

 private:
  struct Hat {
    bool on = false;
    int offset = 0;
    float rise = 0.0f;
    float amp = 0.0f;
    float body = 1.0f;
    float spike = 1.0f;
    float decay = 0.0f;
    float tip = 0.0f;
    float choke = 1.0f;
    float tune = 1.0f;
  };
  struct Crash {
    bool on = false;
    int offset = 0;
    float rise = 0.0f;
    float amp = 0.0f;
    float flash = 0.0f;
    float wash = 0.0f;
  };
  struct Side {
    Svf hatBand;
    Svf hatCut;
    Svf crashCut;
    OnePole crashTop;

    float tick(float envelope, float bloom, float metal, float hiss) noexcept {
      const float hat = hatCut.tick(hatBand.tick(envelope * (0.55f * metal + 0.8f * hiss)).band).high;
      const float crash = crashTop.lowpass(crashCut.tick(bloom * (0.35f * metal + 0.62f * hiss)).high);
      return saturate(1.6f * hat + 0.6f * crash);
    }
  };

  bool anyHat() const noexcept {
    for (const Hat& hat : hats_) {
      if (hat.on) return true;
    }
    return false;
  }

  /// Six squares at the ratios of a struck plate; aliasing above them is part of the clang.
  float clang(float tune) noexcept {
    constexpr std::array<float, kPartials> kHz{517.0f, 743.0f, 887.0f, 1171.0f, 1399.0f, 1789.0f};
    const auto perFrame = static_cast<float>(1.0 / rateHz_) * tune;
    float sum = 0.0f;
    for (std::size_t k = 0; k < kHz.size(); ++k) {
      phases_[k] += 2.0f * kHz[k] * perFrame;
      if (phases_[k] >= 1.0f) phases_[k] -= 1.0f;
      sum += phases_[k] < 0.5f ? 0.25f : -0.25f;
    }
    return sum;
  }

  /// Lets the filters ring out after the last stroke.
  void coast(float* left, float* right) noexcept {
    for (int i = 0; i < kBlockFrames; ++i) {
      left[i] += sides_[0].tick(0.0f, 0.0f, 0.0f, 0.0f);
      right[i] += sides_[1].tick(0.0f, 0.0f, 0.0f, 0.0f);
    }
  }

  void endBlock() noexcept {
    for (Hat& hat : hats_) {
      hat.offset = 0;
      if (hat.body < 1e-5f && hat.spike < 1e-5f) hat.on = false;
    }
    crash_.offset = 0;
    if (crash_.wash < 1e-5f) crash_.on = false;
    for (Side& side : sides_) {
      side.hatBand.flush();
      side.hatCut.flush();
      side.crashCut.flush();
      side.crashTop.flush();
    }
  }

  double rateHz_;
  float noiseGain_ = 1.0f;
  std::array<Hat, 4> hats_{};
  std::size_t next_ = 0;
  Crash crash_;
  std::array<float, kPartials> phases_{0.0f, 0.17f, 0.31f, 0.47f, 0.63f, 0.79f};
  std::array<Side, 2> sides_;
  Noise noise_{31};
  Noise chance_{32};
};

}  // namespace

std::unique_ptr<Instrument> makeCymbals(double sampleRateHz) {
  return std::make_unique<Cymbals>(sampleRateHz);
}

}  // namespace mixwell::demo
