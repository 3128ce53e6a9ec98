#include "dynamics/compressor_stage.h"

#include <algorithm>

#include "core/fast_log2.h"
#include "core/units.h"

namespace mixwell::dynamics {

namespace {

constexpr double powerDb = 3.010299956639812;      // a factor of 2 in power
constexpr double amplitudeDb = 6.020599913279624;  // a factor of 2 in amplitude
constexpr float quietest = 1e-13f;                 // square of the lowest level that is told apart
constexpr float loudest = 1e9f;                    // a NaN counts as this, too
constexpr double averagingMs = 5.0;

bool isZero(float x) noexcept {
  return x == 0.0f;
}

}  // namespace

template <typename V>
void CompressorStage<V>::takeMemory(const params::DeviceSpec& spec, core::Memory& memory) noexcept {
  constexpr const params::ParamInfo& lookahead =
      compressorParams[static_cast<std::size_t>(CompressorParam::lookaheadMs)];
  line_.takeMemory(core::framesIn(lookahead.max, spec.sampleRateHz), memory);
}

template <typename V>
void CompressorStage<V>::prepare(double sampleRateHz) noexcept {
  sampleRateHz_ = sampleRateHz;
  filter_.prepare(sampleRateHz);
  for (std::size_t lane = 0; lane < lanes; ++lane) {
    values_[lane].setDefaults();
    values_[lane].set(static_cast<std::size_t>(CompressorParam::on), 0.0);
    for (std::size_t i = 0; i < compressorParams.size(); ++i) {
      retune(lane, static_cast<CompressorParam>(i), 0);
    }
  }
  keyed_ = V(0.0f);
  resetAll();
}

template <typename V>
bool CompressorStage<V>::setParam(std::size_t lane, std::size_t index, double value,
                                  std::uint32_t glideFrames) noexcept {
  const bool wasOff = isOff(lane);
  if (!values_[lane].set(index, value)) return false;
  const auto which = static_cast<CompressorParam>(index);
  // An off lane may have stood still for any time: nobody hears it move, and it begins afresh.
  if (wasOff && which == CompressorParam::on) clearLane(lane);
  const bool heard = !wasOff || which == CompressorParam::on || which == CompressorParam::lookaheadMs;
  retune(lane, which, heard ? glideFrames : 0);
  return true;
}

template <typename V>
void CompressorStage<V>::retune(std::size_t lane, CompressorParam which, std::uint32_t glideFrames) noexcept {
  using enum CompressorParam;
  const auto glide = [&](Ramp& ramp, double target) {
    ramp.start(lane, static_cast<float>(target), glideFrames);
  };
  const double now = value(lane, which);
  switch (which) {
    case on:
      glide(listen_, now * value(lane, keyListen));
      [[fallthrough]];
    case mix:
      glide(amount_, value(lane, on) * value(lane, mix) * 0.01);
      break;
    case keyListen:
      glide(listen_, now * value(lane, on));
      break;
    case thresholdDb:
      glide(threshold_, now / powerDb);
      break;
    case ratio:
      glide(slope_, 1.0 - 1.0 / now);
      break;
    case kneeDb:
      glide(knee_, now / powerDb);
      break;
    case attackMs:
    case releaseMs:
      smoother_.setTimes(lane, value(lane, attackMs) * 0.001 * sampleRateHz_,
                         value(lane, releaseMs) * 0.001 * sampleRateHz_, sampleRateHz_);
      break;
    case lookaheadMs:
      line_.setDelay(lane, core::framesIn(now, sampleRateHz_), glideFrames);
      break;
    case detector:
      core::setLane(averaging_, lane,
                    isZero(static_cast<float>(now))
                        ? 1.0f
                        : static_cast<float>(smoothingPart(averagingMs * 0.001 * sampleRateHz_)));
      core::setLane(levelOffset_, lane, static_cast<float>(now));
      break;
    case stereoLink:
      if (now < 100.0 && isZero(core::laneOf(unlinked_, lane))) {
        core::setLane(unlinked_, lane, 1.0f);
        for (V& average : sideAverage_) copyLaneOf(average, lane, average_, lane);
        paths_[1].copyLane(lane, paths_[0], lane);
      }
      glide(link_, now * 0.01);
      break;
    case keyLowCutHz:
      filter_.setLowCut(lane, now, glideFrames);
      break;
    case keyHighCutHz:
      filter_.setHighCut(lane, now, glideFrames);
      break;
    case makeupDb:
    case autoMakeup:
      break;
  }
  if (which == makeupDb || which == autoMakeup || which == thresholdDb || which == ratio || which == kneeDb) {
    glide(makeup_, static_cast<double>(makeupOf(lane)) / amplitudeDb);
  }
}

template <typename V>
float CompressorStage<V>::makeupOf(std::size_t lane) const noexcept {
  using enum CompressorParam;
  double db = value(lane, makeupDb);
  if (value(lane, autoMakeup) != 0.0) {
    const double knee = value(lane, kneeDb);
    const double above = 0.5 * knee - value(lane, thresholdDb);  // full scale above the start of the knee
    const double curved = above < knee ? 0.5 * above * above / knee : above - 0.5 * knee;
    db += 0.5 * (1.0 - 1.0 / value(lane, ratio)) * curved;
  }
  return static_cast<float>(db);
}

template <typename V>
void CompressorStage<V>::setKeyed(std::size_t lane, bool external) noexcept {
  core::setLane(keyed_, lane, external ? 1.0f : 0.0f);
}

template <typename V>
void CompressorStage<V>::clearLane(std::size_t lane) noexcept {
  for (ReductionPath<V>& path : paths_) path.clear(lane);
  core::setLane(average_, lane, quietest);
  for (V& average : sideAverage_) core::setLane(average, lane, quietest);
  core::setLane(unlinked_, lane, value(lane, CompressorParam::stereoLink) < 100.0 ? 1.0f : 0.0f);
  smoother_.reset(lane);
  filter_.reset(lane);
}

template <typename V>
void CompressorStage<V>::reset(std::size_t lane) noexcept {
  for (Ramp* ramp : {&threshold_, &knee_, &slope_, &makeup_, &amount_, &link_, &listen_}) {
    finishLane(*ramp, lane);
  }
  clearLane(lane);
  line_.reset(lane);
  core::setLane(largestReduction_, lane, 0.0f);
  core::setLane(largestLevel_, lane, quietest);
}

template <typename V>
void CompressorStage<V>::resetAll() noexcept {
  for (std::size_t lane = 0; lane < lanes; ++lane) reset(lane);
}

template <typename V>
bool CompressorStage<V>::isOff(std::size_t lane) const noexcept {
  return value(lane, CompressorParam::on) == 0.0 && amount_.settled(lane) && settled(lane);
}

template <typename V>
bool CompressorStage<V>::settled(std::size_t lane) const noexcept {
  return threshold_.settled(lane) && knee_.settled(lane) && slope_.settled(lane) && makeup_.settled(lane) &&
         link_.settled(lane) && listen_.settled(lane) && filter_.settled(lane);
}

template <typename V>
bool CompressorStage<V>::isIdle(std::size_t lane) const noexcept {
  return isOff(lane) && line_.isIdle(lane);
}

template <typename V>
bool CompressorStage<V>::isIdle() const noexcept {
  for (std::size_t lane = 0; lane < lanes; ++lane) {
    if (!isIdle(lane)) return false;
  }
  return true;
}

template <typename V>
bool CompressorStage<V>::hasUnlinked() const noexcept {
  for (std::size_t lane = 0; lane < lanes; ++lane) {
    if (!isZero(core::laneOf(unlinked_, lane))) return true;
  }
  return false;
}

template <typename V>
bool CompressorStage<V>::averages() const noexcept {
  for (std::size_t lane = 0; lane < lanes; ++lane) {
    if (core::laneOf(averaging_, lane) != 1.0f) return true;
  }
  return false;
}

template <typename V>
bool CompressorStage<V>::listens() const noexcept {
  for (std::size_t lane = 0; lane < lanes; ++lane) {
    if (!listen_.settled(lane) || !isZero(listen_.target(lane))) return true;
  }
  return false;
}

template <typename V>
void CompressorStage<V>::process(engine::QuadBlock<V>& block, const engine::QuadBlock<V>* key,
                                 std::size_t frames) noexcept {
  work(block, key, frames, false);
}

template <typename V>
void CompressorStage<V>::work(engine::QuadBlock<V>& block, const engine::QuadBlock<V>* key,
                              std::size_t frames, bool silent) noexcept {
  bool off = true;
  for (std::size_t lane = 0; lane < lanes; ++lane) off = off && isOff(lane);
  largestReduction_ = V(0.0f);
  largestLevel_ = V(quietest);
  if (!off) {
    run(block, key, frames, silent);
  } else if (line_.runs()) {
    line_.process(block, frames, silent);
  }
}

template <typename V>
void CompressorStage<V>::run(engine::QuadBlock<V>& block, const engine::QuadBlock<V>* key, std::size_t frames,
                             bool silent) noexcept {
  engine::QuadBlock<V> side;
  const bool ownSide = fillKey(side, block, key, frames);
  const engine::QuadBlock<V>& heard = ownSide ? side : block;
  V left[engine::quantumFrames];
  V right[engine::quantumFrames];
  const bool unlinked = hasUnlinked();
  if (unlinked) {
    askUnlinked(heard, left, right, frames);
    const V largest = smoother_.smooth(paths_[1], right, frames);
    largestReduction_ = core::select(core::less(V(0.0f), unlinked_), largest, V(0.0f));
  } else if (threshold_.settled() && knee_.settled() && slope_.settled()) {
    // Where all lanes listen to peaks there is nothing to average, to the bit.
    if (averages()) {
      askLinked<false, true>(heard, left, frames);
    } else {
      askLinked<false, false>(heard, left, frames);
    }
  } else {
    askLinked<true, true>(heard, left, frames);
  }
  if (!unlinked && !listens() && makeup_.settled() && amount_.settled()) {
    if (line_.runs()) line_.process(block, frames, silent);
    largestReduction_ = smoothAndApply(block, left, frames);
    smoother_.passed(frames);
    return;
  }
  largestReduction_ = core::max(largestReduction_, smoother_.smooth(paths_[0], left, frames));
  smoother_.passed(frames);
  if (line_.runs()) line_.process(block, frames, silent);
  applyEach(block, heard, left, unlinked ? right : left, frames);
}

// True where the detector does not hear what goes through.
template <typename V>
bool CompressorStage<V>::fillKey(engine::QuadBlock<V>& side, const engine::QuadBlock<V>& block,
                                 const engine::QuadBlock<V>* key, std::size_t frames) noexcept {
  bool keyed = false;
  if (key != nullptr) {
    for (std::size_t lane = 0; lane < lanes; ++lane) keyed = keyed || !isZero(core::laneOf(keyed_, lane));
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

namespace {

template <typename V>
V heldSquare(V squares) noexcept {
  return core::max(core::min(squares, V(loudest)), V(quietest));
}

}  // namespace

template <typename V>
template <bool moves, bool averages>
void CompressorStage<V>::askLinked(const engine::QuadBlock<V>& side, V* asked, std::size_t frames) noexcept {
  StaticCurve<V> curve(threshold_.target(), knee_.target(), slope_.target());
  const V averaging = averaging_;
  const V keeping = V(1.0f) - averaging;
  const V offset = levelOffset_;
  V average = average_;
  V largest = largestLevel_;
  for (std::size_t i = 0; i < frames; ++i) {
    const V l = side.left[i];
    const V r = side.right[i];
    const V square = heldSquare(core::max(l * l, r * r));
    average = averages ? keeping * average + averaging * square : square;
    largest = core::max(largest, average);
    if constexpr (moves) curve = StaticCurve<V>(threshold_.next(), knee_.next(), slope_.next());
    asked[i] = curve.reductionAt(core::fastLog2(average) + offset);
  }
  average_ = average;
  largestLevel_ = largest;
  if constexpr (moves) {
    for (Ramp* ramp : {&threshold_, &knee_, &slope_}) ramp->passed(frames);
  }
}

template <typename V>
void CompressorStage<V>::askUnlinked(const engine::QuadBlock<V>& side, V* askedLeft, V* askedRight,
                                     std::size_t frames) noexcept {
  const auto unlinked = core::less(V(0.0f), unlinked_);
  const V averaging = averaging_;
  const V keeping = V(1.0f) - averaging;
  for (std::size_t i = 0; i < frames; ++i) {
    const V l = side.left[i];
    const V r = side.right[i];
    average_ = keeping * average_ + averaging * heldSquare(core::max(l * l, r * r));
    sideAverage_[0] = keeping * sideAverage_[0] + averaging * heldSquare(l * l);
    sideAverage_[1] = keeping * sideAverage_[1] + averaging * heldSquare(r * r);
    largestLevel_ = core::max(largestLevel_, average_);
    const StaticCurve<V> curve(threshold_.next(), knee_.next(), slope_.next());
    const V link = link_.next();
    const V both = core::fastLog2(average_);
    const V shared = link * both;
    const V levelLeft = (V(1.0f) - link) * core::fastLog2(sideAverage_[0]) + shared;
    const V levelRight = (V(1.0f) - link) * core::fastLog2(sideAverage_[1]) + shared;
    askedLeft[i] = curve.reductionAt(core::select(unlinked, levelLeft, both) + levelOffset_);
    askedRight[i] = curve.reductionAt(core::select(unlinked, levelRight, both) + levelOffset_);
  }
  for (Ramp* ramp : {&threshold_, &knee_, &slope_, &link_}) ramp->passed(frames);
}

template <typename V>
V CompressorStage<V>::smoothAndApply(engine::QuadBlock<V>& block, const V* asked,
                                     std::size_t frames) noexcept {
  const V makeup = makeup_.target();
  const V amount = amount_.target();
  const V dry = V(1.0f) - amount;
  return smoother_.smooth(paths_[0], asked, frames, [&](std::size_t i, V reduction) {
    const V wet = core::fastExp2(makeup - V(0.5f) * reduction);
    const V gain = dry + amount * wet;
    block.left[i] = block.left[i] * gain;
    block.right[i] = block.right[i] * gain;
  });
}

template <typename V>
void CompressorStage<V>::applyEach(engine::QuadBlock<V>& block, const engine::QuadBlock<V>& side,
                                   const V* left, const V* right, std::size_t frames) noexcept {
  const auto unlinked = core::less(V(0.0f), unlinked_);
  for (std::size_t i = 0; i < frames; ++i) {
    const V makeup = makeup_.next();
    const V amount = amount_.next();
    const V listen = listen_.next();
    const auto listening = core::less(V(0.0f), listen);
    const V wetLeft = core::fastExp2(makeup - V(0.5f) * left[i]);
    const V wetRight = core::select(unlinked, core::fastExp2(makeup - V(0.5f) * right[i]), wetLeft);
    const V outLeft = block.left[i] * ((V(1.0f) - amount) + amount * wetLeft);
    const V outRight = block.right[i] * ((V(1.0f) - amount) + amount * wetRight);
    const V mixedLeft = (V(1.0f) - listen) * outLeft + listen * soundOrSilence(side.left[i]);
    const V mixedRight = (V(1.0f) - listen) * outRight + listen * soundOrSilence(side.right[i]);
    block.left[i] = core::select(listening, mixedLeft, outLeft);
    block.right[i] = core::select(listening, mixedRight, outRight);
  }
  for (Ramp* ramp : {&makeup_, &amount_, &listen_}) ramp->passed(frames);
}

template <typename V>
bool CompressorStage<V>::isAtRest() const noexcept {
  if (!filter_.atRest() || !line_.isSilent()) return false;
  for (std::size_t lane = 0; lane < lanes; ++lane) {
    if (!amount_.settled(lane) || !settled(lane)) return false;
    if (!paths_[0].atRest(lane) || !paths_[1].atRest(lane)) return false;
    for (const V* average : {&average_, &sideAverage_[0], &sideAverage_[1]}) {
      if (core::laneOf(*average, lane) > 1.1f * quietest) return false;
    }
  }
  return true;
}

template <typename V>
void CompressorStage<V>::skip(std::size_t frames) noexcept {
  largestReduction_ = V(0.0f);
  largestLevel_ = V(quietest);
  if (isIdle()) return;
  if (isAtRest()) {
    smoother_.passed(frames);
    return;
  }
  engine::QuadBlock<V> block;
  for (std::size_t at = 0; at < frames; at += engine::quantumFrames) {
    const std::size_t count = std::min(engine::quantumFrames, frames - at);
    std::fill_n(block.left, count, V(0.0f));
    std::fill_n(block.right, count, V(0.0f));
    work(block, nullptr, count, true);
  }
}

template <typename V>
void CompressorStage<V>::copyLane(std::size_t to, const CompressorStage& other, std::size_t from) noexcept {
  values_[to] = other.values_[from];
  threshold_.copyLane(to, other.threshold_, from);
  knee_.copyLane(to, other.knee_, from);
  slope_.copyLane(to, other.slope_, from);
  makeup_.copyLane(to, other.makeup_, from);
  amount_.copyLane(to, other.amount_, from);
  link_.copyLane(to, other.link_, from);
  listen_.copyLane(to, other.listen_, from);
  copyLaneOf(averaging_, to, other.averaging_, from);
  copyLaneOf(levelOffset_, to, other.levelOffset_, from);
  copyLaneOf(keyed_, to, other.keyed_, from);
  copyLaneOf(unlinked_, to, other.unlinked_, from);
  copyLaneOf(average_, to, other.average_, from);
  for (std::size_t side = 0; side < 2; ++side) {
    copyLaneOf(sideAverage_[side], to, other.sideAverage_[side], from);
    paths_[side].copyLane(to, other.paths_[side], from);
  }
  smoother_.copyLane(to, other.smoother_, from);
  copyLaneOf(largestReduction_, to, other.largestReduction_, from);
  copyLaneOf(largestLevel_, to, other.largestLevel_, from);
  filter_.copyLane(to, other.filter_, from);
  line_.copyLane(to, other.line_, from);
}

template <typename V>
float CompressorStage<V>::reductionDb(std::size_t lane) const noexcept {
  const float reduction = core::laneOf(largestReduction_, lane);
  return reduction > 1e-6f && value(lane, CompressorParam::on) != 0.0
             ? -static_cast<float>(powerDb) * reduction
             : 0.0f;
}

template <typename V>
float CompressorStage<V>::keyDb(std::size_t lane) const noexcept {
  const double level = core::log2(static_cast<double>(core::laneOf(largestLevel_, lane)));
  return static_cast<float>(powerDb * (level + static_cast<double>(core::laneOf(levelOffset_, lane))));
}

template <typename V>
float CompressorStage<V>::makeupDb(std::size_t lane) const noexcept {
  return makeupOf(lane);
}

template <typename V>
std::int64_t CompressorStage<V>::settlingFrames(std::size_t lane) const noexcept {
  constexpr double exponents = 32.0;  // from the largest reduction to the least
  const double ms = value(lane, CompressorParam::releaseMs) + 2.0 * averagingMs +
                    3.0 * ReductionSmoother<V>::longestStretchMs;
  return static_cast<std::int64_t>(line_.delay(lane)) +
         static_cast<std::int64_t>(core::framesIn(exponents * ms, sampleRateHz_));
}

template class CompressorStage<float>;
template class CompressorStage<core::Float4>;

}  // namespace mixwell::dynamics
