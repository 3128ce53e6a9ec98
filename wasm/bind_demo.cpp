// What TypeScript sees of the demo song: its description, and its stems one after another.
// web/src/engine/demoSong.ts is the typed face.
#include <emscripten/bind.h>

#include <cstdint>
#include <string>
#include <vector>

#include "demo/demo_stem.h"
#include "demo/song_json.h"

namespace {

// A stem with a planar block that it is rendered into.
class DemoStem {
 public:
  DemoStem(int stem, double sampleRateHz, size_t maxFrames)
      : stem_(static_cast<mixwell::demo::Stem>(stem), sampleRateHz),
        maxFrames_(maxFrames),
        planar_(maxFrames * static_cast<size_t>(stem_.channels())) {}

  int channels() const { return stem_.channels(); }
  double frames() const { return static_cast<double>(stem_.frames()); }
  uintptr_t output() const { return reinterpret_cast<uintptr_t>(planar_.data()); }
  // Renders the next maxFrames frames, fewer at the end; 0 when all are rendered.
  size_t render() {
    float* right = stem_.channels() == 2 ? planar_.data() + maxFrames_ : nullptr;
    return static_cast<size_t>(stem_.render(planar_.data(), right, static_cast<int64_t>(maxFrames_)));
  }

 private:
  mixwell::demo::DemoStem stem_;
  size_t maxFrames_;
  std::vector<float> planar_;
};

}  // namespace

EMSCRIPTEN_BINDINGS(mixwell_demo) {
  using namespace emscripten;

  class_<DemoStem>("DemoStem")
      .constructor<int, double, size_t>()
      .function("channels", &DemoStem::channels)
      .function("frames", &DemoStem::frames)
      .function("output", &DemoStem::output)
      .function("render", &DemoStem::render);

  function("describeDemoSong", &mixwell::demo::describeSong);
}
