#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "meter/band_spectrum.h"
#include "meter/clipped_runs.h"
#include "meter/loudness_meter.h"
#include "meter/true_peak_meter.h"

namespace mixwell::meter {

// Everything that is said of a whole programme, in one pass: loudness and its history, true peak and where it
// passes full scale, spectrum, correlation, DC, clipping, silence at both ends. Takes blocks of any size and
// gives the same bits for all of them. Allocates as the programme grows; not for the audio thread.
class ProgrammeAnalysis {
 public:
  struct Spec {
    uint32_t sampleRateHz = 48000;
    size_t channels = 2;   // in the orders of LoudnessMeter
    bool spectrum = true;  // of the first two channels; costs about as much as the rest
  };

  // What 100 ms held; loudness as it stood at their end.
  struct Moment {
    float momentaryLufs;
    float shortTermLufs;
    float truePeak;     // linear
    float correlation;  // of the first two channels; 0 where one of them is silent
  };

  struct Over {
    uint64_t frame = 0;
    size_t channel = 0;
    float truePeak = 0.0F;
  };

  static constexpr size_t momentsASecond = 10;
  static constexpr size_t keptOvers = 64;
  static constexpr double silenceDbfs = -70.0;
  // 0 dBFS and what the meter's own filter may add.
  static constexpr float overLevel = 1.0005F;
  // From this peak on, runs at the peak are taken for clipping: -0.1 dBFS.
  static constexpr float clippingPeak = 0.9886F;

  void prepare(const Spec& spec);
  void reset() noexcept;

  // Planar sound: channel c starts at `in + c * channelStride`.
  void process(const float* in, size_t channelStride, size_t frames);
  // Nothing may be added afterwards.
  void finish();

  const LoudnessMeter& loudness() const noexcept { return loudness_; }
  const BandSpectrum& spectrum() const noexcept { return spectrum_; }
  const std::vector<Moment>& history() const noexcept { return history_; }

  uint64_t frames() const noexcept { return frames_; }
  // Linear, of all channels or of one.
  float truePeak() const noexcept;
  float truePeak(size_t channel) const noexcept { return channels_[channel].truePeak; }
  uint64_t truePeakFrame(size_t channel) const noexcept { return channels_[channel].truePeakFrame; }
  float samplePeak() const noexcept;
  float samplePeak(size_t channel) const noexcept { return channels_[channel].runs.peak(); }
  double rms(size_t channel) const noexcept;
  double dc(size_t channel) const noexcept;
  // Mean product of the first two channels without their DC over that of their sizes: -1 to 1, 0 where one is
  // silent; 1 for mono.
  double correlation() const noexcept;
  // How much of the power of the first two channels is left where they are added up: 1 for mono, 0.5 for
  // sides that have nothing in common, 0 for opposite ones.
  double monoShare() const noexcept;

  // Runs of samples at the peak, where the peak is near full scale; 0 and none otherwise.
  uint64_t clippedRuns(size_t channel) const noexcept;
  std::vector<uint64_t> clippedPlaces(size_t channel) const;
  // Stretches of 100 ms and a channel whose true peak is over full scale, and the highest place in the first.
  uint64_t overs() const noexcept { return overCount_; }
  const std::vector<Over>& overPlaces() const noexcept { return overs_; }

  // Frames under silenceDbfs in all channels at both ends; all of them are head where nothing sounds.
  uint64_t silentHead() const noexcept { return sounded_ ? firstSound_ : frames_; }
  uint64_t silentTail() const noexcept { return sounded_ ? frames_ - 1 - lastSound_ : 0; }

 private:
  static constexpr size_t grid = 256;

  struct Channel {
    ClippedRuns runs;
    double sum = 0.0;
    double squares = 0.0;
    float truePeak = 0.0F;
    uint64_t truePeakFrame = 0;
  };
  // Of the first two channels.
  struct Products {
    double left = 0.0;
    double right = 0.0;
    double both = 0.0;

    double correlation() const noexcept;
  };

  void processGathered();
  void processSlice(const float* in, size_t frames);
  void addLevels(const float* in, size_t frames);
  void takePeaks();
  void endMoment();
  Products withoutDc() const noexcept;

  Spec spec_;
  LoudnessMeter loudness_;
  TruePeakMeter peaks_;
  BandSpectrum spectrum_;
  std::vector<Channel> channels_;
  std::vector<float> gathered_;  // `grid` frames a channel
  size_t gatheredFrames_ = 0;
  uint64_t frames_ = 0;
  uint64_t nextMoment_ = 0;
  std::vector<Moment> history_;
  float momentPeak_ = 0.0F;
  Products momentProducts_;
  double products_ = 0.0;
  uint64_t overCount_ = 0;
  std::vector<Over> overs_;
  bool sounded_ = false;
  uint64_t firstSound_ = 0;
  uint64_t lastSound_ = 0;
};

}  // namespace mixwell::meter
