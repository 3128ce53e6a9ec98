#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/fft.h"

namespace mixwell::meter {

// Mean power of a mono or stereo programme in third-octave bands (IEC 61260-1, base ten, 20 Hz to 20 kHz),
// and how much both sides have in common there: Hann windows of about a third of a second (16384 frames at
// 44.1 and 48 kHz), half overlapped; a bin counts for a band by how much of its width lies in it. Windows
// under -70 dBFS RMS are left out, so that silence doesn't thin the mean. Of four wide bands it tells how
// their level varies from window to window. Belongs to one thread.
class BandSpectrum {
 public:
  static constexpr size_t bands = 31;

  // Mean squares; a full-scale sine has 0.5. `cross` is the mean product of both sides.
  struct Band {
    double left = 0.0;
    double right = 0.0;
    double cross = 0.0;
  };

  // Both sides together, in dB: a full-scale sine in both has 0. Of the windows at most 20 dB under the mean,
  // so that rests don't count; -infinity where there are none.
  struct Spread {
    double usualDb;  // half of them are louder
    double loudDb;   // one in twenty is
  };

  static constexpr size_t wideBands = 4;
  // Edges of the wide bands as numbers of third octaves: 112 Hz, 891 Hz and 4.47 kHz between them.
  static constexpr std::array<size_t, wideBands + 1> wideEdges{0, 8, 17, 24, bands};

  static double centreHz(size_t band) noexcept;
  static double lowEdgeHz(size_t band) noexcept;

  // Allocates; not for the audio thread.
  void prepare(uint32_t sampleRateHz);
  void reset() noexcept;

  // Takes the next frames of both sides (the same twice for mono).
  void add(const float* left, const float* right, size_t frames) noexcept;

  // Zero for bands above half the sample rate, and for lack of a whole window that sounds.
  Band band(size_t index) const noexcept;
  // The mean square of both sides together in the window that has most of it.
  double highest(size_t index) const noexcept;
  // To half a decibel.
  Spread spread(size_t wideBand) const noexcept;
  uint64_t windows() const noexcept { return windows_; }

 private:
  struct Share {
    size_t bin;
    double part;
  };

  static constexpr size_t levelsADb = 2;
  static constexpr double lowestDb = -100.0;
  static constexpr size_t levels = 120 * levelsADb;

  void addWindow() noexcept;
  double scale() const noexcept;

  core::RealFft fft_;
  std::vector<float> fftMemory_;
  std::vector<float> window_;
  std::array<std::vector<float>, 2> recent_;  // a window's worth of frames
  std::vector<float> windowed_;
  std::array<std::vector<float>, 4> spectra_;  // left re, im, right re, im
  std::array<std::vector<Share>, bands> shares_;
  std::array<Band, bands> sums_{};
  std::array<double, bands> highest_{};
  std::array<std::array<uint32_t, levels>, wideBands> counts_{};  // windows at each level
  size_t filled_ = 0;
  uint64_t windows_ = 0;
};

}  // namespace mixwell::meter
