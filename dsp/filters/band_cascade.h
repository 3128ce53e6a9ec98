#pragma once

#include "engine/quad_stage.h"
#include "filters/band_lanes.h"

namespace mixwell::filters {

/// Bands one after the other. The bands' own settings are reached by `band`. Any one thread.
template <typename V, std::size_t bandCount>
class BandCascade {
 public:
  static constexpr std::size_t lanes = BandLanes<V>::lanes;

  BandLanes<V>& band(std::size_t index) noexcept { return bands_[index]; }
  const BandLanes<V>& band(std::size_t index) const noexcept { return bands_[index]; }

  void prepare(double sampleRateHz) noexcept {
    for (BandLanes<V>& band : bands_) band.prepare(sampleRateHz);
    resetAll();
  }
  void reset(std::size_t lane) noexcept {
    for (BandLanes<V>& band : bands_) band.reset(lane);
  }
  void resetAll() noexcept {
    for (std::size_t lane = 0; lane < lanes; ++lane) reset(lane);
    frame_ = 0;
  }

  bool isIdle() const noexcept {
    for (const BandLanes<V>& band : bands_) {
      if (!band.isIdle()) return false;
    }
    return true;
  }
  bool isIdle(std::size_t lane) const noexcept {
    for (const BandLanes<V>& band : bands_) {
      if (!band.isIdle(lane)) return false;
    }
    return true;
  }

  /// At most so many frames after the last sound does something come out.
  std::int64_t tailFrames() const noexcept {
    double frames = 2.0 * static_cast<double>(tidyFrames);
    for (const BandLanes<V>& band : bands_) frames += band.tailFrames();
    return static_cast<std::int64_t>(frames);
  }

  void process(V* left, V* right, std::size_t frames) noexcept {
    for (std::size_t at = 0; at < frames;) {
      const std::size_t stretch = std::min(frames - at, tidyFrames - frame_);
      processStretch(left + at, right + at, stretch);
      advance(stretch);
      at += stretch;
    }
  }

  /// As process on silence.
  void skip(std::size_t frames) noexcept {
    while (frames > 0) {
      const std::size_t stretch = std::min(frames, tidyFrames - frame_);
      if (!isQuiet()) {
        engine::QuadBlock<V> silence;
        std::fill_n(silence.left, stretch, V(0.0f));
        std::fill_n(silence.right, stretch, V(0.0f));
        processStretch(silence.left, silence.right, stretch);
      }
      advance(stretch);
      frames -= stretch;
    }
  }

  void copyLane(std::size_t to, const BandCascade& other, std::size_t from) noexcept {
    for (std::size_t i = 0; i < bandCount; ++i) bands_[i].copyLane(to, other.bands_[i], from);
  }

 private:
  // States are tidied at multiples of this since the last reset, so that the result does not depend on
  // blocks.
  static constexpr std::size_t tidyFrames = engine::quantumFrames;

  bool isQuiet() const noexcept {
    for (const BandLanes<V>& band : bands_) {
      if (!band.isIdle() && (band.isChanged() || band.isMoving() || !band.isSilent())) return false;
    }
    return true;
  }

  void processStretch(V* left, V* right, std::size_t frames) noexcept {
    SectionLanes<V>* waiting = nullptr;
    for (BandLanes<V>& band : bands_) {
      band.follow();
      if (band.isIdle()) continue;
      if (band.isMoving()) {
        if (waiting != nullptr) waiting->process(left, right, frames);
        waiting = nullptr;
        band.processMoving(left, right, frames);
        continue;
      }
      for (SectionLanes<V>& section : band.sections()) {
        if (!section.anyUsed()) continue;
        if (waiting == nullptr) {
          waiting = &section;
        } else {
          waiting->processWith(section, left, right, frames);
          waiting = nullptr;
        }
      }
    }
    if (waiting != nullptr) waiting->process(left, right, frames);
  }

  void advance(std::size_t frames) noexcept {
    frame_ += frames;
    if (frame_ < tidyFrames) return;
    frame_ = 0;
    for (BandLanes<V>& band : bands_) {
      if (!band.isIdle()) band.tidy();
    }
  }

  std::array<BandLanes<V>, bandCount> bands_;
  std::size_t frame_ = 0;
};

}  // namespace mixwell::filters
