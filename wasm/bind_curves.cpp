// The curves of equaliser and cuts as they are applied, for the page to draw; web/src/engine/curves.ts is the
// typed face.
#include <emscripten/bind.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "filters/eq_curve.h"
#include "filters/eq_device_params.h"

namespace {

// Buffers for a table's values, for frequencies and for the gains in decibels that are added up there.
class EqCurves {
 public:
  explicit EqCurves(size_t points) : frequencies_(points), gains_(points) {}

  uintptr_t values() const { return reinterpret_cast<uintptr_t>(values_.data()); }
  uintptr_t frequencies() const { return reinterpret_cast<uintptr_t>(frequencies_.data()); }
  uintptr_t gains() const { return reinterpret_cast<uintptr_t>(gains_.data()); }

  void clear() { std::fill(gains_.begin(), gains_.end(), 0.0); }
  void addEq(double sampleRateHz) {
    mixwell::filters::addEqCurve(values_, sampleRateHz, frequencies_, gains_);
  }
  void addCuts(double sampleRateHz) {
    mixwell::filters::addCutCurve(std::span(values_).first(mixwell::filters::cutParams.size()), sampleRateHz,
                                  frequencies_, gains_);
  }

 private:
  std::array<double, mixwell::filters::eqDeviceParams.size()> values_{};
  std::vector<double> frequencies_;
  std::vector<double> gains_;
};

}  // namespace

EMSCRIPTEN_BINDINGS(mixwell_curves) {
  emscripten::class_<EqCurves>("EqCurves")
      .constructor<size_t>()
      .function("values", &EqCurves::values)
      .function("frequencies", &EqCurves::frequencies)
      .function("gains", &EqCurves::gains)
      .function("clear", &EqCurves::clear)
      .function("addEq", &EqCurves::addEq)
      .function("addCuts", &EqCurves::addCuts);
}
