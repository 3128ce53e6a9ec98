#pragma once

#include <array>
#include <string_view>

/// Lengths of notes as choices; a beat is a quarter.
namespace mixwell::time {

/// For echoes. The first is no note: the time in milliseconds counts.
inline constexpr std::array<std::string_view, 16> noteNames = {
    "off",         "1/32", "1/16 triplet", "1/16",        "1/16 dotted", "1/8 triplet", "1/8", "1/8 dotted",
    "1/4 triplet", "1/4",  "1/4 dotted",   "1/2 triplet", "1/2",         "1/2 dotted",  "1/1", "2/1"};
inline constexpr std::array<double, 16> noteBeats = {0.0, 0.125, 1.0 / 6.0, 0.25, 0.375, 1.0 / 3.0,
                                                     0.5, 0.75,  2.0 / 3.0, 1.0,  1.5,   4.0 / 3.0,
                                                     2.0, 3.0,   4.0,       8.0};

/// For a turn of an oscillator. The first is no note: the rate in hertz counts.
inline constexpr std::array<std::string_view, 9> turnNames = {"off", "1/16", "1/8", "1/4", "1/2",
                                                              "1/1", "2/1",  "4/1", "8/1"};
inline constexpr std::array<double, 9> turnBeats = {0.0, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0};
/// The place of "off".
inline constexpr double noTurn = 0.0;

}  // namespace mixwell::time
