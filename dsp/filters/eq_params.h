#pragma once

#include <array>

#include "filters/cut_params.h"
#include "params/param_info.h"

namespace mixwell::filters {

inline constexpr std::size_t eqBands = 8;

enum class BandType : std::uint8_t { bell, lowShelf, highShelf, lowCut, highCut, notch, tilt };

inline constexpr std::array<std::string_view, 7> bandTypeNames = {
    "bell", "lowshelf", "highshelf", "lowcut", "highcut", "notch", "tilt"};

/// Places in the table of an equaliser: whether it is on, then the bands one after the other.
enum class EqParam : std::uint8_t { on };
enum class BandParam : std::uint8_t { on, type, freqHz, gainDb, q, slope };
inline constexpr std::size_t bandParams = 6;
inline constexpr std::size_t firstBandParam = 1;

/// Place of a parameter of the band `band`, from 0.
constexpr std::size_t bandParam(std::size_t band, BandParam which) noexcept {
  return firstBandParam + band * bandParams + static_cast<std::size_t>(which);
}

namespace detail {

struct BandIds {
  std::string_view on, type, freqHz, gainDb, q, slope;
};

inline constexpr std::array<BandIds, eqBands> bandIds = {{
    {"band1.on", "band1.type", "band1.freqHz", "band1.gainDb", "band1.q", "band1.slope"},
    {"band2.on", "band2.type", "band2.freqHz", "band2.gainDb", "band2.q", "band2.slope"},
    {"band3.on", "band3.type", "band3.freqHz", "band3.gainDb", "band3.q", "band3.slope"},
    {"band4.on", "band4.type", "band4.freqHz", "band4.gainDb", "band4.q", "band4.slope"},
    {"band5.on", "band5.type", "band5.freqHz", "band5.gainDb", "band5.q", "band5.slope"},
    {"band6.on", "band6.type", "band6.freqHz", "band6.gainDb", "band6.q", "band6.slope"},
    {"band7.on", "band7.type", "band7.freqHz", "band7.gainDb", "band7.q", "band7.slope"},
    {"band8.on", "band8.type", "band8.freqHz", "band8.gainDb", "band8.q", "band8.slope"},
}};

inline constexpr std::array<double, eqBands> bandHz = {60, 150, 350, 800, 2000, 4500, 8000, 12000};

constexpr auto eqTable() {
  using params::ParamCurve;
  using params::ParamKind;
  std::array<params::ParamInfo, firstBandParam + eqBands * bandParams> table{};
  table[0] = {.id = "on",
              .name = "On",
              .unit = "",
              .min = 0,
              .max = 1,
              .defaultValue = 1,
              .kind = ParamKind::onOff,
              .smoothingMs = 20};
  for (std::size_t band = 0; band < eqBands; ++band) {
    const auto at = [&](BandParam which) -> params::ParamInfo& { return table[bandParam(band, which)]; };
    at(BandParam::on) = {.id = bandIds[band].on,
                         .name = "On",
                         .unit = "",
                         .min = 0,
                         .max = 1,
                         .defaultValue = 0,
                         .kind = ParamKind::onOff,
                         .smoothingMs = 20};
    at(BandParam::type) = {.id = bandIds[band].type,
                           .name = "Type",
                           .unit = "",
                           .min = 0,
                           .max = 6,
                           .defaultValue = 0,
                           .kind = ParamKind::choice,
                           .smoothingMs = 20,
                           .choices = bandTypeNames};
    at(BandParam::freqHz) = {.id = bandIds[band].freqHz,
                             .name = "Frequency",
                             .unit = "Hz",
                             .min = 10,
                             .max = 20000,
                             .defaultValue = bandHz[band],
                             .curve = ParamCurve::logarithmic,
                             .smoothingMs = 30};
    at(BandParam::gainDb) = {.id = bandIds[band].gainDb,
                             .name = "Gain",
                             .unit = "dB",
                             .min = -24,
                             .max = 24,
                             .defaultValue = 0,
                             .smoothingMs = 30};
    at(BandParam::q) = {.id = bandIds[band].q,
                        .name = "Q",
                        .unit = "",
                        .min = 0.1,
                        .max = 18,
                        .defaultValue = 0.71,
                        .curve = ParamCurve::logarithmic,
                        .smoothingMs = 30};
    at(BandParam::slope) = {.id = bandIds[band].slope,
                            .name = "Slope",
                            .unit = "dB/oct",
                            .min = 0,
                            .max = 7,
                            .defaultValue = 1,
                            .kind = ParamKind::choice,
                            .smoothingMs = 20,
                            .choices = slopeNames};
  }
  return table;
}

}  // namespace detail

/// A fresh equaliser changes nothing: all bands are off. `slope` is of the cuts, `q` of all but the cuts of 6
/// dB per octave, `gainDb` of bell, shelves and tilt.
inline constexpr auto eqParams = detail::eqTable();

}  // namespace mixwell::filters
