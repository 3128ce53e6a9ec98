#include "dynamics/deesser.h"

#include <algorithm>
#include <cmath>

#include "core/fast_log2.h"
#include "core/units.h"
#include "dynamics/block_peak.h"

namespace mixwell::dynamics {

namespace {

constexpr std::array<params::ReadoutInfo, 4> readoutInfos = {{
    {.id = "reductionDb", .unit = "dB"},
    {.id = "inputDb", .unit = "dB"},
    {.id = "outputDb", .unit = "dB"},
    {.id = "bandDb", .unit = "dB"},
}};

constexpr double powerDb = 3.010299956639812;  // a factor of 2 in power
constexpr float quietest = 1e-13f;             // square of the lowest level that is told apart
constexpr float silence = -43.2f;              // its logarithm
constexpr float loudest = 1e9f;                // a NaN counts as this, too
constexpr float slopeOfCurve = 0.8f;
constexpr float knee = 2.0f;  // 6 dB
constexpr double narrowest = 1.1;

float flushed(float x) noexcept {
  return core::abs(x) < 1e-15f ? 0.0f : x;
}

}  // namespace

const params::DeviceTable& Deesser::description() noexcept {
  static constexpr params::DeviceTable table{
      .id = "deesser", .name = "De-esser", .params = deesserParams, .readouts = readoutInfos};
  return table;
}

void Deesser::prepare(const params::DeviceSpec& spec) noexcept {
  sampleRateHz_ = spec.sampleRateHz;
  values_.setDefaults();
  first_.prepare(sampleRateHz_);
  second_.prepare(sampleRateHz_);
  for (std::size_t i = 0; i < deesserParams.size(); ++i) retune(static_cast<DeesserParam>(i), 0);
  reset();
}

void Deesser::reset() noexcept {
  for (Ramp* ramp : {&threshold_, &most_, &loss_, &slope_, &damping_, &whole_, &listen_})
    finishLane(*ramp, 0);
  first_.reset(0);
  second_.reset(0);
  smoother_.reset(0);
  path_.clear(0);
  left_ = right_ = {};
  readouts_ = {};
}

bool Deesser::setParam(std::size_t index, double value, std::uint32_t glideFrames) noexcept {
  if (!values_.set(index, value)) return false;
  retune(static_cast<DeesserParam>(index), glideFrames);
  return true;
}

void Deesser::retune(DeesserParam which, std::uint32_t glideFrames) noexcept {
  const double now = values_[which];
  const auto glide = [&](Ramp& ramp, double target) {
    ramp.start(0, static_cast<float>(target), glideFrames);
  };
  switch (which) {
    case DeesserParam::thresholdDb:
      glide(threshold_, now / powerDb);
      break;
    case DeesserParam::maxReductionDb:
      glide(most_, -now / powerDb);
      break;
    case DeesserParam::lowHz:
    case DeesserParam::highHz:
      retuneBand(glideFrames);
      break;
    case DeesserParam::attackMs:
    case DeesserParam::releaseMs:
      smoother_.setTimes(0, values_[DeesserParam::attackMs] * 0.001 * sampleRateHz_,
                         values_[DeesserParam::releaseMs] * 0.001 * sampleRateHz_, sampleRateHz_);
      break;
    case DeesserParam::action:
      glide(whole_, now);
      break;
    case DeesserParam::listen:
      glide(listen_, now);
      break;
  }
}

void Deesser::retuneBand(std::uint32_t glideFrames) noexcept {
  const double highest = 0.45 * sampleRateHz_;
  const double low = std::min(values_[DeesserParam::lowHz], highest / narrowest);
  const double high = std::min(std::max(values_[DeesserParam::highHz], narrowest * low), highest);
  const auto slopeAt = [&](double hz) {
    const double angle = core::pi * hz / sampleRateHz_;
    return core::sin(angle) / core::cos(angle);
  };
  const double middle = std::sqrt(slopeAt(low) * slopeAt(high));
  slope_.start(0, static_cast<float>(middle), glideFrames);
  damping_.start(0, static_cast<float>((slopeAt(high) - slopeAt(low)) / middle), glideFrames);
  // What four filters of second order leave in the middle of the band.
  const double edges = slopeAt(low) / slopeAt(high);
  const double filters = high < KeyFilter<float>::highestHz ? 4.0 : 2.0;
  loss_.start(0, static_cast<float>(filters * core::log2(1.0 + edges * edges)), glideFrames);
  for (KeyFilter<float>* filter : {&first_, &second_}) {
    filter->setLowCut(0, low, glideFrames);
    filter->setHighCut(0, high, glideFrames);
  }
}

Deesser::BandPass Deesser::bandPass(float slope, float damping) const noexcept {
  const float a1 = 1.0f / (1.0f + slope * (slope + damping));
  return {damping, a1, slope * a1, slope * slope * a1};
}

float Deesser::BandPass::next(State& state, float in) const noexcept {
  const float v3 = soundOrSilence(in) - state.second;
  const float v1 = a1 * state.first + a2 * v3;
  const float v2 = state.second + (a2 * state.first + a3 * v3);
  state.first = flushed(2.0f * v1 - state.first);
  state.second = flushed(2.0f * v2 - state.second);
  return damping * v1;
}

float Deesser::ask(const float* left, const float* right, float* asked, std::size_t frames) noexcept {
  engine::QuadBlock<float> band;
  std::copy_n(left, frames, band.left);
  std::copy_n(right, frames, band.right);
  first_.process(band, frames);
  second_.process(band, frames);
  float largest = silence;
  for (std::size_t i = 0; i < frames; ++i) {
    const float l = band.left[i];
    const float r = band.right[i];
    const float square = core::max(core::min(core::max(l * l, r * r), loudest), quietest);
    const float level = core::fastLog2(square) + loss_.next();
    largest = core::max(largest, level);
    const StaticCurve<float> curve(threshold_.next(), knee, slopeOfCurve);
    const float most = core::max(most_.next(), leastReduction);
    asked[i] = core::min(curve.reductionAt(level), most);
  }
  loss_.passed(frames);
  threshold_.passed(frames);
  most_.passed(frames);
  return largest;
}

void Deesser::apply(float* left, float* right, const float* reduction, std::size_t frames) noexcept {
  const bool moves = !slope_.settled() || !damping_.settled();
  BandPass filter = bandPass(slope_.target(), damping_.target());
  for (std::size_t i = 0; i < frames; ++i) {
    if (moves) filter = bandPass(slope_.next(), damping_.next());
    const float taken = 1.0f - core::fastExp2(-0.5f * reduction[i]);
    const float whole = whole_.next();
    const float listen = listen_.next();
    const auto side = [&](float& sample, State& state) {
      const float band = filter.next(state, sample);
      const float removed = taken * (band + whole * (soundOrSilence(sample) - band));
      const float rest = sample - removed;
      sample = listen > 0.0f ? (1.0f - listen) * rest + listen * removed : rest;
    };
    side(left[i], left_);
    side(right[i], right_);
  }
  for (Ramp* ramp : {&slope_, &damping_, &whole_, &listen_}) ramp->passed(frames);
}

std::int64_t Deesser::tailFrames() const noexcept {
  constexpr double exponents = 32.0;  // from the largest reduction to the least
  return core::framesIn(exponents * values_[DeesserParam::releaseMs] + 1000.0, sampleRateHz_);
}

void Deesser::process(float* left, float* right, std::size_t frames,
                      const params::BlockContext& /*context*/) noexcept {
  BlockPeak in;
  BlockPeak out;
  float band = silence;
  float largest = 0.0f;
  for (std::size_t at = 0; at < frames; at += engine::quantumFrames) {
    const std::size_t count = std::min(engine::quantumFrames, frames - at);
    float reduction[engine::quantumFrames];
    for (std::size_t i = at; i < at + count; ++i) in.take(left[i], right[i]);
    band = core::max(band, ask(left + at, right + at, reduction, count));
    largest = core::max(largest, smoother_.smooth(path_, reduction, count));
    smoother_.passed(count);
    apply(left + at, right + at, reduction, count);
    for (std::size_t i = at; i < at + count; ++i) out.take(left[i], right[i]);
  }
  readouts_ = {largest > 1e-6f ? -static_cast<float>(powerDb) * largest : 0.0f, in.db(), out.db(),
               static_cast<float>(powerDb) * band};
}

}  // namespace mixwell::dynamics
