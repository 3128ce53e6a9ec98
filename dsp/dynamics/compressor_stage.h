#pragma once

#include "dynamics/compressor_params.h"
#include "dynamics/key_filter.h"
#include "dynamics/lookahead_line.h"
#include "dynamics/reduction_smoother.h"
#include "params/device.h"
#include "params/param_values.h"

namespace mixwell::dynamics {

/// A feed-forward compressor that works on the level in decibels (Giannoulis, Massberg, Reiss, "Digital
/// Dynamic Range Compressor Design", JAES 60, 2012): detector, static curve, smoother, which say what the
/// knee and the times mean. The RMS detector averages squares over 5 ms (one pole) before the curve, which
/// adds to the times; a sine has the same level in both detectors. Make-up by itself is half of what the
/// curve takes at full scale. Of V = Float4 each lane gives the bits of V = float. On the thread that runs
/// the engine.
template <typename V>
class CompressorStage {
 public:
  static constexpr std::size_t lanes = lanesOf<V>;

  /// Before `prepare`, once.
  void takeMemory(const params::DeviceSpec& spec, core::Memory& memory) noexcept;
  /// All lanes are off, the rest is at the defaults of the table.
  void prepare(double sampleRateHz) noexcept;
  bool setParam(std::size_t lane, std::size_t index, double value, std::uint32_t glideFrames) noexcept;
  /// Whether a lane listens to the key block.
  void setKeyed(std::size_t lane, bool external) noexcept;
  void reset(std::size_t lane) noexcept;
  void resetAll() noexcept;

  bool isIdle() const noexcept;
  bool isIdle(std::size_t lane) const noexcept;
  void process(engine::QuadBlock<V>& block, const engine::QuadBlock<V>* key, std::size_t frames) noexcept;
  void skip(std::size_t frames) noexcept;
  void copyLane(std::size_t to, const CompressorStage& other, std::size_t from) noexcept;

  /// Frames by which the sound is late: the lookahead, whether the compressor is on or not.
  std::size_t latencySamples(std::size_t lane) const noexcept { return line_.delay(lane); }
  /// Of the last block, its largest: 0 or negative, without make-up and mix.
  float reductionDb(std::size_t lane) const noexcept;
  /// The largest level of the last block that the curve was given; -130 where there was none.
  float keyDb(std::size_t lane) const noexcept;
  /// Make-up of the table and of the automatic, at the end of its glide.
  float makeupDb(std::size_t lane) const noexcept;
  /// Frames of silence after which no lane's state moves any more, at most.
  std::int64_t settlingFrames(std::size_t lane) const noexcept;

 private:
  using Ramp = core::Ramp<V>;
  struct Values : params::ParamValues<compressorParams.size()> {
    Values() noexcept : ParamValues(compressorParams) {}
  };
  double value(std::size_t lane, CompressorParam which) const noexcept { return values_[lane][which]; }
  void retune(std::size_t lane, CompressorParam which, std::uint32_t glideFrames) noexcept;
  void clearLane(std::size_t lane) noexcept;
  float makeupOf(std::size_t lane) const noexcept;
  bool isOff(std::size_t lane) const noexcept;
  bool settled(std::size_t lane) const noexcept;
  bool hasUnlinked() const noexcept;
  bool averages() const noexcept;
  bool listens() const noexcept;
  bool isAtRest() const noexcept;

  void work(engine::QuadBlock<V>& block, const engine::QuadBlock<V>* key, std::size_t frames,
            bool silent) noexcept;
  void run(engine::QuadBlock<V>& block, const engine::QuadBlock<V>* key, std::size_t frames,
           bool silent) noexcept;
  bool fillKey(engine::QuadBlock<V>& side, const engine::QuadBlock<V>& block, const engine::QuadBlock<V>* key,
               std::size_t frames) noexcept;
  template <bool moves, bool averages>
  void askLinked(const engine::QuadBlock<V>& side, V* asked, std::size_t frames) noexcept;
  void askUnlinked(const engine::QuadBlock<V>& side, V* askedLeft, V* askedRight,
                   std::size_t frames) noexcept;
  V smoothAndApply(engine::QuadBlock<V>& block, const V* asked, std::size_t frames) noexcept;
  void applyEach(engine::QuadBlock<V>& block, const engine::QuadBlock<V>& side, const V* left, const V* right,
                 std::size_t frames) noexcept;

  double sampleRateHz_ = 48000.0;
  Values values_[lanes];

  Ramp threshold_{0.0f};  // powers of 2 of power, as the reduction
  Ramp knee_{0.0f};
  Ramp slope_{0.0f};
  Ramp makeup_{0.0f};  // powers of 2 of amplitude
  Ramp amount_{0.0f};  // on times mix
  Ramp link_{1.0f};
  Ramp listen_{0.0f};
  V averaging_{1.0f};  // 1 for a peak detector
  V levelOffset_{0.0f};
  V keyed_{0.0f};     // 1 in lanes that listen to the key
  V unlinked_{0.0f};  // 1 in lanes whose sides go their own way since they were last reset

  V average_{0.0f};     // of the squares of the larger side
  V sideAverage_[2]{};  // of each side, where the sides go their own way
  ReductionPath<V> paths_[2];
  ReductionSmoother<V> smoother_;
  V largestReduction_{0.0f};
  V largestLevel_{0.0f};
  KeyFilter<V> filter_;
  LookaheadLine<V> line_;
};

extern template class CompressorStage<float>;
extern template class CompressorStage<core::Float4>;

}  // namespace mixwell::dynamics
