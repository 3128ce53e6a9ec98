#pragma once

#include "core/math.h"
#include "params/device.h"
#include "time/note_lengths.h"

namespace mixwell::time {

/// Where the turn of a slow oscillator is, 0 to 1: turned on from 0 at a rate in hertz, or, where a turn is a
/// note, a function of the place in the song, 0 at its first frame. Where the song jumps back or the turn
/// becomes a note the phase catches up, by no more than its own speed or half a turn a second, so that
/// nothing clicks. Any one thread.
class Turn {
 public:
  /// Notes are looked up at each frame of the song that is a multiple of it.
  static constexpr std::int64_t grid = 16;

  void reset() noexcept {
    phase_ = catch_ = 0.0;
    frame_ = -1;
  }

  /// Begins a stretch, `ahead` frames after its first one. `note` is a place in `turnBeats`. Returns whether
  /// the phase has jumped: after a reset, or where no sound went through for a while.
  bool begin(double note, double rateHz, double sampleRateHz, const params::BlockContext& context,
             std::int64_t ahead = 0) noexcept {
    beats_ = turnBeats[static_cast<std::size_t>(note)];
    rate_ = rateHz / sampleRateHz;
    if (!(beats_ > 0.0)) {
      catch_ = 0.0;
    } else {
      const double frames = beats_ * context.framesPerBeat;
      rate_ = frames > 8.0 ? 1.0 / frames : 0.125;
      turnsAtTempo_ = context.tempoBeat / beats_;
      tempoFrame_ = context.tempoFrame;
      fastest_ = rate_ * sampleRateHz > slowestCatchHz ? rate_ : slowestCatchHz / sampleRateHz;
    }
    const std::int64_t frame = context.songFrame + ahead;
    const bool jumps = beats_ > 0.0 && frame > frame_;
    frame_ = frame;
    if (jumps) {
      phase_ = songPhase();
      catch_ = 0.0;
    }
    return jumps;
  }

  /// Goes on by so many frames, over no point of the grid. Returns whether it has looked into the song.
  bool advance(std::int64_t frames) noexcept {
    turn(static_cast<double>(frames) * perFrame());
    frame_ += frames;
    if (!(beats_ > 0.0) || frame_ % grid != 0) return false;
    const double due = songPhase();
    double late = due - phase_;
    if (late > 0.5) late -= 1.0;
    if (late < -0.5) late += 1.0;
    if (late < 1e-9 && late > -1e-9) {
      phase_ = due;
      catch_ = 0.0;
    } else {
      late /= static_cast<double>(grid);
      catch_ = late > fastest_ ? fastest_ : (late < -fastest_ ? -fastest_ : late);
    }
    return true;
  }
  void goBack(std::int64_t frames) noexcept {
    turn(-static_cast<double>(frames) * perFrame());
    frame_ -= frames;
  }

  double phase() const noexcept { return phase_; }
  /// Turns a frame from here on.
  double perFrame() const noexcept { return rate_ + catch_; }
  /// The frame of the song that it stands at.
  std::int64_t frame() const noexcept { return frame_; }

 private:
  static constexpr double slowestCatchHz = 0.5;

  double songPhase() const noexcept {
    const double turns = turnsAtTempo_ + static_cast<double>(frame_ - tempoFrame_) * rate_;
    return turns - static_cast<double>(static_cast<std::int64_t>(turns));
  }
  void turn(double turns) noexcept {
    phase_ += turns;
    if (phase_ >= 1.0) phase_ -= 1.0;
    if (phase_ < 0.0) phase_ += 1.0;
  }

  double phase_ = 0.0;
  double rate_ = 0.0;
  double beats_ = 0.0;
  double catch_ = 0.0;  // beside the rate, to where the song is
  double fastest_ = 0.0;
  double turnsAtTempo_ = 0.0;
  std::int64_t tempoFrame_ = 0;
  std::int64_t frame_ = -1;
};

/// A slow sine and its cosine, turned on frame by frame. Any one thread.
class Oscillator {
 public:
  void reset() noexcept {
    turn_.reset();
    lookUp();
  }

  /// Begins a stretch; see Turn.
  void begin(double note, double rateHz, double sampleRateHz, const params::BlockContext& context) noexcept {
    if (turn_.begin(note, rateHz, sampleRateHz, context)) lookUp();
    retune();
  }

  void advance() noexcept {
    const double s = sine_ * stepCosine_ + cosine_ * stepSine_;
    const double c = cosine_ * stepCosine_ - sine_ * stepSine_;
    const double toUnit = 1.5 - 0.5 * (s * s + c * c);
    sine_ = s * toUnit;
    cosine_ = c * toUnit;
    if (!turn_.advance(1)) return;
    lookUp();
    retune();
  }

  double sine() const noexcept { return sine_; }
  double cosine() const noexcept { return cosine_; }
  /// The sine of another phase, given by the parts that it has of this sine and cosine.
  double turned(float ofSine, float ofCosine) const noexcept {
    return static_cast<double>(ofSine) * sine_ + static_cast<double>(ofCosine) * cosine_;
  }
  /// 0 to 1, for pictures.
  float phase() const noexcept { return static_cast<float>(turn_.phase()); }

 private:
  void retune() noexcept {
    if (turn_.perFrame() == rate_) return;
    rate_ = turn_.perFrame();
    stepSine_ = core::sinQuarterTurns(4.0 * rate_);
    stepCosine_ = core::sinQuarterTurns(1.0 + 4.0 * rate_);
  }
  void lookUp() noexcept {
    sine_ = core::sinQuarterTurns(4.0 * turn_.phase());
    cosine_ = core::sinQuarterTurns(1.0 + 4.0 * turn_.phase());
  }

  Turn turn_;
  double rate_ = 0.0;
  double stepSine_ = 0.0;
  double stepCosine_ = 1.0;
  double sine_ = 0.0;
  double cosine_ = 1.0;
};

}  // namespace mixwell::time
