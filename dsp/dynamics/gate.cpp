#include "dynamics/gate.h"

namespace mixwell::dynamics {

namespace {

constexpr std::array<params::ReadoutInfo, 5> readoutInfos = {{
    {.id = "reductionDb", .unit = "dB"},
    {.id = "inputDb", .unit = "dB"},
    {.id = "outputDb", .unit = "dB"},
    {.id = "keyDb", .unit = "dB"},
    {.id = "open", .unit = ""},
}};

}  // namespace

const params::DeviceTable& Gate::description() noexcept {
  static constexpr params::DeviceTable table{
      .id = "gate", .name = "Gate", .params = gateParams, .readouts = readoutInfos};
  return table;
}

void Gate::takeMemory(const params::DeviceSpec& /*spec*/, core::Memory& /*memory*/) noexcept {}

void Gate::prepare(const params::DeviceSpec& spec) noexcept {
  insert_.stage.prepare(spec.sampleRateHz);
  insert_.stage.setParam(0, static_cast<std::size_t>(GateParam::on), 1.0, 0);
  reset();
}

void Gate::reset() noexcept {
  insert_.stage.resetAll();
}

bool Gate::setParam(std::size_t index, double value, std::uint32_t glideFrames) noexcept {
  return insert_.stage.setParam(0, index, value, glideFrames);
}

void Gate::process(float* left, float* right, std::size_t frames,
                   const params::BlockContext& context) noexcept {
  insert_.process(left, right, frames, context);
  readouts_ = {insert_.reductionDb, insert_.in.db(), insert_.out.db(), insert_.keyDb,
               insert_.stage.isOpen(0) ? 1.0f : 0.0f};
}

}  // namespace mixwell::dynamics
