#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "core/fft.h"
#include "core/memory.h"
#include "filters/band_coefficients.h"
#include "filters/eq_device_params.h"

namespace mixwell::filters {

/// Parts of a kernel, each of as many frames as a block.
inline constexpr std::size_t kernelParts = 16;

/// From what comes in on one side to what goes out on one.
struct KernelWay {
  bool used = false;
  std::size_t spectrum = 0;
};

/// Spectra of symmetric impulses, and which of them leads from where to where: `ways[out][in]`.
struct LinearKernel {
  static constexpr std::size_t mostSpectra = 4;

  /// Of each the parts one after the other, `2 * blockFrames` floats each.
  std::array<std::span<float>, mostSpectra> spectra;
  std::array<std::array<KernelWay, 2>, 2> ways{};
};

/// Makes the kernel of an equaliser in slices: the magnitude of the sections that run at least phase, sampled
/// and transformed, the ends of the impulse tapered. The middle of the impulse is at `kernelParts / 2`
/// blocks. Any one thread.
class LinearKernelDesign {
 public:
  void takeMemory(std::size_t blockFrames, core::Memory& memory) noexcept;
  void prepare(double sampleRateHz) noexcept;

  /// Starts anew, with the values as they are now.
  void begin(const EqValues& values) noexcept;
  void stop() noexcept { stage_ = Stage::none; }
  bool isUnderWay() const noexcept { return stage_ != Stage::none; }
  /// One slice more; true once `kernel` is whole. `partFft` is of two blocks.
  bool step(LinearKernel& kernel, core::RealFft& partFft) noexcept;

 private:
  enum class Stage : std::uint8_t { none, tables, bands, magnitude, impulse, parts };
  struct Band {
    BandCoefficients coefficients;
    std::size_t sections = 0;
    std::size_t channels = 0;
  };

  void fitBand() noexcept;
  void lead(LinearKernel& kernel) noexcept;
  void sample(std::size_t from, std::size_t to) noexcept;
  void transformPart(LinearKernel& kernel, core::RealFft& partFft) noexcept;
  float impulseAt(std::size_t frame) const noexcept;

  std::size_t blockFrames_ = 0;
  double sampleRateHz_ = 48000.0;
  bool hasTables_ = false;
  core::RealFft fft_;
  std::span<float> magnitude_;  // then zeros, the imaginary parts
  std::span<float> impulse_;
  EqValues values_{};
  std::array<Band, eqBands> bands_{};
  std::size_t bandCount_ = 0;

  Stage stage_ = Stage::none;
  std::size_t at_ = 0;  // in the stage
  std::size_t spectrum_ = 0;
  std::size_t spectra_ = 1;
  bool hasMidSide_ = false;
  bool hasLeftRight_ = false;
};

}  // namespace mixwell::filters
