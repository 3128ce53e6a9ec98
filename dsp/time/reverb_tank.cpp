#include "time/reverb_tank.h"

namespace mixwell::time {

using core::Float4;

namespace {

// Which lines are added and which are taken away, into a line and out of it on each side: rows of a Hadamard
// matrix, so that the sides have nothing in common.
alignas(16) constexpr float inSigns[reverbVectors][4] = {
    {1, -1, 1, 1}, {-1, 1, 1, -1}, {1, 1, -1, -1}, {1, -1, -1, 1}};
alignas(16) constexpr float leftSigns[reverbVectors][4] = {
    {1, 1, -1, -1}, {1, -1, 1, -1}, {-1, -1, 1, 1}, {1, -1, 1, -1}};
alignas(16) constexpr float rightSigns[reverbVectors][4] = {
    {1, -1, -1, 1}, {1, 1, 1, 1}, {1, -1, -1, 1}, {-1, -1, -1, -1}};

void hadamard(Float4& a, Float4& b, Float4& c, Float4& d) noexcept {
  const Float4 sum1 = a + b;
  const Float4 difference1 = a - b;
  const Float4 sum2 = c + d;
  const Float4 difference2 = c - d;
  a = sum1 + sum2;
  b = difference1 + difference2;
  c = sum1 - sum2;
  d = difference1 - difference2;
}

}  // namespace

void ReverbTank::takeMemory(std::size_t longestFrames, core::Memory& memory) noexcept {
  std::size_t size = 1;
  while (size < longestFrames + 8) size *= 2;
  mask_ = static_cast<std::uint32_t>(size - 1);
  stride_ = size + 16;  // lines a little off one another's place in the cache
  samples_ = memory.take<float>(stride_ * reverbLines);
}

void ReverbTank::clear() noexcept {
  at_ = written_ = 0;
  for (Filters& filters : filters_) filters = {};
}

void ReverbTank::moveLosses(const std::array<Losses, reverbVectors>& ends, bool jump) noexcept {
  const auto move = [jump](MovingFloats& moving, Float4 end) {
    if (jump) {
      moving.jumpTo(end);
    } else {
      moving.moveTo(end);
    }
  };
  for (std::size_t vector = 0; vector < reverbVectors; ++vector) {
    move(losses_[vector].gain, ends[vector].gain);
    move(losses_[vector].high, ends[vector].high);
    move(losses_[vector].air, ends[vector].air);
    move(losses_[vector].lowMore, ends[vector].lowMore);
  }
}

void ReverbTank::setCorners(float high, float air, float low) noexcept {
  highCorner_ = Float4(high);
  airCorner_ = Float4(air);
  lowCorner_ = Float4(low);
}

void ReverbTank::flush() noexcept {
  for (Filters& filters : filters_) {
    filters.high = audible(filters.high);
    filters.air = audible(filters.air);
    filters.low = audible(filters.low);
  }
}

// Four samples about the delay's place, oldest first.
inline Float4 ReverbTank::read(std::size_t line) noexcept {
  MovingDelay& delay = delays_[line];
  const std::uint32_t whole = delay.whole();
  const float* samples = &samples_[line * stride_];
  const std::uint32_t first = (at_ - whole - 1) & mask_;
  if (whole + 1 < written_) return Float4::load(samples + first);
  alignas(16) float few[4];
  for (std::uint32_t i = 0; i < 4; ++i) few[i] = whole + 1 - i < written_ ? samples[first + i] : 0.0f;
  return Float4::load(few);
}

inline void ReverbTank::write(std::size_t vector, Float4 value) noexcept {
  alignas(16) float lanes[4];
  value.store(lanes);
  float* samples = &samples_[vector * 4 * stride_];
  for (std::size_t lane = 0; lane < 4; ++lane) {
    samples[lane * stride_ + at_] = lanes[lane];
    if (at_ < guard) samples[lane * stride_ + mask_ + 1 + at_] = lanes[lane];
  }
}

ReverbTank::Output ReverbTank::process(Float4 input) noexcept {
  Float4 lines[reverbVectors];
  Output out{Float4(0.0f), Float4(0.0f)};
  for (std::size_t vector = 0; vector < reverbVectors; ++vector) {
    const std::size_t first = vector * 4;
    Float4 oldest = read(first);
    Float4 older = read(first + 1);
    Float4 newer = read(first + 2);
    Float4 newest = read(first + 3);
    core::transpose(oldest, older, newer, newest);
    alignas(16) float parts[4];
    for (std::size_t lane = 0; lane < 4; ++lane) {
      MovingDelay& delay = delays_[first + lane];
      parts[lane] = delay.part();
      delay.position += delay.step;
    }
    const Float4 d = Float4::load(parts);
    const Float4 less1 = d - Float4(1.0f);
    const Float4 less2 = d - Float4(2.0f);
    const Float4 more1 = d + Float4(1.0f);
    const Float4 inner = d * less1;
    const Float4 outer = more1 * less2;
    const Float4 x =
        (newest * (inner * less2) * Float4(-1.0f / 6.0f) + oldest * (inner * more1) * Float4(1.0f / 6.0f)) +
        (newer * (outer * less1) - older * (outer * d)) * Float4(0.5f);

    MovingLosses& losses = losses_[vector];
    Filters& filters = filters_[vector];
    filters.high = filters.high + highCorner_ * (x - filters.high);
    const Float4 shelved = filters.high + losses.high.next() * (x - filters.high);
    filters.air = filters.air + airCorner_ * (shelved - filters.air);
    const Float4 aired = filters.air + losses.air.next() * (shelved - filters.air);
    filters.low = filters.low + lowCorner_ * (aired - filters.low);
    const Float4 y = (aired + losses.lowMore.next() * filters.low) * losses.gain.next();
    out.left = out.left + y * Float4::load(leftSigns[vector]);
    out.right = out.right + y * Float4::load(rightSigns[vector]);
    lines[vector] = y;
  }
  hadamard(lines[0], lines[1], lines[2], lines[3]);
  core::transpose(lines[0], lines[1], lines[2], lines[3]);
  hadamard(lines[0], lines[1], lines[2], lines[3]);
  at_ = (at_ + 1) & mask_;
  for (std::size_t vector = 0; vector < reverbVectors; ++vector) {
    write(vector, audible(lines[vector] * Float4(0.25f) + input * Float4::load(inSigns[vector])));
  }
  if (written_ <= mask_) ++written_;
  return out;
}

}  // namespace mixwell::time
