#pragma once

#include <array>
#include <cstddef>

namespace mixwell::time {

inline constexpr std::size_t reverbLines = 16;
inline constexpr std::size_t reverbVectors = 4;  // of four lines
inline constexpr std::size_t earlyTaps = 12;     // a side
inline constexpr std::size_t diffuserStages = 4;

/// What makes a room, a hall or a plate; times in milliseconds at full size.
struct ReverbKind {
  double shortestLineMs;
  double longestLineMs;
  double earlyMs;  ///< time of the last early reflection
  double earlyPart;
  std::array<double, diffuserStages> diffuserMs;
  double modulationHz;
};

inline constexpr std::array<ReverbKind, 3> reverbKindShapes = {{
    {.shortestLineMs = 14.1,
     .longestLineMs = 47.3,
     .earlyMs = 38.0,
     .earlyPart = 1.0,
     .diffuserMs = {1.13, 1.97, 3.31, 4.57},
     .modulationHz = 0.9},
    {.shortestLineMs = 31.7,
     .longestLineMs = 97.9,
     .earlyMs = 84.0,
     .earlyPart = 0.8,
     .diffuserMs = {1.87, 3.23, 5.41, 8.17},
     .modulationHz = 0.6},
    {.shortestLineMs = 16.3,
     .longestLineMs = 61.1,
     .earlyMs = 12.0,
     .earlyPart = 0.35,
     .diffuserMs = {2.11, 3.67, 6.05, 9.49},
     .modulationHz = 1.1},
}};

inline constexpr double longestLineMs = 110.0;
inline constexpr double longestDiffuserMs = 12.0;
inline constexpr double longestEarlyMs = 90.0;

/// How far lines and reflections reach at a size from 0 to 1.
constexpr double reverbScale(double size) {
  return 0.3 + 0.7 * size;
}

/// Places of the lines between shortest and longest: even steps of their ratio, pushed a little to and fro so
/// that no two sums of them fall together, neighbours far apart.
inline constexpr std::array<double, reverbLines> linePlaces = {0.000, 0.472, 0.931, 0.399, 0.868, 0.329,
                                                               0.803, 0.268, 0.737, 0.202, 0.664, 0.133,
                                                               0.601, 0.071, 0.537, 1.000};

/// Early reflections of the left side in parts of the last one's time, their signs and from which side they
/// come; the right side has the same mirrored and a little later.
struct EarlyTap {
  double place;
  double sign;
  bool fromOtherSide;
};
inline constexpr std::array<EarlyTap, earlyTaps> earlyPattern = {{
    {0.083, 1.0, false},
    {0.139, 1.0, true},
    {0.211, -1.0, false},
    {0.283, 1.0, false},
    {0.351, -1.0, true},
    {0.434, 1.0, false},
    {0.506, 1.0, true},
    {0.595, -1.0, false},
    {0.672, 1.0, true},
    {0.763, -1.0, false},
    {0.871, -1.0, true},
    {0.969, 1.0, false},
}};

}  // namespace mixwell::time
