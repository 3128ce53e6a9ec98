#include <array>
#include <cmath>

#include "demo/instrument.h"
#include "demo/small_room.h"
#include "demo/tone_filters.h"

namespace mixwell::demo {

namespace {

/// White noise bent to about -3 dB an octave (Kellet's economy filter, in corner frequencies so that every
/// sample rate gets the same slope).
class PinkNoise {
 public:
  PinkNoise(std::uint32_t seed, double rateHz)
      : noise_(seed), gain_(static_cast<float>(std::sqrt(rateHz / 48000.0))) {
    constexpr std::array kCornersHz{18.0, 290.0, 4300.0};
    for (std::size_t k = 0; k < poles_.size(); ++k) poles_[k].setCutoff(kCornersHz[k], rateHz);
  }
  float tick() noexcept {
    const float white = gain_ * noise_.white();
    return 9.0f * poles_[0].lowpass(white) + 2.4f * poles_[1].lowpass(white) +
           0.75f * poles_[2].lowpass(white) + 0.08f * white;
  }

 private:
  Noise noise_;
  float gain_;
  std::array<OnePole, 3> poles_;
};

/// The harbour at night: swell on the stones, rain on a tin roof, a bell buoy far out. The second take is the
/// tape machine that recorded it.
class Ambience final : public Instrument {
 public:
  explicit Ambience(double sampleRateHz)
      : rateHz_(sampleRateHz),
        sides_{Side{PinkNoise(111, sampleRateHz), {}, {}, {}, {}},
               Side{PinkNoise(112, sampleRateHz), {}, {}, {}, {}}} {
    bay_.prepare({.firstMs = 41.0, .decayS = 2.8, .dampingHz = 2100.0}, rateHz_);
  }

  void beginTake(int take) override {
    tape_ = take == 1;
    blocks_ = 0;
    bells_ = {};
    drops_ = {};
    bay_.reset();
    for (Side& side : sides_) {
      side.swell.reset();
      side.foam.reset();
      side.roof.reset();
      side.low.reset();
      side.roof.set(tape_ ? 5200.0 : 4200.0, 0.6, rateHz_);
      side.low.set(70.0, 0.7, rateHz_);
    }
  }

  void strike(const TimedNote& timed, int offset) override {
    Bell& bell = bells_[nextBell_];
    nextBell_ = (nextBell_ + 1) % bells_.size();
    bell = Bell{};
    bell.on = true;
    bell.offset = offset;
    const double hz = pitchToHz(timed.note.pitch);
    for (std::size_t k = 0; k < kBellPartials; ++k) {
      constexpr std::array kRatios{0.5, 1.0, 1.19, 1.56, 2.01, 2.66, 3.01};
      constexpr std::array kLevels{0.30, 0.5, 0.34, 0.2, 0.26, 0.12, 0.08};
      constexpr std::array kDecayS{7.0, 5.0, 3.8, 2.6, 2.2, 1.4, 1.0};
      bell.step[k] = static_cast<float>(hz * kRatios[k] / rateHz_);
      bell.amp[k] = static_cast<float>(0.2 * kLevels[k] * timed.note.velocity);
      bell.decay[k] = decayFactor(kDecayS[k], rateHz_);
    }
  }

  void render(float* left, float* right) override {
    const std::array<float, 2> surge = moveSea();
    scatterDrops();
    std::array<float, kBlockFrames> bells{};
    tollBells(bells);
    fallDrops(left, right);
    const std::array<float*, 2> out{left, right};
    for (int i = 0; i < kBlockFrames; ++i) {
      const SmallRoom::Pair far = bay_.tick(bells[static_cast<std::size_t>(i)]);
      const std::array<float, 2> bell{far.left, far.right};
      for (std::size_t s = 0; s < 2; ++s) {
        Side& side = sides_[s];
        const float pink = side.noise.tick();
        const float sea = side.low.tick(side.swell.tick(pink).low).high;
        const float foam = surge[s] * surge[s] * side.foam.tick(pink).band;
        const float roof = side.roof.tick(pink).high;
        const float air =
            tape_ ? 0.055f * roof + 0.04f * sea : 0.05f * roof + 0.24f * surge[s] * sea + 0.16f * foam;
        out[s][i] += air + 0.5f * bell[s];
      }
    }
    endBlock();
  }

 private:
  static constexpr std::size_t kBellPartials = 7;

  struct Side {
    PinkNoise noise;
    Svf swell;
    Svf foam;
    Svf roof;
    Svf low;
  };
  struct Bell {
    bool on = false;
    int offset = 0;
    std::array<float, kBellPartials> phase{};
    std::array<float, kBellPartials> step{};
    std::array<float, kBellPartials> amp{};
    std::array<float, kBellPartials> decay{};
  };
  struct Drop {
    int offset = 0;
    float phase = 0.0f;
    float step = 0.0f;
    float amp = 0.0f;
    float decay = 0.0f;
    float left = 0.0f;
    float right = 0.0f;
  };

  /// Waves come about every eight seconds and never quite alike; each side of the bay has its own.
  std::array<float, 2> moveSea() noexcept {
    const double seconds = static_cast<double>(blocks_) * kBlockFrames / rateHz_;
    ++blocks_;
    std::array<float, 2> surge{};
    for (std::size_t s = 0; s < 2; ++s) {
      const double lag = 0.09 * static_cast<double>(s);
      const double wave =
          0.5 + 0.32 * sinTurns(seconds / 8.3 - lag) + 0.18 * sinTurns(seconds / 5.1 + 0.4 - lag);
      surge[s] = static_cast<float>(0.3 + 0.7 * wave * wave);
      sides_[s].swell.set(260.0 * exp2(1.9 * wave), 0.7, rateHz_);
      sides_[s].foam.set(900.0 * exp2(1.2 * wave), 0.6, rateHz_);
    }
    return surge;
  }

  void scatterDrops() noexcept {
    const double perSecond = tape_ ? 9.0 : 95.0;
    if (chance_.uniform() > perSecond * kBlockFrames / rateHz_) return;
    Drop& drop = drops_[nextDrop_];
    nextDrop_ = (nextDrop_ + 1) % drops_.size();
    const double size = chance_.uniform();
    const double hz = tape_ ? 2200.0 + 3000.0 * size : 1900.0 * exp2(1.8 * size);
    const auto place = static_cast<float>(chance_.uniform());
    drop.offset = static_cast<int>(chance_.uniform() * kBlockFrames);
    drop.phase = 0.0f;
    drop.step = static_cast<float>(hz / rateHz_);
    double force = chance_.uniform();
    force *= chance_.uniform();
    drop.amp = static_cast<float>((tape_ ? 0.02 : 0.05) * (0.15 + 0.85 * force));
    drop.decay = decayFactor(tape_ ? 0.006 : 0.014 + 0.03 * chance_.uniform(), rateHz_);
    drop.left = 0.25f + 0.75f * (1.0f - place);
    drop.right = 0.25f + 0.75f * place;
  }

  void fallDrops(float* left, float* right) noexcept {
    for (Drop& falling : drops_) {
      if (falling.amp < 1e-6f) continue;
      Drop drop = falling;
      for (int i = drop.offset; i < kBlockFrames; ++i) {
        const float sound = drop.amp * sinTurns(drop.phase);
        left[i] += drop.left * sound;
        right[i] += drop.right * sound;
        drop.phase += drop.step;
        if (drop.phase > 1.0f) drop.phase -= 1.0f;
        drop.amp *= drop.decay;
      }
      drop.offset = 0;
      falling = drop;
    }
  }

  void tollBells(std::array<float, kBlockFrames>& out) noexcept {
    for (Bell& bell : bells_) {
      if (!bell.on) continue;
      for (std::size_t k = 0; k < kBellPartials; ++k) {
        for (auto i = static_cast<std::size_t>(bell.offset); i < out.size(); ++i) {
          out[i] += bell.amp[k] * sinTurns(bell.phase[k]);
          bell.phase[k] += bell.step[k];
          if (bell.phase[k] > 1.0f) bell.phase[k] -= 1.0f;
          bell.amp[k] *= bell.decay[k];
        }
      }
      bell.offset = 0;
      bell.on = bell.amp[0] > 1e-6f;
    }
  }

  void endBlock() noexcept {
    bay_.flush();
    for (Side& side : sides_) {
      side.swell.flush();
      side.foam.flush();
      side.roof.flush();
      side.low.flush();
    }
  }

  double rateHz_;
  bool tape_ = false;
  std::int64_t blocks_ = 0;
  std::array<Side, 2> sides_;
  SmallRoom bay_;
  std::array<Bell, 4> bells_{};
  std::size_t nextBell_ = 0;
  std::array<Drop, 8> drops_{};
  std::size_t nextDrop_ = 0;
  Noise chance_{113};
};

}  // namespace

std::unique_ptr<Instrument> makeAmbience(double sampleRateHz) {
  return std::make_unique<Ambience>(sampleRateHz);
}

}  // namespace mixwell::demo
