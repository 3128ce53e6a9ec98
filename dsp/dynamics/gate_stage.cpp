#include "dynamics/gate_stage.h"

#include <algorithm>

#include "core/units.h"
#include "dynamics/smoothing.h"

namespace mixwell::dynamics {

namespace {

constexpr float quietest = 1e-13f;  // square of the lowest level that is told apart
constexpr float loudest = 1e9f;     // a NaN counts as this, too
constexpr float closed = 1e-12f;    // keeps the opening off denormals
constexpr double leastHoldMs = 10.0;

double squareOfDb(double db) noexcept {
  const double gain = core::dbToGain(db);
  return gain * gain;
}

}  // namespace

template <typename V>
void GateStage<V>::prepare(double sampleRateHz) noexcept {
  sampleRateHz_ = sampleRateHz;
  filter_.prepare(sampleRateHz);
  for (std::size_t lane = 0; lane < lanes; ++lane) {
    values_[lane].setDefaults();
    values_[lane].set(static_cast<std::size_t>(GateParam::on), 0.0);
    for (std::size_t i = 0; i < gateParams.size(); ++i) retune(lane, static_cast<GateParam>(i), 0);
  }
  keyed_ = V(0.0f);
  resetAll();
}

template <typename V>
bool GateStage<V>::setParam(std::size_t lane, std::size_t index, double value,
                            std::uint32_t glideFrames) noexcept {
  const bool wasOff = isOff(lane);
  if (!values_[lane].set(index, value)) return false;
  const auto which = static_cast<GateParam>(index);
  // An off lane may have stood still for any time: nobody hears it move, and it begins afresh.
  if (wasOff && which == GateParam::on) clearLane(lane);
  retune(lane, which, wasOff && which != GateParam::on ? 0 : glideFrames);
  return true;
}

template <typename V>
void GateStage<V>::retune(std::size_t lane, GateParam which, std::uint32_t glideFrames) noexcept {
  const auto glide = [&](Ramp& ramp, double target) {
    ramp.start(lane, static_cast<float>(target), glideFrames);
  };
  const double now = value(lane, which);
  const double framesPerMs = 0.001 * sampleRateHz_;
  switch (which) {
    case GateParam::on:
      glide(on_, now);
      glide(listen_, now * value(lane, GateParam::keyListen));
      break;
    case GateParam::keyListen:
      glide(listen_, now * value(lane, GateParam::on));
      break;
    case GateParam::thresholdDb:
      glide(opens_, squareOfDb(now));
      glide(closes_, squareOfDb(now - value(lane, GateParam::hysteresisDb)));
      break;
    case GateParam::hysteresisDb:
      glide(closes_, squareOfDb(value(lane, GateParam::thresholdDb) - now));
      break;
    case GateParam::rangeDb:
      glide(range_, core::dbToGain(now));
      break;
    case GateParam::attackMs:
      core::setLane(attack_, lane, static_cast<float>(smoothingPart(now * framesPerMs)));
      break;
    case GateParam::holdMs:
      core::setLane(holdFrames_, lane,
                    static_cast<float>(core::framesIn(std::max(now, leastHoldMs), sampleRateHz_)));
      break;
    case GateParam::releaseMs:
      core::setLane(releaseKeeps_, lane, static_cast<float>(1.0 - smoothingPart(now * framesPerMs)));
      break;
    case GateParam::keyLowCutHz:
      filter_.setLowCut(lane, now, glideFrames);
      break;
    case GateParam::keyHighCutHz:
      filter_.setHighCut(lane, now, glideFrames);
      break;
  }
}

template <typename V>
void GateStage<V>::setKeyed(std::size_t lane, bool external) noexcept {
  core::setLane(keyed_, lane, external ? 1.0f : 0.0f);
}

template <typename V>
void GateStage<V>::clearLane(std::size_t lane) noexcept {
  core::setLane(openFor_, lane, 0.0f);
  core::setLane(opening_, lane, closed);
  filter_.reset(lane);
}

template <typename V>
void GateStage<V>::reset(std::size_t lane) noexcept {
  for (Ramp* ramp : {&opens_, &closes_, &range_, &on_, &listen_}) finishLane(*ramp, lane);
  clearLane(lane);
  core::setLane(smallestGain_, lane, 1.0f);
  core::setLane(largestSquare_, lane, quietest);
}

template <typename V>
void GateStage<V>::resetAll() noexcept {
  for (std::size_t lane = 0; lane < lanes; ++lane) reset(lane);
}

template <typename V>
bool GateStage<V>::settled(std::size_t lane) const noexcept {
  return opens_.settled(lane) && closes_.settled(lane) && range_.settled(lane) && on_.settled(lane) &&
         listen_.settled(lane) && filter_.settled(lane);
}

template <typename V>
bool GateStage<V>::isOff(std::size_t lane) const noexcept {
  return value(lane, GateParam::on) == 0.0 && settled(lane);
}

template <typename V>
bool GateStage<V>::isIdle() const noexcept {
  for (std::size_t lane = 0; lane < lanes; ++lane) {
    if (!isOff(lane)) return false;
  }
  return true;
}

template <typename V>
bool GateStage<V>::moves() const noexcept {
  return !(opens_.settled() && closes_.settled() && range_.settled() && on_.settled());
}

template <typename V>
bool GateStage<V>::listens() const noexcept {
  for (std::size_t lane = 0; lane < lanes; ++lane) {
    if (!listen_.settled(lane) || listen_.target(lane) != 0.0f) return true;
  }
  return false;
}

template <typename V>
void GateStage<V>::process(engine::QuadBlock<V>& block, const engine::QuadBlock<V>* key,
                           std::size_t frames) noexcept {
  smallestGain_ = V(1.0f);
  largestSquare_ = V(quietest);
  if (isIdle()) return;
  engine::QuadBlock<V> side;
  const bool ownSide = fillKey(side, block, key, frames);
  const engine::QuadBlock<V>& heard = ownSide ? side : block;
  if (moves()) {
    run<true>(block, heard, frames);
  } else {
    run<false>(block, heard, frames);
  }
  if (!listens()) return;
  for (std::size_t i = 0; i < frames; ++i) {
    const V listen = listen_.next();
    const auto listening = core::less(V(0.0f), listen);
    const V left = (V(1.0f) - listen) * block.left[i] + listen * soundOrSilence(side.left[i]);
    const V right = (V(1.0f) - listen) * block.right[i] + listen * soundOrSilence(side.right[i]);
    block.left[i] = core::select(listening, left, block.left[i]);
    block.right[i] = core::select(listening, right, block.right[i]);
  }
  listen_.passed(frames);
}

// True where the detector does not hear what goes through.
template <typename V>
bool GateStage<V>::fillKey(engine::QuadBlock<V>& side, const engine::QuadBlock<V>& block,
                           const engine::QuadBlock<V>* key, std::size_t frames) noexcept {
  bool keyed = false;
  if (key != nullptr) {
    for (std::size_t lane = 0; lane < lanes; ++lane) keyed = keyed || core::laneOf(keyed_, lane) != 0.0f;
  }
  if (!keyed && !filter_.runs() && !listens()) return false;
  const auto external = core::less(V(0.0f), keyed_);
  for (std::size_t i = 0; i < frames; ++i) {
    side.left[i] = keyed ? core::select(external, key->left[i], block.left[i]) : block.left[i];
    side.right[i] = keyed ? core::select(external, key->right[i], block.right[i]) : block.right[i];
  }
  filter_.process(side, frames);
  return true;
}

template <typename V>
template <bool moves>
void GateStage<V>::run(engine::QuadBlock<V>& block, const engine::QuadBlock<V>& side,
                       std::size_t frames) noexcept {
  V opens = opens_.target();
  V closes = closes_.target();
  V range = range_.target();
  V on = on_.target();
  const V attack = attack_;
  const V releaseKeeps = releaseKeeps_;
  const V hold = holdFrames_;
  V openFor = openFor_;
  V opening = opening_;
  V smallest = smallestGain_;
  V largest = largestSquare_;
  for (std::size_t i = 0; i < frames; ++i) {
    if constexpr (moves) {
      opens = opens_.next();
      closes = closes_.next();
      range = range_.next();
      on = on_.next();
    }
    const V l = side.left[i];
    const V r = side.right[i];
    const V square = core::min(core::max(l * l, r * r), V(loudest));
    largest = core::max(largest, square);
    const V line = core::select(core::less(V(0.0f), openFor), closes, opens);
    openFor = core::select(core::less(line, square), hold, core::max(openFor - V(1.0f), V(0.0f)));
    // It rises towards a little more than 1, so that it gets there.
    const V rising = core::min(opening + attack * (V(1.0003f) - opening), V(1.0f));
    const V falling = core::max(opening * releaseKeeps, V(closed));
    opening = core::select(core::less(V(0.0f), openFor), rising, falling);
    const V gain = (V(1.0f) - on) + on * (range + (V(1.0f) - range) * opening);
    smallest = core::min(smallest, gain);
    block.left[i] = block.left[i] * gain;
    block.right[i] = block.right[i] * gain;
  }
  if constexpr (moves) {
    for (Ramp* ramp : {&opens_, &closes_, &range_, &on_}) ramp->passed(frames);
  }
  openFor_ = openFor;
  opening_ = opening;
  smallestGain_ = smallest;
  largestSquare_ = largest;
}

template <typename V>
bool GateStage<V>::isAtRest() const noexcept {
  if (!filter_.atRest()) return false;
  for (std::size_t lane = 0; lane < lanes; ++lane) {
    if (!settled(lane) || isOpen(lane) || core::laneOf(opening_, lane) > closed) return false;
  }
  return true;
}

template <typename V>
void GateStage<V>::skip(std::size_t frames) noexcept {
  if (isIdle() || isAtRest()) {
    largestSquare_ = V(quietest);
    smallestGain_ = V(1.0f) + on_.target() * (range_.target() - V(1.0f));
    return;
  }
  engine::QuadBlock<V> block;
  for (std::size_t at = 0; at < frames; at += engine::quantumFrames) {
    const std::size_t count = std::min(engine::quantumFrames, frames - at);
    std::fill_n(block.left, count, V(0.0f));
    std::fill_n(block.right, count, V(0.0f));
    process(block, nullptr, count);
  }
}

template <typename V>
void GateStage<V>::copyLane(std::size_t to, const GateStage& other, std::size_t from) noexcept {
  values_[to] = other.values_[from];
  opens_.copyLane(to, other.opens_, from);
  closes_.copyLane(to, other.closes_, from);
  range_.copyLane(to, other.range_, from);
  on_.copyLane(to, other.on_, from);
  listen_.copyLane(to, other.listen_, from);
  copyLaneOf(attack_, to, other.attack_, from);
  copyLaneOf(releaseKeeps_, to, other.releaseKeeps_, from);
  copyLaneOf(holdFrames_, to, other.holdFrames_, from);
  copyLaneOf(keyed_, to, other.keyed_, from);
  copyLaneOf(openFor_, to, other.openFor_, from);
  copyLaneOf(opening_, to, other.opening_, from);
  copyLaneOf(smallestGain_, to, other.smallestGain_, from);
  copyLaneOf(largestSquare_, to, other.largestSquare_, from);
  filter_.copyLane(to, other.filter_, from);
}

template <typename V>
float GateStage<V>::reductionDb(std::size_t lane) const noexcept {
  const double gain = static_cast<double>(core::laneOf(smallestGain_, lane));
  return gain < 1.0 ? static_cast<float>(core::gainToDb(gain)) : 0.0f;
}

template <typename V>
float GateStage<V>::keyDb(std::size_t lane) const noexcept {
  return static_cast<float>(0.5 * core::gainToDb(static_cast<double>(core::laneOf(largestSquare_, lane))));
}

template <typename V>
std::int64_t GateStage<V>::settlingFrames(std::size_t lane) const noexcept {
  constexpr double exponents = 29.0;  // from open to closed
  const double ms = std::max(value(lane, GateParam::holdMs), leastHoldMs) +
                    exponents * value(lane, GateParam::releaseMs) + 1000.0;
  return static_cast<std::int64_t>(core::framesIn(ms, sampleRateHz_));
}

template class GateStage<float>;
template class GateStage<core::Float4>;

}  // namespace mixwell::dynamics
