#include "core/oversampler.h"

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <iostream>
#include <random>

#include "support/response.h"
#include "support/spectrum.h"

using Catch::Matchers::WithinAbs;
using mixwell::core::Memory;
using mixwell::core::Oversampler;
using mixwell::test::amplitudeAt;
using mixwell::test::gainAt;
using mixwell::test::impulse;
using mixwell::test::noise;
using mixwell::test::Signal;
using mixwell::test::sine;
using mixwell::test::toDb;
using mixwell::test::widened;

namespace {

/// One channel, in memory of its own.
class Rig {
 public:
  explicit Rig(std::size_t stages) {
    Memory counted;
    Oversampler().takeMemory(stages, 1, counted);
    block_.resize(counted.bytes() / sizeof(Cell) + 1);
    Memory memory(std::as_writable_bytes(std::span(block_)));
    sampler.takeMemory(stages, 1, memory);
    sampler.reset();
  }

  Signal up(const Signal& in, unsigned seed = 0) {
    const std::size_t factor = sampler.factor();
    Signal out(in.size() * factor);
    inPieces(in.size(), seed, [&](std::size_t at, std::size_t frames) {
      sampler.up(0, in.data() + at, frames, out.data() + at * factor);
    });
    return out;
  }
  Signal down(const Signal& in, unsigned seed = 0) {
    const std::size_t factor = sampler.factor();
    Signal out(in.size() / factor);
    inPieces(out.size(), seed, [&](std::size_t at, std::size_t frames) {
      sampler.down(0, in.data() + at * factor, frames, out.data() + at);
    });
    return out;
  }

  Oversampler sampler;

 private:
  struct alignas(Memory::alignment) Cell {
    std::byte bytes[Memory::alignment];
  };

  template <typename Piece>
  static void inPieces(std::size_t frames, unsigned seed, Piece piece) {
    std::mt19937 random(seed);
    for (std::size_t at = 0; at < frames;) {
      const std::size_t wanted =
          seed == 0 ? Oversampler::chunkFrames : 1 + random() % Oversampler::chunkFrames;
      const std::size_t count = std::min(wanted, frames - at);
      piece(at, count);
      at += count;
    }
  }

  std::vector<Cell> block_;
};

}  // namespace

TEST_CASE("There and back through an oversampler is whole frames late and flat to 0.41 of the rate") {
  for (std::size_t stages = 1; stages <= 4; ++stages) {
    Rig rig(stages);
    const Signal back = rig.down(rig.up(impulse(1024)));
    const auto highest = std::max_element(back.begin(), back.end());
    CHECK(static_cast<std::size_t>(highest - back.begin()) == rig.sampler.latencySamples());
    CHECK(rig.sampler.latencySamples() <= 71);
    // Symmetrical about the latency: linear phase.
    for (std::size_t k = 1; k < 60; ++k) {
      REQUIRE(std::abs(*(highest + static_cast<std::ptrdiff_t>(k)) -
                       *(highest - static_cast<std::ptrdiff_t>(k))) < 2e-7f);
    }
    for (double part = 0.002; part <= 0.41; part += 0.01) {
      CHECK_THAT(toDb(gainAt(widened(back), 1.0, part)), WithinAbs(0.0, 0.003));
    }
  }
}

TEST_CASE("An oversampler's images on the way up and its aliases on the way down are 87 dB down") {
  for (std::size_t stages = 1; stages <= 4; ++stages) {
    Rig rig(stages);
    const auto factor = static_cast<double>(rig.sampler.factor());
    constexpr double part = 820.0 / 2048.0;  // whole periods in the half that is looked at
    const Signal above = rig.up(sine(4096, part, 1.0));
    const std::vector<double> settled = widened(above, above.size() / 2);
    CHECK_THAT(amplitudeAt(settled, factor, part), WithinAbs(1.0, 1e-3));
    for (double rate = 1.0; rate < 0.5 * factor + 0.4; rate += 1.0) {
      CHECK(toDb(amplitudeAt(settled, factor, rate - part)) < -87.5);
      if (rate + part < 0.5 * factor) CHECK(toDb(amplitudeAt(settled, factor, rate + part)) < -87.5);
    }
    for (double hz = 0.511; hz < 0.5 * factor; hz += 0.2309) {
      Rig fresh(stages);
      const Signal below = fresh.down(sine(static_cast<std::size_t>(1024.0 * factor), hz / factor, 1.0));
      CHECK(toDb(mixwell::test::rmsOf(below, 512, 512) * std::sqrt(2.0)) < -87.5);
    }
  }
}

// Up and down are each one filter at the higher rate, of which an impulse at the lower rate shows all, and
// one at each place between two frames of the lower rate a part.
TEST_CASE("Each way through an oversampler lets nothing through beyond 0.51 of the lower rate: 87 dB down") {
  for (std::size_t stages = 1; stages <= 4; ++stages) {
    Rig rig(stages);
    const std::size_t factor = rig.sampler.factor();
    const std::vector<double> up = widened(rig.up(impulse(160)));
    std::vector<double> down(160 * factor);
    for (std::size_t place = 0; place < factor; ++place) {
      Signal in(160 * factor);
      in[place] = 1.0f;
      Rig fresh(stages);
      const Signal out = fresh.down(in);
      for (std::size_t i = place > 0 ? 1 : 0; i < out.size(); ++i) {
        down[i * factor - place] = static_cast<double>(out[i]);
      }
    }
    const auto rate = static_cast<double>(factor);
    double worst = -200.0;
    for (double part = 0.51; part <= 0.5 * rate; part += 0.01) {
      worst = std::max({worst, toDb(gainAt(up, rate, part) / rate), toDb(gainAt(down, rate, part))});
    }
    INFO(stages << " stages");
    CHECK(worst < -87.0);
    std::cout << "oversampler, " << factor << " times: " << worst << " dB beyond 0.51 of the lower rate\n";
    for (double part = 0.0; part <= 0.41; part += 0.01) {
      CHECK_THAT(toDb(gainAt(up, rate, part) / rate), WithinAbs(0.0, 0.002));
      CHECK_THAT(toDb(gainAt(down, rate, part)), WithinAbs(0.0, 0.002));
    }
  }
}

TEST_CASE("An oversampler's bits do not depend on the pieces") {
  for (std::size_t stages = 1; stages <= 4; ++stages) {
    const Signal in = noise(3000, 5);
    Rig whole(stages);
    Rig cut(stages);
    const Signal above = whole.up(in);
    REQUIRE(cut.up(in, 3) == above);
    REQUIRE(cut.down(above, 4) == whole.down(above));
  }
}
