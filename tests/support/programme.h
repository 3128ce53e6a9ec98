#pragma once

#include "support/device_rig.h"

namespace mixwell::test {

/// Noise without anything above `edgeHz`, its largest sample at full scale.
Signal limitedNoise(std::size_t frames, unsigned seed, double edgeHz = 20000.0,
                    double sampleRateHz = 48000.0);

/// Sines of 40 Hz to 20 kHz that begin and end anywhere, 0 to 40 dB under full scale.
Signal bursts(std::size_t frames, unsigned seed, double sampleRateHz = 48000.0);

/// As a digital square is, with all that is folded back.
Signal squares(std::size_t frames, double hz, double sampleRateHz = 48000.0);

/// All stems of the demo song at the levels of its rough mix, each from the start of its first take.
Stereo demoMix(std::size_t frames, double sampleRateHz = 48000.0);

}  // namespace mixwell::test
