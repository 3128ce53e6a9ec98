#pragma once

#include <array>

#include "params/param_info.h"

namespace mixwell::mastering {

inline constexpr std::size_t multibandBands = 4;

/// Places in a band's part of the table of a multiband compressor.
enum class MultibandBandParam : std::uint8_t {
  thresholdDb,
  ratio,
  kneeDb,
  attackMs,
  releaseMs,
  gainDb,
  bypass,
  solo
};
inline constexpr std::size_t multibandBandParams = 8;

/// Places of the rest: first the three crossovers, then the bands, then the mix.
inline constexpr std::size_t multibandFirstBandParam = 3;
inline constexpr std::size_t multibandMixParam =
    multibandFirstBandParam + multibandBands * multibandBandParams;

namespace detail {

constexpr params::ParamInfo multibandCrossover(std::string_view id, std::string_view name, double defaultHz) {
  return {.id = id,
          .name = name,
          .unit = "Hz",
          .min = 20,
          .max = 16000,
          .defaultValue = defaultHz,
          .curve = params::ParamCurve::logarithmic,
          .smoothingMs = 30};
}

constexpr params::ParamInfo multibandSwitch(std::string_view id, std::string_view name) {
  return {.id = id,
          .name = name,
          .unit = "",
          .min = 0,
          .max = 1,
          .defaultValue = 0,
          .kind = params::ParamKind::onOff,
          .smoothingMs = 10};
}

struct BandTexts {
  std::array<std::string_view, multibandBandParams> ids;
  double attackMs;
  double releaseMs;
};

inline constexpr std::array<BandTexts, multibandBands> multibandTexts = {{
    {{"band1.thresholdDb", "band1.ratio", "band1.kneeDb", "band1.attackMs", "band1.releaseMs", "band1.gainDb",
      "band1.bypass", "band1.solo"},
     30,
     180},
    {{"band2.thresholdDb", "band2.ratio", "band2.kneeDb", "band2.attackMs", "band2.releaseMs", "band2.gainDb",
      "band2.bypass", "band2.solo"},
     25,
     140},
    {{"band3.thresholdDb", "band3.ratio", "band3.kneeDb", "band3.attackMs", "band3.releaseMs", "band3.gainDb",
      "band3.bypass", "band3.solo"},
     12,
     90},
    {{"band4.thresholdDb", "band4.ratio", "band4.kneeDb", "band4.attackMs", "band4.releaseMs", "band4.gainDb",
      "band4.bypass", "band4.solo"},
     6,
     60},
}};

constexpr std::array<params::ParamInfo, multibandMixParam + 1> multibandTable() {
  using params::ParamCurve;
  std::array<params::ParamInfo, multibandMixParam + 1> all{};
  all[0] = multibandCrossover("crossover1Hz", "Crossover 1", 120);
  all[1] = multibandCrossover("crossover2Hz", "Crossover 2", 900);
  all[2] = multibandCrossover("crossover3Hz", "Crossover 3", 5000);
  for (std::size_t band = 0; band < multibandBands; ++band) {
    const BandTexts& texts = multibandTexts[band];
    params::ParamInfo* at = &all[multibandFirstBandParam + band * multibandBandParams];
    at[0] = {.id = texts.ids[0],
             .name = "Threshold",
             .unit = "dB",
             .min = -60,
             .max = 0,
             .defaultValue = -24,
             .smoothingMs = 20};
    at[1] = {.id = texts.ids[1],
             .name = "Ratio",
             .unit = ":1",
             .min = 1,
             .max = 20,
             .defaultValue = 1,
             .curve = ParamCurve::logarithmic,
             .smoothingMs = 20};
    at[2] = {.id = texts.ids[2],
             .name = "Knee",
             .unit = "dB",
             .min = 0,
             .max = 24,
             .defaultValue = 6,
             .smoothingMs = 20};
    at[3] = {.id = texts.ids[3],
             .name = "Attack",
             .unit = "ms",
             .min = 0.1,
             .max = 300,
             .defaultValue = texts.attackMs,
             .curve = ParamCurve::logarithmic};
    at[4] = {.id = texts.ids[4],
             .name = "Release",
             .unit = "ms",
             .min = 5,
             .max = 3000,
             .defaultValue = texts.releaseMs,
             .curve = ParamCurve::logarithmic};
    at[5] = {.id = texts.ids[5],
             .name = "Gain",
             .unit = "dB",
             .min = -24,
             .max = 24,
             .defaultValue = 0,
             .smoothingMs = 20};
    at[6] = multibandSwitch(texts.ids[6], "Bypass");
    at[7] = multibandSwitch(texts.ids[7], "Solo");
  }
  all[multibandMixParam] = {
      .id = "mix", .name = "Mix", .unit = "%", .min = 0, .max = 100, .defaultValue = 100, .smoothingMs = 20};
  return all;
}

}  // namespace detail

/// With the defaults of its table, ratios of 1, it turns phases at the crossovers and changes no level.
/// Crossovers that cross are taken in order.
inline constexpr std::array<params::ParamInfo, multibandMixParam + 1> multibandParams =
    detail::multibandTable();

/// The deepest of the bands' reductions, then each band's.
inline constexpr std::array<params::ReadoutInfo, 1 + multibandBands> multibandReadouts = {{
    {.id = "reductionDb", .unit = "dB"},
    {.id = "band1.reductionDb", .unit = "dB"},
    {.id = "band2.reductionDb", .unit = "dB"},
    {.id = "band3.reductionDb", .unit = "dB"},
    {.id = "band4.reductionDb", .unit = "dB"},
}};

}  // namespace mixwell::mastering
