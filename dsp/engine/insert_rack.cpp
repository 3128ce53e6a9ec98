#include "engine/insert_rack.h"

#include <algorithm>

namespace mixwell::engine {

DeviceSlot* InsertRack::find(std::uint32_t number) const noexcept {
  for (DeviceSlot* slot : slots()) {
    if (!slot->isLeaving() && slot->number() == number) return slot;
  }
  return nullptr;
}

void InsertRack::remove(std::size_t place) noexcept {
  for (std::size_t i = place + 1; i < count_; ++i) slots_[i - 1] = slots_[i];
  --count_;
}

bool InsertRack::arrange(std::span<const std::uint32_t> chain, const InsertEnvironment& environment,
                         bool atOnce) noexcept {
  // Places of the chain's devices, in its order; those that nothing is heard of may move freely.
  const auto placeOf = [&](std::uint32_t number) {
    const auto place = std::find(slots_.begin(), slots_.begin() + count_, find(number));
    return static_cast<std::size_t>(place - slots_.begin());
  };
  std::array<DeviceSlot*, maxInserts> wanted{};
  std::size_t size = 0;
  for (const std::uint32_t number : chain) {
    if (DeviceSlot* slot = find(number)) wanted[size++] = slot;
  }
  std::array<bool, maxInserts> moves{};
  bool quiet = true;
  for (std::size_t i = 0; i < size; ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (wanted[i]->isGone() || wanted[j]->isGone()) continue;
      if (placeOf(wanted[j]->number()) > placeOf(wanted[i]->number())) moves[i] = moves[j] = true;
    }
    if (moves[i]) quiet = false;
  }
  if (!quiet && !atOnce) {
    for (std::size_t i = 0; i < size; ++i) {
      if (moves[i]) wanted[i]->show(false, environment, false);
    }
    return false;
  }
  // Devices on their way out keep their places between those that stay and are heard.
  std::array<DeviceSlot*, capacity> ordered{};
  std::size_t done = 0;
  std::size_t at = 0;
  const auto keepLeavingUpTo = [&](const DeviceSlot* past) {
    for (; at < count_ && slots_[at] != past; ++at) {
      if (slots_[at]->isLeaving()) ordered[done++] = slots_[at];
    }
  };
  for (std::size_t i = 0; i < size; ++i) {
    if (!wanted[i]->isGone() && quiet) keepLeavingUpTo(wanted[i]);
    ordered[done++] = wanted[i];
  }
  keepLeavingUpTo(nullptr);
  slots_ = ordered;
  bool complete = true;
  for (std::size_t i = 0; i < size; ++i) {
    if (wanted[i]->device() == nullptr) {
      complete = false;
    } else {
      wanted[i]->show(true, environment, atOnce);
    }
  }
  for (DeviceSlot* slot : slots()) complete = complete && !slot->isLeaving();
  return complete;
}

std::size_t InsertRack::latency() const noexcept {
  std::size_t sum = 0;
  for (const DeviceSlot* slot : slots()) sum += slot->isLeaving() ? 0 : slot->latency();
  return sum;
}

std::size_t InsertRack::latencyBefore(std::uint32_t number) const noexcept {
  std::size_t sum = 0;
  for (const DeviceSlot* slot : slots()) {
    if (!slot->isLeaving() && slot->number() == number) break;
    sum += slot->isLeaving() ? 0 : slot->latency();
  }
  return sum;
}

}  // namespace mixwell::engine
