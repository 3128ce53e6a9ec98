#include "filters/eq_curve.h"

#include <algorithm>
#include <cstdint>

#include "core/math.h"
#include "filters/band_coefficients.h"
#include "filters/cut_params.h"

namespace mixwell::filters {

namespace {

double asRun(double coefficient) noexcept {
  return static_cast<double>(static_cast<float>(coefficient));
}

void addBand(const BandSetting& setting, double sampleRateHz, std::span<const double> frequenciesHz,
             std::span<double> gainDb) noexcept {
  BandCoefficients coefficients = bandCoefficients(setting, sampleRateHz);
  const std::span sections = std::span(coefficients).first(setting.sections());
  for (SectionCoefficients& c : sections) c = {asRun(c.d), asRun(c.e1), asRun(c.e2), asRun(c.g), asRun(c.a)};
  for (std::size_t i = 0; i < std::min(frequenciesHz.size(), gainDb.size()); ++i) {
    double power = 1.0;
    for (const SectionCoefficients& section : sections)
      power *= section.power(frequenciesHz[i] / sampleRateHz);
    gainDb[i] += 0.5 * core::gainToDb(std::max(power, 1e-40));
  }
}

// A table's values as a device takes them: one that it would refuse counts as the default.
class Values {
 public:
  Values(std::span<const double> values, std::span<const params::ParamInfo> infos) noexcept
      : values_(values), infos_(infos) {}
  double number(std::size_t index) const noexcept {
    const params::ParamInfo& info = infos_[index];
    return index < values_.size() ? info.accepted(values_[index]).value_or(info.defaultValue)
                                  : info.defaultValue;
  }
  bool isOn(std::size_t index) const noexcept { return number(index) > 0.0; }
  std::size_t choice(std::size_t index) const noexcept { return static_cast<std::size_t>(number(index)); }

 private:
  std::span<const double> values_;
  std::span<const params::ParamInfo> infos_;
};

}  // namespace

void addEqCurve(std::span<const double> values, double sampleRateHz, std::span<const double> frequenciesHz,
                std::span<double> gainDb) noexcept {
  const Values of(values, eqParams);
  if (!of.isOn(static_cast<std::size_t>(EqParam::on))) return;
  for (std::size_t band = 0; band < eqBands; ++band) {
    if (!of.isOn(bandParam(band, BandParam::on))) continue;
    const BandSetting setting{
        .type = static_cast<BandType>(static_cast<std::uint8_t>(of.choice(bandParam(band, BandParam::type)))),
        .freqHz = of.number(bandParam(band, BandParam::freqHz)),
        .gainDb = of.number(bandParam(band, BandParam::gainDb)),
        .q = of.number(bandParam(band, BandParam::q)),
        .slope = of.choice(bandParam(band, BandParam::slope))};
    if (!setting.isNeutral()) addBand(setting, sampleRateHz, frequenciesHz, gainDb);
  }
}

void addCutCurve(std::span<const double> values, double sampleRateHz, std::span<const double> frequenciesHz,
                 std::span<double> gainDb) noexcept {
  const Values of(values, cutParams);
  const auto add = [&](BandType type, CutParam on, CutParam hz, CutParam slope) {
    if (!of.isOn(static_cast<std::size_t>(on))) return;
    addBand({.type = type,
             .freqHz = of.number(static_cast<std::size_t>(hz)),
             .slope = of.choice(static_cast<std::size_t>(slope))},
            sampleRateHz, frequenciesHz, gainDb);
  };
  add(BandType::lowCut, CutParam::lowCutOn, CutParam::lowCutHz, CutParam::lowCutSlope);
  add(BandType::highCut, CutParam::highCutOn, CutParam::highCutHz, CutParam::highCutSlope);
}

}  // namespace mixwell::filters
