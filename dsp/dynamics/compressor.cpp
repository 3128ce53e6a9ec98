#include "dynamics/compressor.h"

namespace mixwell::dynamics {

namespace {

constexpr std::array<params::ReadoutInfo, 5> readoutInfos = {{
    {.id = "reductionDb", .unit = "dB"},
    {.id = "inputDb", .unit = "dB"},
    {.id = "outputDb", .unit = "dB"},
    {.id = "keyDb", .unit = "dB"},
    {.id = "makeupDb", .unit = "dB"},
}};

}  // namespace

const params::DeviceTable& Compressor::description() noexcept {
  static constexpr params::DeviceTable table{
      .id = "compressor", .name = "Compressor", .params = compressorParams, .readouts = readoutInfos};
  return table;
}

void Compressor::takeMemory(const params::DeviceSpec& spec, core::Memory& memory) noexcept {
  insert_.stage.takeMemory(spec, memory);
}

void Compressor::prepare(const params::DeviceSpec& spec) noexcept {
  insert_.stage.prepare(spec.sampleRateHz);
  insert_.stage.setParam(0, static_cast<std::size_t>(CompressorParam::on), 1.0, 0);
  reset();
}

void Compressor::reset() noexcept {
  insert_.stage.resetAll();
}

bool Compressor::setParam(std::size_t index, double value, std::uint32_t glideFrames) noexcept {
  return insert_.stage.setParam(0, index, value, glideFrames);
}

void Compressor::process(float* left, float* right, std::size_t frames,
                         const params::BlockContext& context) noexcept {
  insert_.process(left, right, frames, context);
  readouts_ = {insert_.reductionDb, insert_.in.db(), insert_.out.db(), insert_.keyDb,
               insert_.stage.makeupDb(0)};
}

}  // namespace mixwell::dynamics
