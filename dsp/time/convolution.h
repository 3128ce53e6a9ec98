#pragma once

#include "core/fft.h"
#include "core/ramp.h"
#include "params/device.h"
#include "time/convolution_params.h"
#include "time/convolution_table.h"

namespace mixwell::time {

/// Convolves with an impulse response by overlap-save in two lengths of parts (Gardner, "Efficient
/// convolution without input-output delay", JAES 1995): short ones of 128 frames, which are the latency, and
/// long ones of 2048, whose work is spread over sixteen short blocks. The spectra come from outside
/// (convolution_table.h); without any it gives no room at all. Takes about 14 MB at 48 kHz: two tables and
/// the spectra of what came in.
class Convolution final : public params::Device {
 public:
  static const params::DeviceTable& description() noexcept;

  const params::DeviceTable& table() const noexcept override { return description(); }
  void takeMemory(const params::DeviceSpec& spec, core::Memory& memory) noexcept override;
  void prepare(const params::DeviceSpec& spec) noexcept override;
  void reset() noexcept override;
  bool setParam(std::size_t index, double value, std::uint32_t glideFrames) noexcept override;
  std::size_t latencySamples() const noexcept override { return headFrames; }
  void process(float* left, float* right, std::size_t frames,
               const params::BlockContext& context) noexcept override;
  std::int64_t tailFrames() const noexcept override;

  /// Nothing while one table fades to the next, at most 0.1 s of sound: to be asked again then.
  std::span<float> claimTable(std::size_t floats) noexcept override;
  void commitTable(std::size_t floats) noexcept override;

 private:
  static constexpr std::size_t slots = time::tailFrames / headFrames;
  static constexpr std::size_t longFrames = time::tailFrames;

  /// A table as it lies in memory; with no parts it is silent.
  struct Impulse {
    std::span<float> floats;
    std::size_t heads = 0;
    std::size_t tails = 0;

    const float* head(std::size_t part, std::size_t side) const noexcept;
    const float* tail(std::size_t part, std::size_t side) const noexcept;
  };
  /// How far a new table is: none, waiting, its long parts being computed beside the old one's, faded to.
  enum class Change : std::uint8_t { none, waiting, prepared, fading };
  struct Side {
    std::array<float, 2 * headFrames> recent;                // the block before and this one
    std::array<std::span<float>, 3> longBlocks;              // two whole ones and the one that fills
    std::span<float> headSpectra;                            // a ring
    std::span<float> tailSpectra;                            // a ring
    std::array<std::array<std::span<float>, 2>, 2> results;  // of the old and the new table, by turns
    std::array<std::span<float>, 2> sums;  // spectra of the old and the new table's long parts
    std::array<float, headFrames> dry;
    std::array<float, headFrames> wet;
  };

  void runBlock() noexcept;
  void runHead(std::size_t side) noexcept;
  void addHead(const Impulse& impulse, std::size_t side, float* sum) const noexcept;
  void runSlot() noexcept;
  void addTail(std::size_t which, std::size_t side, std::size_t firstBin, std::size_t lastBin) noexcept;
  void endLongBlock() noexcept;

  std::array<double, convolutionParams.size()> values_{};
  std::size_t mostTails_ = 0;
  core::RealFft shortFft_;
  core::RealFft longFft_;
  std::array<Side, 2> sides_;
  std::span<float> longSpare_;
  std::array<Impulse, 2> impulses_;
  std::size_t active_ = 0;
  Change change_ = Change::none;
  core::Ramp<float> width_{1.0f};
  core::Ramp<float> mix_{0.2f};

  std::size_t filled_ = 0;  // of the short block
  std::size_t slot_ = 0;
  std::size_t headAt_ = 0;
  std::size_t headsFilled_ = 0;
  std::size_t tailAt_ = 0;
  std::size_t tailsFilled_ = 0;
  std::size_t filling_ = 0;  // the long block that fills
  std::size_t playing_ = 0;  // which results are heard
  bool untouched_ = true;
};

}  // namespace mixwell::time
