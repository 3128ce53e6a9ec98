#pragma once

#include "engine/arrangement.h"

namespace mixwell::engine {

struct RenderedClips {
  /// Any clip lay in the span.
  bool any = false;
  /// Samples of a page that was used had to be silenced.
  bool badSamples = false;
};

/// Adds a track's clips in a span (at most a quantum) to `left` and `right`, clip gain and fades applied. A
/// mono source goes to both sides. A page that is not there counts as silence. On the thread that runs the
/// engine.
RenderedClips renderClips(const Arrangement& song, PageCache& cache, std::size_t slot, SongSpan span,
                          float* left, float* right) noexcept;

}  // namespace mixwell::engine
