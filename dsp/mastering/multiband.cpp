#include "mastering/multiband.h"

#include "core/math.h"

namespace mixwell::mastering {

namespace {

using Param = MultibandBandParam;

constexpr std::uint32_t flushMask = 31;
constexpr double quietestLevel = 1e-6;  // below it nothing is compressed
constexpr double leastReductionDb = 1e-7;

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
  left_.clear();
  right_.clear();
  detectors_ = {};
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
    attack_[band] = keptAFrame(value(band, Param::attackMs), sampleRateHz_);
    release_[band] = keptAFrame(value(band, Param::releaseMs), sampleRateHz_);
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
  settings_.thresholdDb.next().store(now_.thresholdDb.data());
  settings_.slope.next().store(now_.slope.data());
  settings_.halfKneeDb.next().store(now_.halfKneeDb.data());
  settings_.gain.next().store(now_.gain.data());
  settings_.active.next().store(now_.active.data());
  settings_.heard.next().store(now_.heard.data());
  now_.mix = mix_.next();
}

void Multiband::passed(std::size_t frames) noexcept {
  for (Ramp* ramp : {&settings_.thresholdDb, &settings_.slope, &settings_.halfKneeDb, &settings_.gain,
                     &settings_.active, &settings_.heard}) {
    ramp->passed(frames);
  }
  mix_.passed(frames);
  for (filters::GlidingShape& shape : crossovers_) shape.passed(frames);
}

double Multiband::bandGain(std::size_t band, double level) noexcept {
  const auto slope = static_cast<double>(now_.slope[band]);
  double wantedDb = 0.0;
  if (slope != 0.0 && level > quietestLevel) {
    const double overDb = core::gainToDb(level) - static_cast<double>(now_.thresholdDb[band]);
    const auto halfKneeDb = static_cast<double>(now_.halfKneeDb[band]);
    if (overDb >= halfKneeDb) {
      wantedDb = -slope * overDb;
    } else if (overDb > -halfKneeDb) {
      const double into = overDb + halfKneeDb;
      wantedDb = -slope * into * into / (4.0 * halfKneeDb);
    }
  }
  Detector& detector = detectors_[band];
  const double released = release_[band] * detector.heldDb;
  detector.heldDb = wantedDb > released ? wantedDb : released;
  detector.smoothDb = detector.heldDb + attack_[band] * (detector.smoothDb - detector.heldDb);
  if (detector.heldDb < leastReductionDb) detector.heldDb = 0.0;
  if (detector.smoothDb < leastReductionDb) detector.smoothDb = 0.0;

  const auto gain = static_cast<double>(now_.gain[band]);
  const double processed = detector.smoothDb > 0.0 ? gain * core::dbToGain(-detector.smoothDb) : gain;
  const double part = static_cast<double>(now_.mix) * static_cast<double>(now_.active[band]);
  return static_cast<double>(now_.heard[band]) * (1.0 + part * (processed - 1.0));
}

void Multiband::process(float* left, float* right, std::size_t frames,
                        const params::BlockContext& /*context*/) noexcept {
  const bool moving = !settled();
  std::array<double, multibandBands> deepestDb{};
  for (std::size_t i = 0; i < frames; ++i) {
    if ((frame_++ & flushMask) == 0) {
      left_.flush();
      right_.flush();
    }
    if (moving) advance();
    const filters::SvfShape& lower = crossovers_[0].next();
    const filters::SvfShape& middle = crossovers_[1].next();
    const filters::SvfShape& upper = crossovers_[2].next();
    const auto lefts = left_.process(lower, middle, upper, filters::sane(left[i]));
    const auto rights = right_.process(lower, middle, upper, filters::sane(right[i]));
    double sumLeft = 0.0;
    double sumRight = 0.0;
    for (std::size_t band = 0; band < multibandBands; ++band) {
      const double l = __builtin_fabs(lefts[band]);
      const double r = __builtin_fabs(rights[band]);
      const double gain = bandGain(band, l > r ? l : r);
      sumLeft += gain * lefts[band];
      sumRight += gain * rights[band];
      const double reductionDb = detectors_[band].smoothDb;
      if (reductionDb > deepestDb[band]) deepestDb[band] = reductionDb;
    }
    left[i] = static_cast<float>(sumLeft);
    right[i] = static_cast<float>(sumRight);
  }
  passed(frames);
  readouts_[0] = 0.0f;
  for (std::size_t band = 0; band < multibandBands; ++band) {
    const bool bypassed = value(band, Param::bypass) != 0.0;
    readouts_[1 + band] = bypassed ? 0.0f : static_cast<float>(0.0 - deepestDb[band]);
    if (readouts_[1 + band] < readouts_[0]) readouts_[0] = readouts_[1 + band];
  }
}

}  // namespace mixwell::mastering
