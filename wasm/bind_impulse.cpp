// What TypeScript sees of impulse responses and the tables that a convolution reverb takes: a block that the
// impulse is written to, and the table made of it. web/src/engine/impulse.ts is the typed face.
#include <emscripten/bind.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "time/convolution_impulses.h"
#include "time/convolution_table.h"

namespace {

using mixwell::time::StereoImpulse;
using Address = uintptr_t;

Address addressOf(const std::vector<float>& samples) {
  return reinterpret_cast<Address>(samples.data());
}

// An impulse response at a project's sample rate, both sides of one length.
class Impulse {
 public:
  Impulse(double sampleRateHz, size_t frames) : sampleRateHz_(sampleRateHz) {
    raw_.left.resize(frames);
    raw_.right.resize(frames);
    for (size_t i = 0; i < shape_.size(); ++i) shape_[i] = mixwell::time::convolutionParams[i].defaultValue;
  }

  // Takes the place of the samples; false where there is none of that name.
  bool takeBuiltIn(const std::string& name) {
    StereoImpulse made = mixwell::time::builtInImpulse(name, sampleRateHz_);
    if (made.left.empty()) return false;
    raw_ = std::move(made);
    return true;
  }

  size_t frames() const { return raw_.left.size(); }
  Address left() const { return addressOf(raw_.left); }
  Address right() const { return addressOf(raw_.right); }

  // A parameter of the device that shapes the impulse, by its place in the table.
  void shape(size_t index, double value) {
    if (index < shape_.size()) shape_[index] = value;
  }
  // Shapes the samples as they are; then shapedLeft and shapedRight hold so many frames.
  size_t bake() {
    shaped_ = mixwell::time::shapedImpulse(raw_.left.data(), raw_.right.data(), raw_.left.size(), shape_,
                                           sampleRateHz_);
    return shaped_.left.size();
  }
  Address shapedLeft() const { return addressOf(shaped_.left); }
  Address shapedRight() const { return addressOf(shaped_.right); }
  // The table of what was baked; so many floats at tableAddress.
  size_t makeTable() {
    table_ = mixwell::time::tableOf(shaped_);
    return table_.size();
  }
  Address tableAddress() const { return addressOf(table_); }

 private:
  double sampleRateHz_;
  StereoImpulse raw_;
  StereoImpulse shaped_;
  std::array<double, mixwell::time::impulseParamCount> shape_{};
  std::vector<float> table_;
};

}  // namespace

EMSCRIPTEN_BINDINGS(mixwell_impulse) {
  emscripten::class_<Impulse>("Impulse")
      .constructor<double, size_t>()
      .function("takeBuiltIn", &Impulse::takeBuiltIn)
      .function("frames", &Impulse::frames)
      .function("left", &Impulse::left)
      .function("right", &Impulse::right)
      .function("shape", &Impulse::shape)
      .function("bake", &Impulse::bake)
      .function("shapedLeft", &Impulse::shapedLeft)
      .function("shapedRight", &Impulse::shapedRight)
      .function("makeTable", &Impulse::makeTable)
      .function("tableAddress", &Impulse::tableAddress);
}
