#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "engine/device_slot.h"

namespace mixwell::engine {

/// The devices of a strip or of the master one after the other. What is in the rack follows the chain of the
/// document in fades: new devices fade in, those that go fade out, and those that change places fade out,
/// move, and fade in again. Belongs to the thread that runs the engine and allocates nothing.
class InsertRack {
 public:
  /// Devices that are on their way out are in it as well.
  static constexpr std::size_t capacity = 2 * maxInserts;

  bool isEmpty() const noexcept { return count_ == 0; }
  std::span<DeviceSlot* const> slots() const noexcept { return {slots_.data(), count_}; }

  /// The slot of an insert, or null.
  DeviceSlot* find(std::uint32_t number) const noexcept;
  /// Puts a slot at the end; there must be room. It gets its place by `follow`.
  void add(DeviceSlot* slot) noexcept { slots_[count_++] = slot; }
  /// Brings devices and chain together as far as can be done without a click now. Calls `destroy(slot)` for
  /// those that are gone. Returns whether nothing is left to do.
  template <typename Destroy>
  bool follow(std::span<const std::uint32_t> chain, const InsertEnvironment& environment, bool atOnce,
              Destroy destroy) noexcept {
    for (std::size_t i = count_; i > 0; --i) {
      DeviceSlot* slot = slots_[i - 1];
      if (!slot->isLeaving() || !(atOnce || slot->isGone())) continue;
      remove(i - 1);
      destroy(slot);
    }
    return arrange(chain, environment, atOnce);
  }
  /// Those on their way out go at once.
  template <typename Destroy>
  void endLeaving(Destroy destroy) noexcept {
    for (std::size_t i = count_; i > 0; --i) {
      DeviceSlot* slot = slots_[i - 1];
      if (!slot->isLeaving()) continue;
      remove(i - 1);
      destroy(slot);
    }
  }
  /// Frames by which what comes out is late: those of all devices that stay.
  std::size_t latency() const noexcept;
  /// And of those in front of an insert.
  std::size_t latencyBefore(std::uint32_t number) const noexcept;

  /// In place; see DeviceSlot::process. `keyOf(number)` is the insert's key, or null; `watch(slot, before)`
  /// is called before and behind each device.
  template <typename KeyOf, typename Watch>
  bool process(float* left, float* right, std::size_t frames, bool silent, std::int64_t late,
               const InsertEnvironment& environment, KeyOf keyOf, Watch watch) noexcept {
    for (std::size_t i = 0; i < count_; ++i) {
      DeviceSlot& slot = *slots_[i];
      const KeyInput* key = slot.isLeaving() ? nullptr : keyOf(slot.number());
      watch(slot, true, key);
      silent = !slot.process(left, right, frames, silent, late, key, environment);
      watch(slot, false, key);
      if (!slot.isLeaving()) late += static_cast<std::int64_t>(slot.latency());
    }
    return !silent;
  }

 private:
  void remove(std::size_t place) noexcept;
  bool arrange(std::span<const std::uint32_t> chain, const InsertEnvironment& environment,
               bool atOnce) noexcept;

  std::array<DeviceSlot*, capacity> slots_{};
  std::size_t count_ = 0;
};

}  // namespace mixwell::engine
