#include "engine/commands.h"

#include <cmath>

namespace mixwell::engine {

std::optional<Command> CommandReader::next() noexcept {
  if (malformed_ || at_ == stream_.size()) return std::nullopt;
  const std::size_t left = stream_.size() - at_;
  const auto count = left < 2 ? std::nullopt : indexOf(stream_[at_ + 1], left - 2);
  if (!count) {
    malformed_ = true;
    return std::nullopt;
  }
  const Command command{stream_[at_], stream_.subspan(at_ + 2, *count), at_};
  at_ += 2 + *count;
  return command;
}

std::optional<std::int64_t> framesOf(double value) noexcept {
  if (!(value >= 0.0 && value <= static_cast<double>(maxFrames))) return std::nullopt;
  return std::llround(value);
}

std::optional<std::int32_t> handleOf(double value) noexcept {
  if (!(value >= 0.0 && value <= 2147483647.0)) return std::nullopt;
  const auto handle = static_cast<std::int32_t>(value);
  if (static_cast<double>(handle) != value) return std::nullopt;
  return handle;
}

std::optional<std::size_t> indexOf(double value, std::size_t last) noexcept {
  const auto whole = handleOf(value);
  if (!whole || static_cast<std::size_t>(*whole) > last) return std::nullopt;
  return static_cast<std::size_t>(*whole);
}

}  // namespace mixwell::engine
