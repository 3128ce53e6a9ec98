#include "engine/automation_player.h"

#include <algorithm>

#include "core/units.h"
#include "engine/commands.h"
#include "engine/device_types.h"

namespace mixwell::engine {

namespace {

constexpr double sendSmoothingMs = 20.0;
constexpr LaneTarget nothing{.owner = -1};

// Whether a step so shortly before a frame that the way to its value is not done.
bool isOnTheWay(std::span<const AutomationPoint> points, std::int64_t frame,
                std::uint32_t smoothingFrames) noexcept {
  const std::size_t at = pointBefore(points, frame);
  if (at == points.size()) return false;
  for (std::size_t i = at; i > 0 && frame - points[i].frame < std::int64_t{smoothingFrames}; --i) {
    if (points[i - 1].shape == PointShape::hold && points[i - 1].value != points[i].value) return true;
  }
  return false;
}

}  // namespace

void AutomationPlayer::prepare(double sampleRateHz, std::size_t tracks) {
  sampleRateHz_ = sampleRateHz;
  stripCount_ = tracks;
  song_ = nullptr;
  grouped_.assign(maxLanes, 0);
  ranges_.assign(tracks + 1 + maxAllInserts, Range{});
  states_.assign(maxLanes, State{});
  facts_.assign(maxLanes, Facts{});
  known_.assign(maxLanes, nothing);
}

void AutomationPlayer::restart() noexcept {
  std::fill(states_.begin(), states_.end(), State{});
}

std::size_t AutomationPlayer::placeOf(const LaneTarget& target) const noexcept {
  if (target.kind == LaneKind::insert) {
    const std::uint32_t number = song_->inserts.find(target.owner);
    return number == InsertStore::none ? ranges_.size() : stripCount_ + 1 + number;
  }
  if (target.owner == static_cast<std::int32_t>(masterTrack)) return stripCount_;
  const std::uint32_t slot = song_->slotOf(target.owner);
  return slot == Arrangement::none ? ranges_.size() : slot;
}

AutomationPlayer::Facts AutomationPlayer::factsOf(const LaneTarget& target) const noexcept {
  if (target.kind == LaneKind::send) return {core::framesIn(sendSmoothingMs, sampleRateHz_), false, false};
  const params::ParamInfo* info = nullptr;
  if (target.kind == LaneKind::insert) {
    const std::uint32_t number = song_->inserts.find(target.owner);
    if (number != InsertStore::none) {
      info = &deviceTypes()[song_->inserts[number].device].table->params[target.param];
    }
  } else {
    info = target.owner == static_cast<std::int32_t>(masterTrack) ? &masterParams[target.param]
                                                                  : &channelParams[target.param];
  }
  if (info == nullptr) return {};
  const bool inOutput =
      target.kind == LaneKind::strip && (target.param == static_cast<std::uint32_t>(StripParam::volumeDb) ||
                                         target.param == static_cast<std::uint32_t>(StripParam::pan) ||
                                         target.param == static_cast<std::uint32_t>(StripParam::mute));
  const bool isMaster = target.owner == static_cast<std::int32_t>(masterTrack);
  return {core::framesIn(info->smoothingMs, sampleRateHz_), info->kind != params::ParamKind::continuous,
          target.kind == LaneKind::insert || (!isMaster && !inOutput)};
}

double AutomationPlayer::controlOf(const LaneTarget& target) const noexcept {
  if (target.kind == LaneKind::insert) {
    const std::uint32_t number = song_->inserts.find(target.owner);
    return number == InsertStore::none ? 0.0 : song_->inserts[number].params[target.param];
  }
  const std::uint32_t slot = song_->slotOf(target.owner);
  return slot == Arrangement::none ? 0.0 : song_->track(slot).params[target.param];
}

void AutomationPlayer::index(const Arrangement& song, bool atOnce) noexcept {
  song_ = &song;
  std::fill(ranges_.begin(), ranges_.end(), Range{});
  const auto lanes = song.automation.lanes();
  for (const std::uint32_t lane : lanes) {
    const std::size_t place = placeOf(song.automation.target(lane));
    if (place < ranges_.size()) ++ranges_[place].count;
  }
  for (std::uint32_t lane = 0; lane < maxLanes; ++lane) {
    if (song.automation.points(lane).empty()) known_[lane] = nothing;
  }
  std::uint32_t first = 0;
  for (Range& range : ranges_) {
    range.first = first;
    first += range.count;
    range.count = 0;
  }
  for (const std::uint32_t lane : lanes) {
    const LaneTarget& target = song.automation.target(lane);
    const std::size_t place = placeOf(target);
    if (place >= ranges_.size()) continue;
    grouped_[ranges_[place].first + ranges_[place].count++] = lane;
    facts_[lane] = factsOf(target);
    if (!(known_[lane] == target)) {
      states_[lane] = {};
      if (facts_[lane].led && !atOnce) {
        states_[lane].value = controlOf(target);
        states_[lane].joins = true;
      }
    }
    known_[lane] = target;
  }
}

void AutomationPlayer::values(std::uint32_t lane, std::int64_t songFrame,
                              std::span<double> into) const noexcept {
  const auto lanePoints = points(lane);
  const std::uint32_t smoothing = facts_[lane].smoothingFrames;
  for (std::size_t i = 0; i < into.size();) {
    const std::int64_t frame = songFrame + static_cast<std::int64_t>(i);
    if (restsAt(lanePoints, frame) && !isOnTheWay(lanePoints, frame, smoothing)) {
      const std::int64_t left = nextBreak(lanePoints, frame) - frame;
      const std::size_t count = std::min(into.size() - i, static_cast<std::size_t>(left));
      std::fill_n(into.begin() + static_cast<std::ptrdiff_t>(i), count, automationValue(lanePoints, frame));
      i += count;
    } else {
      into[i++] = heardValue(lanePoints, frame, smoothing);
    }
  }
}

// Where the line that begins now leads, and where it ends.
double AutomationPlayer::lineTarget(std::uint32_t lane, std::int64_t songFrame) noexcept {
  State& state = states_[lane];
  const std::uint32_t smoothing = facts_[lane].smoothingFrames;
  const auto lanePoints = points(lane);
  const double due = heardValue(lanePoints, songFrame - 1, smoothing);
  const auto offsetAfter = [&](std::int64_t frames) {
    const std::int64_t left = std::max<std::int64_t>(0, state.offsetFrames - frames);
    return smoothing == 0 ? 0.0 : state.offset * static_cast<double>(left) / static_cast<double>(smoothing);
  };
  if (due + offsetAfter(0) != state.value) {
    state.offset = state.value - due;
    state.offsetFrames = smoothing;
  }
  const bool rests = restsAt(lanePoints, songFrame) && !isOnTheWay(lanePoints, songFrame, smoothing) &&
                     state.offsetFrames == 0;
  state.lineEnd = rests ? nextBreak(lanePoints, songFrame) : lineEnd(lanePoints, songFrame);
  const std::int64_t length = state.lineEnd - songFrame;
  const double value = heardValue(lanePoints, rests ? songFrame : state.lineEnd - 1, smoothing) +
                       (rests ? 0.0 : offsetAfter(length));
  state.offsetFrames = std::max<std::int64_t>(0, state.offsetFrames - length);
  return value;
}

}  // namespace mixwell::engine
