#include "engine/strip_gains.h"

#include "core/math.h"
#include "stereo/pan_law.h"

namespace mixwell::engine {

StripGains stripGains(const Track& track, bool heard) noexcept {
  const double trim = core::dbToGain(track.param(StripParam::trimDb));
  const SideGains output =
      outputGains(track, track.param(StripParam::volumeDb), track.param(StripParam::pan));
  return {
      .input = static_cast<float>(track.isOn(StripParam::polarity) ? -trim : trim),
      .left = output.left,
      .right = output.right,
      .on = heard ? 1.0f : 0.0f,
  };
}

SideGains outputGains(const Track& track, double volumeDb, double pan) noexcept {
  const double fader =
      params::faderGain(stripParams[static_cast<std::size_t>(StripParam::volumeDb)], volumeDb);
  const auto law = static_cast<stereo::PanLaw>(static_cast<int>(track.param(StripParam::panLaw)));
  const stereo::PanGains gains = stereo::panGains(law, pan, track.channels == 1);
  return {static_cast<float>(gains.left * fader), static_cast<float>(gains.right * fader)};
}

SideGains sendGains(const Track& track, const Send& send, double gainDb, double pan) noexcept {
  if (!send.on || gainDb <= sendOffDb) return {0.0f, 0.0f};
  const double gain = core::dbToGain(gainDb);
  const bool mono = send.pre && track.channels == 1;
  const stereo::PanGains gains = stereo::panGains(stereo::PanLaw::zeroDb, pan, mono);
  return {static_cast<float>(gain * gains.left), static_cast<float>(gain * gains.right)};
}

}  // namespace mixwell::engine
