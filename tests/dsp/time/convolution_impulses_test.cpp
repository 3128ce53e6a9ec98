#include "time/convolution_impulses.h"

#include <bit>
#include <catch2/catch_test_macros.hpp>
#include <cmath>

using mixwell::time::builtInImpulse;
using mixwell::time::builtInImpulses;
using mixwell::time::impulseTable;
using mixwell::time::StereoImpulse;

namespace {

double energy(const std::vector<float>& samples, std::size_t from, std::size_t to) {
  double sum = 0.0;
  for (std::size_t i = from; i < to; ++i) {
    sum += static_cast<double>(samples[i]) * static_cast<double>(samples[i]);
  }
  return sum;
}

// FNV-1a over 32-bit words, as tests/web/engine/impulse.test.ts has it.
std::uint32_t hashOf(const std::vector<float>& floats) {
  std::uint32_t hash = 2166136261U;
  for (const float value : floats) hash = (hash ^ std::bit_cast<std::uint32_t>(value)) * 16777619U;
  return hash;
}

}  // namespace

TEST_CASE("Every built-in impulse is stereo, decays, and fits the device") {
  for (const std::string_view name : builtInImpulses) {
    INFO(name);
    const StereoImpulse impulse = builtInImpulse(name, 48000);
    const std::size_t frames = impulse.left.size();
    REQUIRE(frames == impulse.right.size());
    CHECK(frames > 48000);
    CHECK(frames <= 6 * 48000);
    CHECK(impulse.left != impulse.right);
    for (const std::vector<float>* side : {&impulse.left, &impulse.right}) {
      const double all = energy(*side, 0, frames);
      CHECK(all > 0.0);
      CHECK(energy(*side, frames - 4800, frames) < 1e-4 * all);
    }
    double product = 0.0;
    for (std::size_t i = 0; i < frames; ++i) {
      product += static_cast<double>(impulse.left[i]) * static_cast<double>(impulse.right[i]);
    }
    const double common =
        product / std::sqrt(energy(impulse.left, 0, frames) * energy(impulse.right, 0, frames));
    CHECK(std::abs(common) < 0.4);
  }
  CHECK(builtInImpulse("no such place", 48000).left.empty());
}

TEST_CASE("The table of a built-in impulse has the bits that the wasm module gives it") {
  const StereoImpulse spring = builtInImpulse("spring", 44100);
  const std::array<double, 6> shape = {20.0, 1.5, 0.4, 110.0, 120.0, 9000.0};
  std::vector<float> table;
  impulseTable(spring.left.data(), spring.right.data(), spring.left.size(), shape, 44100, table);
  CHECK(hashOf(table) == 3999780013U);
}
