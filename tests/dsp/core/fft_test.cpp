#include "core/fft.h"

#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <complex>
#include <vector>

#include "support/engine_rig.h"

using mixwell::core::RealFft;
using mixwell::test::noise;
using mixwell::test::Signal;

namespace {

struct Plan {
  explicit Plan(std::size_t size) : memory(RealFft::floats(size)) {
    fft.useMemory(size, memory);
    fft.prepare();
  }
  std::vector<float> memory;
  RealFft fft;
};

}  // namespace

TEST_CASE("The transform equals the sum that defines it") {
  for (const std::size_t size : {16U, 32U, 64U, 128U, 256U, 512U, 2048U}) {
    INFO(size);
    Plan plan(size);
    const Signal in = noise(size, static_cast<unsigned>(size));
    std::vector<float> re(size / 2);
    std::vector<float> im(size / 2);
    plan.fft.forward(in.data(), in.data() + size / 2, re.data(), im.data());
    double worst = 0.0;
    for (std::size_t k = 0; k <= size / 2; ++k) {
      std::complex<double> sum = 0.0;
      for (std::size_t i = 0; i < size; ++i) {
        const double angle = -2.0 * M_PI * static_cast<double>(k * i % size) / static_cast<double>(size);
        sum += static_cast<double>(in[i]) * std::polar(1.0, angle);
      }
      std::complex<double> ours{re[k % (size / 2)], im[k % (size / 2)]};
      if (k == 0) ours = re[0];
      if (k == size / 2) ours = im[0];
      worst = std::max(worst, std::abs(ours - sum));
    }
    CHECK(worst < 2e-6 * std::sqrt(static_cast<double>(size)) * 2.0);
  }
}

TEST_CASE("The inverse transform gives back what went in, times half the size") {
  for (const std::size_t size : {16U, 32U, 256U, 4096U}) {
    INFO(size);
    Plan plan(size);
    const Signal in = noise(size, 7);
    std::vector<float> re(size / 2);
    std::vector<float> im(size / 2);
    plan.fft.forward(in.data(), in.data() + size / 2, re.data(), im.data());
    Signal back(size);
    plan.fft.inverse(re.data(), im.data(), back.data());
    const auto scale = 2.0f / static_cast<float>(size);
    for (std::size_t i = 0; i < size; ++i) REQUIRE(std::abs(back[i] * scale - in[i]) < 5e-7f);
  }
}
