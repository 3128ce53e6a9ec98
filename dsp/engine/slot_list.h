#pragma once

#include <cstdint>
#include <vector>

namespace mixwell::engine {

/// A doubly linked list of slot numbers; a slot is in it once at most. Only `prepare` allocates.
class SlotList {
 public:
  static constexpr std::uint32_t none = 0xffffffffU;

  void prepare(std::size_t slots) {
    links_.assign(slots + 1, Link{absent, absent});
    end_ = static_cast<std::uint32_t>(slots);
    clear();
  }

  void clear() noexcept {
    for (Link& link : links_) link = {absent, absent};
    links_[end_] = {end_, end_};
  }

  bool contains(std::uint32_t slot) const noexcept { return links_[slot].next != absent; }
  bool empty() const noexcept { return links_[end_].next == end_; }
  std::uint32_t front() const noexcept { return orNone(links_[end_].next); }
  std::uint32_t back() const noexcept { return orNone(links_[end_].previous); }
  std::uint32_t after(std::uint32_t slot) const noexcept { return orNone(links_[slot].next); }
  std::uint32_t before(std::uint32_t slot) const noexcept { return orNone(links_[slot].previous); }

  void pushFront(std::uint32_t slot) noexcept { insert(slot, end_, links_[end_].next); }
  void pushBack(std::uint32_t slot) noexcept { insert(slot, links_[end_].previous, end_); }

  void remove(std::uint32_t slot) noexcept {
    const Link link = links_[slot];
    if (link.next == absent) return;
    links_[link.previous].next = link.next;
    links_[link.next].previous = link.previous;
    links_[slot] = {absent, absent};
  }

 private:
  static constexpr std::uint32_t absent = 0xfffffffeU;

  struct Link {
    std::uint32_t previous;
    std::uint32_t next;
  };

  std::uint32_t orNone(std::uint32_t slot) const noexcept { return slot == end_ ? none : slot; }

  void insert(std::uint32_t slot, std::uint32_t previous, std::uint32_t next) noexcept {
    links_[slot] = {previous, next};
    links_[previous].next = slot;
    links_[next].previous = slot;
  }

  std::vector<Link> links_;  // the last one is both ends
  std::uint32_t end_ = 0;
};

}  // namespace mixwell::engine
