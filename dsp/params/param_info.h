#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

/// How a device's parameters are described: one table a device, the only source of ranges, defaults and
/// names. The build writes the TypeScript tables out of these. Ids are stored in documents: they are
/// appended, never changed.
namespace mixwell::params {

enum class ParamKind : std::uint8_t { continuous, choice, onOff };

/// How a control moves through the range. `fader`: a console fader in dB whose minimum is off. `logarithmic`:
/// equal ratios are equal ways; the minimum is above 0.
enum class ParamCurve : std::uint8_t { linear, fader, logarithmic };

struct ParamInfo {
  std::string_view id;
  std::string_view name;
  std::string_view unit;
  double min;
  double max;
  double defaultValue;
  ParamKind kind = ParamKind::continuous;
  ParamCurve curve = ParamCurve::linear;
  /// Time in which a change made by hand is carried out.
  double smoothingMs = 0.0;
  /// Names of the values 0, 1, ... of a choice.
  std::span<const std::string_view> choices = {};
  /// The device's latency follows from this parameter, which can't be automated therefore.
  bool changesLatency = false;

  /// The value that the device takes for `value`: itself, a fader's minimum for anything below, or nothing
  /// where it is no number, out of range, or not whole for a choice or switch.
  std::optional<double> accepted(double value) const noexcept {
    if (!(value <= max)) return std::nullopt;
    if (curve == ParamCurve::fader && value < min) return min;
    if (!(value >= min)) return std::nullopt;
    if (kind != ParamKind::continuous && value != static_cast<double>(static_cast<std::int32_t>(value))) {
      return std::nullopt;
    }
    return value + 0.0;  // no negative zero
  }
};

/// A number that a device shows while it runs, such as its gain reduction.
struct ReadoutInfo {
  std::string_view id;
  std::string_view unit;
};

inline constexpr std::size_t maxReadouts = 8;

/// A device as the outside knows it. Parameters and read-outs are addressed by their place in the table.
struct DeviceTable {
  std::string_view id;
  std::string_view name;
  std::span<const ParamInfo> params;
  std::span<const ReadoutInfo> readouts = {};
};

/// Linear gain of a fader's decibels; 0 at its minimum.
double faderGain(const ParamInfo& info, double valueDb) noexcept;

}  // namespace mixwell::params
