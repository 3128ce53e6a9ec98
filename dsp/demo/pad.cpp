#include <array>
#include <cmath>

#include "demo/instrument.h"
#include "demo/tone_filters.h"

namespace mixwell::demo {

namespace {

constexpr std::size_t kSaws = 4;  ///< a note: two in each channel

/// Saw corrected at its step by a two-sample polynomial (Valimaki and Huovilainen 2007).
inline float bandlimitedSaw(float phase, float step) noexcept {
  float saw = 2.0f * phase - 1.0f;
  if (phase < step) {
    const float t = phase / step;
    saw -= t + t - t * t - 1.0f;
  } else if (phase > 1.0f - step) {
    const float t = (phase - 1.0f) / step;
    saw -= t * t + t + t + 1.0f;
  }
  return saw;
}

/// Slow strings: detuned saws in each channel through a filter that breathes. The first take lies low and
/// dark, the second high and open.
class Pad final : public Instrument {
 public:
  explicit Pad(double sampleRateHz) : rateHz_(sampleRateHz) {}

  void beginTake(int take) override {
    voices_ = {};
    high_ = take == 1;
    blocks_ = 0;
    for (Side& side : sides_) {
      side.first.reset();
      side.second.reset();
      side.cut.reset();
      side.cut.set(high_ ? 230.0 : 55.0, 0.7, rateHz_);
    }
  }

  void strike(const TimedNote& timed, int offset) override {
    Voice& voice = voices_[next_];
    next_ = (next_ + 1) % voices_.size();
    voice = Voice{};
    voice.on = true;
    voice.left = timed.frames + offset;
    voice.amp = static_cast<float>(timed.note.velocity);
    voice.target = voice.amp;
    voice.step = static_cast<float>(pitchToHz(timed.note.pitch) / rateHz_);
    for (std::size_t k = 0; k < kSaws; ++k) {
      constexpr std::array kCents{-7.0, 5.0, 8.0, -4.0};
      voice.detune[k] = static_cast<float>(exp2(kCents[k] / 1200.0));
      voice.phase[k] = static_cast<float>(chance_.uniform());
    }
  }

  void render(float* left, float* right) override {
    breathe();
    std::array<float, kBlockFrames> leftSum{};
    std::array<float, kBlockFrames> rightSum{};
    for (Voice& voice : voices_) {
      if (voice.on) renderVoice(voice, leftSum.data(), rightSum.data());
    }
    for (int i = 0; i < kBlockFrames; ++i) {
      const auto at = static_cast<std::size_t>(i);
      left[i] += sides_[0].tick(leftSum[at]);
      right[i] += sides_[1].tick(rightSum[at]);
    }
    for (Side& side : sides_) {
      side.first.flush();
      side.second.flush();
      side.cut.flush();
    }
  }

 private:
  struct Voice {
    bool on = false;
    std::int64_t left = 0;
    float amp = 0.0f;
    float level = 0.0f;
    float target = 0.0f;
    float step = 0.0f;
    std::array<float, kSaws> detune{};
    std::array<float, kSaws> phase{};
  };
  struct Side {
    Svf first;
    Svf second;
    Svf cut;
    float tick(float x) noexcept {
      return saturate(0.16f * cut.tick(second.tick(first.tick(x).low).low).high);
    }
  };

  /// Filters and vibrato move once a block, at rates that never meet.
  void breathe() noexcept {
    const double seconds = static_cast<double>(blocks_) * kBlockFrames / rateHz_;
    ++blocks_;
    const double swell = 0.5 + 0.26 * sinTurns(seconds / 10.0 - 0.25) + 0.16 * sinTurns(seconds / 6.3);
    for (std::size_t side = 0; side < sides_.size(); ++side) {
      const double drift = 0.18 * sinTurns(seconds * 0.23 + 0.31 * static_cast<double>(side));
      const double octaves = (high_ ? 1.5 : 1.1) * swell + drift;
      const double cutoffHz = (high_ ? 1150.0 : 420.0) * exp2(octaves);
      sides_[side].first.set(cutoffHz, 0.6, rateHz_);
      sides_[side].second.set(cutoffHz * 1.1, 0.95, rateHz_);
    }
    for (std::size_t k = 0; k < kSaws; ++k) {
      const double hz = 0.31 + 0.17 * static_cast<double>(k);
      waver_[k] = static_cast<float>(1.0 + 0.0016 * sinTurns(seconds * hz + 0.37 * static_cast<double>(k)));
    }
  }

  void renderVoice(Voice& voice, float* left, float* right) noexcept {
    Voice v = voice;  // a copy: the compiler can't know that `left` is not a part of it
    const float rise = slewFactor(high_ ? 0.42 : 0.55, rateHz_);
    const float fall = slewFactor(0.36, rateHz_);
    std::array<float, kSaws> step{};
    for (std::size_t k = 0; k < kSaws; ++k) step[k] = v.step * v.detune[k] * waver_[k];
    const float slew = v.target > 0.0f ? rise : fall;
    for (int i = 0; i < kBlockFrames; ++i) {
      v.level += slew * (v.target - v.level);
      std::array<float, kSaws> saw{};
      for (std::size_t k = 0; k < kSaws; ++k) {
        saw[k] = bandlimitedSaw(v.phase[k], step[k]);
        v.phase[k] += step[k];
        if (v.phase[k] >= 1.0f) v.phase[k] -= 1.0f;
      }
      left[i] += v.level * (saw[0] + saw[1] + 0.35f * saw[2]);
      right[i] += v.level * (saw[2] + saw[3] + 0.35f * saw[0]);
    }
    v.left -= kBlockFrames;
    if (v.left <= 0) v.target = 0.0f;
    if (v.left <= 0 && v.level < 1e-5f) v.on = false;
    voice = v;
  }

  double rateHz_;
  bool high_ = false;
  std::int64_t blocks_ = 0;
  std::array<Voice, 16> voices_{};
  std::size_t next_ = 0;
  std::array<float, kSaws> waver_{1.0f, 1.0f, 1.0f, 1.0f};
  std::array<Side, 2> sides_;
  Noise chance_{81};
};

}  // namespace

std::unique_ptr<Instrument> makePad(double sampleRateHz) {
  return std::make_unique<Pad>(sampleRateHz);
}

}  // namespace mixwell::demo
