#include "mastering/multiband.h"

#include "core/fast_log2.h"
#include "core/math.h"

namespace mixwell::mastering {

namespace {

using Param = MultibandBandParam;
using core::Float4;

constexpr std::uint32_t flushMask = 31;
constexpr float quietestLevel = 1e-6f;  // below it nothing is compressed
constexpr float loudestLevel = 1e6f;
constexpr float leastReductionDb = 1e-7f;
constexpr float doubledDb = 6.0205999f;

double keptAFrame(double milliseconds, double sampleRateHz) noexcept {
  return core::exp2(-1.4426950408889634 / (milliseconds * 0.001 * sampleRateHz));
}

}  // namespace

const params::DeviceTable& Multiband::description() noexcept {
  static constexpr params::DeviceTable table{
      .id = "multiband", .name = "Multiband", .params = multibandParams, .readouts = multibandReadouts};
  return table;
}

void Multiband::prepare(const params::DeviceSpec& spec) noexcept {
  sampleRateHz_ = spec.sampleRateHz;
  for (std::size_t i = 0; i < values_.size(); ++i) values_[i] = multibandParams[i].defaultValue;
  reset();
}

void Multiband::reset() noexcept {
  retarget(0);
  advance();
  split_.clear();
  heldDb_ = smoothDb_ = Float4(0.0f);
  frame_ = 0;
  readouts_ = {};
}

bool Multiband::setParam(std::size_t index, double value, std::uint32_t glideFrames) noexcept {
  if (index >= values_.size()) return false;
  const auto accepted = multibandParams[index].accepted(value);
  if (!accepted) return false;
  values_[index] = *accepted;
  retarget(glideFrames);
  if (settled()) advance();
  return true;
}

void Multiband::retarget(std::uint32_t frames) noexcept {
  bool anySolo = false;
  for (std::size_t band = 0; band < multibandBands; ++band) anySolo |= value(band, Param::solo) != 0.0;
  const auto start = [frames](Ramp& ramp, std::size_t band, double target) {
    ramp.start(band, static_cast<float>(target), frames);
  };
  for (std::size_t band = 0; band < multibandBands; ++band) {
    start(settings_.thresholdDb, band, value(band, Param::thresholdDb));
    start(settings_.slope, band, 1.0 / value(band, Param::ratio) - 1.0);
    start(settings_.halfKneeDb, band, 0.5 * value(band, Param::kneeDb));
    start(settings_.gain, band, core::dbToGain(value(band, Param::gainDb)));
    start(settings_.active, band, value(band, Param::bypass) != 0.0 ? 0.0 : 1.0);
    start(settings_.heard, band, anySolo && value(band, Param::solo) == 0.0 ? 0.0 : 1.0);
    attack_.setLane(band, static_cast<float>(keptAFrame(value(band, Param::attackMs), sampleRateHz_)));
    release_.setLane(band, static_cast<float>(keptAFrame(value(band, Param::releaseMs), sampleRateHz_)));
  }
  mix_.start(0, static_cast<float>(0.01 * values_[multibandMixParam]), frames);
  const std::array corners = filters::inOrder(values_[0], values_[1], values_[2]);
  for (std::size_t i = 0; i < corners.size(); ++i) {
    crossovers_[i].start(filters::cornerOf(corners[i], sampleRateHz_), frames);
  }
}

bool Multiband::settled() const noexcept {
  return settings_.thresholdDb.settled() && settings_.slope.settled() && settings_.halfKneeDb.settled() &&
         settings_.gain.settled() && settings_.active.settled() && settings_.heard.settled() &&
         mix_.settled();
}

void Multiband::advance() noexcept {
  now_.thresholdDb = settings_.thresholdDb.next();
  now_.slope = settings_.slope.next();
  now_.halfKneeDb = settings_.halfKneeDb.next();
  now_.gain = settings_.gain.next();
  now_.active = settings_.active.next();
  now_.heard = settings_.heard.next();
  now_.mix = Float4(mix_.next());
}

void Multiband::passed(std::size_t frames) noexcept {
  for (Ramp* ramp : {&settings_.thresholdDb, &settings_.slope, &settings_.halfKneeDb, &settings_.gain,
                     &settings_.active, &settings_.heard}) {
    ramp->passed(frames);
  }
  mix_.passed(frames);
  for (filters::GlidingShape& shape : crossovers_) shape.passed(frames);
}

// A level is that of the louder side, a lane a band.
Float4 Multiband::gainsAt(Float4 levels) noexcept {
  const Float4 nothing(0.0f);
  const Float4 heard = core::min(core::max(levels, Float4(quietestLevel)), Float4(loudestLevel));
  const Float4 overDb = Float4(doubledDb) * core::fastLog2(heard) - now_.thresholdDb;
  const Float4 intoKnee = overDb + now_.halfKneeDb;
  const Float4 kneeDb = now_.halfKneeDb + now_.halfKneeDb;
  const Float4 curved = core::min(core::max(intoKnee, nothing), kneeDb);
  const Float4 straight = core::max(intoKnee - kneeDb, nothing);
  const Float4 share = curved / core::max(kneeDb + kneeDb, Float4(1e-6f));
  const Float4 over =
      core::select(core::less(Float4(quietestLevel), levels), curved * share + straight, 0.0f);
  const Float4 wantedDb = core::max(nothing - now_.slope * over, nothing);
  heldDb_ = core::max(wantedDb, release_ * heldDb_);
  smoothDb_ = heldDb_ + attack_ * (smoothDb_ - heldDb_);
  const Float4 processed = now_.gain * core::fastExp2(Float4(-1.0f / doubledDb) * smoothDb_);
  return now_.heard * (Float4(1.0f) + now_.mix * now_.active * (processed - Float4(1.0f)));
}

void Multiband::flush() noexcept {
  split_.flush();
  const Float4 least(leastReductionDb);
  heldDb_ = core::select(core::less(heldDb_, least), 0.0f, heldDb_);
  smoothDb_ = core::select(core::less(smoothDb_, least), 0.0f, smoothDb_);
}

void Multiband::process(float* left, float* right, std::size_t frames,
                        const params::BlockContext& /*context*/) noexcept {
  const bool moving = !settled();
  Float4 deepestDb(0.0f);
  for (std::size_t i = 0; i < frames; ++i) {
    if ((frame_++ & flushMask) == 0) flush();
    if (moving) advance();
    const filters::SvfShape& lower = crossovers_[0].next();
    const filters::SvfShape& middle = crossovers_[1].next();
    const filters::SvfShape& upper = crossovers_[2].next();
    const auto bands =
        split_.process(lower, middle, upper, {filters::sane(left[i]), filters::sane(right[i])});
    Float4 lefts = core::narrowed(bands[0], bands[1]);
    Float4 rights = core::narrowed(bands[2], bands[3]);
    core::deinterleave(lefts, rights);
    float gains[multibandBands];
    gainsAt(core::max(core::abs(lefts), core::abs(rights))).store(gains);
    deepestDb = core::max(smoothDb_, deepestDb);
    core::Double2 sum(0.0);
    for (std::size_t band = 0; band < multibandBands; ++band) {
      sum = sum + core::Double2(static_cast<double>(gains[band])) * bands[band];
    }
    double sums[2];
    sum.store(sums);
    left[i] = static_cast<float>(sums[0]);
    right[i] = static_cast<float>(sums[1]);
  }
  passed(frames);
  readouts_[0] = 0.0f;
  for (std::size_t band = 0; band < multibandBands; ++band) {
    const bool bypassed = value(band, Param::bypass) != 0.0;
    readouts_[1 + band] = bypassed ? 0.0f : 0.0f - deepestDb.lane(band);
    if (readouts_[1 + band] < readouts_[0]) readouts_[0] = readouts_[1 + band];
  }
}

}  // namespace mixwell::mastering
