#pragma once

#include "core/float4.h"

namespace mixwell::core {

/// The value is computed here and not behind what follows. For loops with more values than registers, in
/// wasm, whose compilers hold back what is not needed before the next round. Any thread.
inline void pin(Float4& value) {
#if defined(__wasm_simd128__)
  asm volatile("" : "+r"(value.v));
#else
  static_cast<void>(value);
#endif
}
inline void pin(float& /*value*/) {}

}  // namespace mixwell::core
