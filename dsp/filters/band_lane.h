#pragma once

#include <cstdint>

#include "core/math.h"
#include "filters/analogue_section.h"

namespace mixwell::filters {

/// A number on its way to another in a straight line.
class Glide {
 public:
  explicit Glide(double value) : to_(value) {}
  double value() const noexcept { return framesLeft_ == 0 ? to_ : to_ - step_ * framesLeft_; }
  double target() const noexcept { return to_; }
  std::uint32_t framesLeft() const noexcept { return framesLeft_; }
  void start(double to, std::uint32_t frames) noexcept {
    const double from = value();
    framesLeft_ = from == to ? 0 : frames;
    step_ = framesLeft_ == 0 ? 0.0 : (to - from) / framesLeft_;
    to_ = to;
  }
  void advance(std::uint32_t frames) noexcept { framesLeft_ -= frames < framesLeft_ ? frames : framesLeft_; }
  void finish() noexcept { framesLeft_ = 0; }

 private:
  double to_;
  double step_ = 0.0;
  std::uint32_t framesLeft_ = 0;
};

/// What one track has set one band to, and where that is on its way.
struct BandLane {
  bool on = false;
  BandType type = BandType::bell;
  std::size_t slope = 1;
  Glide freqOctaves{10.0};  ///< log2 of Hz
  Glide gainDb{0.0};
  Glide qOctaves{-0.5};

  /// What sounds until the fade to the settings above.
  BandType soundingType = BandType::bell;
  std::size_t soundingSlope = 1;
  bool active = false;           ///< its sections run
  bool changed = false;          ///< set since the last look
  bool led = false;              ///< a glide was set since then
  bool leapt = false;            ///< a number was set at once since then, maybe with a glide away from it
  bool jumps = false;            ///< what can't glide changes at once
  std::uint32_t fadeFrames = 0;  ///< in which what can't glide changes
  std::uint32_t fadeLeft = 0;    ///< of a fade under way
  std::uint32_t framesLeft = 0;  ///< of the straight line that the coefficients are on

  BandSetting sounding() const noexcept {
    return {soundingType, core::exp2(freqOctaves.value()), gainDb.value(), core::exp2(qOctaves.value()),
            soundingSlope};
  }
  /// As of `sounding`, but quick.
  bool isNeutral() const noexcept {
    return BandSetting{.type = soundingType, .gainDb = gainDb.value()}.isNeutral();
  }
  std::size_t sections() const noexcept {
    BandSetting setting{.type = soundingType, .slope = soundingSlope};
    const bool isShelf = setting.isNeutral() && soundingType != BandType::bell;
    if (isShelf) setting.q = core::exp2(qOctaves.value());
    return setting.sections();
  }
  bool isCut() const noexcept { return type == BandType::lowCut || type == BandType::highCut; }
  bool isOfOtherKind() const noexcept { return type != soundingType || (isCut() && slope != soundingSlope); }
  bool isMoving() const noexcept { return fadeLeft > 0 || framesLeft > 0; }

  void setGlide(Glide& glide, double to, std::uint32_t frames) noexcept {
    if (frames > 0 && to == glide.target()) return;
    glide.start(to, frames);
    leapt = leapt || frames == 0;
    changed = led = true;
  }
  /// A switch or choice was set; it takes `frames`, none for at once.
  void setSwitch(std::uint32_t frames) noexcept {
    changed = true;
    jumps = frames == 0;
    fadeFrames = frames;
  }
  std::uint32_t glideFrames() const noexcept {
    const std::uint32_t a =
        freqOctaves.framesLeft() > gainDb.framesLeft() ? freqOctaves.framesLeft() : gainDb.framesLeft();
    return a > qOctaves.framesLeft() ? a : qOctaves.framesLeft();
  }
  void advance(std::uint32_t frames) noexcept {
    freqOctaves.advance(frames);
    gainDb.advance(frames);
    qOctaves.advance(frames);
  }
  void finishGlides() noexcept {
    freqOctaves.finish();
    gainDb.finish();
    qOctaves.finish();
  }
};

}  // namespace mixwell::filters
