#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <vector>

#include "engine/engine.h"

namespace mixwell::test {

using Signal = std::vector<float>;

/// What came out of the engine, one entry a frame that was processed.
struct Recording {
  Signal tapLeft;
  Signal tapRight;
  Signal monitorLeft;
  Signal monitorRight;
  /// Whether the transport advanced in that frame.
  std::vector<bool> advanced;

  /// The tap of the frames that advanced, left and right in turn.
  Signal tap() const;
};

/// A clip as the command wants it.
struct ClipSpec {
  int source = 1;
  double start = 0;
  double offset = 0;
  double length = 0;
  double gainDb = 0;
  double fadeIn = 0;
  int fadeInCurve = 0;
  double fadeOut = 0;
  int fadeOutCurve = 0;
};

/// An engine with sources in memory.
class EngineRig {
 public:
  explicit EngineRig(engine::EngineSpec spec = {
                         .sampleRateHz = 48000, .trackCapacity = 32, .pageSlots = 256});

  engine::Engine engine;
  /// Whether pages are delivered before every quantum.
  bool delivers = true;
  /// Frames of the next quantum; 128 without.
  std::function<std::size_t()> quantum;

  engine::CommandError send(const std::vector<double>& stream) { return engine.applyCommands(stream); }

  /// Adds a source and makes it known to the engine; mono where `right` is empty.
  void addSource(int handle, Signal left, Signal right = {});
  engine::CommandError trackList(const std::vector<int>& handles);
  engine::CommandError clips(int track, const std::vector<ClipSpec>& clips);
  /// A track per source, of the same handle, that plays it from frame 0; replaces all tracks.
  void trackPerSource();
  engine::CommandError param(int track, engine::StripParam which, double value);
  engine::CommandError masterVolume(double db) { return command(engine::Opcode::masterParam, {0, db}); }
  engine::CommandError loop(double start, double end) {
    return command(engine::Opcode::loop, {1, start, end});
  }
  engine::CommandError play() { return command(engine::Opcode::play, {}); }
  engine::CommandError stop() { return command(engine::Opcode::stop, {}); }
  engine::CommandError seek(double frame) { return command(engine::Opcode::seek, {frame}); }
  engine::CommandError command(engine::Opcode opcode, const std::vector<double>& arguments);

  /// Delivers what the engine asks for and what the next quantum lacks.
  void deliver();
  /// Delivers one page; false where the engine does not want it.
  bool deliverPage(engine::PageId page);

  /// Processes so many frames, whether the transport advances or not.
  Recording run(std::size_t frames);

 private:
  struct Sound {
    Signal left;
    Signal right;
  };
  std::map<int, Sound> sounds_;
};

/// Noise between -amplitude and amplitude on a grid of 24 bits, so that sums of it are exact.
Signal noise(std::size_t frames, unsigned seed, float amplitude = 0.5f);
Signal sine(std::size_t frames, double cyclesPerFrame, double amplitude = 0.5);

/// The highest magnitude of what is left above 8 kHz (at 48 kHz) when the low end is taken away: the size of
/// clicks in sound that has nothing up there.
float clickSize(const Signal& signal);

}  // namespace mixwell::test
