// The engine as the page, the worker, the audio thread and Node see it: Embind to make one, plain functions
// with raw addresses for everything that runs in the audio callback.
#include <emscripten/bind.h>
#include <emscripten/emscripten.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "engine/description.h"
#include "engine/device_chain.h"
#include "engine/engine.h"

namespace {

using mixwell::engine::CommandError;
using mixwell::engine::DeviceChain;
using mixwell::engine::Engine;
using mixwell::engine::Outputs;
using mixwell::engine::PageId;
using mixwell::engine::Telemetry;
using Address = uintptr_t;

static_assert(offsetof(Outputs, probes) ==
              (mixwell::engine::outputNames.size() - 1) * mixwell::engine::quantumFrames * sizeof(float));
static_assert(sizeof(mixwell::engine::ProbeSound) ==
              mixwell::engine::probeNames.size() * mixwell::engine::quantumFrames * sizeof(float));
static_assert(sizeof(Telemetry) == (mixwell::engine::telemetryNames.size() +
                                    mixwell::engine::busMeterCount * mixwell::meter::busReadingNames.size()) *
                                       sizeof(double));
static_assert(sizeof(mixwell::engine::Levels) == mixwell::engine::levelNames.size() * sizeof(float));
static_assert(sizeof(PageId) == 2 * sizeof(int32_t));

// An engine with the buffers through which JavaScript speaks to it.
class EngineHandle {
 public:
  EngineHandle(double sampleRateHz, int trackCapacity, int pageSlots, bool keepStems)
      : commands(mixwell::engine::commandCapacity), requests(mixwell::engine::requestCapacity) {
    ready_ = trackCapacity > 0 && pageSlots > 0 &&
             engine.prepare({.sampleRateHz = sampleRateHz,
                             .trackCapacity = static_cast<size_t>(trackCapacity),
                             .pageSlots = static_cast<size_t>(pageSlots),
                             .keepStems = keepStems});
  }

  // 0 where the engine could not be made out of these numbers.
  Address address() const { return ready_ ? reinterpret_cast<Address>(this) : 0; }

  std::span<PageId> requestsUpTo(int pairs) {
    return std::span(requests).first(std::min(static_cast<size_t>(std::max(pairs, 0)), requests.size()));
  }

  Engine engine;
  std::vector<double> commands;
  std::vector<PageId> requests;

 private:
  bool ready_;
};

class FileChain {
 public:
  static constexpr size_t maxFrames = 4096;

  FileChain(double sampleRateHz, int sourceChannels)
      : chain_(
            {.sampleRateHz = sampleRateHz, .sourceChannels = sourceChannels == 1 ? size_t{1} : size_t{2}}) {}

  int add(const std::string& id) { return chain_.add(id); }
  bool setParam(int place, int index, double value) {
    return place >= 0 && index >= 0 &&
           chain_.setParam(static_cast<size_t>(place), static_cast<size_t>(index), value);
  }
  // A buffer of so many floats for setTable.
  Address tableBuffer(int floats) {
    table_.resize(static_cast<size_t>(std::max(floats, 0)));
    return reinterpret_cast<Address>(table_.data());
  }
  bool setTable(int place) { return place >= 0 && chain_.setTable(static_cast<size_t>(place), table_); }
  void reset() { chain_.reset(); }
  int latencySamples() const { return static_cast<int>(chain_.latencySamples()); }
  Address left() const { return reinterpret_cast<Address>(left_.data()); }
  Address right() const { return reinterpret_cast<Address>(right_.data()); }
  void process(int frames) {
    chain_.process(left_.data(), right_.data(),
                   std::min(static_cast<size_t>(std::max(frames, 0)), maxFrames));
  }

 private:
  DeviceChain chain_;
  std::vector<float> table_;
  std::array<float, maxFrames> left_{};
  std::array<float, maxFrames> right_{};
};

}  // namespace

extern "C" {

EMSCRIPTEN_KEEPALIVE double* mixwell_command_buffer(EngineHandle* handle) {
  return handle->commands.data();
}

EMSCRIPTEN_KEEPALIVE int mixwell_apply_commands(EngineHandle* handle, int count) {
  const size_t held = std::min(static_cast<size_t>(std::max(count, 0)), handle->commands.size());
  return static_cast<int>(handle->engine.applyCommands(std::span(handle->commands).first(held)));
}

EMSCRIPTEN_KEEPALIVE int mixwell_error_at(EngineHandle* handle) {
  return static_cast<int>(handle->engine.errorPosition());
}

EMSCRIPTEN_KEEPALIVE int mixwell_process(EngineHandle* handle, int frames) {
  return static_cast<int>(handle->engine.process(static_cast<size_t>(std::max(frames, 1))));
}

EMSCRIPTEN_KEEPALIVE const Outputs* mixwell_outputs(EngineHandle* handle) {
  return &handle->engine.outputs();
}

EMSCRIPTEN_KEEPALIVE int mixwell_stem(EngineHandle* handle, int track) {
  return handle->engine.stem(track) ? 1 : 0;
}

EMSCRIPTEN_KEEPALIVE const Telemetry* mixwell_telemetry(EngineHandle* handle) {
  return &handle->engine.telemetry();
}

EMSCRIPTEN_KEEPALIVE const mixwell::engine::Levels* mixwell_levels(EngineHandle* handle) {
  return handle->engine.levels().data();
}

EMSCRIPTEN_KEEPALIVE const PageId* mixwell_request_buffer(EngineHandle* handle) {
  return handle->requests.data();
}

EMSCRIPTEN_KEEPALIVE int mixwell_take_requests(EngineHandle* handle, int maxPairs) {
  return static_cast<int>(handle->engine.takeRequests(handle->requestsUpTo(maxPairs)));
}

EMSCRIPTEN_KEEPALIVE int mixwell_take_flush(EngineHandle* handle) {
  return handle->engine.takeFlush() ? 1 : 0;
}

EMSCRIPTEN_KEEPALIVE int mixwell_missing_pages(EngineHandle* handle, double frames, int maxPairs) {
  const double held = std::clamp(frames, 0.0, static_cast<double>(mixwell::engine::maxFrames));
  return static_cast<int>(
      handle->engine.missingPages(static_cast<int64_t>(held), handle->requestsUpTo(maxPairs)));
}

EMSCRIPTEN_KEEPALIVE float* mixwell_claim_page(EngineHandle* handle, int source, int page) {
  return handle->engine.claimPage({source, page});
}

EMSCRIPTEN_KEEPALIVE int mixwell_commit_page(EngineHandle* handle, int source, int page) {
  return handle->engine.commitPage({source, page}) ? 1 : 0;
}

EMSCRIPTEN_KEEPALIVE float* mixwell_claim_table(EngineHandle* handle, int insert, int floats) {
  return handle->engine.claimTable(insert, static_cast<size_t>(std::max(floats, 0)));
}

EMSCRIPTEN_KEEPALIVE int mixwell_commit_table(EngineHandle* handle, int insert, int floats) {
  return handle->engine.commitTable(insert, static_cast<size_t>(std::max(floats, 0))) ? 1 : 0;
}

EMSCRIPTEN_KEEPALIVE void mixwell_reset(EngineHandle* handle) {
  handle->engine.reset();
}

}  // extern "C"

EMSCRIPTEN_BINDINGS(mixwell_engine) {
  using namespace emscripten;

  function("engineDescription", &mixwell::engine::describeEngine);

  class_<EngineHandle>("Engine").constructor<double, int, int, bool>().function("address",
                                                                                &EngineHandle::address);

  class_<FileChain>("DeviceChain")
      .constructor<double, int>()
      .function("add", &FileChain::add)
      .function("setParam", &FileChain::setParam)
      .function("tableBuffer", &FileChain::tableBuffer)
      .function("setTable", &FileChain::setTable)
      .function("reset", &FileChain::reset)
      .function("latencySamples", &FileChain::latencySamples)
      .function("left", &FileChain::left)
      .function("right", &FileChain::right)
      .function("process", &FileChain::process);
}
