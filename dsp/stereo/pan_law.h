#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace mixwell::stereo {

/// What happens to the level when a source moves from the centre to a side. The names are the level at the
/// centre.
enum class PanLaw : std::uint8_t {
  /// Stereo: balance, the far side is turned down and the near one left alone. Mono: constant power scaled by
  /// +3 dB, so
  /// that the centre changes nothing.
  zeroDb,
  /// Constant power: sine and cosine.
  minus3Db,
  /// The geometric mean of the laws beside it.
  minus4Point5Db,
  /// Constant sum: linear.
  minus6Db,
};

inline constexpr std::array<std::string_view, 4> panLawNames = {"0 dB", "-3 dB", "-4.5 dB", "-6 dB"};

struct PanGains {
  double left;
  double right;
};

/// Linear gains of both sides for `pan` from -100 (left) to 100 (right). At the ends the far side is 0
/// exactly; the law zeroDb is 1 at the centre exactly. `mono`: both sides carry the same signal. Any thread.
PanGains panGains(PanLaw law, double pan, bool mono) noexcept;

}  // namespace mixwell::stereo
