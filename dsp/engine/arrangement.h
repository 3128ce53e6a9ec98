#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/automation_store.h"
#include "engine/clip_store.h"
#include "engine/index_map.h"
#include "engine/insert_store.h"
#include "engine/limits.h"
#include "engine/page_cache.h"
#include "engine/strip_sections.h"
#include "engine/tempo_map.h"

namespace mixwell::engine {

struct Source {
  std::int32_t handle = 0;
  std::int64_t frames = 0;
  std::uint32_t channels = 0;
};

/// In place of a track's slot where the master is meant, or the mastering chain behind it, or what is played
/// to compare with and comes into no mix.
inline constexpr std::uint32_t masterSlot = 0xfffffffeU;
inline constexpr std::uint32_t masteringSlot = 0xfffffffdU;
inline constexpr std::uint32_t referenceSlot = 0xfffffffcU;

/// Whether a slot is that of a track.
constexpr bool isTrackSlot(std::uint32_t slot) noexcept {
  return slot < referenceSlot;
}

/// A way for a part of a track's sound into a bus.
struct Send {
  std::uint32_t bus = masterSlot;  ///< slot of a track
  double gainDb = 0.0;
  double pan = 0.0;
  bool pre = false;  ///< taken before pan, fader and mute
  bool on = true;
};

/// Sections of the strip with an external side-chain.
enum class KeyedSection : std::uint8_t { gate, compressor };
inline constexpr std::size_t keyedSections = 2;

/// What the document says of a track; how it sounds in between two values is the strips' affair.
struct Track {
  std::int32_t handle = 0;
  /// 1: every clip plays a mono source, so that pan is constant power.
  std::uint32_t channels = 2;
  std::array<double, channelParamCount> params{};  ///< by the places of channelParams

  std::uint32_t output = masterSlot;  ///< slot of its bus, masterSlot or referenceSlot
  std::array<Send, maxSends> sends{};
  std::size_t sendCount = 0;
  std::array<std::uint32_t, keyedSections> keys{IndexMap::none, IndexMap::none};

  std::span<const Send> sendList() const noexcept { return {sends.data(), sendCount}; }
  double param(StripParam which) const noexcept { return params[static_cast<std::size_t>(which)]; }
  bool isOn(StripParam which) const noexcept { return param(which) != 0.0; }
};

/// Sources, tracks in their order and their clips. A track keeps its slot as long as it lives, its place is
/// where it stands in the order. All methods belong to the thread that runs the engine; only `prepare`
/// allocates.
class Arrangement {
 public:
  static constexpr std::uint32_t none = IndexMap::none;

  void prepare(double sampleRateHz, std::size_t trackCapacity);

  const Source* source(std::int32_t handle) const noexcept;
  bool hasRoomForSource() const noexcept { return sourceIndex_.size() < sources_.size(); }
  void addSource(const Source& source) noexcept;
  void removeSource(std::int32_t handle) noexcept;

  std::size_t trackCapacity() const noexcept { return tracks_.size(); }
  /// Slots of the tracks, in order.
  std::span<const std::uint32_t> order() const noexcept { return {order_.data(), count_}; }
  std::uint32_t slotOf(std::int32_t handle) const noexcept { return trackIndex_.find(keyOf(handle)); }
  /// Where the track in a slot stands; `none` for a free slot.
  std::uint32_t placeOf(std::size_t slot) const noexcept { return places_[slot]; }
  Track& track(std::size_t slot) noexcept { return tracks_[slot]; }
  const Track& track(std::size_t slot) const noexcept { return tracks_[slot]; }

  /// The new list of tracks, at most trackCapacity, each once. Those that are new have the defaults of the
  /// table and no clips. Of those that go their inserts and lanes go, too, and what led to them: their tracks
  /// go to the master, sends to them and keys from them are taken away.
  void setOrder(std::span<const std::int32_t> handles) noexcept;

  bool anySolo() const noexcept;

  /// The number of an owner's chain of inserts; the owner is a slot, masterSlot or masteringSlot.
  std::size_t chainOf(std::uint32_t owner) const noexcept {
    if (isTrackSlot(owner)) return owner;
    return owner == masterSlot ? tracks_.size() : tracks_.size() + 1;
  }

  ClipStore clips;
  /// A chain a slot, the master's and the mastering chain.
  InsertStore inserts;
  AutomationStore automation;
  TempoMap tempo;

 private:
  void forget(std::uint32_t slot) noexcept;

  static std::uint64_t keyOf(std::int32_t handle) noexcept { return static_cast<std::uint32_t>(handle); }

  std::vector<Source> sources_;
  std::vector<std::uint32_t> freeSources_;
  IndexMap sourceIndex_;
  std::vector<Track> tracks_;
  std::vector<std::uint32_t> places_;
  std::vector<std::uint32_t> order_;
  std::size_t count_ = 0;
  IndexMap trackIndex_;
};

/// Calls visit(page, firstFrame) for each page that a track's clips take from their sources in a span;
/// firstFrame is where in the song the page is needed first. Clips of sources that are gone need none.
template <typename Visit>
void forEachPageIn(const Arrangement& song, std::size_t slot, SongSpan span, Visit visit) {
  constexpr auto pageLength = static_cast<std::int64_t>(pageFrames);
  forEachClipIn(song.clips.clips(slot), span, [&](const Clip& clip) {
    const Source* source = song.source(clip.source);
    if (source == nullptr) return;
    const std::int64_t toSource = clip.offset - clip.start;
    const std::int64_t from = (clip.start > span.from ? clip.start : span.from) + toSource;
    std::int64_t to = (clip.end() < span.to ? clip.end() : span.to) + toSource;
    if (to > source->frames) to = source->frames;
    for (std::int64_t frame = from; frame < to; frame = (frame / pageLength + 1) * pageLength) {
      visit(PageId{clip.source, static_cast<std::int32_t>(frame / pageLength)}, frame - toSource);
    }
  });
}

}  // namespace mixwell::engine
