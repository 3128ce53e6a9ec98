#include <algorithm>
#include <cstring>

#include "engine/clip_renderer.h"
#include "engine/mixer.h"

namespace mixwell::engine {

using core::Float4;

namespace {

using FourSounds = std::array<const float*, core::laneCount>;

// Four sounds side by side; frames up to the next multiple of four are read.
template <typename Finish>
void transposeIn(const FourSounds& sounds, Float4* out, std::size_t frames, Finish finish) noexcept {
  const auto [first, second, third, fourth] = sounds;
  for (std::size_t i = 0; i < frames; i += core::laneCount) {
    Float4 a = Float4::load(first + i);
    Float4 b = Float4::load(second + i);
    Float4 c = Float4::load(third + i);
    Float4 d = Float4::load(fourth + i);
    core::transpose(a, b, c, d);
    out[i] = finish(a);
    out[i + 1] = finish(b);
    out[i + 2] = finish(c);
    out[i + 3] = finish(d);
  }
}

constexpr float silence[quantumFrames] = {};

}  // namespace

void Mixer::toBlock(std::size_t frames) noexcept {
  const auto asTheyAre = [&](const float(*planar)[quantumFrames], Float4* out) {
    transposeIn({planar[0], planar[1], planar[2], planar[3]}, out, frames, [](Float4 x) { return x; });
  };
  asTheyAre(planar_.left, block_.left);
  asTheyAre(planar_.right, block_.right);
}

// What open lanes play, where that is no more than a stretch of a page each: then there is nothing to add up,
// and the pages are read straight into the block.
bool Mixer::gatherPlain(const Arrangement& song, PageCache& cache, const Quad& quad, const OpenLanes& open,
                        SongSpan span, std::size_t frames, bool& any) noexcept {
  FourSounds left{silence, silence, silence, silence};
  FourSounds right = left;
  float gains[lanes] = {};
  bool sounds = false;
  for (std::uint32_t lane = 0; lane < lanes; ++lane) {
    if (!open[lane]) continue;
    PlainTake take;
    if (!takePlain(song, cache, quad.slots[lane], span, take)) return false;
    if (take.left == nullptr) continue;
    sounds = true;
    left[lane] = take.left;
    right[lane] = take.right;
    gains[lane] = take.gain;
    if (take.badSamples) strips_[quad.slots[lane]].meter.reportBadSamples();
  }
  any = sounds;
  if (!any) return true;
  const Float4 gain = Float4::load(gains);
  // Added to nothing, as sounds that are added up: no zero has a sign.
  const auto finish = [&](Float4 x) { return Float4(0.0f) + x * gain; };
  transposeIn(left, block_.left, frames, finish);
  transposeIn(right, block_.right, frames, finish);
  return true;
}

// What a lane's clips and the bus that it is make; false, and nothing is written, where that is nothing.
bool Mixer::renderLane(const Arrangement& song, PageCache& cache, std::uint32_t slot, std::uint32_t lane,
                       std::span<const QuantumPiece> pieces, std::size_t frames) noexcept {
  Strip& strip = strips_[slot];
  float* left = planar_.left[lane];
  float* right = planar_.right[lane];
  const auto clear = [&] {
    if (!planarIsClear_) std::memset(&planar_, 0, sizeof(planar_));
    planarIsClear_ = true;
  };
  bool any = false;
  for (const QuantumPiece& piece : pieces) {
    bool touched = false;
    forEachClipIn(song.clips.clips(slot), piece.span, [&](const Clip&) { touched = true; });
    if (!touched) continue;
    clear();
    any = true;
    const RenderedClips rendered =
        renderClips(song, cache, slot, piece.span, left + piece.at, right + piece.at);
    if (rendered.badSamples) strip.meter.reportBadSamples();
  }
  if (!strip.clipDelay.isPlain() && (any || strip.clipDelay.isDraining())) {
    clear();
    any = strip.clipDelay.process(left, right, frames, !any);
  }
  BusSum& sum = sumOf(slot);
  if (!sum.sounds()) return any;
  clear();
  sum.take(edgeLeft_, edgeRight_, frames);
  sum.end();
  if (!any) {
    std::copy_n(edgeLeft_, frames, left);
    std::copy_n(edgeRight_, frames, right);
    return true;
  }
  for (std::size_t i = 0; i < frames; ++i) {
    left[i] += edgeLeft_[i];
    right[i] += edgeRight_[i];
  }
  return true;
}

bool Mixer::gather(const Arrangement& song, PageCache& cache, const Quad& quad,
                   std::span<const QuantumPiece> pieces, std::size_t frames) noexcept {
  OpenLanes open{};
  bool plain = pieces.size() == 1;
  for (std::uint32_t lane = 0; lane < lanes; ++lane) {
    const std::uint32_t slot = quad.slots[lane];
    if (slot == noIndex) continue;
    DelayPath& clipDelay = strips_[slot].clipDelay;
    open[lane] = !isShut(slot);
    if (!open[lane]) {
      sumOf(slot).end();
      if (!clipDelay.isPlain()) clipDelay.reset();
    }
    plain = plain && clipDelay.isPlain() && !sumOf(slot).sounds();
  }
  bool any = false;
  if (plain && gatherPlain(song, cache, quad, open, pieces[0].span, frames, any)) return any;
  planarIsClear_ = false;
  for (std::uint32_t lane = 0; lane < lanes; ++lane) {
    if (open[lane]) any = renderLane(song, cache, quad.slots[lane], lane, pieces, frames) || any;
  }
  if (any) toBlock(frames);
  return any;
}

}  // namespace mixwell::engine
