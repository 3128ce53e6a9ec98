#pragma once

#include "engine/limits.h"

namespace mixwell::engine {

/// What comes into an external side-chain in a quantum.
struct KeyInput {
  float left[quantumFrames];
  float right[quantumFrames];
  /// Whether anything was put in; else it is not cleared.
  bool sounds = false;
};

}  // namespace mixwell::engine
