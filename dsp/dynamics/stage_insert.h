#pragma once

#include <algorithm>

#include "dynamics/block_peak.h"
#include "engine/quad_stage.h"
#include "params/device.h"

namespace mixwell::dynamics {

/// A stage of the strip on one track's sound of any length.
template <typename Stage>
class StageInsert {
 public:
  Stage stage;
  float reductionDb = 0.0f;
  float keyDb = -130.0f;
  BlockPeak in;
  BlockPeak out;

  void process(float* left, float* right, std::size_t frames, const params::BlockContext& context) noexcept {
    const bool keyed = context.keyLeft != nullptr && context.keyRight != nullptr;
    stage.setKeyed(0, keyed);
    reductionDb = 0.0f;
    keyDb = -130.0f;
    in.clear();
    out.clear();
    for (std::size_t at = 0; at < frames; at += engine::quantumFrames) {
      const std::size_t count = std::min(engine::quantumFrames, frames - at);
      if (keyed) {
        std::copy_n(context.keyLeft + at, count, key_.left);
        std::copy_n(context.keyRight + at, count, key_.right);
      }
      processQuantum(left + at, right + at, count, keyed ? &key_ : nullptr);
    }
  }

 private:
  void processQuantum(float* left, float* right, std::size_t frames,
                      const engine::QuadBlock<float>* key) noexcept {
    std::copy_n(left, frames, block_.left);
    std::copy_n(right, frames, block_.right);
    for (std::size_t i = 0; i < frames; ++i) in.take(left[i], right[i]);
    stage.process(block_, key, frames);
    for (std::size_t i = 0; i < frames; ++i) out.take(block_.left[i], block_.right[i]);
    std::copy_n(block_.left, frames, left);
    std::copy_n(block_.right, frames, right);
    reductionDb = core::min(reductionDb, stage.reductionDb(0));
    keyDb = core::max(keyDb, stage.keyDb(0));
  }

  engine::QuadBlock<float> block_;
  engine::QuadBlock<float> key_;
};

}  // namespace mixwell::dynamics
