#include "engine/clip_store.h"

#include <algorithm>

namespace mixwell::engine {

void ClipStore::finish() noexcept {
  const std::span<Clip> clips = filling_;
  // Clips that start together keep the order in which they were given, which is in latestEnd until they are
  // sorted.
  for (std::size_t i = 0; i < clips.size(); ++i) clips[i].latestEnd = static_cast<std::int64_t>(i);
  std::sort(clips.begin(), clips.end(), [](const Clip& a, const Clip& b) {
    return a.start != b.start ? a.start < b.start : a.latestEnd < b.latestEnd;
  });
  std::int64_t latest = 0;
  for (Clip& clip : clips) {
    latest = std::max(latest, clip.end());
    clip.latestEnd = latest;
  }
}

}  // namespace mixwell::engine
