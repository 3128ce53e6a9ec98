#pragma once

#include "dynamics/gate_params.h"
#include "dynamics/key_filter.h"
#include "params/param_values.h"

namespace mixwell::dynamics {

/// A gate: it opens when the level of its key passes the threshold, stays open while the level comes over the
/// threshold less the hysteresis and for the hold time after, and closes to its range. A hold under 10 ms
/// counts as 10 ms, so that it does not chatter between the crests of a low tone. The gain has gone 63 % of
/// its way after the attack or release time. Of V = Float4 each lane gives the bits of V = float. On the
/// thread that runs the engine.
template <typename V>
class GateStage {
 public:
  static constexpr std::size_t lanes = lanesOf<V>;

  /// All lanes are off, the rest is at the defaults of the table.
  void prepare(double sampleRateHz) noexcept;
  bool setParam(std::size_t lane, std::size_t index, double value, std::uint32_t glideFrames) noexcept;
  /// Whether a lane listens to the key block.
  void setKeyed(std::size_t lane, bool external) noexcept;
  void reset(std::size_t lane) noexcept;
  void resetAll() noexcept;

  bool isIdle() const noexcept;
  bool isIdle(std::size_t lane) const noexcept { return isOff(lane); }
  /// `key` is null where all lanes listen to themselves.
  void process(engine::QuadBlock<V>& block, const engine::QuadBlock<V>* key, std::size_t frames) noexcept;
  /// What process would leave behind after so many frames of silence in block and key.
  void skip(std::size_t frames) noexcept;
  void copyLane(std::size_t to, const GateStage& other, std::size_t from) noexcept;

  /// Of the last block, its largest: 0 or negative.
  float reductionDb(std::size_t lane) const noexcept;
  /// The largest level of the key in the last block; -130 where there was none.
  float keyDb(std::size_t lane) const noexcept;
  /// Whether it was open at the end of the last block.
  bool isOpen(std::size_t lane) const noexcept { return core::laneOf(openFor_, lane) > 0.0f; }
  /// Frames of silence after which the lane's state moves no more, at most.
  std::int64_t settlingFrames(std::size_t lane) const noexcept;

 private:
  using Ramp = core::Ramp<V>;
  struct Values : params::ParamValues<gateParams.size()> {
    Values() noexcept : ParamValues(gateParams) {}
  };

  double value(std::size_t lane, GateParam which) const noexcept { return values_[lane][which]; }
  void retune(std::size_t lane, GateParam which, std::uint32_t glideFrames) noexcept;
  void clearLane(std::size_t lane) noexcept;
  bool isOff(std::size_t lane) const noexcept;
  bool settled(std::size_t lane) const noexcept;
  bool moves() const noexcept;
  bool listens() const noexcept;
  bool isAtRest() const noexcept;

  bool fillKey(engine::QuadBlock<V>& side, const engine::QuadBlock<V>& block, const engine::QuadBlock<V>* key,
               std::size_t frames) noexcept;
  template <bool moves>
  void run(engine::QuadBlock<V>& block, const engine::QuadBlock<V>& side, std::size_t frames) noexcept;

  double sampleRateHz_ = 48000.0;
  Values values_[lanes];

  Ramp opens_{0.0f};   // square of the level that opens it
  Ramp closes_{0.0f};  // and of the one under which it begins to close
  Ramp range_{0.0f};   // gain when closed
  Ramp on_{0.0f};
  Ramp listen_{0.0f};
  V attack_{1.0f};
  V releaseKeeps_{0.0f};
  V holdFrames_{1.0f};
  V keyed_{0.0f};  // 1 in lanes that listen to the key

  V openFor_{0.0f};  // frames that it stays open without more sound
  V opening_{0.0f};  // 0 closed, 1 open
  V smallestGain_{1.0f};
  V largestSquare_{0.0f};
  KeyFilter<V> filter_;
};

extern template class GateStage<float>;
extern template class GateStage<core::Float4>;

}  // namespace mixwell::dynamics
