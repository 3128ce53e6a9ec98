#pragma once

#include <cstdint>

namespace mixwell::engine {

/// A place whose sound is shown, before and behind.
struct Probe {
  enum class Kind : std::uint8_t { off, section, insert, strip };

  Kind kind = Kind::off;
  std::uint32_t owner = 0;  ///< slot of the track, or masterSlot
  std::int32_t target = 0;  ///< place of the section, handle of the insert
};

}  // namespace mixwell::engine
