#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/index_map.h"
#include "engine/limits.h"
#include "engine/slot_list.h"

namespace mixwell::engine {

/// A page of a source: frames [4096 * index, 4096 * (index + 1)).
struct PageId {
  std::int32_t source;
  std::int32_t index;

  friend bool operator==(const PageId&, const PageId&) = default;
};

/// Pages of sound in a fixed number of slots. Whoever plans ahead says which pages are wanted, nearest first;
/// those that are absent get a slot (that of a page not wanted any more, else of the one wanted latest) and
/// go to the queue of requests. All methods belong to the thread that runs the engine; only `prepare`
/// allocates.
class PageCache {
 public:
  /// A page that is there: planar, left then right at pageFrames.
  struct Page {
    const float* samples = nullptr;
    /// NaN or Inf in it was replaced by 0.
    bool bad = false;
  };

  enum class Wanted : std::uint8_t {
    ready,
    /// Asked for and not there yet.
    pending,
    /// Every slot holds a page that this pass wants sooner.
    noRoom,
  };

  void prepare(std::size_t slots);
  std::size_t slots() const noexcept { return slots_.size(); }

  /// Drops all pages and requests.
  void clear() noexcept;
  void dropSource(std::int32_t source) noexcept;

  /// Begins a pass of planning: pages are to be named in the order in which they will be needed.
  void beginPass() noexcept { ++pass_; }
  /// Names a page that the pass needs. Asked again where it was not delivered within `reissueFrames` of the
  /// clock.
  Wanted want(PageId page, std::int64_t clockFrames, std::int64_t reissueFrames) noexcept;
  /// Whether this pass has named the page.
  bool named(PageId page) const noexcept;

  /// Begins a block: pages that it uses are not driven out by `wantNow`.
  void beginBlock() noexcept { ++block_; }
  /// The page, for the block that begins now; samples are null where it is not there.
  Page use(PageId page) noexcept;
  /// A page that holds up the block: the request goes to the head of the queue, in place of the page needed
  /// last.
  void wantNow(PageId page, std::int64_t clockFrames) noexcept;

  /// Moves requests out of the queue, most urgent first; returns how many.
  std::size_t takeRequests(std::span<PageId> into) noexcept;
  /// Takes a page out of the queue: it is being fetched otherwise.
  void unqueue(PageId page) noexcept;
  /// Everything asked for and not delivered is not wanted any more.
  void forgetRequests() noexcept;

  /// Where to put a page that was asked for: pageFloats floats. Null where it is not wanted (any more).
  float* claim(PageId page) noexcept;
  /// The claimed page is filled. Samples that are no number, infinite or beyond 2^40 become 0. False where it
  /// was not claimed.
  bool commit(PageId page) noexcept;

 private:
  enum class State : std::uint8_t { free, requested, filling, ready };

  struct Slot {
    PageId page;
    State state = State::free;
    bool bad = false;
    std::uint32_t pass = 0;
    std::uint32_t block = 0;
    std::int64_t askedAtFrames = 0;
  };

  std::uint32_t find(PageId page) const noexcept;
  std::uint32_t room(bool urgent) const noexcept;
  float* samplesOf(std::uint32_t slot) noexcept { return samples_.data() + slot * pageFloats; }
  void place(std::uint32_t slot, PageId page, std::int64_t clockFrames) noexcept;
  void release(std::uint32_t slot) noexcept;

  std::vector<float> samples_;
  std::vector<Slot> slots_;
  IndexMap index_;
  SlotList recent_;  // most recently wanted first
  SlotList queue_;
  SlotList free_;
  std::uint32_t pass_ = 0;
  std::uint32_t block_ = 0;
};

}  // namespace mixwell::engine
