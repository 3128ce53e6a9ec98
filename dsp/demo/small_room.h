#pragma once

#include <array>
#include <vector>

#include "demo/tone_filters.h"

namespace mixwell::demo {

/// Four delay lines in a feedback matrix (Stautner and Puckette 1982): the room a drum or a bell stands in.
class SmallRoom {
 public:
  struct Size {
    double firstMs;  ///< shortest line; the others follow at irregular ratios
    double decayS;   ///< to -60 dB
    double dampingHz;
  };
  struct Pair {
    float left;
    float right;
  };

  void prepare(const Size& size, double rateHz);
  void reset() noexcept;
  Pair tick(float x) noexcept;
  void flush() noexcept;

 private:
  struct Line {
    std::vector<float> samples;
    std::size_t at = 0;
    float gain = 0.0f;
    OnePole damping;
  };
  std::array<Line, 4> lines_;
};

}  // namespace mixwell::demo
