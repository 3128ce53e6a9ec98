// usage: mixwell_native_bench COMMANDS QUANTA
// Times the native engine on a recorded command stream (little-endian doubles) and prints one JSON object:
// microseconds a quantum, median of batches and 99.9th percentile of single quanta.
#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <vector>

#include "engine/engine.h"

namespace {

using namespace mixwell::engine;
using Clock = std::chrono::steady_clock;

constexpr std::size_t batchQuanta = 16;
constexpr std::size_t warmUpQuanta = 2000;

std::vector<double> readCommands(const char* path) {
  std::ifstream file(path, std::ios::binary);
  const std::vector<char> bytes(std::istreambuf_iterator<char>(file), {});
  std::vector<double> commands(bytes.size() / sizeof(double));
  std::copy_n(bytes.data(), commands.size() * sizeof(double), reinterpret_cast<char*>(commands.data()));
  return commands;
}

void supply(Engine& engine) {
  std::array<PageId, requestCapacity> missing{};
  const std::size_t count =
      engine.missingPages(static_cast<std::int64_t>(2 * batchQuanta * quantumFrames), missing);
  std::uint32_t state = 1;
  for (std::size_t i = 0; i < count; ++i) {
    float* into = engine.claimPage(missing[i]);
    if (into == nullptr) continue;
    for (std::size_t frame = 0; frame < pageFloats; ++frame) {
      state = state * 1664525U + 1013904223U;
      into[frame] = (static_cast<float>(state >> 8U) / 16777216.0f - 0.5f) * 0.35f;
    }
    engine.commitPage(missing[i]);
  }
}

double microsecondsOf(Engine& engine, std::size_t quanta) {
  const auto begin = Clock::now();
  for (std::size_t i = 0; i < quanta; ++i) {
    if (engine.process(quantumFrames) != quantumFrames) std::exit(1);
  }
  return std::chrono::duration<double, std::micro>(Clock::now() - begin).count() /
         static_cast<double>(quanta);
}

double at(std::vector<double>& times, double part) {
  std::sort(times.begin(), times.end());
  return times[std::min(times.size() - 1,
                        static_cast<std::size_t>(part * static_cast<double>(times.size())))];
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    std::fputs("usage: mixwell_native_bench COMMANDS QUANTA\n", stderr);
    return 2;
  }
  const std::size_t quanta = std::strtoul(argv[2], nullptr, 10);
  Engine engine;
  engine.prepare({.sampleRateHz = 48000, .trackCapacity = maxTracks});
  if (engine.applyCommands(readCommands(argv[1])) != CommandError::none) {
    std::fprintf(stderr, "mixwell_native_bench: %s: a command was refused\n", argv[1]);
    return 1;
  }
  for (std::size_t done = 0; done < warmUpQuanta; done += batchQuanta) {
    supply(engine);
    microsecondsOf(engine, batchQuanta);
  }
  std::vector<double> batches;
  std::vector<double> singles;
  for (std::size_t done = 0; done < quanta; done += batchQuanta) {
    supply(engine);
    batches.push_back(microsecondsOf(engine, batchQuanta));
  }
  for (std::size_t done = 0; done < quanta; ++done) {
    if (done % batchQuanta == 0) supply(engine);
    singles.push_back(microsecondsOf(engine, 1));
  }
  std::printf("{\"median\":%.3f,\"p999\":%.3f}\n", at(batches, 0.5), at(singles, 0.999));
  return 0;
}
