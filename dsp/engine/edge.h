#pragma once

#include <cstdint>

#include "core/ramp.h"
#include "engine/delay_path.h"
#include "engine/key_input.h"
#include "engine/led_gains.h"

namespace mixwell::engine {

/// A way of sound from a strip: into a bus, into a key, or out as a stem. It has its gain, and the delay that
/// makes it arrive together with the others. Belongs to the thread that runs the engine.
struct Edge {
  enum class Kind : std::uint8_t { output, sendPost, sendPre, gateKey, compressorKey, insertKey, stem };

  Kind kind = Kind::output;
  bool inUse = false;
  bool wanted = false;   ///< by the arrangement, while edges and arrangement are held against each other
  bool leaving = false;  ///< fades out
  bool led = false;      ///< lanes move its gain
  std::uint32_t from = 0;
  std::uint32_t to = 0;     ///< slot of the bus or of the owner of the key, or masterSlot
  std::uint32_t place = 0;  ///< of the send, or the number of the insert
  std::uint32_t next = 0;   ///< of the same strip
  KeyInput* key = nullptr;
  core::Ramp<float> left{0.0f};
  core::Ramp<float> right{0.0f};
  DelayPath delay{};
  float lastLeft = 0.0f;
  float lastRight = 0.0f;
  LedGains ledGains{};  ///< what lanes give it

  bool isKey() const noexcept {
    return kind == Kind::gateKey || kind == Kind::compressorKey || kind == Kind::insertKey;
  }
  /// Taken before pan, fader and mute.
  bool isPre() const noexcept { return kind == Kind::sendPre || isKey(); }
  bool settled() const noexcept { return left.settled() && right.settled(); }
  /// Whether it hands on what it gets as it is.
  bool isUnity() const noexcept {
    return settled() && left.target(0) == 1.0f && right.target(0) == 1.0f && delay.isPlain();
  }
  bool isShut() const noexcept { return settled() && left.target(0) == 0.0f && right.target(0) == 0.0f; }

  void start(float leftGain, float rightGain, std::uint32_t frames) noexcept {
    left.start(0, leftGain, frames);
    right.start(0, rightGain, frames);
  }
  void skip(std::size_t frames) noexcept {
    left.skip(frames);
    right.skip(frames);
  }
};

}  // namespace mixwell::engine
