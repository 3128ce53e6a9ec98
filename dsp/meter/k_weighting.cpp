#include "meter/k_weighting.h"

#include <initializer_list>

#include "core/math.h"

namespace mixwell::meter {
namespace {

double tangent(double x) noexcept {
  return core::sin(x) / core::cos(x);
}

}  // namespace

// Prototype parameters: B. De Man, "Evaluation of implementations of the EBU R128 loudness measurement", AES
// 2018; libebur128 has the same.
void KWeighting::prepare(uint32_t sampleRateHz) noexcept {
  {
    constexpr double frequencyHz = 1681.974450955533;
    constexpr double quality = 0.7071752369554196;
    constexpr double gainDb = 3.999843853973347;
    const double k = tangent(core::pi * frequencyHz / sampleRateHz);
    const double high = core::dbToGain(gainDb);
    const double band = core::pow(high, 0.4996667741545416);
    const double scale = 1.0 / (1.0 + k / quality + k * k);
    shelf_ = {(high + band * k / quality + k * k) * scale, 2.0 * (k * k - high) * scale,
              (high - band * k / quality + k * k) * scale, 2.0 * (k * k - 1.0) * scale,
              (1.0 - k / quality + k * k) * scale};
  }
  {
    constexpr double frequencyHz = 38.13547087602444;
    constexpr double quality = 0.5003270373238773;
    const double k = tangent(core::pi * frequencyHz / sampleRateHz);
    const double scale = 1.0 / (1.0 + k / quality + k * k);
    highPass_ = {1.0, -2.0, 1.0, 2.0 * (k * k - 1.0) * scale, (1.0 - k / quality + k * k) * scale};
  }
  reset();
}

void KWeighting::reset() noexcept {
  for (Pair& state : shelfState_) state = Pair{};
  for (Pair& state : highPassState_) state = Pair{};
}

void KWeighting::addEnergies(const float* left, const float* right, double weightLeft, double weightRight,
                             size_t frames, double* energies) noexcept {
  const Section s = shelf_;
  const Section h = highPass_;
  Pair s1 = shelfState_[0];
  Pair s2 = shelfState_[1];
  Pair h1 = highPassState_[0];
  Pair h2 = highPassState_[1];
  for (size_t i = 0; i < frames; ++i) {
    const Pair in = {static_cast<double>(left[i]), static_cast<double>(right[i])};
    const Pair shelved = s.b0 * in + s1;
    s1 = (s.b1 * in - s.a1 * shelved) + s2;
    s2 = s.b2 * in - s.a2 * shelved;
    const Pair out = shelved + h1;
    h1 = (h2 - 2.0 * shelved) - h.a1 * out;
    h2 = shelved - h.a2 * out;
    const Pair squares = out * out;
    energies[i] += weightLeft * squares[0] + weightRight * squares[1];
  }
  shelfState_[0] = s1;
  shelfState_[1] = s2;
  highPassState_[0] = h1;
  highPassState_[1] = h2;
}

void KWeighting::settle() noexcept {
  constexpr double nothing = 1e-30;
  constexpr double absurd = 1e30;
  bool broken = false;
  for (Pair* state : {&shelfState_[0], &shelfState_[1], &highPassState_[0], &highPassState_[1]}) {
    for (int lane = 0; lane < 2; ++lane) {
      const double value = (*state)[lane];
      const double magnitude = value < 0.0 ? -value : value;
      if (magnitude < nothing) (*state)[lane] = 0.0;
      broken = broken || !(magnitude < absurd);
    }
  }
  if (broken) reset();
}

}  // namespace mixwell::meter
