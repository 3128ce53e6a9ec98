#include "time/convolution_impulses.h"

#include <cstdint>

#include "core/math.h"
#include "filters/crossover.h"

namespace mixwell::time {

namespace {

// Noise of one seed, about Gaussian (a sum of four), between -1 and 1.
class Noise {
 public:
  explicit Noise(std::uint32_t seed) : state_(seed) {}

  double next() noexcept {
    double sum = 0.0;
    for (int i = 0; i < 4; ++i) {
      state_ = state_ * 1664525U + 1013904223U;
      sum += static_cast<double>(state_ >> 8U) * (1.0 / 8388608.0) - 1.0;
    }
    return 0.25 * sum;
  }

 private:
  std::uint32_t state_;
};

// A room as noise in four bands that fade each in its own time, behind a few reflections.
struct Room {
  double seconds;
  std::array<double, 4> decayS;  // below 200 Hz, to 1.2 kHz, to 6 kHz, above
  std::array<double, 4> level;
  double buildUpMs;  // until the reverberation is whole
  double reflectionsMs;
  std::uint32_t seed;
};

constexpr Room stoneChapel = {5.0, {3.4, 3.0, 1.9, 0.9}, {1.0, 1.0, 0.75, 0.4}, 45.0, 70.0, 0x51a7U};
constexpr Room brightHall = {3.4, {2.3, 2.1, 1.8, 1.2}, {0.8, 0.9, 1.0, 0.9}, 30.0, 55.0, 0xb417U};
constexpr Room plate = {3.0, {1.6, 2.0, 1.9, 1.3}, {0.5, 0.9, 1.0, 1.0}, 2.0, 0.0, 0x97a3U};

std::vector<float> sideOf(const Room& room, std::uint32_t seed, double sampleRateHz) {
  const filters::SvfShape lower(static_cast<double>(filters::cornerOf(200.0, sampleRateHz)),
                                filters::butterworthDamping);
  const filters::SvfShape middle(static_cast<double>(filters::cornerOf(1200.0, sampleRateHz)),
                                 filters::butterworthDamping);
  const filters::SvfShape upper(static_cast<double>(filters::cornerOf(6000.0, sampleRateHz)),
                                filters::butterworthDamping);
  std::vector<float> out(static_cast<std::size_t>(room.seconds * sampleRateHz));
  std::array<double, 4> level = room.level;
  std::array<double, 4> kept{};
  for (std::size_t band = 0; band < 4; ++band) {
    kept[band] = core::exp2(-9.965784284662087 / (room.decayS[band] * sampleRateHz));
  }
  Noise noise(seed);
  filters::FourBandSplit split;  // of one sound, twice
  const double buildUp = room.buildUpMs * 0.001 * sampleRateHz;
  for (std::size_t i = 0; i < out.size(); ++i) {
    const auto bands = split.process(lower, middle, upper, noise.next());
    double sum = 0.0;
    for (std::size_t band = 0; band < 4; ++band) {
      sum += level[band] * bands[band].first();
      level[band] *= kept[band];
    }
    const double risen = static_cast<double>(i) / buildUp;
    out[i] = static_cast<float>(risen < 1.0 ? sum * risen * risen : sum);
  }
  if (room.reflectionsMs > 0.0) {
    constexpr int reflections = 14;
    for (int k = 0; k < reflections; ++k) {
      const double place = (static_cast<double>(k) + 0.5 + 0.8 * noise.next()) / reflections;
      const auto at = static_cast<std::size_t>((4.0 + place * room.reflectionsMs) * 0.001 * sampleRateHz);
      const double gain = 2.2 * (1.0 - 0.75 * place) * (noise.next() < 0.0 ? -1.0 : 1.0);
      out[at] += static_cast<float>(0.6 * gain);
      out[at + 1] += static_cast<float>(0.4 * gain);
    }
  }
  return out;
}

// A wave runs along a spring and back, low tones behind high ones a little more each time: a chain of
// all-passes in a loop (Abel, Berners, Costello and Smith, "Spring reverb emulation", AES 2006).
std::vector<float> springSide(double loopMs, double coefficient, double sampleRateHz) {
  constexpr std::size_t allPasses = 60;
  constexpr double seconds = 2.6;
  std::array<double, allPasses> states{};
  const filters::SvfShape lid(static_cast<double>(filters::cornerOf(4300.0, sampleRateHz)),
                              filters::butterworthDamping);
  const filters::SvfShape floor(static_cast<double>(filters::cornerOf(90.0, sampleRateHz)),
                                filters::butterworthDamping);
  filters::Svf low;
  filters::Svf high;
  const auto loop = static_cast<std::size_t>(loopMs * 0.001 * sampleRateHz);
  std::vector<float> out(static_cast<std::size_t>(seconds * sampleRateHz));
  for (std::size_t i = 0; i < out.size(); ++i) {
    double x = i == 0 ? 1.0 : 0.0;
    if (i >= loop) x -= 0.74 * static_cast<double>(out[i - loop]);
    for (double& state : states) {
      const double y = coefficient * x + state;
      state = x - coefficient * y;
      x = y;
    }
    x = high.process(floor, low.process(lid, x).low).high;
    out[i] = static_cast<float>(x < 1e-20 && x > -1e-20 ? 0.0 : x);
  }
  return out;
}

}  // namespace

StereoImpulse builtInImpulse(std::string_view name, double sampleRateHz) {
  const auto roomOf = [sampleRateHz](const Room& room) {
    return StereoImpulse{sideOf(room, room.seed, sampleRateHz),
                         sideOf(room, room.seed * 2654435761U + 1U, sampleRateHz)};
  };
  if (name == builtInImpulses[0]) return roomOf(stoneChapel);
  if (name == builtInImpulses[1]) return roomOf(brightHall);
  if (name == builtInImpulses[2]) return roomOf(plate);
  if (name == builtInImpulses[3])
    return {springSide(37.3, 0.62, sampleRateHz), springSide(41.9, 0.67, sampleRateHz)};
  return {};
}

}  // namespace mixwell::time
