#include "support/engine_rig.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <random>

namespace mixwell::test {

using engine::CommandError;
using engine::Opcode;
using engine::pageFrames;
using engine::PageId;
using engine::quantumFrames;

Signal Recording::tap() const {
  Signal both;
  for (std::size_t i = 0; i < advanced.size(); ++i) {
    if (!advanced[i]) continue;
    both.push_back(tapLeft[i]);
    both.push_back(tapRight[i]);
  }
  return both;
}

EngineRig::EngineRig(engine::EngineSpec spec) {
  engine.prepare(spec);
}

CommandError EngineRig::command(Opcode opcode, const std::vector<double>& arguments) {
  std::vector<double> stream = {static_cast<double>(opcode), static_cast<double>(arguments.size())};
  stream.insert(stream.end(), arguments.begin(), arguments.end());
  return send(stream);
}

void EngineRig::addSource(int handle, Signal left, Signal right) {
  const double channels = right.empty() ? 1 : 2;
  command(Opcode::sourceAdd, {static_cast<double>(handle), channels, static_cast<double>(left.size())});
  sounds_[handle] = {std::move(left), std::move(right)};
}

CommandError EngineRig::trackList(const std::vector<int>& handles) {
  std::vector<double> arguments = {static_cast<double>(handles.size())};
  arguments.insert(arguments.end(), handles.begin(), handles.end());
  return command(Opcode::trackList, arguments);
}

CommandError EngineRig::clips(int track, const std::vector<ClipSpec>& clips) {
  std::vector<double> arguments = {static_cast<double>(track), static_cast<double>(clips.size())};
  for (const ClipSpec& clip : clips) {
    const std::array<double, 9> fields = {static_cast<double>(clip.source),
                                          clip.start,
                                          clip.offset,
                                          clip.length,
                                          clip.gainDb,
                                          clip.fadeIn,
                                          static_cast<double>(clip.fadeInCurve),
                                          clip.fadeOut,
                                          static_cast<double>(clip.fadeOutCurve)};
    arguments.insert(arguments.end(), fields.begin(), fields.end());
  }
  return command(Opcode::trackClips, arguments);
}

void EngineRig::trackPerSource() {
  std::vector<int> handles;
  for (const auto& [handle, sound] : sounds_) handles.push_back(handle);
  trackList(handles);
  for (const auto& [handle, sound] : sounds_) {
    command(Opcode::trackChannels, {static_cast<double>(handle), sound.right.empty() ? 1.0 : 2.0});
    clips(handle, {{.source = handle, .length = static_cast<double>(sound.left.size())}});
  }
}

CommandError EngineRig::param(int track, engine::StripParam which, double value) {
  return command(Opcode::trackParam, {static_cast<double>(track), static_cast<double>(which), value});
}

bool EngineRig::deliverPage(PageId page) {
  float* into = engine.claimPage(page);
  if (into == nullptr) return false;
  std::fill_n(into, engine::pageFloats, 0.0f);
  const Sound& sound = sounds_.at(page.source);
  const auto copy = [&](const Signal& from, float* to) {
    const std::size_t first = static_cast<std::size_t>(page.index) * pageFrames;
    for (std::size_t i = first; i < std::min(first + pageFrames, from.size()); ++i) to[i - first] = from[i];
  };
  copy(sound.left, into);
  copy(sound.right, into + pageFrames);
  return engine.commitPage(page);
}

void EngineRig::deliver() {
  std::array<PageId, 64> pages{};
  for (std::size_t count = 1; count > 0;) {
    count = engine.takeRequests(pages);
    for (std::size_t i = 0; i < count; ++i) deliverPage(pages[i]);
  }
  const std::size_t missing = engine.missingPages(static_cast<std::int64_t>(quantumFrames), pages);
  for (std::size_t i = 0; i < missing; ++i) deliverPage(pages[i]);
}

Recording EngineRig::run(std::size_t frames) {
  Recording recording;
  for (std::size_t done = 0; done < frames;) {
    if (delivers) deliver();
    const std::size_t count = std::min(quantum ? quantum() : quantumFrames, frames - done);
    const std::size_t advanced = engine.process(count);
    const engine::Outputs& out = engine.outputs();
    recording.tapLeft.insert(recording.tapLeft.end(), out.tapLeft, out.tapLeft + count);
    recording.tapRight.insert(recording.tapRight.end(), out.tapRight, out.tapRight + count);
    recording.monitorLeft.insert(recording.monitorLeft.end(), out.monitorLeft, out.monitorLeft + count);
    recording.monitorRight.insert(recording.monitorRight.end(), out.monitorRight, out.monitorRight + count);
    recording.advanced.insert(recording.advanced.end(), count, advanced > 0);
    done += count;
  }
  return recording;
}

Signal noise(std::size_t frames, unsigned seed, float amplitude) {
  std::mt19937 random(seed);
  std::uniform_int_distribution<int> bits(-8388608, 8388607);
  Signal signal(frames);
  for (float& sample : signal) {
    sample = static_cast<float>(static_cast<int>(static_cast<float>(bits(random)) * amplitude)) / 8388608.0f;
  }
  return signal;
}

Signal sine(std::size_t frames, double cyclesPerFrame, double amplitude) {
  Signal signal(frames);
  for (std::size_t i = 0; i < frames; ++i) {
    signal[i] = static_cast<float>(
        amplitude * std::sin(2.0 * std::numbers::pi * cyclesPerFrame * static_cast<double>(i)));
  }
  return signal;
}

float clickSize(const Signal& signal) {
  // A windowed sinc low-pass at a sixth of the sample rate, taken from the signal it delays.
  constexpr int half = 64;
  std::array<double, 2 * half + 1> taps{};
  double sum = 0.0;
  for (int i = -half; i <= half; ++i) {
    const double x = static_cast<double>(i) / 6.0 * 2.0 * std::numbers::pi;
    const double window = 0.42 + 0.5 * std::cos(std::numbers::pi * i / (half + 1)) +
                          0.08 * std::cos(2.0 * std::numbers::pi * i / (half + 1));
    taps[static_cast<std::size_t>(i + half)] = window * (i == 0 ? 1.0 : std::sin(x) / x);
    sum += taps[static_cast<std::size_t>(i + half)];
  }
  double highest = 0.0;
  for (std::size_t i = 2 * half; i < signal.size(); ++i) {
    double low = 0.0;
    for (std::size_t k = 0; k < taps.size(); ++k) low += taps[k] / sum * static_cast<double>(signal[i - k]);
    highest = std::max(highest, std::abs(static_cast<double>(signal[i - half]) - low));
  }
  return static_cast<float>(highest);
}

}  // namespace mixwell::test
