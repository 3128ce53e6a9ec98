#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "core/memory.h"
#include "core/units.h"
#include "params/param_info.h"

namespace mixwell::params {

struct DeviceSpec {
  double sampleRateHz = 48000.0;  ///< 8000 to 384000
  /// 1 where both sides carry the same mono signal, else 2.
  std::size_t sourceChannels = 2;
};

/// What a device may want to know of the stretch it processes.
struct BlockContext {
  /// Sound of an external side-chain, aligned with the input; null where there is none.
  const float* keyLeft = nullptr;
  const float* keyRight = nullptr;
  /// Length of a beat of the song here.
  double framesPerBeat = 24000.0;
  /// A frame of the song from which on beats have had that length, and how many there are up to it.
  std::int64_t tempoFrame = 0;
  double tempoBeat = 0.0;
  /// Place of the first frame in the song; grids of coefficients are anchored at 0.
  std::int64_t songFrame = 0;
};

/// A processor of stereo sound with a table of parameters.
///
/// Life: `takeMemory`, `prepare`, then any sequence of the rest. Nothing here allocates, locks or throws:
/// devices are made on the thread that runs the engine, in memory that it gives them. `prepare` and `reset`
/// each cost well under 0.3 ms in wasm: long buffers are not cleared (core::DelayLine), large tables are
/// static or come from outside. All methods belong to one thread.
class Device {
 public:
  Device() = default;
  Device(const Device&) = delete;
  Device& operator=(const Device&) = delete;
  virtual ~Device() = default;

  virtual const DeviceTable& table() const noexcept = 0;
  /// Takes all buffers out of `memory`, which is not cleared and outlives the device. Called with a memory
  /// that only counts, too, on an object that is then thrown away: the spans are not to be touched here.
  virtual void takeMemory(const DeviceSpec& spec, core::Memory& memory) noexcept = 0;
  /// Makes the device ready, parameters at their defaults, as after `reset`.
  virtual void prepare(const DeviceSpec& spec) noexcept = 0;
  /// As if no sound had gone through yet; smoothing ends on its targets. Parameters stay.
  virtual void reset() noexcept = 0;

  /// The parameter goes to `value` in a straight line (of the value, or of what is computed from it) that
  /// ends after `glideFrames` frames; at once where that is 0. Automation sets the value of the next grid
  /// point this way, a hand the smoothing time of the table. Choices and switches may take a cross-fade of
  /// their own. False, and nothing happens, where the index or the value is not one of the table's.
  virtual bool setParam(std::size_t index, double value, std::uint32_t glideFrames) noexcept = 0;
  /// Frames by which the output is late. Only a parameter with `changesLatency` changes it.
  virtual std::size_t latencySamples() const noexcept = 0;
  /// In place, any number of frames; the result does not depend on how a stretch is cut into blocks. A NaN or
  /// infinity that comes in may come out within the block, but does not stay.
  virtual void process(float* left, float* right, std::size_t frames,
                       const BlockContext& context) noexcept = 0;
  /// For how many frames of silence at the input something may still come out, at most; after that, and until
  /// sound comes again, the device may be passed over. `endless` where that can't be said.
  virtual std::int64_t tailFrames() const noexcept { return 0; }
  static constexpr std::int64_t endless = std::int64_t{1} << 40;
  /// What the table's read-outs say of the last block; as many numbers.
  virtual std::span<const float> readouts() const noexcept { return {}; }

  /// Where the next table of a device that takes one from outside is to be written, such as an impulse's
  /// spectra: room for `floats` floats, in slices and while it processes, or nothing where it has no use for
  /// a table of that size. The table before it goes on sounding.
  virtual std::span<float> claimTable(std::size_t /*floats*/) noexcept { return {}; }
  /// The claimed table is written, its first `floats` floats, and is faded to; 0 leaves the device without.
  virtual void commitTable(std::size_t /*floats*/) noexcept {}
};

/// As a hand does it: within the smoothing time of the table.
inline bool setByHand(Device& device, std::size_t index, double value, double sampleRateHz) noexcept {
  const auto infos = device.table().params;
  return index < infos.size() &&
         device.setParam(index, value, core::framesIn(infos[index].smoothingMs, sampleRateHz));
}

}  // namespace mixwell::params
