#include "engine/insert_store.h"

#include <algorithm>

#include "engine/device_types.h"

namespace mixwell::engine {

void InsertStore::prepare(std::size_t capacity, std::size_t chains) {
  inserts_.assign(capacity, Insert{});
  free_.clear();
  free_.reserve(capacity);
  for (std::size_t number = capacity; number > 0; --number) {
    free_.push_back(static_cast<std::uint32_t>(number - 1));
  }
  chains_.assign(chains, Chain{});
  index_.prepare(capacity);
}

std::uint32_t InsertStore::add(std::int32_t handle, std::uint32_t device, std::uint32_t owner) noexcept {
  const std::uint32_t number = free_.back();
  free_.pop_back();
  Insert& born = inserts_[number];
  born = Insert{.handle = handle, .device = device, .owner = owner};
  const auto infos = deviceTypes()[device].table->params;
  for (std::size_t i = 0; i < infos.size(); ++i) born.params[i] = infos[i].defaultValue;
  index_.insert(keyOf(handle), number);
  return number;
}

void InsertStore::remove(std::uint32_t number) noexcept {
  index_.erase(keyOf(inserts_[number].handle));
  free_.push_back(number);  // within what prepare reserved
}

void InsertStore::setChain(std::size_t chain, std::span<const std::uint32_t> numbers) noexcept {
  Chain& held = chains_[chain];
  for (std::size_t i = 0; i < held.count; ++i) {
    if (std::find(numbers.begin(), numbers.end(), held.inserts[i]) == numbers.end()) remove(held.inserts[i]);
  }
  std::copy(numbers.begin(), numbers.end(), held.inserts.begin());
  held.count = numbers.size();
}

void InsertStore::forgetKey(std::uint32_t slot) noexcept {
  for (const Chain& chain : chains_) {
    for (std::size_t i = 0; i < chain.count; ++i) {
      if (inserts_[chain.inserts[i]].key == slot) inserts_[chain.inserts[i]].key = none;
    }
  }
}

}  // namespace mixwell::engine
