// Loudness, loudness range and true peak of a whole file, for TypeScript: web/src/engine/loudness.ts is the
// typed face.
#include <emscripten/bind.h>

#include <cstddef>
#include <cstdint>

#include "meter/loudness_meter.h"
#include "meter/true_peak_meter.h"

namespace {

class LoudnessMeasurement {
 public:
  LoudnessMeasurement(uint32_t sampleRateHz, size_t channels) {
    loudness_.prepare(sampleRateHz, channels);
    peak_.prepare(channels);
  }

  void add(uintptr_t address, size_t stride, size_t frames) {
    const auto* in = reinterpret_cast<const float*>(address);
    loudness_.process(in, stride, frames);
    peak_.process(in, stride, frames);
  }
  void finish() { peak_.finish(); }

  double momentaryLufs() const { return loudness_.momentaryLufs(); }
  double shortTermLufs() const { return loudness_.shortTermLufs(); }
  double integratedLufs() const { return loudness_.integratedLufs(); }
  double loudnessRangeLu() const { return loudness_.loudnessRangeLu(); }
  double maxMomentaryLufs() const { return loudness_.maxMomentaryLufs(); }
  double maxShortTermLufs() const { return loudness_.maxShortTermLufs(); }
  double truePeak() const { return static_cast<double>(peak_.truePeak()); }
  double samplePeak() const { return static_cast<double>(peak_.samplePeak()); }

 private:
  mixwell::meter::LoudnessMeter loudness_;
  mixwell::meter::TruePeakMeter peak_;
};

}  // namespace

EMSCRIPTEN_BINDINGS(mixwell_loudness) {
  emscripten::class_<LoudnessMeasurement>("LoudnessMeasurement")
      .constructor<uint32_t, size_t>()
      .function("add", &LoudnessMeasurement::add)
      .function("finish", &LoudnessMeasurement::finish)
      .function("momentaryLufs", &LoudnessMeasurement::momentaryLufs)
      .function("shortTermLufs", &LoudnessMeasurement::shortTermLufs)
      .function("integratedLufs", &LoudnessMeasurement::integratedLufs)
      .function("loudnessRangeLu", &LoudnessMeasurement::loudnessRangeLu)
      .function("maxMomentaryLufs", &LoudnessMeasurement::maxMomentaryLufs)
      .function("maxShortTermLufs", &LoudnessMeasurement::maxShortTermLufs)
      .function("truePeak", &LoudnessMeasurement::truePeak)
      .function("samplePeak", &LoudnessMeasurement::samplePeak);
}
