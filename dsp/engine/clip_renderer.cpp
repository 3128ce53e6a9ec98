#include "engine/clip_renderer.h"

#include <algorithm>

namespace mixwell::engine {

namespace {

constexpr auto pageLength = static_cast<std::int64_t>(pageFrames);

/// Writes a clip's gain for `count` frames from its frame `first` on; false where it is the same for all,
/// clip.gain.
bool writeGains(const Clip& clip, std::int64_t first, std::size_t count, float* gains) noexcept {
  const std::int64_t past = first + static_cast<std::int64_t>(count);
  const std::int64_t fadeOutStart = clip.length - clip.fadeOut;
  const bool fadesIn = first < clip.fadeIn;
  const bool fadesOut = past > fadeOutStart;
  if (!fadesIn && !fadesOut) return false;
  std::fill_n(gains, count, clip.gain);
  if (fadesIn) {
    const auto frames = static_cast<std::size_t>(std::min(past, clip.fadeIn) - first);
    applyFade(clip.fadeInCurve, first, 1, clip.fadeIn, gains, frames);
  }
  if (fadesOut) {
    const std::int64_t begin = std::max(first, fadeOutStart);
    applyFade(clip.fadeOutCurve, clip.length - begin, -1, clip.fadeOut, gains + (begin - first),
              static_cast<std::size_t>(past - begin));
  }
  return true;
}

void addWithGain(const float* from, float gain, std::size_t count, float* to) noexcept {
  for (std::size_t i = 0; i < count; ++i) to[i] += from[i] * gain;
}

void addWithGains(const float* from, const float* gains, std::size_t count, float* to) noexcept {
  for (std::size_t i = 0; i < count; ++i) to[i] += from[i] * gains[i];
}

}  // namespace

RenderedClips renderClips(const Arrangement& song, PageCache& cache, std::size_t slot, SongSpan span,
                          float* left, float* right) noexcept {
  RenderedClips rendered;
  forEachClipIn(song.clips.clips(slot), span, [&](const Clip& clip) {
    const Source* source = song.source(clip.source);
    if (source == nullptr) return;
    std::int64_t frame = std::max(clip.start, span.from) - clip.start;  // counted from the start of the clip
    const std::int64_t past =
        std::min(std::min(clip.end(), span.to) - clip.start, source->frames - clip.offset);
    while (frame < past) {
      const std::int64_t inSource = clip.offset + frame;
      const std::int64_t inPage = inSource % pageLength;
      const auto count = static_cast<std::size_t>(std::min(past - frame, pageLength - inPage));
      const PageCache::Page page = cache.use({clip.source, static_cast<std::int32_t>(inSource / pageLength)});
      if (page.samples != nullptr) {
        const float* fromLeft = page.samples + inPage;
        const float* fromRight = source->channels == 1 ? fromLeft : fromLeft + pageFrames;
        const std::int64_t at = clip.start + frame - span.from;
        float gains[quantumFrames];
        if (writeGains(clip, frame, count, gains)) {
          addWithGains(fromLeft, gains, count, left + at);
          addWithGains(fromRight, gains, count, right + at);
        } else {
          addWithGain(fromLeft, clip.gain, count, left + at);
          addWithGain(fromRight, clip.gain, count, right + at);
        }
        rendered.badSamples |= page.bad;
        rendered.any = true;
      }
      frame += static_cast<std::int64_t>(count);
    }
  });
  return rendered;
}

bool takePlain(const Arrangement& song, PageCache& cache, std::size_t slot, SongSpan span,
               PlainTake& take) noexcept {
  const Clip* only = nullptr;
  std::size_t count = 0;
  forEachClipIn(song.clips.clips(slot), span, [&](const Clip& clip) {
    only = &clip;
    ++count;
  });
  if (count == 0) return true;
  const Source* source = count == 1 ? song.source(only->source) : nullptr;
  if (source == nullptr) return false;
  const std::int64_t first = span.from - only->start;
  const std::int64_t past = span.to - only->start;
  const bool even =
      first >= only->fadeIn && past <= only->length - only->fadeOut && past <= source->frames - only->offset;
  const std::int64_t inSource = only->offset + first;
  const std::int64_t inPage = inSource % pageLength;
  const std::int64_t toRead = (span.length() + 3) / 4 * 4;
  if (!even || inPage + toRead > pageLength) return false;
  const PageCache::Page page = cache.use({only->source, static_cast<std::int32_t>(inSource / pageLength)});
  if (page.samples == nullptr) return false;
  const float* left = page.samples + inPage;
  take = {left, source->channels == 1 ? left : left + pageFrames, only->gain, page.bad};
  return true;
}

}  // namespace mixwell::engine
