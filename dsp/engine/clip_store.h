#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "engine/fade_curve.h"
#include "engine/run_store.h"
#include "engine/song_path.h"

namespace mixwell::engine {

/// A piece of a source on a track. Times are frames at the project's rate.
struct Clip {
  std::int64_t start = 0;   ///< in the song
  std::int64_t offset = 0;  ///< in the source
  std::int64_t length = 0;
  std::int64_t fadeIn = 0;
  std::int64_t fadeOut = 0;
  /// The latest end of this clip and those before it on its track.
  std::int64_t latestEnd = 0;
  std::int32_t source = 0;
  float gain = 1.0f;
  FadeCurve fadeInCurve = FadeCurve::linear;
  FadeCurve fadeOutCurve = FadeCurve::linear;

  std::int64_t end() const noexcept { return start + length; }
};

/// The clips of all tracks, a track's by start. All methods belong to the thread that runs the engine; only
/// `prepare` allocates.
class ClipStore {
 public:
  void prepare(std::size_t capacity, std::size_t tracks) { runs_.prepare(capacity, tracks); }

  /// Whether a track's clips can be replaced by `count` others.
  bool fits(std::size_t track, std::size_t count) const noexcept { return runs_.fits(track, count); }
  /// Makes room for a track's new clips, to be filled in any order and then put in order by `finish`.
  std::span<Clip> replace(std::size_t track, std::size_t count) noexcept {
    return filling_ = runs_.replace(track, count);
  }
  void finish() noexcept;
  void release(std::size_t track) noexcept { runs_.release(track); }

  std::span<const Clip> clips(std::size_t track) const noexcept { return runs_.items(track); }

 private:
  RunStore<Clip> runs_;
  std::span<Clip> filling_;
};

/// Calls visit(clip) for each clip of a track that sounds in a span, by start.
template <typename Visit>
void forEachClipIn(std::span<const Clip> clips, SongSpan span, Visit visit) {
  std::size_t first = 0;
  for (std::size_t past = clips.size(); first < past;) {
    const std::size_t middle = (first + past) / 2;
    if (clips[middle].latestEnd > span.from) {
      past = middle;
    } else {
      first = middle + 1;
    }
  }
  for (const Clip& clip : clips.subspan(first)) {
    if (clip.start >= span.to) return;
    if (clip.end() > span.from) visit(clip);
  }
}

}  // namespace mixwell::engine
