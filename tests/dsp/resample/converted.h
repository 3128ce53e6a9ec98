#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "resample/sample_rate_converter.h"

namespace mixwell::test {

// A whole mono signal at another rate.
inline std::vector<float> converted(const std::vector<float>& in, uint32_t fromHz, uint32_t toHz) {
  resample::SampleRateConverter converter(fromHz, toHz, 1);
  std::vector<float> out(static_cast<size_t>(converter.framesFor(in.size())) + 1000);
  size_t made = 0;
  for (size_t given = 0; given < in.size();) {
    given += converter.push(in.data() + given, 0, in.size() - given);
    made += converter.pull(out.data() + made, 0, out.size() - made);
  }
  converter.finish();
  made += converter.pull(out.data() + made, 0, out.size() - made);
  out.resize(made);
  return out;
}

}  // namespace mixwell::test
