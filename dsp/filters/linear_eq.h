#pragma once

#include "core/ramp.h"
#include "filters/linear_kernel.h"
#include "params/device.h"

namespace mixwell::filters {

/// An equaliser of linear phase: symmetric impulses of 16 blocks (of 1024 frames up to 50 kHz, more above, so
/// that 16384 taps are 0.34 s), run by overlap-save whose work is spread over a block. What is set goes into
/// a new kernel, made in slices and faded to within a block; meanwhile the one before sounds. Takes 1.8 MB at
/// 48 kHz. Any one thread.
class LinearEq {
 public:
  void takeMemory(const params::DeviceSpec& spec, core::Memory& memory) noexcept;
  void prepare(const params::DeviceSpec& spec) noexcept;
  /// As if no sound had gone through yet; a kernel that is not of these values is made at once.
  void reset(const EqValues& values) noexcept;
  /// Comes into use, silent: where `atOnce`, with its kernel, else that is made while the first sound is on
  /// its way.
  void start(bool atOnce) noexcept;
  /// The values are other ones. `atOnce` where nothing sounds here that would click.
  void change(bool atOnce) noexcept;

  std::size_t latencySamples() const noexcept { return (kernelParts / 2 + 2) * blockFrames_; }
  std::int64_t tailFrames() const noexcept {
    return static_cast<std::int64_t>((kernelParts + 3) * blockFrames_);
  }
  /// In place; `values` are those of the last change.
  void process(float* left, float* right, std::size_t frames, const EqValues& values) noexcept;

 private:
  static constexpr std::size_t slotFrames = 128;

  /// How far a new kernel is: none, made, computed beside the old one, faded to.
  enum class Change : std::uint8_t { none, designed, prepared, fading };
  struct Side {
    std::array<std::span<float>, 3> blocks;                  // two whole ones and the one that fills
    std::span<float> spectra;                                // a ring
    std::array<std::array<std::span<float>, 2>, 2> results;  // of the old and the new kernel, by turns
    std::array<std::span<float>, 2> sums;                    // by kernel
  };

  bool isQuiet() const noexcept { return quietFrames_ > tailFrames(); }
  void clear() noexcept;
  void designAtOnce(const EqValues& values) noexcept;
  void runSlot(const EqValues& values) noexcept;
  void runDesign(const EqValues& values) noexcept;
  void multiply(std::size_t which, std::size_t firstBin, std::size_t lastBin) noexcept;
  void endBlock() noexcept;

  std::size_t blockFrames_ = 1024;
  bool hasTables_ = false;
  core::RealFft fft_;
  LinearKernelDesign design_;
  std::array<LinearKernel, 2> kernels_;
  std::size_t active_ = 0;
  bool hasKernel_ = false;
  bool stale_ = true;
  bool atOnce_ = true;
  Change change_ = Change::none;
  std::array<Side, 2> sides_;
  std::span<float> spare_;

  core::Ramp<float> entry_{1.0f};  // gain of what comes in
  std::int64_t quietFrames_ = 0;
  std::size_t filled_ = 0;  // of the slot
  std::size_t slot_ = 0;
  std::size_t at_ = 0;     // newest of the ring
  std::size_t heard_ = 0;  // of the ring
  std::size_t filling_ = 0;
  std::size_t playing_ = 0;
};

}  // namespace mixwell::filters
