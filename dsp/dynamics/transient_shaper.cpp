#include "dynamics/transient_shaper.h"

#include "core/fast_log2.h"
#include "core/units.h"
#include "dynamics/block_peak.h"
#include "dynamics/smoothing.h"

namespace mixwell::dynamics {

namespace {

constexpr std::array<params::ReadoutInfo, 3> readoutInfos = {{
    {.id = "gainDb", .unit = "dB"},
    {.id = "inputDb", .unit = "dB"},
    {.id = "outputDb", .unit = "dB"},
}};

constexpr double amplitudeDb = 6.020599913279624;
constexpr float floorSquare = 1e-8f;       // -80 dB
constexpr float floorLevel = -26.575425f;  // its logarithm
constexpr float loudest = 1e9f;            // a NaN counts as this, too
constexpr float fullEffect = 3.0f;         // 9 dB
constexpr double crestMs = 10.5;
constexpr double quickMs = 0.3;
constexpr double slowFalls = 8.0;  // times the speed
constexpr double guardMs = 80.0;
constexpr float guardCeiling = 0.9999f;

}  // namespace

const params::DeviceTable& TransientShaper::description() noexcept {
  static constexpr params::DeviceTable table{
      .id = "transient", .name = "Transient", .params = transientParams, .readouts = readoutInfos};
  return table;
}

void TransientShaper::takeMemory(const params::DeviceSpec& spec, core::Memory& memory) noexcept {
  crest_.takeMemory(core::framesIn(crestMs, spec.sampleRateHz), memory);
}

void TransientShaper::prepare(const params::DeviceSpec& spec) noexcept {
  sampleRateHz_ = spec.sampleRateHz;
  values_.setDefaults();
  guardKeeps_ = static_cast<float>(1.0 - smoothingPart(guardMs * 0.001 * sampleRateHz_));
  for (std::size_t i = 0; i < transientParams.size(); ++i) retune(static_cast<TransientParam>(i), 0);
  reset();
}

void TransientShaper::reset() noexcept {
  for (Ramp* ramp : {&attack_, &sustain_, &output_, &mix_, &guard_}) ramp->start(0, ramp->target(0), 0);
  crest_.reset(core::framesIn(crestMs, sampleRateHz_));
  for (Follower* follower : {&quick_, &slowToRise_, &slowToFall_}) follower->level = 0.0f;
  guarded_ = 0.0f;
  readouts_ = {};
}

bool TransientShaper::setParam(std::size_t index, double value, std::uint32_t glideFrames) noexcept {
  if (!values_.set(index, value)) return false;
  retune(static_cast<TransientParam>(index), glideFrames);
  return true;
}

void TransientShaper::retune(TransientParam which, std::uint32_t glideFrames) noexcept {
  const double now = values_[which];
  const auto glide = [&](Ramp& ramp, double target) {
    ramp.start(0, static_cast<float>(target), glideFrames);
  };
  switch (which) {
    case TransientParam::attackDb:
      glide(attack_, now / amplitudeDb);
      break;
    case TransientParam::sustainDb:
      glide(sustain_, now / amplitudeDb);
      break;
    case TransientParam::speedMs:
      retuneSpeed();
      break;
    case TransientParam::outputDb:
      glide(output_, core::dbToGain(now));
      break;
    case TransientParam::mix:
      glide(mix_, 0.01 * now);
      break;
    case TransientParam::guardClips:
      glide(guard_, now);
      break;
  }
}

void TransientShaper::retuneSpeed() noexcept {
  const double perMs = 0.001 * sampleRateHz_;
  const double speed = values_[TransientParam::speedMs] * perMs;
  const auto quick = static_cast<float>(smoothingPart(quickMs * perMs));
  const auto slow = static_cast<float>(smoothingPart(speed));
  const auto slowest = static_cast<float>(smoothingPart(slowFalls * speed));
  quick_.rises = slowToFall_.rises = quick;
  slowToRise_.rises = slow;
  quick_.falls = slowToRise_.falls = slow;
  slowToFall_.falls = slowest;
}

void TransientShaper::Follower::follow(float goal) noexcept {
  const float next = level + (goal > level ? rises : falls) * (goal - level);
  level = next < 1e-9f ? 0.0f : next;
}

float TransientShaper::shapeFor(float left, float right) noexcept {
  const float square = core::max(core::min(core::max(left * left, right * right), loudest), floorSquare);
  const float above = core::max(core::fastLog2(square) - floorLevel, 0.0f);
  const float crest = crest_.next(above);
  for (Follower* follower : {&quick_, &slowToRise_, &slowToFall_}) follower->follow(crest);
  const auto part = [](float difference) {
    return core::min(core::max(difference * (1.0f / fullEffect), 0.0f), 1.0f);
  };
  return attack_.next() * part(quick_.level - slowToRise_.level) +
         sustain_.next() * part(slowToFall_.level - quick_.level);
}

std::int64_t TransientShaper::tailFrames() const noexcept {
  constexpr double exponents = 26.0;  // from the loudest to nothing
  return core::framesIn(exponents * slowFalls * values_[TransientParam::speedMs] + crestMs, sampleRateHz_);
}

void TransientShaper::process(float* left, float* right, std::size_t frames,
                              const params::BlockContext& /*context*/) noexcept {
  BlockPeak in;
  BlockPeak out;
  float furthest = 0.0f;
  for (std::size_t i = 0; i < frames; ++i) {
    in.take(left[i], right[i]);
    const float shape = shapeFor(left[i], right[i]);
    if (core::abs(shape) > core::abs(furthest)) furthest = shape;
    const float mix = mix_.next();
    float gain = output_.next() * ((1.0f - mix) + mix * core::fastExp2(shape));
    const float guard = guard_.next();
    const float peak = core::max(core::abs(left[i]), core::abs(right[i]));
    guarded_ = core::max(peak, core::max(guarded_ * guardKeeps_, 1e-6f));
    guarded_ = guarded_ < 1e6f ? guarded_ : 1.0f;
    if (guard > 0.0f && gain * guarded_ > guardCeiling) {
      gain = gain + guard * (guardCeiling / guarded_ - gain);
    }
    left[i] *= gain;
    right[i] *= gain;
    out.take(left[i], right[i]);
  }
  for (Ramp* ramp : {&attack_, &sustain_, &output_, &mix_, &guard_}) ramp->passed(frames);
  readouts_ = {6.0206f * furthest, in.db(), out.db()};
}

}  // namespace mixwell::dynamics
