#pragma once

#include <string>

namespace mixwell::demo {

/// The song as JSON, in frames at the given rate and in the words of the project document:
/// {name, sampleRateHz, tempo: {bpm, beatsPerBar, beatUnit}, endFrame,
///  master: {params: {volumeDb}}, markers: [{name, startFrame, endFrame}],
///  tracks: [{name, kind, colour, channels, frames, params: {volumeDb, pan},
///            clips: [{name, startFrame, offsetFrames, lengthFrames, gainDb, fadeInFrames, fadeOutFrames}]}]}
/// `frames` is the length of the track's one source file; the order of the tracks is the order of `Stem`.
std::string describeSong(double sampleRateHz);

}  // namespace mixwell::demo
