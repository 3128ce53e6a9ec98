#include "demo/small_room.h"

#include <algorithm>

namespace mixwell::demo {

void SmallRoom::prepare(const Size& size, double rateHz) {
  constexpr std::array kRatios{1.0, 1.327, 1.713, 2.139};
  for (std::size_t i = 0; i < lines_.size(); ++i) {
    const double seconds = size.firstMs * 0.001 * kRatios[i];
    lines_[i].samples.assign(static_cast<std::size_t>(seconds * rateHz) + 1, 0.0f);
    lines_[i].gain = static_cast<float>(exp2(-9.965784284662087 * seconds / size.decayS));
    lines_[i].damping.setCutoff(size.dampingHz, rateHz);
  }
  reset();
}

void SmallRoom::reset() noexcept {
  for (Line& line : lines_) {
    std::fill(line.samples.begin(), line.samples.end(), 0.0f);
    line.at = 0;
    line.damping.reset();
  }
}

SmallRoom::Pair SmallRoom::tick(float x) noexcept {
  std::array<float, 4> out{};
  for (std::size_t i = 0; i < lines_.size(); ++i) {
    Line& line = lines_[i];
    out[i] = line.gain * line.damping.lowpass(line.samples[line.at]);
  }
  const float a = out[0] + out[1];
  const float b = out[0] - out[1];
  const float c = out[2] + out[3];
  const float d = out[2] - out[3];
  const std::array<float, 4> mixed{0.5f * (a + c), 0.5f * (b + d), 0.5f * (a - c), 0.5f * (b - d)};
  for (std::size_t i = 0; i < lines_.size(); ++i) {
    Line& line = lines_[i];
    float& cell = line.samples[line.at];
    cell = mixed[i] + x;
    flushTiny(cell);
    if (++line.at == line.samples.size()) line.at = 0;
  }
  return {out[0] - out[2], out[1] - out[3]};
}

void SmallRoom::flush() noexcept {
  for (Line& line : lines_) line.damping.flush();
}

}  // namespace mixwell::demo
