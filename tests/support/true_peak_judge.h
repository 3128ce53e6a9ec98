#pragma once

#include "support/engine_rig.h"

namespace mixwell::test {

/// A meter of true peaks that owes nothing to the engine's: 16 times oversampled by a sinc under a Kaiser
/// window with beta 9, 64 samples to each side. In dB of full scale.
double judgedTruePeakDb(const Signal& signal);

}  // namespace mixwell::test
