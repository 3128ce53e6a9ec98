#include "filters/linear_kernel.h"

#include <algorithm>
#include <cmath>

#include "core/math.h"

namespace mixwell::filters {

namespace {

constexpr std::size_t binsASlice = 512;
constexpr std::size_t partsASlice = 2;

double asRun(double coefficient) noexcept {
  return static_cast<double>(static_cast<float>(coefficient));
}

// Powers of the parts of the sound at one frequency, of which SectionCoefficients::power is what one section
// does.
class PowersAt {
 public:
  explicit PowersAt(double quarterTurns) noexcept {
    const double sine = core::sinQuarterTurns(quarterTurns);
    const double cosine = core::sinQuarterTurns(1.0 - quarterTurns);
    re_ = -2.0 * sine * sine;
    im_ = 2.0 * sine * cosine;
    re2_ = re_ * re_ - im_ * im_;
    im2_ = 2.0 * re_ * im_;
  }
  void add(const SectionCoefficients& c, std::size_t channels) noexcept {
    const double denominatorRe = re2_ + c.a * re_ + c.g * c.g;
    const double denominatorIm = im2_ + c.a * im_;
    const double numeratorRe = c.d * denominatorRe + c.e1 * re_ + c.e2 * c.g;
    const double numeratorIm = c.d * denominatorIm + c.e1 * im_;
    power_[channels] *= (numeratorRe * numeratorRe + numeratorIm * numeratorIm) /
                        (denominatorRe * denominatorRe + denominatorIm * denominatorIm);
  }
  double power(BandChannels channels) const noexcept { return power_[static_cast<std::size_t>(channels)]; }

 private:
  double re_, im_, re2_, im2_;
  std::array<double, bandChannelsCount> power_ = {1.0, 1.0, 1.0, 1.0, 1.0};
};

}  // namespace

void LinearKernelDesign::takeMemory(std::size_t blockFrames, core::Memory& memory) noexcept {
  blockFrames_ = blockFrames;
  const std::size_t taps = kernelParts * blockFrames;
  fft_.takeMemory(taps, memory);
  magnitude_ = memory.take<float>(taps);
  impulse_ = memory.take<float>(taps);
}

void LinearKernelDesign::prepare(double sampleRateHz) noexcept {
  sampleRateHz_ = sampleRateHz;
  hasTables_ = false;
  stop();
}

void LinearKernelDesign::begin(const EqValues& values) noexcept {
  values_ = values;
  stage_ = hasTables_ ? Stage::bands : Stage::tables;
  at_ = spectrum_ = bandCount_ = 0;
  hasMidSide_ = hasLeftRight_ = false;
}

bool LinearKernelDesign::step(LinearKernel& kernel, core::RealFft& partFft) noexcept {
  const auto endStage = [&](Stage next) {
    stage_ = next;
    at_ = 0;
  };
  switch (stage_) {
    case Stage::none:
      break;
    case Stage::tables:
      fft_.prepare();
      std::fill(magnitude_.begin(), magnitude_.end(), 0.0f);
      hasTables_ = true;
      endStage(Stage::bands);
      break;
    case Stage::bands:
      fitBand();
      if (++at_ < eqBands) break;
      lead(kernel);
      endStage(Stage::magnitude);
      break;
    case Stage::magnitude: {
      const std::size_t last = std::min(at_ + binsASlice, fft_.bins() + 1);
      sample(at_, last);
      at_ = last;
      if (at_ == fft_.bins() + 1) endStage(Stage::impulse);
      break;
    }
    case Stage::impulse:
      fft_.inverse(magnitude_.data(), magnitude_.data() + fft_.bins(), impulse_.data());
      endStage(Stage::parts);
      break;
    case Stage::parts:
      for (std::size_t i = 0; i < partsASlice; ++i) transformPart(kernel, partFft);
      if (at_ < kernelParts) break;
      ++spectrum_;
      endStage(spectrum_ < spectra_ ? Stage::magnitude : Stage::none);
      return stage_ == Stage::none;
  }
  return false;
}

void LinearKernelDesign::fitBand() noexcept {
  const auto value = [&](BandParam which) { return values_[bandParam(at_, which)]; };
  if (values_[static_cast<std::size_t>(EqParam::on)] == 0.0 || value(BandParam::on) == 0.0) return;
  const BandSetting setting{.type = static_cast<BandType>(static_cast<std::uint8_t>(value(BandParam::type))),
                            .freqHz = value(BandParam::freqHz),
                            .gainDb = value(BandParam::gainDb),
                            .q = value(BandParam::q),
                            .slope = static_cast<std::size_t>(value(BandParam::slope))};
  if (setting.isNeutral()) return;
  Band& band = bands_[bandCount_++];
  band.coefficients = bandCoefficients(setting, sampleRateHz_);
  band.sections = setting.sections();
  band.channels = static_cast<std::size_t>(values_[firstChannelsParam + at_]);
  for (SectionCoefficients& c : band.coefficients) {
    c = {asRun(c.d), asRun(c.e1), asRun(c.e2), asRun(c.g), asRun(c.a)};
  }
  const auto channels = static_cast<BandChannels>(static_cast<std::uint8_t>(band.channels));
  hasMidSide_ = hasMidSide_ || channels == BandChannels::mid || channels == BandChannels::side;
  hasLeftRight_ = hasLeftRight_ || channels == BandChannels::left || channels == BandChannels::right;
}

// Bands of middle and side come first, and make each side out of both.
void LinearKernelDesign::lead(LinearKernel& kernel) noexcept {
  const std::size_t toRight = hasLeftRight_ ? (hasMidSide_ ? 2 : 1) : 0;
  kernel.ways[0] = {KernelWay{true, 0}, KernelWay{hasMidSide_, 1}};
  kernel.ways[1] = {KernelWay{hasMidSide_, toRight + 1}, KernelWay{true, toRight}};
  spectra_ = (hasMidSide_ ? 2U : 1U) * (hasLeftRight_ ? 2U : 1U);
}

void LinearKernelDesign::sample(std::size_t from, std::size_t to) noexcept {
  const std::size_t bins = fft_.bins();
  const double step = 1.0 / static_cast<double>(bins);
  const bool crosses = hasMidSide_ && spectrum_ % 2 == 1;
  const bool goesRight = hasLeftRight_ && spectrum_ >= spectra_ / 2;
  for (std::size_t bin = from; bin < to; ++bin) {
    PowersAt at(static_cast<double>(bin) * step);
    for (std::size_t i = 0; i < bandCount_; ++i) {
      for (std::size_t section = 0; section < bands_[i].sections; ++section) {
        at.add(bands_[i].coefficients[section], bands_[i].channels);
      }
    }
    double power = at.power(BandChannels::stereo);
    if (hasLeftRight_) power *= at.power(goesRight ? BandChannels::right : BandChannels::left);
    double magnitude = std::sqrt(power);
    if (hasMidSide_) {
      const double mid = std::sqrt(at.power(BandChannels::mid));
      const double side = std::sqrt(at.power(BandChannels::side));
      magnitude *= 0.5 * (crosses ? mid - side : mid + side);
    }
    // The highest bin stands where the lowest would have its imaginary part.
    magnitude_[bin] = static_cast<float>(magnitude);
  }
}

// The impulse's middle is its first frame as it is transformed, and it is symmetric; the outer halves fall to
// nothing.
float LinearKernelDesign::impulseAt(std::size_t frame) const noexcept {
  const std::size_t middle = kernelParts / 2 * blockFrames_;
  const std::size_t distance = frame < middle ? middle - frame : frame - middle;
  if (distance <= middle / 2) return impulse_[distance];
  const double place = static_cast<double>(2 * distance) / static_cast<double>(middle) - 1.0;
  const double taper = core::sinQuarterTurns(1.0 - place);
  return impulse_[distance] * static_cast<float>(taper * taper);
}

void LinearKernelDesign::transformPart(LinearKernel& kernel, core::RealFft& partFft) noexcept {
  const std::size_t taps = kernelParts * blockFrames_;
  // What all the transforms multiply by.
  const float scale = 2.0f / static_cast<float>(taps) / static_cast<float>(blockFrames_);
  float* spectrum = &kernel.spectra[spectrum_][at_ * 2 * blockFrames_];
  // A part in the place of the magnitudes, which are used up, and the zeros behind them.
  float* part = magnitude_.data();
  const float* silence = &magnitude_[fft_.bins() + blockFrames_];
  for (std::size_t i = 0; i < blockFrames_; ++i) part[i] = impulseAt(at_ * blockFrames_ + i) * scale;
  partFft.forward(part, silence, spectrum, spectrum + blockFrames_);
  ++at_;
}

}  // namespace mixwell::filters
