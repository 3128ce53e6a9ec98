#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace mixwell::engine {

/// Shape of a clip's fade. x runs from 0 to 1 over a fade in, from 1 to 0 over a fade out.
enum class FadeCurve : std::uint8_t {
  linear,      ///< x; two that cross sum to 1
  equalPower,  ///< sin(pi / 2 * x); the squares of two that cross sum to 1
  sCurve,      ///< x^2 * (3 - 2 x); two that cross sum to 1
  slow,        ///< x^2
  fast,        ///< 1 - (1 - x)^2
};

inline constexpr std::array<std::string_view, 5> fadeCurveNames = {"linear", "equalPower", "sCurve", "slow",
                                                                   "fast"};

/// Multiplies `gains[i]` by the curve at x = (first + i * step) / length, step being 1 or -1. Any thread.
void applyFade(FadeCurve curve, std::int64_t first, std::int64_t step, std::int64_t length, float* gains,
               std::size_t count) noexcept;

}  // namespace mixwell::engine
