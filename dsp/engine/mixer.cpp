#include "engine/mixer.h"

#include <cstring>
#include <utility>

#include "core/units.h"
#include "engine/clip_renderer.h"
#include "engine/strip_gains.h"

namespace mixwell::engine {

using core::Double2;
using core::Float4;

namespace {

meter::StretchLevels levelsOf(const float* left, const float* right, std::size_t frames) noexcept {
  meter::StretchLevels levels;
  for (std::size_t i = 0; i < frames; ++i) {
    levels.peakLeft = core::max(core::abs(left[i]), levels.peakLeft);
    levels.peakRight = core::max(core::abs(right[i]), levels.peakRight);
    levels.squaresLeft += left[i] * left[i];
    levels.squaresRight += right[i] * right[i];
  }
  return levels;
}

}  // namespace

void Mixer::prepare(double sampleRateHz, std::size_t trackCapacity, bool keepStems) {
  const std::size_t quads = (trackCapacity + lanes - 1) / lanes;
  for (std::size_t i = 0; i < stripParams.size(); ++i) {
    smoothingFrames_[i] = core::framesIn(stripParams[i].smoothingMs, sampleRateHz);
  }
  masterSmoothingFrames_ = core::framesIn(masterParams[0].smoothingMs, sampleRateHz);
  quads_.assign(quads, Lanes{});
  quadsBefore_.assign(quads, Lanes{});
  keepStems_ = keepStems;
  blocks_.assign(keepStems ? quads : 1, Block{});
  quadSounded_.assign(quads, 0);
  masterGain_ = core::Ramp<float>{1.0f};
  ballistics_.prepare(sampleRateHz);
  meters_.assign(trackCapacity, {});
  metersBefore_.assign(trackCapacity, {});
  levels_.assign(trackCapacity, {});
  masterMeter_ = {};
}

void Mixer::rearrange(const Arrangement& song, std::span<const std::uint32_t> before, bool atOnce) noexcept {
  quads_.swap(quadsBefore_);
  meters_.swap(metersBefore_);
  for (Lanes& quad : quads_) quad = Lanes{};
  for (std::size_t place = 0; place < before.size(); ++place) {
    const std::size_t from = before[place];
    meters_[place] = from == Arrangement::none ? meter::LevelMeter{} : metersBefore_[from];
    if (from == Arrangement::none) continue;
    quads_[place / lanes].copyLane(place % lanes, quadsBefore_[from / lanes], from % lanes);
  }
  for (std::size_t place = 0; place < before.size(); ++place) {
    if (before[place] == Arrangement::none) retarget(song, place, StripParam::volumeDb, true);
  }
  // Solo may have come or gone with a track; those that are new have it from their first frame.
  openHeard(song, before, atOnce ? 0 : smoothingFrames(StripParam::solo));
}

void Mixer::openHeard(const Arrangement& song, std::span<const std::uint32_t> before,
                      std::uint32_t frames) noexcept {
  const bool anySolo = song.anySolo();
  for (std::size_t place = 0; place < song.order().size(); ++place) {
    const float on = song.isHeard(song.track(song.order()[place]), anySolo) ? 1.0f : 0.0f;
    OutputStage<Float4>& output = quads_[place / lanes].output;
    const std::size_t lane = place % lanes;
    const bool born = place < before.size() && before[place] == Arrangement::none;
    if (output.on.target(lane) != on) output.on.start(lane, on, born || output.isFaded(lane) ? 0 : frames);
  }
}

void Mixer::retarget(const Arrangement& song, std::size_t place, StripParam changed, bool atOnce) noexcept {
  const Track& track = song.track(song.order()[place]);
  const StripGains gains = stripGains(track, true);
  Lanes& quad = quads_[place / lanes];
  const std::size_t lane = place % lanes;
  const std::uint32_t frames = atOnce || quad.output.isMuted(lane) ? 0 : smoothingFrames(changed);
  switch (changed) {
    case StripParam::trimDb:
    case StripParam::polarity:
      quad.input.gain.start(lane, gains.input, frames);
      return;
    case StripParam::pan:
    case StripParam::panLaw:
    case StripParam::volumeDb:
      quad.output.left.start(lane, gains.left, frames);
      quad.output.right.start(lane, gains.right, frames);
      return;
    case StripParam::mute:
    case StripParam::solo:
    case StripParam::soloSafe:
      break;
  }
  openHeard(song, {}, atOnce ? 0 : smoothingFrames(changed));
}

void Mixer::setMasterGain(float gain, bool atOnce) noexcept {
  masterGain_.start(0, gain, atOnce ? 0 : masterSmoothingFrames_);
}

void Mixer::snap(const Arrangement& song) noexcept {
  for (std::size_t place = 0; place < song.order().size(); ++place) {
    Lanes& quad = quads_[place / lanes];
    const std::size_t lane = place % lanes;
    for (core::Ramp<Float4>* ramp :
         {&quad.input.gain, &quad.output.left, &quad.output.right, &quad.output.on}) {
      ramp->start(lane, ramp->target(lane), 0);
    }
  }
  masterGain_.start(0, masterGain_.target(0), 0);
}

bool Mixer::renderQuad(const Arrangement& song, PageCache& cache, std::size_t quad,
                       std::span<const QuantumPiece> pieces, std::size_t frames) noexcept {
  bool any = false;
  for (std::size_t lane = 0; lane < lanes; ++lane) {
    const std::size_t place = quad * lanes + lane;
    if (place >= song.order().size() || isShut(place)) continue;
    for (const QuantumPiece& piece : pieces) {
      if (!any) {
        bool touched = false;
        forEachClipIn(song.clips.clips(song.order()[place]), piece.span,
                      [&](const Clip&) { touched = true; });
        if (!touched) continue;
        std::memset(&planar_, 0, sizeof(planar_));
        any = true;
      }
      const RenderedClips rendered =
          renderClips(song, cache, song.order()[place], piece.span, planar_.left[lane] + piece.at,
                      planar_.right[lane] + piece.at);
      if (rendered.badSamples) meters_[place].reportBadSamples();
    }
  }
  if (!any) return false;
  Block& block = blocks_[keepStems_ ? quad : 0];
  for (std::size_t i = 0; i < frames; i += lanes) {
    for (auto [planar, out] : {std::pair{planar_.left, block.left}, std::pair{planar_.right, block.right}}) {
      Float4 a = Float4::load(planar[0] + i);
      Float4 b = Float4::load(planar[1] + i);
      Float4 c = Float4::load(planar[2] + i);
      Float4 d = Float4::load(planar[3] + i);
      core::transpose(a, b, c, d);
      out[i] = a;
      out[i + 1] = b;
      out[i + 2] = c;
      out[i + 3] = d;
    }
  }
  return true;
}

void Mixer::sum(const Block& block, std::size_t frames) noexcept {
  for (std::size_t i = 0; i < frames; ++i) {
    (Double2::load(sumLeft_[i]) + core::widenLow(block.left[i])).store(sumLeft_[i]);
    (Double2::load(sumLeft_[i] + 2) + core::widenHigh(block.left[i])).store(sumLeft_[i] + 2);
    (Double2::load(sumRight_[i]) + core::widenLow(block.right[i])).store(sumRight_[i]);
    (Double2::load(sumRight_[i] + 2) + core::widenHigh(block.right[i])).store(sumRight_[i] + 2);
  }
}

void Mixer::process(const Arrangement& song, PageCache& cache, std::span<const QuantumPiece> pieces,
                    std::size_t frames, float* left, float* right) noexcept {
  std::memset(sumLeft_, 0, sizeof(sumLeft_));
  std::memset(sumRight_, 0, sizeof(sumRight_));
  const std::size_t quadCount = (song.order().size() + lanes - 1) / lanes;
  for (std::size_t quad = 0; quad < quadCount; ++quad) {
    const bool sounds = renderQuad(song, cache, quad, pieces, frames);
    quadSounded_[quad] = sounds ? 1 : 0;
    if (!sounds) {
      quads_[quad].skip(frames);
      for (std::size_t lane = 0; lane < lanes && quad * lanes + lane < levels_.size(); ++lane) {
        levels_[quad * lanes + lane] = {};
      }
      continue;
    }
    Block& block = blocks_[keepStems_ ? quad : 0];
    quads_[quad].process(block, frames);
    for (std::size_t lane = 0; lane < lanes && quad * lanes + lane < levels_.size(); ++lane) {
      levels_[quad * lanes + lane] = quads_[quad].output.levels(lane);
    }
    sum(block, frames);
  }
  for (std::size_t i = 0; i < frames; ++i) {
    masterGains_[i] = masterGain_.next();
    const double* l = sumLeft_[i];
    const double* r = sumRight_[i];
    const auto gain = static_cast<double>(masterGains_[i]);
    left[i] = static_cast<float>(((l[0] + l[1]) + (l[2] + l[3])) * gain);
    right[i] = static_cast<float>(((r[0] + r[1]) + (r[2] + r[3])) * gain);
  }
  masterGain_.passed(frames);
}

void Mixer::meterQuantum(std::size_t frames, const float* left, const float* right) noexcept {
  for (std::size_t place = 0; place < meters_.size(); ++place) {
    const meter::StretchLevels& levels = levels_[place];
    if (levels.peakLeft + levels.peakRight > 0.0f) {
      meters_[place].add(levels, frames, ballistics_);
    } else {
      meters_[place].fall(frames, ballistics_);
    }
  }
  masterMeter_.add(levelsOf(left, right, frames), frames, ballistics_);
}

void Mixer::meterSilence(std::size_t frames) noexcept {
  for (meter::LevelMeter& meter : meters_) meter.fall(frames, ballistics_);
  masterMeter_.fall(frames, ballistics_);
}

bool Mixer::stem(std::size_t place, std::size_t frames, float* left, float* right) const noexcept {
  if (!keepStems_) return false;
  const std::size_t quad = place / lanes;
  const std::size_t lane = place % lanes;
  for (std::size_t i = 0; i < frames; ++i) {
    const bool sounded = quadSounded_[quad] != 0;
    const auto gain = static_cast<double>(masterGains_[i]);
    left[i] =
        sounded ? static_cast<float>(static_cast<double>(blocks_[quad].left[i].lane(lane)) * gain) : 0.0f;
    right[i] =
        sounded ? static_cast<float>(static_cast<double>(blocks_[quad].right[i].lane(lane)) * gain) : 0.0f;
  }
  return true;
}

}  // namespace mixwell::engine
