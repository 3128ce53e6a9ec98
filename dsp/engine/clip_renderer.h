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

/// What a track plays in a span, where that is nothing (`left` is null) or one stretch of one page at one
/// gain; so many frames and those up to the next multiple of four may be read.
struct PlainTake {
  const float* left = nullptr;
  const float* right = nullptr;
  float gain = 0.0f;
  bool badSamples = false;
};

/// False where it is more than that: then `renderClips` is to be called. On the thread that runs the engine.
bool takePlain(const Arrangement& song, PageCache& cache, std::size_t slot, SongSpan span,
               PlainTake& take) noexcept;

}  // namespace mixwell::engine
