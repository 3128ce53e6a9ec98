// usage: mixwell_native_render JOB OUT
// Runs a recorded command stream in the native engine and writes its tap, to be held against the wasm
// module's to the bit.
//
// JOB, little-endian doubles unless said otherwise: sampleRateHz startFrame frames looping(0|1) count
// commands[count] tableCount, then a table of an insert: insert floats, and its 32-bit floats; sourceCount,
// then a source: handle channels frames, and its samples as 32-bit floats, left then right. OUT: 32-bit
// floats, the left side's frames and then the right's.
#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include "engine/engine.h"

namespace {

using mixwell::engine::CommandError;
using mixwell::engine::Engine;
using mixwell::engine::Opcode;
using mixwell::engine::pageFrames;
using mixwell::engine::PageId;
using mixwell::engine::quantumFrames;

struct Sound {
  std::size_t channels = 0;
  std::size_t frames = 0;
  std::vector<float> samples;
};

class JobReader {
 public:
  explicit JobReader(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) throw std::runtime_error(path + " can't be read");
    bytes_.assign(std::istreambuf_iterator<char>(file), {});
  }

  double number() {
    double value = 0.0;
    copy(&value, sizeof(value));
    return value;
  }
  std::size_t count() {
    const double value = number();
    if (!(value >= 0.0 && value <= static_cast<double>(bytes_.size())))
      throw std::runtime_error("the job is malformed");
    return static_cast<std::size_t>(value);
  }
  std::vector<float> floats(std::size_t count) {
    std::vector<float> values(count);
    copy(values.data(), count * sizeof(float));
    return values;
  }

 private:
  void copy(void* into, std::size_t size) {
    if (size > bytes_.size() - at_) throw std::runtime_error("the job is cut short");
    std::memcpy(into, bytes_.data() + at_, size);
    at_ += size;
  }

  std::vector<char> bytes_;
  std::size_t at_ = 0;
};

void deliver(Engine& engine, PageId page, const Sound& sound) {
  float* into = engine.claimPage(page);
  if (into == nullptr) return;
  const std::size_t first = static_cast<std::size_t>(page.index) * pageFrames;
  for (std::size_t channel = 0; channel < 2; ++channel) {
    for (std::size_t i = 0; i < pageFrames; ++i) {
      const bool inside = channel < sound.channels && first + i < sound.frames;
      into[channel * pageFrames + i] = inside ? sound.samples[channel * sound.frames + first + i] : 0.0f;
    }
  }
  engine.commitPage(page);
}

void send(Engine& engine, const std::vector<double>& stream) {
  const CommandError error = engine.applyCommands(stream);
  if (error == CommandError::none) return;
  const auto name = mixwell::engine::commandErrorNames[static_cast<std::size_t>(error)];
  throw std::runtime_error("the engine refused a command: " + std::string(name));
}

void render(const std::string& jobPath, const std::string& outPath) {
  JobReader job(jobPath);
  Engine engine;
  if (!engine.prepare({.sampleRateHz = job.number(), .trackCapacity = mixwell::engine::maxTracks})) {
    throw std::runtime_error("no such sample rate");
  }
  const double startFrame = job.number();
  const std::size_t frames = job.count();
  const bool looping = job.number() != 0.0;
  std::vector<double> commands(job.count());
  for (double& command : commands) command = job.number();
  std::map<std::int32_t, std::vector<float>> tables;
  for (std::size_t left = job.count(); left > 0; --left) {
    std::vector<float>& table = tables[static_cast<std::int32_t>(job.number())];
    table = job.floats(job.count());
  }
  std::map<std::int32_t, Sound> sounds;
  for (std::size_t left = job.count(); left > 0; --left) {
    Sound& sound = sounds[static_cast<std::int32_t>(job.number())];
    sound.channels = job.count();
    sound.frames = job.count();
    sound.samples = job.floats(sound.channels * sound.frames);
  }

  send(engine, commands);
  if (!looping) send(engine, {static_cast<double>(Opcode::loop), 3, 0, 0, 0});
  send(engine, {static_cast<double>(Opcode::seek), 1, startFrame, static_cast<double>(Opcode::play), 0});
  engine.missingPages(0, {});  // makes the devices
  for (const auto& [insert, table] : tables) {
    float* room = engine.claimTable(insert, table.size());
    if (room == nullptr) throw std::runtime_error("the engine refused a table");
    std::copy(table.begin(), table.end(), room);
    engine.commitTable(insert, table.size());
  }
  std::vector<float> left;
  std::vector<float> right;
  std::array<PageId, 1024> missing{};
  // The mix is late by what its devices need: it is played on for as long, and what comes before is left out.
  std::size_t late = 0;
  while (left.size() < frames + late) {
    const std::size_t pages = engine.missingPages(static_cast<std::int64_t>(quantumFrames), missing);
    for (std::size_t i = 0; i < pages; ++i) deliver(engine, missing[i], sounds[missing[i].source]);
    const std::size_t advanced = engine.process(quantumFrames);
    if (advanced == 0) throw std::runtime_error("the engine does not go on");
    if (left.empty()) late = static_cast<std::size_t>(engine.telemetry().latencyFrames);
    left.insert(left.end(), engine.outputs().tapLeft, engine.outputs().tapLeft + advanced);
    right.insert(right.end(), engine.outputs().tapRight, engine.outputs().tapRight + advanced);
  }
  std::ofstream out(outPath, std::ios::binary);
  const auto bytes = static_cast<std::streamsize>(frames * sizeof(float));
  out.write(reinterpret_cast<const char*>(left.data() + late), bytes);
  out.write(reinterpret_cast<const char*>(right.data() + late), bytes);
  if (!out) throw std::runtime_error(outPath + " can't be written");
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    std::cerr << "usage: mixwell_native_render JOB OUT\n";
    return 2;
  }
  try {
    render(argv[1], argv[2]);
  } catch (const std::exception& error) {
    std::cerr << "mixwell_native_render: " << argv[1] << ": " << error.what() << '\n';
    return 1;
  }
  return 0;
}
