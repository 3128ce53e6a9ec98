#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "core/units.h"
#include "engine/limits.h"
#include "filters/band_coefficients.h"
#include "filters/band_lane.h"
#include "filters/section_lanes.h"

namespace mixwell::filters {

/// One band of as many tracks as V has lanes. Frequency, gain and q glide: coefficients are computed every 16
/// frames on the way and go there in straight lines. A switch fades the band in or out; another type or slope
/// fades it out and, as the new one, in. Any one thread.
template <typename V>
class BandLanes {
 public:
  static constexpr std::size_t lanes = SectionLanes<V>::lanes;

  void prepare(double sampleRateHz) noexcept {
    sampleRateHz_ = sampleRateHz;
    shortestFade_ = core::framesIn(5.0, sampleRateHz);
    for (std::size_t lane = 0; lane < lanes; ++lane) stop(lane);
  }

  void setOn(std::size_t lane, bool on, std::uint32_t frames) noexcept {
    if (lane_[lane].on == on) return;
    lane_[lane].on = on;
    lane_[lane].setSwitch(fadeFor(frames));
    changed_ = true;
  }
  void setType(std::size_t lane, BandType type, std::uint32_t frames) noexcept {
    lane_[lane].type = type;
    lane_[lane].setSwitch(fadeFor(frames));
    changed_ = true;
  }
  void setSlope(std::size_t lane, std::size_t slope, std::uint32_t frames) noexcept {
    lane_[lane].slope = slope;
    lane_[lane].setSwitch(fadeFor(frames));
    changed_ = true;
  }
  void setFreqHz(std::size_t lane, double freqHz, std::uint32_t frames) noexcept {
    lane_[lane].setGlide(lane_[lane].freqOctaves, core::log2(freqHz), frames);
    changed_ = true;
  }
  void setGainDb(std::size_t lane, double gainDb, std::uint32_t frames) noexcept {
    lane_[lane].setGlide(lane_[lane].gainDb, gainDb, frames);
    changed_ = true;
  }
  void setQ(std::size_t lane, double q, std::uint32_t frames) noexcept {
    lane_[lane].setGlide(lane_[lane].qOctaves, core::log2(q), frames);
    changed_ = true;
  }

  /// All that was set takes its course from here. Before each stretch.
  void follow() noexcept {
    if (!changed_) return;
    changed_ = false;
    for (std::size_t lane = 0; lane < lanes; ++lane) {
      if (lane_[lane].changed) follow(lane);
      lane_[lane].leapt = false;
    }
    refresh();
  }
  void reset(std::size_t lane) noexcept {
    if (stands(lane)) {
      for (SectionLanes<V>& section : sections_) section.silence(lane);
      stopFrom(lane_[lane].sections(), lane);
      refresh();
      return;
    }
    if (isIdle(lane) && !lane_[lane].on) {
      lane_[lane].finishGlides();
      wet_.start(lane, 0.0f, 0);
      return;
    }
    stop(lane);
    lane_[lane].finishGlides();
    lane_[lane].jumps = true;
    lane_[lane].changed = lane_[lane].leapt = false;
    wet_.start(lane, 0.0f, 0);
    wake(lane);
    changed_ = false;
    for (const BandLane& each : lane_) changed_ = changed_ || each.changed;
    refresh();
  }

  bool isIdle(std::size_t lane) const noexcept { return !lane_[lane].active && !lane_[lane].changed; }
  bool isIdle() const noexcept { return !changed_ && !sections_[0].anyUsed(); }
  bool isMoving() const noexcept { return moving_; }
  bool isChanged() const noexcept { return changed_; }
  bool isSilent() const noexcept {
    for (const SectionLanes<V>& section : sections_) {
      for (std::size_t lane = 0; lane < lanes; ++lane) {
        if (section.isUsed(lane) && !section.isSilent(lane)) return false;
      }
    }
    return true;
  }
  /// At most so many frames after the last sound does something come out.
  double tailFrames() const noexcept {
    double longest = 0.0;
    for (std::size_t lane = 0; lane < lanes; ++lane) {
      const BandLane& l = lane_[lane];
      double frames = 2.0 * l.fadeLeft + l.framesLeft + l.glideFrames();
      for (const SectionLanes<V>& section : sections_) {
        if (section.isUsed(lane)) frames += section.tailFrames(lane);
      }
      longest = std::max(longest, frames);
    }
    return longest;
  }
  std::array<SectionLanes<V>, maxSections>& sections() noexcept { return sections_; }
  const BandLane& lane(std::size_t lane) const noexcept { return lane_[lane]; }

  /// While something moves; otherwise it is enough to run the sections.
  void processMoving(V* left, V* right, std::size_t frames) noexcept {
    for (std::size_t at = 0; at < frames;) {
      std::size_t stretch = frames - at;
      for (const BandLane& lane : lane_) {
        if (lane.framesLeft > 0) stretch = std::min<std::size_t>(stretch, lane.framesLeft);
        if (lane.fadeLeft > 0) stretch = std::min<std::size_t>(stretch, lane.fadeLeft);
      }
      runStretch(left + at, right + at, stretch);
      passed(static_cast<std::uint32_t>(stretch));
      at += stretch;
    }
    refresh();
  }

  /// Every now and then, at the same frames whatever the blocks.
  void tidy() noexcept {
    for (SectionLanes<V>& section : sections_) {
      if (section.anyUsed()) section.tidy();
    }
    bool stopped = false;
    for (std::size_t lane = 0; lane < lanes; ++lane) {
      BandLane& l = lane_[lane];
      if (!l.active || l.changed || l.isMoving()) continue;
      // What the setting asks for is dear to find out: only where there are sections that may not be needed.
      if (!sections_[1].isUsed(lane) && l.gainDb.value() != 0.0) continue;
      const bool neutral = l.isNeutral();
      if (!neutral && !sections_[1].isUsed(lane)) continue;
      const std::size_t needed = neutral ? 0 : l.sections();
      if (needed < maxSections && sections_[needed].isUsed(lane) && isSilentFrom(needed, lane)) {
        stopFrom(needed, lane);
        stopped = true;
      }
    }
    if (stopped) refresh();
  }

  void copyLane(std::size_t to, const BandLanes& other, std::size_t from) noexcept {
    lane_[to] = other.lane_[from];
    for (std::size_t i = 0; i < maxSections; ++i) sections_[i].copyLane(to, other.sections_[i], from);
    wet_.copyLane(to, other.wet_, from);
    core::setLane(framesLeft_, to, core::laneOf(other.framesLeft_, from));
    changed_ = changed_ || lane_[to].changed;
    refresh();
  }

 private:
  static constexpr std::uint32_t lineFrames = 16;

  std::uint32_t fadeFor(std::uint32_t frames) const noexcept {
    return frames == 0 ? 0 : std::max(frames, shortestFade_);
  }

  // Whether nothing is under way in a lane, so that its coefficients, which are dear, are those of its
  // setting.
  bool stands(std::size_t lane) const noexcept {
    const BandLane& l = lane_[lane];
    return l.active && l.on && !l.changed && !l.isOfOtherKind() && !l.isNeutral() && !l.isMoving() &&
           l.glideFrames() == 0 && wet_.settled(lane) && wet_.target(lane) == 1.0f;
  }

  bool isSilentFrom(std::size_t first, std::size_t lane) const noexcept {
    for (std::size_t i = first; i < maxSections; ++i) {
      if (sections_[i].isUsed(lane) && !sections_[i].isSilent(lane)) return false;
    }
    return true;
  }
  void stopFrom(std::size_t first, std::size_t lane) noexcept {
    for (std::size_t i = first; i < maxSections; ++i) {
      if (sections_[i].isUsed(lane)) sections_[i].use(lane, false);
    }
    if (first == 0) lane_[lane].active = false;
  }
  void stop(std::size_t lane) noexcept {
    stopFrom(0, lane);
    lane_[lane].framesLeft = lane_[lane].fadeLeft = 0;
    core::setLane(framesLeft_, lane, 0.0f);
  }
  void fade(std::size_t lane, float to, std::uint32_t frames) noexcept {
    wet_.start(lane, to, frames);
    lane_[lane].fadeLeft = wet_.settled(lane) ? 0 : frames;
  }

  void follow(std::size_t lane) noexcept {
    BandLane& l = lane_[lane];
    l.changed = false;
    if (!l.active) return wake(lane);
    const bool leaves = !l.on || l.isOfOtherKind();
    if (leaves && l.jumps) {
      stop(lane);
      wet_.start(lane, 0.0f, 0);
      return wake(lane);
    }
    const float to = leaves ? 0.0f : 1.0f;
    if (wet_.target(lane) != to) {
      // The way to another kind is half out and half in.
      if (leaves && l.on) l.fadeFrames = (l.fadeFrames + 1) / 2;
      fade(lane, to, l.fadeFrames);
    }
    l.jumps = false;
    if (l.led) nextLine(lane, true);
    l.led = false;
  }

  // A lane without sections starts them, if it needs any.
  void wake(std::size_t lane) noexcept {
    BandLane& l = lane_[lane];
    const std::uint32_t frames = l.jumps ? 0 : l.fadeFrames;
    l.jumps = false;
    const bool wasOn = wet_.target(lane) > 0.0f;
    l.soundingType = l.type;
    l.soundingSlope = l.slope;
    // A neutral band that was on has nothing to fade in: its gain leads away from what it did already.
    const bool stands = wasOn || frames == 0;
    const bool glides = l.on && (l.leapt ? stands : wasOn && l.sounding().isNeutral());
    if (!glides) l.finishGlides();
    if (!l.leapt) {
      l.freqOctaves.finish();
      l.qOctaves.finish();
      if (l.gainDb.target() == 0.0) l.finishGlides();
    }
    if (!l.on || (l.sounding().isNeutral() && l.gainDb.framesLeft() == 0)) {
      fade(lane, l.on ? 1.0f : 0.0f, 0);
      return;
    }
    l.active = true;
    l.led = false;
    if (!glides) wet_.start(lane, 0.0f, 0);
    fade(lane, 1.0f, glides ? 0 : frames);
    nextLine(lane, true);
  }

  // Where the coefficients go next, along the glides or, where these were set `anew` and stand already, at
  // once.
  void nextLine(std::size_t lane, bool anew) noexcept {
    BandLane& l = lane_[lane];
    const float leftOfLast = core::laneOf(framesLeft_, lane);
    const bool first = !sections_[0].isUsed(lane);
    if (anew && (first || l.leapt || l.glideFrames() == 0)) {
      const BandSetting setting = l.sounding();
      const BandCoefficients now = bandCoefficients(setting, sampleRateHz_);
      openSections(lane, now, setting.sections());
      lead(lane, now, setting.sections(), 0.0f, leftOfLast);
      l.framesLeft = 0;
      core::setLane(framesLeft_, lane, 0.0f);
      if (l.glideFrames() == 0) return;
    }
    const std::uint32_t frames = std::min(lineFrames, l.glideFrames());
    l.advance(frames);
    const BandSetting setting = l.sounding();
    const BandCoefficients next = bandCoefficients(setting, sampleRateHz_);
    openSections(lane, next, setting.sections());
    lead(lane, next, setting.sections(), static_cast<float>(frames), leftOfLast);
    l.framesLeft = frames;
    core::setLane(framesLeft_, lane, static_cast<float>(frames));
  }
  // Sections that come in pass the sound at first.
  void openSections(std::size_t lane, const BandCoefficients& next, std::size_t count) noexcept {
    for (std::size_t i = 0; i < count; ++i) {
      if (sections_[i].isUsed(lane)) continue;
      sections_[i].use(lane, true);
      sections_[i].set(lane, passing(next[i]), 0.0f, 0.0f);
    }
  }
  void lead(std::size_t lane, const BandCoefficients& to, std::size_t count, float frames,
            float leftOfLast) noexcept {
    for (std::size_t i = 0; i < maxSections; ++i) {
      if (!sections_[i].isUsed(lane)) continue;
      sections_[i].set(lane, i < count ? to[i] : passing(sections_[i].coefficients(lane)), frames,
                       leftOfLast);
    }
  }
  static SectionCoefficients passing(const SectionCoefficients& like) noexcept {
    return {1.0, 0.0, 0.0, like.g, like.a};
  }

  void runStretch(V* left, V* right, std::size_t frames) noexcept {
    const bool fades = !wet_.settled();
    V dryLeft[engine::quantumFrames];
    V dryRight[engine::quantumFrames];
    if (fades) {
      std::copy(left, left + frames, dryLeft);
      std::copy(right, right + frames, dryRight);
    }
    for (SectionLanes<V>& section : sections_) {
      if (section.anyUsed()) section.processMoving(left, right, frames, framesLeft_);
    }
    if (fades) {
      for (std::size_t i = 0; i < frames; ++i) {
        const V wet = wet_.next();
        left[i] = mixed(dryLeft[i], left[i], wet);
        right[i] = mixed(dryRight[i], right[i], wet);
      }
      wet_.passed(frames);
    }
    framesLeft_ = core::max(framesLeft_ - V(static_cast<float>(frames)), V(0.0f));
  }
  static V mixed(V dry, V filtered, V wet) noexcept {
    const V between = dry + wet * (filtered - dry);
    return core::select(core::less(wet, V(1.0f)), core::select(core::less(V(0.0f), wet), between, dry),
                        filtered);
  }

  void passed(std::uint32_t frames) noexcept {
    bool sectionsChanged = false;
    for (std::size_t lane = 0; lane < lanes; ++lane) {
      BandLane& l = lane_[lane];
      if (l.framesLeft > 0) {
        l.framesLeft -= frames;
        if (l.framesLeft == 0) {
          if (l.glideFrames() > 0) {
            nextLine(lane, false);
          } else {
            for (SectionLanes<V>& section : sections_) section.settle(lane);
          }
          sectionsChanged = true;
        }
      }
      if (l.fadeLeft > 0) {
        l.fadeLeft -= frames;
        if (l.fadeLeft == 0 && wet_.target(lane) == 0.0f) {
          stop(lane);
          wake(lane);
          sectionsChanged = true;
        }
      }
    }
    if (sectionsChanged) refresh();
  }

  void refresh() noexcept {
    for (SectionLanes<V>& section : sections_) section.refresh();
    moving_ = false;
    for (const BandLane& lane : lane_) moving_ = moving_ || lane.isMoving();
  }

  std::array<SectionLanes<V>, maxSections> sections_;
  core::Ramp<V> wet_{0.0f};
  V framesLeft_{0.0f};
  std::array<BandLane, lanes> lane_;
  double sampleRateHz_ = 48000.0;
  std::uint32_t shortestFade_ = 0;
  bool changed_ = false;
  bool moving_ = false;
};

}  // namespace mixwell::filters
