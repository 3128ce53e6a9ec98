#include "engine/fade_curve.h"

#include "core/math.h"

namespace mixwell::engine {

namespace {

template <typename Curve>
void applyShape(Curve curve, double first, double step, double length, float* gains,
                std::size_t count) noexcept {
  for (std::size_t i = 0; i < count; ++i) {
    gains[i] *= curve(static_cast<float>((first + step * static_cast<double>(i)) / length));
  }
}

}  // namespace

void applyFade(FadeCurve curve, std::int64_t first, std::int64_t step, std::int64_t length, float* gains,
               std::size_t count) noexcept {
  const auto apply = [&](auto shape) {
    applyShape(shape, static_cast<double>(first), static_cast<double>(step), static_cast<double>(length),
               gains, count);
  };
  switch (curve) {
    case FadeCurve::linear:
      return apply([](float x) { return x; });
    case FadeCurve::equalPower:
      return apply([](float x) { return core::sinQuarterTurns(x); });
    case FadeCurve::sCurve:
      return apply([](float x) { return x * x * (3.0f - 2.0f * x); });
    case FadeCurve::slow:
      return apply([](float x) { return x * x; });
    case FadeCurve::fast:
      return apply([](float x) { return 1.0f - (1.0f - x) * (1.0f - x); });
  }
}

}  // namespace mixwell::engine
