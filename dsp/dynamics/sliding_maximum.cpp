#include "dynamics/sliding_maximum.h"

namespace mixwell::dynamics {

void SlidingMaximum::takeMemory(std::size_t longest, core::Memory& memory) noexcept {
  std::size_t size = 2;
  while (size < longest + 1) size *= 2;
  entries_ = memory.take<Entry>(size);
  mask_ = static_cast<std::uint32_t>(size - 1);
}

void SlidingMaximum::reset(std::size_t length) noexcept {
  length_ = static_cast<std::uint32_t>(length);
  first_ = end_ = now_ = 0;
}

float SlidingMaximum::next(float value) noexcept {
  ++now_;
  while (first_ != end_ && entries_[(end_ - 1) & mask_].value <= value) --end_;
  if (value > 0.0f) entries_[end_++ & mask_] = {value, now_};
  while (first_ != end_ && now_ - entries_[first_ & mask_].at >= length_) ++first_;
  return first_ != end_ ? entries_[first_ & mask_].value : 0.0f;
}

void SlidingMaximum::copy(const SlidingMaximum& other) noexcept {
  length_ = other.length_;
  first_ = other.first_;
  end_ = other.end_;
  now_ = other.now_;
  for (std::uint32_t i = first_; i != end_; ++i) entries_[i & mask_] = other.entries_[i & other.mask_];
}

}  // namespace mixwell::dynamics
