#include "stereo/imager.h"

namespace mixwell::stereo {

using core::Double2;

namespace {

constexpr std::uint32_t flushMask = 31;
constexpr double correlationS = 0.3;

}  // namespace

const params::DeviceTable& Imager::description() noexcept {
  static constexpr params::DeviceTable table{
      .id = "imager", .name = "Imager", .params = imagerParams, .readouts = imagerReadouts};
  return table;
}

Imager::Bands Imager::split(Double2 x) noexcept {
  Bands bands;
  Double2 rest = x;
  for (std::size_t i = 0; i + 1 < imagerBands; ++i) {
    bands[i] = sections_[i].process(crossovers_[i].next(), rest);
    rest = rest - bands[i];
  }
  bands[imagerBands - 1] = rest;
  return bands;
}

void Imager::prepare(const params::DeviceSpec& spec) noexcept {
  sampleRateHz_ = spec.sampleRateHz;
  for (std::size_t i = 0; i < values_.size(); ++i) values_[i] = imagerParams[i].defaultValue;
  reset();
}

void Imager::reset() noexcept {
  retarget(0);
  clearFilters();
  frame_ = 0;
  leftPower_ = rightPower_ = product_ = 0.0;
  readouts_ = {};
}

bool Imager::setParam(std::size_t index, double value, std::uint32_t glideFrames) noexcept {
  if (index >= values_.size()) return false;
  const auto accepted = imagerParams[index].accepted(value);
  if (!accepted) return false;
  // Filters do not run while they have no say, and begin anew.
  if (changesNothing()) clearFilters();
  values_[index] = *accepted;
  retarget(glideFrames);
  return true;
}

void Imager::retarget(std::uint32_t frames) noexcept {
  const double width = 0.01 * value(ImagerParam::width);
  const auto listened = static_cast<std::size_t>(value(ImagerParam::listen));
  for (std::size_t band = 0; band < imagerBands; ++band) {
    const double ofBand = 0.01 * value(ImagerParam::band1Width, band) * width;
    excess_.start(band, static_cast<float>(ofBand - 1.0), frames);
    listens_.start(band, band + 1 == listened ? 1.0f : 0.0f, frames);
  }
  mono_.start(0, static_cast<float>(value(ImagerParam::monoBelow)), frames);
  const std::array corners =
      filters::inOrder(value(ImagerParam::crossover1Hz), value(ImagerParam::crossover1Hz, 1),
                       value(ImagerParam::crossover1Hz, 2));
  for (std::size_t i = 0; i < corners.size(); ++i) {
    crossovers_[i].start(filters::cornerOf(corners[i], sampleRateHz_), frames);
  }
  for (filters::GlidingShape& shape : monoShapes_) {
    shape.start(filters::cornerOf(value(ImagerParam::monoBelowHz), sampleRateHz_), frames);
  }
}

bool Imager::changesNothing() const noexcept {
  if (!excess_.settled() || !listens_.settled() || !mono_.settled() || mono_.target() != 0.0f) return false;
  for (std::size_t band = 0; band < imagerBands; ++band) {
    if (excess_.target(band) != 0.0f || listens_.target(band) != 0.0f) return false;
  }
  return true;
}

void Imager::clearFilters() noexcept {
  for (auto& section : sections_) section.clear();
  for (filters::Svf& section : monoFilters_) section.clear();
}

void Imager::flushFilters() noexcept {
  for (auto& section : sections_) section.flush();
  for (filters::Svf& section : monoFilters_) section.flush();
}

void Imager::process(float* left, float* right, std::size_t frames,
                     const params::BlockContext& /*context*/) noexcept {
  const bool passes = changesNothing();
  for (std::size_t i = 0; i < frames && !passes; ++i) {
    if ((frame_++ & flushMask) == 0) flushFilters();
    float excess[imagerBands];
    float listens[imagerBands];
    excess_.next().store(excess);
    listens_.next().store(listens);

    const double l = filters::sane(left[i]);
    const double r = filters::sane(right[i]);
    const double side = 0.5 * (l - r);
    double bands[imagerBands][2];
    const Bands both = split({side, 0.5 * (l + r)});
    for (std::size_t band = 0; band < imagerBands; ++band) both[band].store(bands[band]);
    double change = 0.0;
    double heard = 1.0;
    double heardMiddle = 0.0;
    double heardSide = 0.0;
    for (std::size_t band = 0; band < imagerBands; ++band) {
      const auto over = static_cast<double>(excess[band]);
      const auto listen = static_cast<double>(listens[band]);
      change += over * bands[band][0];
      heard -= listen;
      heardMiddle += listen * bands[band][1];
      heardSide += listen * (1.0 + over) * bands[band][0];
    }
    const double wide = side + change;
    double high = wide;
    for (std::size_t k = 0; k < monoFilters_.size(); ++k) {
      high = monoFilters_[k].process(monoShapes_[k].next(), high).high;
    }
    change += static_cast<double>(mono_.next()) * (high - wide);
    left[i] = static_cast<float>(heard * (l + change) + (heardMiddle + heardSide));
    right[i] = static_cast<float>(heard * (r - change) + (heardMiddle - heardSide));
  }
  if (passes) {
    frame_ += static_cast<std::uint32_t>(frames);
    for (filters::GlidingShape& shape : crossovers_) shape.skip(frames);
    for (filters::GlidingShape& shape : monoShapes_) shape.skip(frames);
  } else {
    excess_.passed(frames);
    listens_.passed(frames);
    mono_.passed(frames);
    for (filters::GlidingShape& shape : crossovers_) shape.passed(frames);
    for (filters::GlidingShape& shape : monoShapes_) shape.passed(frames);
  }
  correlate(left, right, frames);
}

void Imager::correlate(const float* left, const float* right, std::size_t frames) noexcept {
  double leftPower = 0.0;
  double rightPower = 0.0;
  double product = 0.0;
  for (std::size_t i = 0; i < frames; ++i) {
    const double l = filters::sane(left[i]);
    const double r = filters::sane(right[i]);
    leftPower += l * l;
    rightPower += r * r;
    product += l * r;
  }
  const double kept = correlationS / (correlationS + static_cast<double>(frames) / sampleRateHz_);
  leftPower_ = leftPower_ * kept + leftPower;
  rightPower_ = rightPower_ * kept + rightPower;
  product_ = product_ * kept + product;
  const double both = leftPower_ * rightPower_;
  if (both > 1e-24) {
    readouts_[0] = static_cast<float>(product_ / __builtin_sqrt(both));
  } else {
    leftPower_ = rightPower_ = product_ = 0.0;
    readouts_[0] = 0.0f;
  }
}

}  // namespace mixwell::stereo
