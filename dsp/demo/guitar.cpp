#include <array>

#include "demo/instrument.h"
#include "demo/plucked_string.h"
#include "demo/tone_filters.h"

namespace mixwell::demo {

namespace {

/// Steel-strung guitar before one microphone: eight strings' worth of voices into three body resonances.
class Guitar final : public Instrument {
 public:
  explicit Guitar(double sampleRateHz) : rateHz_(sampleRateHz) {
    for (String& string : strings_) string.loop.prepare(150.0, rateHz_);
    air_.set(118.0, 3.0, rateHz_);
    top_.set(226.0, 3.5, rateHz_);
    bridge_.set(2900.0, 0.9, rateHz_);
    cut_.set(95.0, 0.7, rateHz_);
  }

  void beginTake(int) override {
    for (String& string : strings_) {
      string.loop.reset();
      string.left = 0;
      string.pitch = 0.0;
    }
    air_.reset();
    top_.reset();
    bridge_.reset();
    cut_.reset();
    pickLevel_ = 0.0f;
  }

  void strike(const TimedNote& timed, int offset) override {
    const double velocity = timed.note.velocity;
    const bool muted = timed.note.touch == Touch::mute;
    String& string = stringFor(timed.note.pitch);
    const double hz = pitchToHz(timed.note.pitch + 0.03 * chance_.bell());
    string.loop.pluck({.hz = hz,
                       .amp = (0.15 + 0.85 * velocity) * (muted ? 0.6 : 1.0),
                       .position = 0.13 + 0.015 * chance_.bell(),
                       .widthS = 0.00045 - 0.00025 * velocity,
                       .lossHz = muted ? 2600.0 : 9500.0 + 5500.0 * velocity,
                       .decayS = muted ? 0.09 : 3.4},
                      offset);
    string.pitch = timed.note.pitch;
    string.left = timed.frames + offset;
    pickLevel_ = static_cast<float>((muted ? 0.13 : 0.08) * velocity);
    pickWait_ = offset;
  }

  void render(float* left, float*) override {
    const float pickDecay = decayFactor(0.022, rateHz_);
    for (int i = 0; i < kBlockFrames; ++i) {
      float sum = 0.0f;
      for (String& string : strings_) sum += string.loop.tick();
      if (pickWait_ > 0) {
        --pickWait_;
      } else {
        sum += pickLevel_ * noise_.white();
        pickLevel_ *= pickDecay;
      }
      const float body = 0.55f * sum + 0.5f * air_.tick(sum).band + 0.55f * top_.tick(sum).band +
                         0.35f * bridge_.tick(sum).band;
      left[i] += saturate(0.9f * cut_.tick(body).high);
    }
    for (String& string : strings_) {
      if (string.left > 0 && string.left <= kBlockFrames) string.loop.damp(0.16);
      string.left -= string.left > 0 ? kBlockFrames : 0;
      string.loop.endBlock();
    }
    flushTiny(pickLevel_);
    air_.flush();
    top_.flush();
    bridge_.flush();
    cut_.flush();
  }

 private:
  struct String {
    PluckedString loop;
    double pitch = 0.0;
    std::int64_t left = 0;
  };

  /// The string that has this pitch already, else one at rest, else the next in turn.
  String& stringFor(double pitch) noexcept {
    for (String& string : strings_) {
      if (string.loop.sounds() && string.pitch == pitch) return string;
    }
    for (String& string : strings_) {
      if (!string.loop.sounds()) return string;
    }
    next_ = (next_ + 1) % strings_.size();
    return strings_[next_];
  }

  double rateHz_;
  std::array<String, 12> strings_;
  std::size_t next_ = 0;
  float pickLevel_ = 0.0f;
  int pickWait_ = 0;
  Svf air_;
  Svf top_;
  Svf bridge_;
  Svf cut_;
  Noise noise_{61};
  Noise chance_{62};
};

}  // namespace

std::unique_ptr<Instrument> makeGuitar(double sampleRateHz) {
  return std::make_unique<Guitar>(sampleRateHz);
}

}  // namespace mixwell::demo
