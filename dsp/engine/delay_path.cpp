#include "engine/delay_path.h"

#include <algorithm>

#include "engine/limits.h"

namespace mixwell::engine {

bool DelayPath::grow(std::uint32_t delay, Arena& arena) noexcept {
  std::uint32_t size = 2 * quantumFrames;
  while (size < delay + quantumFrames) size *= 2;
  if (left_ != nullptr && size <= mask_ + 1) return true;
  const std::span<std::byte> block = arena.take(2 * size * sizeof(float));
  if (block.empty()) return false;
  auto* left = reinterpret_cast<float*>(block.data());
  float* right = left + size;
  for (std::uint32_t back = 1; back <= heard_; ++back) {
    left[(at_ - back) & (size - 1)] = left_[(at_ - back) & mask_];
    right[(at_ - back) & (size - 1)] = right_[(at_ - back) & mask_];
  }
  if (left_ != nullptr) arena.give(reinterpret_cast<std::byte*>(left_));
  left_ = left;
  right_ = right;
  mask_ = size - 1;
  return true;
}

bool DelayPath::setDelay(std::uint32_t frames, std::uint32_t fadeFrames, Arena& arena) noexcept {
  if (fadeFrames == 0) {
    if (frames == 0) {
      release(arena);
      return true;
    }
    if (!grow(frames, arena)) return false;
    now_ = next_ = wanted_ = frames;
    fadeLeft_ = wait_ = 0;
    return true;
  }
  if (frames == wanted_) {
    if (frames == 0 && left_ != nullptr && now_ == 0 && next_ == 0) release(arena);
    return true;
  }
  if (!grow(frames, arena)) return false;
  wanted_ = frames;
  fadeFrames_ = fadeFrames;
  return true;
}

void DelayPath::reset() noexcept {
  heard_ = 0;
  soundFor_ = 0;
  now_ = next_ = wanted_;
  wait_ = fadeLeft_ = 0;
}

void DelayPath::release(Arena& arena) noexcept {
  if (left_ != nullptr) arena.give(reinterpret_cast<std::byte*>(left_));
  *this = DelayPath{};
}

void DelayPath::write(const float* left, const float* right, std::size_t frames) noexcept {
  const std::uint32_t size = mask_ + 1;
  const std::uint32_t start = at_ & mask_;
  const std::size_t first = std::min<std::size_t>(frames, size - start);
  std::copy_n(left, first, left_ + start);
  std::copy_n(right, first, right_ + start);
  std::copy_n(left + first, frames - first, left_);
  std::copy_n(right + first, frames - first, right_);
}

bool DelayPath::process(float* left, float* right, std::size_t frames, bool silent) noexcept {
  if (isPlain()) return !silent;
  const auto count = static_cast<std::uint32_t>(frames);
  if (silent && soundFor_ == 0) {
    heard_ = 0;
    now_ = next_ = wanted_;
    wait_ = fadeLeft_ = 0;
    return false;
  }
  soundFor_ = silent ? soundFor_ - std::min(soundFor_, count) : mask_ + 1;
  write(left, right, frames);
  if (now_ == next_ && next_ != wanted_) {
    next_ = wanted_;
    wait_ = next_ > heard_ ? next_ - heard_ : 0;
    fadeLeft_ = fadeFrames_;
  }
  if (now_ == next_ && heard_ >= now_) {
    const std::uint32_t start = (at_ - now_) & mask_;
    const std::size_t first = std::min<std::size_t>(frames, mask_ + 1 - start);
    std::copy_n(left_ + start, first, left);
    std::copy_n(right_ + start, first, right);
    std::copy_n(left_, frames - first, left + first);
    std::copy_n(right_, frames - first, right + first);
  } else {
    for (std::uint32_t i = 0; i < count; ++i) {
      left[i] = readAt(left_, at_, i, now_, heard_);
      right[i] = readAt(right_, at_, i, now_, heard_);
      if (now_ == next_) continue;
      if (wait_ > 0) {
        --wait_;
        continue;
      }
      --fadeLeft_;
      const float way = 1.0f - static_cast<float>(fadeLeft_) / static_cast<float>(fadeFrames_);
      left[i] += (readAt(left_, at_, i, next_, heard_) - left[i]) * way;
      right[i] += (readAt(right_, at_, i, next_, heard_) - right[i]) * way;
      if (fadeLeft_ == 0) now_ = next_;
    }
  }
  at_ += count;
  heard_ = std::min(heard_ + count, mask_ + 1);
  return true;
}

}  // namespace mixwell::engine
