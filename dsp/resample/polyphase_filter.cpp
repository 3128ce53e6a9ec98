#include "resample/polyphase_filter.h"

#include <algorithm>
#include <numeric>

#include "core/math.h"
#include "resample/kaiser.h"

namespace mixwell::resample {
namespace {

constexpr double attenuationDb = 150.0;
constexpr double passEdge = 20.0 / 22.05;  // of the Nyquist frequency
constexpr size_t maxExactTaps = size_t{1} << 19;
constexpr double blendRows = 256.0;  // phases to a sample of the lower rate

}  // namespace

PolyphaseFilter::PolyphaseFilter(uint32_t fromHz, uint32_t toHz) {
  const uint32_t common = std::gcd(fromHz, toHz);
  stepNumerator_ = fromHz / common;
  stepDenominator_ = toHz / common;
  if (fromHz == toHz) {  // nothing to be filtered: the sample itself
    taps_ = 8;
    exact_ = true;
    rows_ = 1;
    bandwidth_ = 1.0;
    table_.assign(taps_, 0.0);
    table_[taps_ / 2 - 1] = 1.0;
    return;
  }
  const double nyquist = 0.5 * std::min(1.0, static_cast<double>(toHz) / fromHz);
  const double transition = nyquist * (1.0 - passEdge);
  bandwidth_ = nyquist * (1.0 + passEdge);
  const auto least = static_cast<size_t>((attenuationDb - 7.95) / (14.36 * transition)) + 1;
  taps_ = (least + 7) / 8 * 8;
  exact_ = stepDenominator_ * taps_ <= maxExactTaps;
  rows_ = exact_ ? static_cast<size_t>(stepDenominator_)
                 : static_cast<size_t>(std::max(8.0, blendRows * 2.0 * nyquist));
  const size_t before = exact_ ? 0 : 1;
  const size_t after = exact_ ? 0 : 2;
  table_.resize((before + rows_ + after) * taps_);
  for (size_t row = 0; row < before + rows_ + after; ++row) {
    const double phase =
        (static_cast<double>(row) - static_cast<double>(before)) / static_cast<double>(rows_);
    fillRow(table_.data() + row * taps_, phase);
  }
}

double PolyphaseFilter::tapAt(double time) const noexcept {
  const double reach = 0.5 * static_cast<double>(taps_);
  const double sinc =
      time == 0.0 ? bandwidth_ : core::sinQuarterTurns(2.0 * bandwidth_ * time) / (core::pi * time);
  return sinc * kaiserWindow(time / reach, kaiserBeta(attenuationDb));
}

void PolyphaseFilter::fillRow(double* row, double phase) const noexcept {
  const double first = phase + 0.5 * static_cast<double>(taps_) - 1.0;
  for (size_t tap = 0; tap < taps_; ++tap) row[tap] = tapAt(first - static_cast<double>(tap));
}

PolyphaseFilter::Blend PolyphaseFilter::blend(uint64_t phase) const noexcept {
  const uint64_t scaled = phase * rows_;
  const uint64_t row = scaled / stepDenominator_;
  const double x = static_cast<double>(scaled % stepDenominator_) / static_cast<double>(stepDenominator_);
  Blend result;
  for (size_t i = 0; i < 4; ++i) result.rows[i] = table_.data() + (static_cast<size_t>(row) + i) * taps_;
  // Lagrange's cubic through the rows at -1, 0, 1 and 2.
  result.weights[0] = -x * (x - 1.0) * (x - 2.0) / 6.0;
  result.weights[1] = (x + 1.0) * (x - 1.0) * (x - 2.0) / 2.0;
  result.weights[2] = -(x + 1.0) * x * (x - 2.0) / 2.0;
  result.weights[3] = (x + 1.0) * x * (x - 1.0) / 6.0;
  return result;
}

}  // namespace mixwell::resample
