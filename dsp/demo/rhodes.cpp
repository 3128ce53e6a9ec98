#include <algorithm>
#include <array>

#include "demo/instrument.h"
#include "demo/tone_filters.h"

namespace mixwell::demo {

namespace {

/// Tine piano by frequency modulation (Chowning 1973): a bar that barks when struck hard, a bell-like tine
/// above it, the hammer, and the suitcase amplifier that pans the whole between two loudspeakers.
class Rhodes final : public Instrument {
 public:
  explicit Rhodes(double sampleRateHz) : rateHz_(sampleRateHz) {
    hammer_.set(420.0, 0.8, rateHz_);
    for (Svf& speaker : speakers_) speaker.set(6800.0, 0.6, rateHz_);
  }

  void beginTake(int) override {
    voices_ = {};
    pan_ = 0.0f;
    hammer_.reset();
    for (Svf& speaker : speakers_) speaker.reset();
  }

  void strike(const TimedNote& timed, int offset) override {
    Voice& voice = freeVoice();
    const double velocity = timed.note.velocity;
    const double pitch = timed.note.pitch;
    const double key = (pitch - 60.0) / 24.0;
    voice = Voice{};
    voice.on = true;
    voice.offset = offset;
    voice.left = timed.frames + offset;
    voice.step = static_cast<float>(pitchToHz(pitch + 0.02 * chance_.bell()) / rateHz_);
    voice.amp = static_cast<float>((0.25 + 0.75 * velocity) * (1.0 - 0.2 * key));
    voice.bark =
        static_cast<float>((0.06 + 0.26 * velocity * velocity) * std::clamp(1.0 - 0.35 * key, 0.4, 1.5));
    voice.barkFloor = 0.03f;
    voice.tine = static_cast<float>(0.075 * (0.4 + velocity) * std::clamp(1.0 - 0.45 * key, 0.25, 1.5));
    voice.thump = static_cast<float>(0.35 * velocity);
    voice.decay = decayFactor(std::clamp(6.5 - 2.2 * key, 2.0, 10.0), rateHz_);
    voice.barkDecay = decayFactor(1.5, rateHz_);
    voice.tineDecay = decayFactor(std::clamp(0.55 - 0.15 * key, 0.2, 0.9), rateHz_);
  }

  void render(float* left, float* right) override {
    std::array<float, kBlockFrames> keys{};
    std::array<float, kBlockFrames> thumps{};
    for (Voice& voice : voices_) {
      if (voice.on) renderVoice(voice, keys.data(), thumps.data());
    }
    const auto panStep = static_cast<float>(kPanHz / rateHz_);
    for (int i = 0; i < kBlockFrames; ++i) {
      const auto at = static_cast<std::size_t>(i);
      const float dry = keys[at] + hammer_.tick(thumps[at]).low;
      const float warm = saturate(0.62f * dry);
      const float sway = kPanDepth * sinTurns(pan_);
      pan_ += panStep;
      if (pan_ > 1.0f) pan_ -= 1.0f;
      left[i] += speakers_[0].tick(warm * (1.0f - sway)).low;
      right[i] += speakers_[1].tick(warm * (1.0f + sway)).low;
    }
    hammer_.flush();
    for (Svf& speaker : speakers_) speaker.flush();
  }

 private:
  /// Eighth-note triplets at the song's tempo.
  static constexpr double kPanHz = 3.0 / kSecondsPerBeat;
  static constexpr float kPanDepth = 0.3f;
  static constexpr float kTineRatio = 14.0f;

  struct Voice {
    bool on = false;
    int offset = 0;
    std::int64_t left = 0;  ///< frames until the key is let go
    float phase = 0.0f;
    float tinePhase = 0.0f;
    float step = 0.0f;
    float rise = 0.0f;
    float amp = 0.0f;
    float bark = 0.0f;
    float barkFloor = 0.0f;
    float tine = 0.0f;
    float thump = 0.0f;
    float decay = 0.0f;
    float barkDecay = 0.0f;
    float tineDecay = 0.0f;
  };

  Voice& freeVoice() noexcept {
    return *std::min_element(voices_.begin(), voices_.end(), [](const Voice& a, const Voice& b) {
      return (a.on ? a.amp : 0.0f) < (b.on ? b.amp : 0.0f);
    });
  }

  void renderVoice(Voice& voice, float* keys, float* thumps) noexcept {
    Voice v = voice;  // a copy: the compiler can't know that `keys` is not a part of it
    const float attack = 1.0f / static_cast<float>(0.0018 * rateHz_);
    const float thumpDecay = decayFactor(0.05, rateHz_);
    const bool rings = v.tine > 3e-5f;
    const bool hammers = v.thump > 1e-5f;
    for (int i = v.offset; i < kBlockFrames; ++i) {
      v.rise = clampUnit(v.rise + attack);
      const float bar = sinTurns(v.phase);
      const float body = sinTurns(v.phase + (v.barkFloor + v.bark) * bar);
      const float bell = rings ? sinTurns(v.phase + v.tine * sinTurns(v.tinePhase)) : bar;
      keys[i] += v.amp * v.rise * (0.6f * body + 0.4f * bell);
      if (hammers) thumps[i] += v.thump * noise_.white();
      v.phase += v.step;
      if (v.phase > 1.0f) v.phase -= 1.0f;
      v.tinePhase += kTineRatio * v.step;
      if (v.tinePhase > 1.0f) v.tinePhase -= 1.0f;
      v.amp *= v.decay;
      v.bark *= v.barkDecay;
      v.tine *= v.tineDecay;
      v.thump *= thumpDecay;
    }
    v.offset = 0;
    v.left -= kBlockFrames;
    if (v.left <= 0) v.decay = decayFactor(0.32, rateHz_);
    if (v.amp < 1e-5f) v.on = false;
    voice = v;
  }

  double rateHz_;
  std::array<Voice, 18> voices_{};
  float pan_ = 0.0f;
  Svf hammer_;
  std::array<Svf, 2> speakers_;
  Noise noise_{71};
  Noise chance_{72};
};

}  // namespace

std::unique_ptr<Instrument> makeRhodes(double sampleRateHz) {
  return std::make_unique<Rhodes>(sampleRateHz);
}

}  // namespace mixwell::demo
