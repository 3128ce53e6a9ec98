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

// What a line gives in four frames, `frame` of the stretch and those behind it.
inline Float4 ReverbTank::read(std::size_t line, std::uint32_t frame) noexcept {
  MovingDelay& delay = delays_[line];
  const float* samples = &samples_[line * stride_];
  const std::uint32_t whole = delay.whole();
  alignas(16) float parts[4];
  alignas(16) float few[4][4];  // four samples about the place, oldest first, of four frames
  std::uint32_t last = whole;
  const MovingDelay first = delay;
  for (float& part : parts) {
    part = delay.part();
    last = delay.whole();
    delay.position += delay.step;
  }
  Float4 oldest;
  Float4 older;
  Float4 newer;
  Float4 newest;
  if (whole == last && whole + 1 < written_ + frame) {
    const float* at = samples + ((at_ + frame - whole - 1) & mask_);
    oldest = Float4::load(at);
    older = Float4::load(at + 1);
    newer = Float4::load(at + 2);
    newest = Float4::load(at + 3);
  } else {
    MovingDelay now = first;
    for (std::uint32_t k = 0; k < 4; ++k) {
      const std::uint32_t place = now.whole();
      for (std::uint32_t i = 0; i < 4; ++i) {
        const bool written = place + 1 - i < written_ + frame + k;
        few[i][k] = written ? samples[(at_ + frame + k - place - 1 + i) & mask_] : 0.0f;
      }
      now.position += now.step;
    }
    oldest = Float4::load(few[0]);
    older = Float4::load(few[1]);
    newer = Float4::load(few[2]);
    newest = Float4::load(few[3]);
  }
  const Float4 d = Float4::load(parts);
  const Float4 less1 = d - Float4(1.0f);
  const Float4 less2 = d - Float4(2.0f);
  const Float4 more1 = d + Float4(1.0f);
  const Float4 inner = d * less1;
  const Float4 outer = more1 * less2;
  return (newest * (inner * less2) * Float4(-1.0f / 6.0f) + oldest * (inner * more1) * Float4(1.0f / 6.0f)) +
         (newer * (outer * less1) - older * (outer * d)) * Float4(0.5f);
}

void ReverbTank::readAll(std::size_t frames, Stretch& sounds) noexcept {
  for (std::size_t vector = 0; vector < reverbVectors; ++vector) {
    std::array<MovingDelay, 4> ends;
    for (std::size_t lane = 0; lane < 4; ++lane) {
      ends[lane] = delays_[4 * vector + lane];
      ends[lane].position += static_cast<std::int64_t>(frames) * ends[lane].step;
    }
    for (std::size_t i = 0; i < frames; i += 4) {
      Float4* four = &sounds[vector][i];
      for (std::size_t lane = 0; lane < 4; ++lane)
        four[lane] = read(4 * vector + lane, static_cast<std::uint32_t>(i));
      core::transpose(four[0], four[1], four[2], four[3]);
    }
    for (std::size_t lane = 0; lane < 4; ++lane) delays_[4 * vector + lane] = ends[lane];
  }
}

// What the lines give becomes what they get.
void ReverbTank::run(const Float4* inputs, std::size_t frames, Stretch& sounds, Output* outputs) noexcept {
  for (std::size_t i = 0; i < frames; ++i) {
    Float4 lines[reverbVectors];
    Output out{Float4(0.0f), Float4(0.0f)};
    for (std::size_t vector = 0; vector < reverbVectors; ++vector) {
      const Float4 x = sounds[vector][i];
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
    outputs[i] = out;
    hadamard(lines[0], lines[1], lines[2], lines[3]);
    core::transpose(lines[0], lines[1], lines[2], lines[3]);
    hadamard(lines[0], lines[1], lines[2], lines[3]);
    for (std::size_t vector = 0; vector < reverbVectors; ++vector) {
      const Float4 input = inputs[i] * Float4::load(inSigns[vector]);
      sounds[vector][i] = audible(lines[vector] * Float4(0.25f) + input);
    }
  }
}

void ReverbTank::writeAll(std::size_t frames, Stretch& sounds) noexcept {
  for (std::size_t vector = 0; vector < reverbVectors; ++vector) {
    for (std::size_t i = 0; i < frames; i += 4) {
      Float4* four = &sounds[vector][i];
      core::transpose(four[0], four[1], four[2], four[3]);
      const std::uint32_t at = (at_ + 1 + static_cast<std::uint32_t>(i)) & mask_;
      const bool inOnePiece = i + 4 <= frames && at >= guard && at + 3 <= mask_;
      for (std::size_t lane = 0; lane < 4; ++lane) {
        float* samples = &samples_[(vector * 4 + lane) * stride_];
        if (inOnePiece) {
          four[lane].store(samples + at);
          continue;
        }
        alignas(16) float few[4];
        four[lane].store(few);
        for (std::uint32_t k = 0; k < 4 && i + k < frames; ++k) {
          const std::uint32_t place = (at + k) & mask_;
          samples[place] = few[k];
          if (place < guard) samples[mask_ + 1 + place] = few[k];
        }
      }
    }
  }
}

void ReverbTank::process(const Float4* inputs, std::size_t frames, Output* outputs) noexcept {
  Stretch sounds;
  readAll(frames, sounds);
  run(inputs, frames, sounds, outputs);
  writeAll(frames, sounds);
  const auto count = static_cast<std::uint32_t>(frames);
  at_ = (at_ + count) & mask_;
  written_ = written_ + count <= mask_ + 1 ? written_ + count : mask_ + 1;
}

}  // namespace mixwell::time
