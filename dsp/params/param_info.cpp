#include "params/param_info.h"

#include "core/math.h"

namespace mixwell::params {

double faderGain(const ParamInfo& info, double valueDb) noexcept {
  return valueDb <= info.min ? 0.0 : core::dbToGain(valueDb);
}

}  // namespace mixwell::params
