#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/arrangement.h"

namespace mixwell::engine {

/// Leads what lanes move along them. What is computed for each frame takes `values`; what can't be is led in
/// straight lines by `lead`. Belongs to the thread that runs the engine; only `prepare` allocates.
class AutomationPlayer {
 public:
  void prepare(double sampleRateHz, std::size_t tracks);

  /// Lanes have come or gone. What new ones move is led there from where its control stands, as a hand would;
  /// `atOnce` says that nothing is heard now.
  void index(const Arrangement& song, bool atOnce) noexcept;
  /// Playing begins afresh.
  void restart() noexcept;

  /// Lanes of a strip's parameters and sends, or of the master's; the owner is a slot or masterSlot.
  std::span<const std::uint32_t> ofStrip(std::uint32_t owner) const noexcept {
    return at(owner == masterSlot ? stripCount_ : owner);
  }
  std::span<const std::uint32_t> ofInsert(std::uint32_t number) const noexcept {
    return at(stripCount_ + 1 + number);
  }
  const LaneTarget& target(std::uint32_t lane) const noexcept { return song_->automation.target(lane); }

  /// The values of a lane for the frames of the song from `songFrame` on, as they are heard.
  void values(std::uint32_t lane, std::int64_t songFrame, std::span<double> into) const noexcept;

  /// Leads the parameters of lanes through a stretch that begins at a frame of the song. Where a straight
  /// line begins, `set(param, value, glideFrames)` is called. Returns for how many frames, at most `frames`,
  /// no other one does; `led` says how many were played.
  template <typename Set>
  std::size_t lead(std::span<const std::uint32_t> lanes, std::int64_t songFrame, std::size_t frames,
                   Set set) noexcept {
    auto length = static_cast<std::int64_t>(frames);
    for (const std::uint32_t lane : lanes) {
      if (!isLed(lane)) continue;
      State& state = states_[lane];
      if (state.joins) {
        state.lineEnd = songFrame;
      } else if (songFrame != state.expected) {
        beginAt(lane, songFrame, set);
      }
      state.joins = false;
      if (songFrame >= state.lineEnd) beginLine(lane, songFrame, set);
      if (state.lineEnd - songFrame < length) length = state.lineEnd - songFrame;
    }
    return static_cast<std::size_t>(length);
  }
  void led(std::span<const std::uint32_t> lanes, std::int64_t songFrame, std::size_t frames) noexcept {
    for (const std::uint32_t lane : lanes) {
      states_[lane].expected = songFrame + static_cast<std::int64_t>(frames);
    }
  }
  /// Whether a lane takes `lead`, and not `values`.
  bool isLed(std::uint32_t lane) const noexcept { return facts_[lane].led; }

 private:
  struct State {
    std::int64_t expected = -1;  ///< the frame at which the lane was left
    std::int64_t lineEnd = -1;
    double value = 0.0;  ///< that was set last
    /// What the value still is off the lane since it was redrawn under the playhead.
    double offset = 0.0;
    std::int64_t offsetFrames = 0;
    bool joins = false;  ///< a lane that has come while sound goes through
  };
  struct Facts {
    std::uint32_t smoothingFrames = 0;
    bool whole = false;  ///< a switch or a choice
    bool led = false;
  };
  struct Range {
    std::uint32_t first = 0;
    std::uint32_t count = 0;
  };

  std::span<const std::uint32_t> at(std::size_t place) const noexcept {
    return {grouped_.data() + ranges_[place].first, ranges_[place].count};
  }
  std::size_t placeOf(const LaneTarget& target) const noexcept;
  double controlOf(const LaneTarget& target) const noexcept;
  Facts factsOf(const LaneTarget& target) const noexcept;
  std::span<const AutomationPoint> points(std::uint32_t lane) const noexcept {
    return song_->automation.points(lane);
  }

  template <typename Set>
  void beginAt(std::uint32_t lane, std::int64_t songFrame, Set set) noexcept {
    State& state = states_[lane];
    const Facts& facts = facts_[lane];
    state = {.expected = songFrame, .lineEnd = songFrame};
    state.value = facts.whole ? automationValue(points(lane), songFrame)
                              : heardValue(points(lane), songFrame - 1, facts.smoothingFrames);
    set(target(lane).param, state.value, 0U);
  }

  template <typename Set>
  void beginLine(std::uint32_t lane, std::int64_t songFrame, Set set) noexcept {
    State& state = states_[lane];
    const Facts& facts = facts_[lane];
    const auto lanePoints = points(lane);
    double value = automationValue(lanePoints, songFrame);
    std::uint32_t glide = facts.smoothingFrames;
    if (facts.whole) {
      state.lineEnd = nextBreak(lanePoints, songFrame);
    } else {
      value = lineTarget(lane, songFrame);
      glide = static_cast<std::uint32_t>(state.lineEnd - songFrame);
    }
    if (value == state.value) return;
    state.value = value;
    set(target(lane).param, value, glide);
  }

  double lineTarget(std::uint32_t lane, std::int64_t songFrame) noexcept;

  const Arrangement* song_ = nullptr;
  double sampleRateHz_ = 48000.0;
  std::size_t stripCount_ = 0;
  std::vector<std::uint32_t> grouped_;
  std::vector<Range> ranges_;
  std::vector<State> states_;
  std::vector<LaneTarget> known_;  // what each state is of
  std::vector<Facts> facts_;
};

}  // namespace mixwell::engine
