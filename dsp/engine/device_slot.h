#pragma once

#include <cstdint>
#include <span>

#include "engine/arena.h"
#include "engine/automation_player.h"
#include "engine/delay_path.h"
#include "engine/device_types.h"
#include "engine/insert_store.h"
#include "engine/key_input.h"
#include "engine/level_match.h"
#include "engine/tempo_map.h"
#include "engine/time_line.h"
#include "engine/waiting_ramp.h"

namespace mixwell::engine {

/// What devices share.
struct InsertEnvironment {
  double sampleRateHz = 48000.0;
  Arena* arena = nullptr;       ///< for devices
  Arena* delayArena = nullptr;  ///< for their ways past
  const TimeLine* time = nullptr;
  const TempoMap* tempo = nullptr;
  AutomationPlayer* automation = nullptr;
  std::uint32_t fadeFrames = 960;  ///< in which a device comes, goes or is passed by
};

/// A device of a chain with the way past it: that is how it comes, goes and is bypassed without a click.
/// Belongs to the thread that runs the engine and allocates nothing.
class DeviceSlot {
 public:
  /// Memory for a device of this kind is taken; it is made by `make`. False where there is no room.
  bool begin(std::uint32_t number, const DeviceType& type, std::size_t bytes,
             const InsertEnvironment& environment) noexcept;
  /// Makes the device with its parameters.
  void make(const Insert& insert, const InsertEnvironment& environment) noexcept;
  /// Destroys it and gives everything back.
  void end(const InsertEnvironment& environment) noexcept;

  std::uint32_t number() const noexcept { return number_; }
  params::Device* device() const noexcept { return device_; }
  bool isLeaving() const noexcept { return leaving_; }
  std::size_t latency() const noexcept { return device_ != nullptr ? device_->latencySamples() : 0; }
  /// The read-out "reductionDb" of the last block, or 0.
  float reductionDb() const noexcept;

  /// Fades the device in, or out to what goes past it without delay.
  void show(bool present, const InsertEnvironment& environment, bool atOnce) noexcept;
  void leave(const InsertEnvironment& environment, bool atOnce) noexcept {
    leaving_ = true;
    show(false, environment, atOnce);
  }
  bool isGone() const noexcept { return present_.isAt(0.0f); }
  void setOn(bool on, bool levelMatched, const InsertEnvironment& environment, bool atOnce) noexcept;
  /// The one place where a parameter reaches a device.
  bool setParam(std::size_t index, double value, std::uint32_t glideFrames,
                const InsertEnvironment& environment) noexcept;
  void reset(const InsertEnvironment& environment) noexcept;

  /// In place; `late` is the delay of the sound that comes in, `silent` says that it is all zero. Returns
  /// whether something comes out.
  bool process(float* left, float* right, std::size_t frames, bool silent, std::int64_t late,
               const KeyInput* key, const InsertEnvironment& environment) noexcept;
  /// Once after the device gave out what was no number.
  bool takeBadSamples() noexcept {
    const bool bad = bad_;
    bad_ = false;
    return bad;
  }

 private:
  bool run(float* left, float* right, std::size_t frames, bool silent, std::int64_t late, const KeyInput* key,
           const InsertEnvironment& environment) noexcept;
  void runDevice(float* left, float* right, std::size_t from, std::size_t to, std::int64_t late,
                 const KeyInput* key, const InsertEnvironment& environment) noexcept;
  std::span<const std::uint32_t> lanesOf(const InsertEnvironment& environment) const noexcept;
  void startPast(const InsertEnvironment& environment) noexcept;
  void giveMode(const InsertEnvironment& environment) noexcept;

  std::uint32_t number_ = InsertStore::none;
  const DeviceType* type_ = nullptr;
  std::span<std::byte> block_;
  std::span<std::byte> modeBlock_;
  params::Device* device_ = nullptr;
  WaitingRamp present_{0.0f};
  WaitingRamp wet_{1.0f};
  DelayPath past_;
  LevelMatch match_;
  std::int64_t silentFor_ = 0;
  bool asleep_ = true;
  bool untouched_ = true;  // since the last reset, by sound or by hand
  bool levelMatched_ = false;
  bool leaving_ = false;
  bool bad_ = false;
};

}  // namespace mixwell::engine
