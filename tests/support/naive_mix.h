#pragma once

#include <map>
#include <set>

#include "support/console.h"
#include "support/device_rig.h"

namespace mixwell::test {

/// The mix of a console at 48 kHz as one would write it down who has all the time and memory in the world: a
/// track at a time and all of its song at once, devices and sections one by one, every delay a shift of the
/// whole signal.
struct NaiveMix {
  Stereo sound;
  std::size_t latencyFrames = 0;
};
NaiveMix mixNaively(const Console& console, const std::map<int, Stereo>& sources, std::size_t frames);

/// The tracks that mute and solo let through, by paths through the console.
std::set<int> heardTracks(const Console& console);

}  // namespace mixwell::test
