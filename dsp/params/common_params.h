#pragma once

#include <array>

#include "params/param_info.h"

/// Parameters that many devices have, declared alike.
namespace mixwell::params {

constexpr ParamInfo onOffParam(std::string_view id, std::string_view name) noexcept {
  return {.id = id,
          .name = name,
          .unit = "",
          .min = 0,
          .max = 1,
          .defaultValue = 0,
          .kind = ParamKind::onOff,
          .smoothingMs = 20};
}

constexpr ParamInfo choiceParam(std::string_view id, std::string_view name,
                                std::span<const std::string_view> choices, double defaultValue = 0) noexcept {
  return {.id = id,
          .name = name,
          .unit = "",
          .min = 0,
          .max = static_cast<double>(choices.size()) - 1.0,
          .defaultValue = defaultValue,
          .kind = ParamKind::choice,
          .smoothingMs = 30,
          .choices = choices};
}

constexpr ParamInfo linearParam(std::string_view id, std::string_view name, std::string_view unit, double min,
                                double max, double defaultValue) noexcept {
  return {.id = id,
          .name = name,
          .unit = unit,
          .min = min,
          .max = max,
          .defaultValue = defaultValue,
          .smoothingMs = 20};
}

constexpr ParamInfo logarithmicParam(std::string_view id, std::string_view name, std::string_view unit,
                                     double min, double max, double defaultValue) noexcept {
  return {.id = id,
          .name = name,
          .unit = unit,
          .min = min,
          .max = max,
          .defaultValue = defaultValue,
          .curve = ParamCurve::logarithmic,
          .smoothingMs = 20};
}

constexpr ParamInfo percentParam(std::string_view id, std::string_view name, double defaultValue,
                                 double min = 0) noexcept {
  return linearParam(id, name, "%", min, 100, defaultValue);
}

}  // namespace mixwell::params
