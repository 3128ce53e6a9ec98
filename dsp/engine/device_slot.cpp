#include "engine/device_slot.h"

#include <algorithm>

namespace mixwell::engine {

namespace {

bool anySound(const float* left, const float* right, std::size_t frames) noexcept {
  for (std::size_t i = 0; i < frames; ++i) {
    if (left[i] != 0.0f || right[i] != 0.0f) return true;
  }
  return false;
}

// From one sound (0) to another (1), both ends themselves to the bit.
float mixed(float from, float to, float place) noexcept {
  if (place == 0.0f) return from;
  return place == 1.0f ? to : from + place * (to - from);
}

bool isFinite(const float* left, const float* right, std::size_t frames) noexcept {
  float sum = 0.0f;
  for (std::size_t i = 0; i < frames; ++i) sum += left[i] * 0.0f + right[i] * 0.0f;
  return sum == 0.0f;
}

}  // namespace

bool DeviceSlot::begin(std::uint32_t number, const DeviceType& type, std::size_t bytes,
                       const InsertEnvironment& environment) noexcept {
  const std::span<std::byte> block = environment.arena->take(bytes);
  if (block.empty()) return false;
  *this = DeviceSlot{};
  number_ = number;
  type_ = &type;
  block_ = block;
  match_.prepare(environment.sampleRateHz);
  return true;
}

void DeviceSlot::make(const Insert& insert, const InsertEnvironment& environment) noexcept {
  device_ = type_->make({.sampleRateHz = environment.sampleRateHz, .sourceChannels = 2}, block_);
  const auto infos = type_->table->params;
  for (std::size_t i = 0; i < infos.size(); ++i) {
    if (insert.params[i] != infos[i].defaultValue) device_->setParam(i, insert.params[i], 0);
  }
  giveMode(environment);
  device_->reset();
  wet_ = WaitingRamp{insert.on ? 1.0f : 0.0f};
  levelMatched_ = insert.levelMatched;
  startPast(environment);
}

void DeviceSlot::end(const InsertEnvironment& environment) noexcept {
  if (device_ != nullptr) device_->~Device();
  if (!block_.empty()) environment.arena->give(block_.data());
  if (!modeBlock_.empty()) environment.arena->give(modeBlock_.data());
  past_.release(*environment.delayArena);
  *this = DeviceSlot{};
}

// Where there is no room the device goes on without its mode.
void DeviceSlot::giveMode(const InsertEnvironment& environment) noexcept {
  if (type_->modeBytes == nullptr || !modeBlock_.empty() || !type_->needsMode(*device_)) return;
  modeBlock_ = environment.arena->take(
      type_->modeBytes({.sampleRateHz = environment.sampleRateHz, .sourceChannels = 2}));
  if (!modeBlock_.empty()) type_->giveMode(*device_, modeBlock_);
}

// The way past the device is as long as the way through it.
void DeviceSlot::startPast(const InsertEnvironment& environment) noexcept {
  const auto delay = static_cast<std::uint32_t>(latency());
  past_.setDelay(delay, past_.isDraining() ? environment.fadeFrames : 0, *environment.delayArena);
}

void DeviceSlot::show(bool present, const InsertEnvironment& environment, bool atOnce) noexcept {
  const float target = present ? 1.0f : 0.0f;
  if (present_.target() == target && !(atOnce && !present_.rests())) return;
  const auto wait = present ? static_cast<std::uint32_t>(latency()) : 0;
  present_.start(target, wait, atOnce ? 0 : environment.fadeFrames);
}

void DeviceSlot::setOn(bool on, bool levelMatched, const InsertEnvironment& environment,
                       bool atOnce) noexcept {
  levelMatched_ = levelMatched;
  const float target = on ? 1.0f : 0.0f;
  if (wet_.target() == target && !(atOnce && !wet_.rests())) return;
  wet_.start(target, static_cast<std::uint32_t>(latency()), atOnce ? 0 : environment.fadeFrames);
}

bool DeviceSlot::setParam(std::size_t index, double value, std::uint32_t glideFrames,
                          const InsertEnvironment& environment) noexcept {
  if (device_ == nullptr) return true;  // it is made with the values of the store
  if (!device_->setParam(index, value, asleep_ ? 0 : glideFrames)) return false;
  untouched_ = false;
  if (type_->table->params[index].changesLatency) {
    giveMode(environment);
    startPast(environment);
  }
  return true;
}

void DeviceSlot::reset(const InsertEnvironment& environment) noexcept {
  if (device_ == nullptr) return;
  if (!untouched_) device_->reset();
  past_.setDelay(static_cast<std::uint32_t>(latency()), 0, *environment.delayArena);
  past_.reset();
  match_.reset();
  present_.start(present_.target(), 0, 0);
  wet_.start(wet_.target(), 0, 0);
  silentFor_ = 0;
  asleep_ = untouched_ = true;
}

std::span<const std::uint32_t> DeviceSlot::lanesOf(const InsertEnvironment& environment) const noexcept {
  if (leaving_) return {};
  return environment.automation->ofInsert(number_);
}

void DeviceSlot::runDevice(float* left, float* right, std::size_t from, std::size_t to, std::int64_t late,
                           const KeyInput* key, const InsertEnvironment& environment) noexcept {
  static constexpr float nothing[quantumFrames] = {};
  untouched_ = false;
  params::BlockContext context;
  for (std::size_t at = from; at < to;) {
    TimeLine::Piece piece = environment.time->at(late, at, to - at);
    const std::int64_t sameTempo = environment.tempo->nextChange(piece.songFrame) - piece.songFrame;
    if (sameTempo < static_cast<std::int64_t>(piece.frames))
      piece.frames = static_cast<std::size_t>(sameTempo);
    const auto lanes = lanesOf(environment);
    piece.frames =
        environment.automation->lead(lanes, piece.songFrame, piece.frames,
                                     [&](std::uint32_t param, double value, std::uint32_t glideFrames) {
                                       device_->setParam(param, value, glideFrames);
                                     });
    environment.automation->led(lanes, piece.songFrame, piece.frames);
    context.songFrame = piece.songFrame;
    context.framesPerBeat = environment.tempo->framesPerQuarter(piece.songFrame);
    context.tempoFrame = environment.tempo->tempoFrame(piece.songFrame);
    context.tempoBeat = environment.tempo->tempoQuarter(piece.songFrame);
    if (key != nullptr) {
      context.keyLeft = (key->sounds ? key->left : nothing) + at;
      context.keyRight = (key->sounds ? key->right : nothing) + at;
    }
    device_->process(left + at, right + at, piece.frames, context);
    at += piece.frames;
  }
  if (isFinite(left + from, right + from, to - from)) return;
  std::fill(left + from, left + to, 0.0f);
  std::fill(right + from, right + to, 0.0f);
  device_->reset();
  bad_ = true;
}

float DeviceSlot::reductionDb() const noexcept {
  if (device_ == nullptr || asleep_) return 0.0f;
  const auto infos = type_->table->readouts;
  const auto values = device_->readouts();
  for (std::size_t i = 0; i < infos.size() && i < values.size(); ++i) {
    if (infos[i].id == "reductionDb") return values[i];
  }
  return 0.0f;
}

// The device runs from the first sound until its tail has died away, to the frame, so that what it goes
// through does not depend on blocks.
bool DeviceSlot::run(float* left, float* right, std::size_t frames, bool silent, std::int64_t late,
                     const KeyInput* key, const InsertEnvironment& environment) noexcept {
  const std::int64_t tail = device_->tailFrames();
  const auto isSilent = [&](std::size_t i) { return left[i] == 0.0f && right[i] == 0.0f; };
  std::size_t from = 0;
  if (asleep_) {
    if (silent) return false;
    while (from < frames && isSilent(from)) ++from;
    if (from == frames) return false;
    asleep_ = false;
    silentFor_ = 0;
  }
  std::size_t last = frames;  // past the last sound
  if (silent) {
    last = from;
  } else {
    while (last > from && isSilent(last - 1)) --last;
  }
  const bool quiet = last == from;
  silentFor_ = quiet ? silentFor_ + static_cast<std::int64_t>(frames - from)
                     : static_cast<std::int64_t>(frames - last);
  std::size_t to = frames;
  if (silentFor_ > tail) {
    const std::int64_t beyond = silentFor_ - tail;
    to = frames - std::min(frames - from, static_cast<std::size_t>(beyond));
    asleep_ = true;
  }
  if (to > from) runDevice(left, right, from, to, late, key, environment);
  std::fill(left + to, left + frames, 0.0f);
  std::fill(right + to, right + frames, 0.0f);
  return !quiet || anySound(left, right, frames);
}

bool DeviceSlot::process(float* left, float* right, std::size_t frames, bool silent, std::int64_t late,
                         const KeyInput* key, const InsertEnvironment& environment) noexcept {
  if (device_ == nullptr || present_.isAt(0.0f)) {
    if (device_ != nullptr && !untouched_) {
      device_->reset();
      past_.reset();
      untouched_ = asleep_ = true;
    }
    return !silent;
  }
  const bool through = wet_.isAt(1.0f) && present_.isAt(1.0f);
  if (through && !levelMatched_ && past_.isPlain())
    return run(left, right, frames, silent, late, key, environment);
  float dryLeft[quantumFrames];
  float dryRight[quantumFrames];
  float wetLeft[quantumFrames];
  float wetRight[quantumFrames];
  std::copy_n(left, frames, dryLeft);
  std::copy_n(right, frames, dryRight);
  std::copy_n(left, frames, wetLeft);
  std::copy_n(right, frames, wetRight);
  const bool drySounds = past_.process(dryLeft, dryRight, frames, silent);
  bool wetSounds = false;
  if (!wet_.isAt(0.0f) || levelMatched_) {
    wetSounds = run(wetLeft, wetRight, frames, silent, late, key, environment);
  } else if (!untouched_) {
    device_->reset();
    untouched_ = asleep_ = true;
  }
  if (through && !levelMatched_) {
    std::copy_n(wetLeft, frames, left);
    std::copy_n(wetRight, frames, right);
    return wetSounds;
  }
  for (std::size_t i = 0; i < frames; ++i) {
    const float gain = levelMatched_ ? match_.next(dryLeft[i], dryRight[i], wetLeft[i], wetRight[i]) : 1.0f;
    const float wet = wet_.next();
    const float present = present_.next();
    const float l = mixed(dryLeft[i] * gain, wetLeft[i], wet);
    const float r = mixed(dryRight[i] * gain, wetRight[i], wet);
    left[i] = mixed(left[i], l, present);
    right[i] = mixed(right[i], r, present);
  }
  return drySounds || wetSounds || !silent;
}

}  // namespace mixwell::engine
