#include "engine/strip_gains.h"

#include "core/math.h"
#include "stereo/pan_law.h"

namespace mixwell::engine {

StripGains stripGains(const Track& track, bool heard) noexcept {
  const double trim = core::dbToGain(track.param(StripParam::trimDb));
  const double fader = params::faderGain(stripParams[static_cast<std::size_t>(StripParam::volumeDb)],
                                         track.param(StripParam::volumeDb));
  const auto law = static_cast<stereo::PanLaw>(static_cast<int>(track.param(StripParam::panLaw)));
  const stereo::PanGains pan = stereo::panGains(law, track.param(StripParam::pan), track.channels == 1);
  return {
      .input = static_cast<float>(track.isOn(StripParam::polarity) ? -trim : trim),
      .left = static_cast<float>(pan.left * fader),
      .right = static_cast<float>(pan.right * fader),
      .on = heard ? 1.0f : 0.0f,
  };
}

}  // namespace mixwell::engine
