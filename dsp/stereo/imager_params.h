#pragma once

#include <array>

#include "params/param_info.h"

namespace mixwell::stereo {

inline constexpr std::size_t imagerBands = 4;

/// Places in the table of an imager; the widths of the bands and the crossovers stand in a row.
enum class ImagerParam : std::uint8_t {
  width,
  band1Width,
  crossover1Hz = band1Width + imagerBands,
  monoBelow = crossover1Hz + imagerBands - 1,
  monoBelowHz,
  listen
};

inline constexpr std::array<std::string_view, 5> imagerListens = {"all", "band1", "band2", "band3", "band4"};

namespace detail {

constexpr params::ParamInfo imagerWidth(std::string_view id, std::string_view name) {
  return {.id = id, .name = name, .unit = "%", .min = 0, .max = 200, .defaultValue = 100, .smoothingMs = 20};
}

constexpr params::ParamInfo crossoverHz(std::string_view id, std::string_view name, double defaultHz) {
  return {.id = id,
          .name = name,
          .unit = "Hz",
          .min = 20,
          .max = 20000,
          .defaultValue = defaultHz,
          .curve = params::ParamCurve::logarithmic,
          .smoothingMs = 30};
}

}  // namespace detail

/// With the defaults of its table it changes nothing. Crossovers that cross are taken in order.
inline constexpr std::array<params::ParamInfo, 11> imagerParams = {{
    detail::imagerWidth("width", "Width"),
    detail::imagerWidth("band1.width", "Band 1 width"),
    detail::imagerWidth("band2.width", "Band 2 width"),
    detail::imagerWidth("band3.width", "Band 3 width"),
    detail::imagerWidth("band4.width", "Band 4 width"),
    detail::crossoverHz("crossover1Hz", "Crossover 1", 120),
    detail::crossoverHz("crossover2Hz", "Crossover 2", 700),
    detail::crossoverHz("crossover3Hz", "Crossover 3", 4500),
    {.id = "monoBelow",
     .name = "Mono below",
     .unit = "",
     .min = 0,
     .max = 1,
     .defaultValue = 0,
     .kind = params::ParamKind::onOff,
     .smoothingMs = 20},
    {.id = "monoBelowHz",
     .name = "Mono below",
     .unit = "Hz",
     .min = 20,
     .max = 1000,
     .defaultValue = 120,
     .curve = params::ParamCurve::logarithmic,
     .smoothingMs = 30},
    {.id = "listen",
     .name = "Listen to",
     .unit = "",
     .min = 0,
     .max = 4,
     .defaultValue = 0,
     .kind = params::ParamKind::choice,
     .smoothingMs = 10,
     .choices = imagerListens},
}};

inline constexpr std::array<params::ReadoutInfo, 1> imagerReadouts = {{{.id = "correlation", .unit = ""}}};

}  // namespace mixwell::stereo
