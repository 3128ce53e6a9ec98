#include "engine/page_cache.h"

#include "core/float4.h"

namespace mixwell::engine {

namespace {

constexpr std::uint32_t none = SlotList::none;

std::uint64_t keyOf(PageId page) noexcept {
  return (static_cast<std::uint64_t>(static_cast<std::uint32_t>(page.source)) << 32U) |
         static_cast<std::uint32_t>(page.index);
}

// Silences samples that would poison sums and meters; returns whether there were any. 2^40 leaves room for
// every gain.
bool silenceBadSamples(float* samples, std::size_t count) noexcept {
  using core::Float4;
  const Float4 limit(1099511627776.0f);
  const Float4 zero(0.0f);
  Float4 bad = zero;
  for (std::size_t i = 0; i < count; i += core::laneCount) {
    const Float4 x = Float4::load(samples + i);
    const Float4 good = less(abs(x), limit);  // no number is less than anything
    bad = select(good, bad, Float4(1.0f));
    select(good, x, zero).store(samples + i);
  }
  return bad.lane(0) + bad.lane(1) + bad.lane(2) + bad.lane(3) > 0.0f;
}

}  // namespace

void PageCache::prepare(std::size_t slots) {
  samples_.assign(slots * pageFloats, 0.0f);
  slots_.assign(slots, Slot{});
  index_.prepare(slots);
  recent_.prepare(slots);
  queue_.prepare(slots);
  free_.prepare(slots);
  clear();
}

void PageCache::clear() noexcept {
  index_.clear();
  recent_.clear();
  queue_.clear();
  free_.clear();
  for (std::uint32_t slot = 0; slot < slots_.size(); ++slot) {
    slots_[slot] = Slot{};
    free_.pushBack(slot);
  }
}

void PageCache::dropSource(std::int32_t source) noexcept {
  for (std::uint32_t slot = 0; slot < slots_.size(); ++slot) {
    if (slots_[slot].state != State::free && slots_[slot].page.source == source) release(slot);
  }
}

std::uint32_t PageCache::find(PageId page) const noexcept {
  return index_.find(keyOf(page));
}

void PageCache::place(std::uint32_t slot, PageId page, std::int64_t clockFrames) noexcept {
  if (slots_[slot].state != State::free) release(slot);
  free_.remove(slot);
  slots_[slot] = Slot{.page = page, .state = State::requested, .pass = pass_, .askedAtFrames = clockFrames};
  index_.insert(keyOf(page), slot);
  recent_.pushFront(slot);
}

void PageCache::release(std::uint32_t slot) noexcept {
  index_.erase(keyOf(slots_[slot].page));
  recent_.remove(slot);
  queue_.remove(slot);
  slots_[slot].state = State::free;
  free_.pushFront(slot);
}

// A free slot; else that of a page which two passes have not named; else the one that the pass before named
// last, which is needed latest. `urgent`: else one that this pass named last, as long as the block does not
// use it.
std::uint32_t PageCache::room(bool urgent) const noexcept {
  if (!free_.empty()) return free_.front();
  const auto canGo = [&](std::uint32_t slot) {
    return slots_[slot].state != State::filling && !(urgent && slots_[slot].block == block_);
  };
  const std::uint32_t oldest = recent_.back();
  if (slots_[oldest].pass + 1 < pass_ && canGo(oldest)) return oldest;
  std::uint32_t latest = none;
  for (std::uint32_t slot = recent_.front(); slot != none; slot = recent_.after(slot)) {
    if (!canGo(slot)) continue;
    if (slots_[slot].pass != pass_) return slot;
    if (latest == none) latest = slot;
  }
  return urgent ? latest : none;
}

PageCache::Wanted PageCache::want(PageId page, std::int64_t clockFrames,
                                  std::int64_t reissueFrames) noexcept {
  std::uint32_t slot = find(page);
  if (slot == none) {
    slot = room(false);
    if (slot == none) return Wanted::noRoom;
    place(slot, page, clockFrames);
    queue_.pushBack(slot);
    return Wanted::pending;
  }
  recent_.remove(slot);
  recent_.pushFront(slot);
  Slot& held = slots_[slot];
  held.pass = pass_;
  if (held.state == State::ready) return Wanted::ready;
  if (held.state == State::requested && !queue_.contains(slot) &&
      clockFrames - held.askedAtFrames >= reissueFrames) {
    held.askedAtFrames = clockFrames;
    queue_.pushBack(slot);
  }
  return Wanted::pending;
}

bool PageCache::named(PageId page) const noexcept {
  const std::uint32_t slot = find(page);
  return slot != none && slots_[slot].pass == pass_;
}

PageCache::Page PageCache::use(PageId page) noexcept {
  const std::uint32_t slot = find(page);
  if (slot == none || slots_[slot].state != State::ready) return {};
  slots_[slot].block = block_;
  return {samplesOf(slot), slots_[slot].bad};
}

void PageCache::wantNow(PageId page, std::int64_t clockFrames) noexcept {
  std::uint32_t slot = find(page);
  if (slot == none) {
    slot = room(true);
    if (slot == none) return;
    place(slot, page, clockFrames);
    queue_.pushFront(slot);
  } else if (queue_.contains(slot) && slots_[slot].block != block_) {
    queue_.remove(slot);
    queue_.pushFront(slot);
  }
  slots_[slot].block = block_;
}

std::size_t PageCache::takeRequests(std::span<PageId> into) noexcept {
  std::size_t count = 0;
  while (count < into.size() && !queue_.empty()) {
    const std::uint32_t slot = queue_.front();
    queue_.remove(slot);
    into[count++] = slots_[slot].page;
  }
  return count;
}

void PageCache::unqueue(PageId page) noexcept {
  const std::uint32_t slot = find(page);
  if (slot != none) queue_.remove(slot);
}

void PageCache::forgetRequests() noexcept {
  for (std::uint32_t slot = 0; slot < slots_.size(); ++slot) {
    if (slots_[slot].state == State::requested) release(slot);
  }
}

float* PageCache::claim(PageId page) noexcept {
  const std::uint32_t slot = find(page);
  if (slot == none || slots_[slot].state == State::ready) return nullptr;
  slots_[slot].state = State::filling;
  queue_.remove(slot);
  return samplesOf(slot);
}

bool PageCache::commit(PageId page) noexcept {
  const std::uint32_t slot = find(page);
  if (slot == none || slots_[slot].state != State::filling) return false;
  slots_[slot].bad = silenceBadSamples(samplesOf(slot), pageFloats);
  slots_[slot].state = State::ready;
  return true;
}

}  // namespace mixwell::engine
