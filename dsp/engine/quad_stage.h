#pragma once

#include <concepts>
#include <cstddef>

#include "core/float4.h"
#include "engine/limits.h"

namespace mixwell::engine {

/// A quantum of four neighbouring tracks: left and right in separate vectors, a track a lane. With V = float
/// it is one track, the scalar twin that tests hold the vectors against.
template <typename V>
struct QuadBlock {
  V left[quantumFrames];
  V right[quantumFrames];
};

/// A stretch of the channel strip that every track has, run on four tracks at once. State lies in lanes, so
/// that it can follow its track to another quad when tracks are reordered. Stages run on the thread that runs
/// the engine.
template <typename Stage, typename V>
concept QuadStage = requires(Stage stage, const Stage& other, QuadBlock<V>& block, std::size_t n) {
  { stage.process(block, n) }
  noexcept;
  /// What process would leave behind after n frames of silence.
  { stage.skip(n) }
  noexcept;
  /// Lane `n` takes over the state of the other's lane `n`.
  { stage.copyLane(n, other, n) }
  noexcept;
};

}  // namespace mixwell::engine
