#pragma once

#include "dynamics/gate_stage.h"
#include "dynamics/stage_insert.h"

namespace mixwell::dynamics {

/// The gate of the strip as an insert. Its key is the side-chain, where there is one.
class Gate final : public params::Device {
 public:
  static const params::DeviceTable& description() noexcept;

  const params::DeviceTable& table() const noexcept override { return description(); }
  void takeMemory(const params::DeviceSpec& spec, core::Memory& memory) noexcept override;
  void prepare(const params::DeviceSpec& spec) noexcept override;
  void reset() noexcept override;
  bool setParam(std::size_t index, double value, std::uint32_t glideFrames) noexcept override;
  std::size_t latencySamples() const noexcept override { return 0; }
  void process(float* left, float* right, std::size_t frames,
               const params::BlockContext& context) noexcept override;
  std::int64_t tailFrames() const noexcept override { return insert_.stage.settlingFrames(0); }
  std::span<const float> readouts() const noexcept override { return readouts_; }

 private:
  StageInsert<GateStage<float>> insert_;
  std::array<float, 5> readouts_{};
};

}  // namespace mixwell::dynamics
