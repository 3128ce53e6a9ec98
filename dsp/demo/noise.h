#pragma once

#include <cstdint>

namespace mixwell::demo {

/// Marsaglia's xorshift32: the only source of chance in the song, always seeded.
class Noise {
 public:
  explicit Noise(std::uint32_t seed) noexcept : state_(seed * 2654435761U ^ 0x9E3779B9U) {
    if (state_ == 0) state_ = 1;
    for (int i = 0; i < 8; ++i) bits();
  }

  std::uint32_t bits() noexcept {
    state_ ^= state_ << 13U;
    state_ ^= state_ >> 17U;
    state_ ^= state_ << 5U;
    return state_;
  }

  /// Uniform in [-1, 1).
  float white() noexcept { return static_cast<float>(static_cast<std::int32_t>(bits())) * 4.656612873e-10f; }

  /// Uniform in [0, 1).
  double uniform() noexcept { return static_cast<double>(bits()) * 2.3283064365386963e-10; }

  /// Roughly normal with deviation 1 (sum of three uniforms), never beyond 3. One draw a statement: compilers
  /// order the operands of a sum as they like.
  double bell() noexcept {
    double sum = uniform();
    sum += uniform();
    sum += uniform();
    return 2.0 * sum - 3.0;
  }

 private:
  std::uint32_t state_;
};

/// Slowly wandering value with deviation about 1: hands, breath and wind. One step a block.
class Wander {
 public:
  Wander(std::uint32_t seed, double cutoffHz, double blockRateHz) noexcept;
  double step() noexcept;

 private:
  Noise noise_;
  double factor_;
  double gain_;
  double first_ = 0.0;
  double second_ = 0.0;
};

}  // namespace mixwell::demo
