#include <algorithm>

#include "core/math.h"
#include "engine/mixer.h"
#include "engine/strip_gains.h"
#include "stereo/pan_law.h"

namespace mixwell::engine {

// The edge that is there already, or a new one that fades in.
Edge* Mixer::wantEdge(const Edge& wanted, float left, float right, bool atOnce) noexcept {
  Strip& strip = strips_[wanted.from];
  std::uint32_t* link = &strip.firstEdge;
  while (*link != noIndex) {
    Edge& edge = edges_[*link];
    const bool same = edge.kind == wanted.kind && edge.to == wanted.to && edge.place == wanted.place;
    if (same && !edge.leaving && !edge.wanted) {
      edge.wanted = true;
      if (edge.left.target(0) != left || edge.right.target(0) != right) {
        edge.start(left, right, atOnce ? 0 : fadeFrames_);
      }
      return &edge;
    }
    link = &edge.next;
  }
  if (firstFreeEdge_ == noIndex) return nullptr;
  const std::uint32_t number = firstFreeEdge_;
  Edge& born = edges_[number];
  firstFreeEdge_ = born.next;
  born = Edge{.kind = wanted.kind,
              .inUse = true,
              .wanted = true,
              .from = wanted.from,
              .to = wanted.to,
              .place = wanted.place,
              .next = noIndex,
              .key = wanted.key};
  born.start(left, right, atOnce || strip.born ? 0 : fadeFrames_);
  *link = number;
  return &born;
}

void Mixer::wantEdgesOf(const Arrangement& song, std::uint32_t slot, bool atOnce) noexcept {
  const Track& track = song.track(slot);
  wantEdge({.kind = Edge::Kind::output, .from = slot, .to = track.output}, 1.0f, 1.0f, atOnce);
  for (std::size_t place = 0; place < track.sendCount; ++place) {
    const Send& send = track.sends[place];
    const SideGains gains = sendGains(track, send, send.gainDb, send.pan);
    const Edge edge{.kind = send.pre ? Edge::Kind::sendPre : Edge::Kind::sendPost,
                    .from = slot,
                    .to = send.bus,
                    .place = static_cast<std::uint32_t>(place)};
    wantEdge(edge, gains.left, gains.right, atOnce);
  }
  if (keepStems_) wantEdge({.kind = Edge::Kind::stem, .from = slot, .to = slot}, 1.0f, 1.0f, true);
}

void Mixer::wantKeys(const Arrangement& song, bool atOnce) noexcept {
  for (const std::uint32_t slot : song.order()) {
    const Track& track = song.track(slot);
    for (std::size_t i = 0; i < keyedSections; ++i) {
      const std::uint32_t key = track.keys[i];
      strips_[slot].keyed[i] = key != Arrangement::none;
      if (key == Arrangement::none) continue;
      const Edge edge{.kind = i == 0 ? Edge::Kind::gateKey : Edge::Kind::compressorKey,
                      .from = key,
                      .to = slot,
                      .key = &stripKey(slot, static_cast<KeyedSection>(i))};
      wantEdge(edge, 1.0f, 1.0f, atOnce || strips_[slot].born);
    }
  }
  const auto wantInserts = [&](std::uint32_t owner) {
    for (const std::uint32_t number : song.inserts.chain(song.chainOf(owner))) {
      const std::uint32_t key = song.inserts[number].key;
      if (key == Arrangement::none) continue;
      const Edge edge{.kind = Edge::Kind::insertKey,
                      .from = key,
                      .to = owner,
                      .place = number,
                      .key = &insertKey(number)};
      wantEdge(edge, 1.0f, 1.0f, atOnce);
    }
  };
  for (const std::uint32_t slot : song.order()) wantInserts(slot);
  wantInserts(masterSlot);
}

void Mixer::cutOff(const Edge& edge) noexcept {
  const bool sounds = edge.lastLeft != 0.0f || edge.lastRight != 0.0f;
  if (!sounds || edge.isKey() || edge.kind == Edge::Kind::stem) return;
  if (residues_.size() == residues_.capacity()) return;
  residues_.push_back({edge.to, edge.lastLeft, edge.lastRight, fadeFrames_});
}

void Mixer::freeEdge(std::uint32_t number) noexcept {
  Edge& edge = edges_[number];
  std::uint32_t* link = &strips_[edge.from].firstEdge;
  while (*link != number) link = &edges_[*link].next;
  *link = edge.next;
  edge.delay.release(delays_);
  edge = Edge{};
  edge.next = firstFreeEdge_;
  firstFreeEdge_ = number;
}

bool Mixer::leavingEdgesAreDone() const noexcept {
  return std::any_of(edges_.begin(), edges_.end(), [](const Edge& edge) {
    return edge.inUse && edge.leaving && edge.isShut() && !edge.delay.isDraining();
  });
}

void Mixer::dropUnwanted(bool atOnce) noexcept {
  edgesLeave_ = false;
  for (std::size_t i = 0; i < edges_.size(); ++i) {
    Edge& edge = edges_[i];
    if (!edge.inUse || edge.wanted) continue;
    if (!edge.leaving) edge.start(0.0f, 0.0f, fadeFrames_);
    edge.leaving = true;
    if (atOnce || (edge.isShut() && !edge.delay.isDraining())) {
      freeEdge(static_cast<std::uint32_t>(i));
    } else {
      edgesLeave_ = true;
    }
  }
}

void Mixer::updateEdges(const Arrangement& song, bool atOnce) noexcept {
  for (Edge& edge : edges_) edge.wanted = false;
  for (const std::uint32_t slot : song.order()) wantEdgesOf(song, slot, atOnce);
  wantKeys(song, atOnce);
  dropUnwanted(atOnce);
  if (!measureLevels(song)) {
    // What fades out goes against the new way of things: it is cut off.
    for (std::size_t i = 0; i < edges_.size(); ++i) {
      if (!edges_[i].inUse || !edges_[i].leaving) continue;
      cutOff(edges_[i]);
      freeEdge(static_cast<std::uint32_t>(i));
    }
    edgesLeave_ = false;
    measureLevels(song);
  }
  for (const std::uint32_t slot : song.order()) {
    Strip& strip = strips_[slot];
    strip.hasPreEdges = strip.feedsKeys = strip.hasPreSends = false;
    for (std::uint32_t i = strip.firstEdge; i != noIndex; i = edges_[i].next) {
      strip.feedsKeys = strip.feedsKeys || edges_[i].isKey();
      strip.hasPreSends = strip.hasPreSends || edges_[i].kind == Edge::Kind::sendPre;
    }
    strip.hasPreEdges = strip.feedsKeys || strip.hasPreSends;
  }
}

bool Mixer::measureLevels(const Arrangement& song) noexcept {
  leavingWays_.clear();
  for (const Edge& edge : edges_) {
    if (edge.inUse && edge.leaving && leavingWays_.size() < leavingWays_.capacity()) {
      leavingWays_.push_back({edge.from, edge.to});
    }
  }
  if (!routing_.measure(song, leavingWays_) || routing_.depth() > maxRouteDepth) return false;
  byLevel_.clear();
  for (std::uint32_t level = 0; level <= routing_.depth(); ++level) {
    for (const std::uint32_t slot : song.order()) {
      if (routing_.level(slot) == level) byLevel_.push_back(slot);
    }
  }
  return true;
}

// A quad that was there before with the same tracks keeps its stages.
void Mixer::takeOver(Quad& quad) noexcept {
  const std::uint32_t before = strips_[quad.slots[0]].quad;
  if (before == noIndex || quadsBefore_[before].slots != quad.slots) return;
  for (std::size_t lane = 0; lane < lanes; ++lane) {
    if (quad.slots[lane] != noIndex && strips_[quad.slots[lane]].quad != before) return;
  }
  Quad& old = quadsBefore_[before];
  quad.stages = old.stages;
  quad.silentFor = old.silentFor;
  quad.asleep = old.asleep;
  old.stages = nullptr;
}

void Mixer::pack(const Arrangement& song) noexcept {
  quads_.swap(quadsBefore_);
  quads_.clear();
  for (std::size_t at = 0; at < byLevel_.size();) {
    Quad quad;
    quad.level = routing_.level(byLevel_[at]);
    for (std::size_t lane = 0; lane < lanes && at < byLevel_.size(); ++lane, ++at) {
      if (routing_.level(byLevel_[at]) != quad.level) break;
      quad.slots[lane] = byLevel_[at];
    }
    quads_.push_back(quad);
  }
  for (Quad& quad : quads_) takeOver(quad);
  // Lanes are copied from where they were, which may be in a quad that is not kept; then all is renamed.
  for (Quad& quad : quads_) {
    if (quad.stages != nullptr) continue;
    quad.stages = freeStages_.back();
    freeStages_.pop_back();
    quad.asleep = false;
    for (std::size_t lane = 0; lane < lanes; ++lane) {
      const std::uint32_t slot = quad.slots[lane];
      const std::uint32_t before = slot == noIndex ? noIndex : strips_[slot].quad;
      if (before == noIndex) {
        quad.stages->copyLane(lane, *blank_, 0);
      } else {
        quad.stages->copyLane(lane, *quadsBefore_[before].stages, strips_[slot].lane);
      }
    }
  }
  for (const Quad& old : quadsBefore_) {
    if (old.stages != nullptr) freeStages_.push_back(old.stages);  // within what prepare reserved
  }
  for (std::size_t number = 0; number < quads_.size(); ++number) {
    for (std::size_t lane = 0; lane < lanes; ++lane) {
      const std::uint32_t slot = quads_[number].slots[lane];
      if (slot == noIndex) continue;
      Strip& strip = strips_[slot];
      const bool fresh = strip.quad == noIndex;
      strip.quad = static_cast<std::uint32_t>(number);
      strip.lane = static_cast<std::uint32_t>(lane);
      if (fresh) loadLane(song, slot);
      Lanes& stages = *quads_[number].stages;
      stages.gate.setKeyed(lane, strip.keyed[0]);
      stages.compressor.setKeyed(lane, strip.keyed[1]);
    }
  }
}

void Mixer::loadLane(const Arrangement& song, std::uint32_t slot) noexcept {
  const Strip& strip = strips_[slot];
  const Track& track = song.track(slot);
  Lanes& stages = stagesOf(strip);
  const StripGains gains = stripGains(track, true);
  stages.input.gain.start(strip.lane, gains.input, 0);
  stages.output.left.start(strip.lane, gains.left, 0);
  stages.output.right.start(strip.lane, gains.right, 0);
  stages.output.on.start(strip.lane, strip.isFadedIn ? 0.0f : 1.0f, 0);
  for (std::size_t i = stripParams.size(); i < channelParams.size(); ++i) {
    if (track.params[i] != channelParams[i].defaultValue) stages.setParam(strip.lane, i, track.params[i], 0);
  }
  stages.resetSections(strip.lane);
}

// A track is heard if it is not muted, and nothing is soloed, or it, or a bus on its way to the master, or
// something that it carries as a bus, or it is safe.
void Mixer::hear(const Arrangement& song) noexcept {
  hearingChanged_ = false;
  std::array<bool, maxTracks> leads{};
  std::array<bool, maxTracks> carries{};
  const auto isSolo = [&](std::uint32_t slot) { return song.track(slot).isOn(StripParam::solo); };
  for (std::size_t i = byLevel_.size(); i > 0; --i) {
    const std::uint32_t slot = byLevel_[i - 1];
    const std::uint32_t bus = song.track(slot).output;
    leads[slot] = isTrackSlot(bus) && (isSolo(bus) || leads[bus]);
  }
  for (const std::uint32_t slot : byLevel_) {
    if (!isSolo(slot) && !carries[slot]) continue;
    const Track& track = song.track(slot);
    if (isTrackSlot(track.output)) carries[track.output] = true;
    for (const Send& send : track.sendList()) carries[send.bus] = true;
  }
  const bool anySolo = song.anySolo();
  for (const std::uint32_t slot : byLevel_) {
    const Track& track = song.track(slot);
    const bool apart = track.output == referenceSlot || track.isOn(StripParam::soloSafe);
    const bool chosen = !anySolo || isSolo(slot) || apart || leads[slot] || carries[slot];
    const Strip& strip = strips_[slot];
    const float on = chosen && (strip.leadsMute || !track.isOn(StripParam::mute)) ? 1.0f : 0.0f;
    if (strip.quad == noIndex) continue;
    OutputStage<core::Float4>& output = stagesOf(strip).output;
    if (output.on.target(strip.lane) == on) continue;
    const bool unheard = strip.born ? !strip.isFadedIn : output.isFaded(strip.lane) && !strip.hasPreEdges;
    output.on.start(strip.lane, on, unheard ? 0 : hearingFrames_);
  }
}

std::uint32_t Mixer::keyLatency(const Edge& edge) const noexcept {
  if (edge.kind != Edge::Kind::insertKey) return 0;
  const InsertRack& rack = edge.to == masterSlot ? masterRack_ : strips_[edge.to].rack;
  const std::uint32_t sections = edge.to == masterSlot ? 0 : strips_[edge.to].sectionLatency;
  return sections + static_cast<std::uint32_t>(rack.latencyBefore(edge.place));
}

void Mixer::measureDelays(const Arrangement& song, bool atOnce) noexcept {
  masterArrival_ = referenceArrival_ = 0;
  for (const std::uint32_t slot : byLevel_) {
    Strip& strip = strips_[slot];
    strip.arrival = 0;
    strip.sectionLatency = static_cast<std::uint32_t>(stagesOf(strip).compressor.latencySamples(strip.lane));
  }
  for (const std::uint32_t slot : byLevel_) {
    Strip& strip = strips_[slot];
    strip.outLatency =
        strip.arrival + strip.sectionLatency + static_cast<std::uint32_t>(strip.rack.latency());
    for (std::uint32_t i = strip.firstEdge; i != noIndex; i = edges_[i].next) {
      const Edge& edge = edges_[i];
      if (edge.leaving || edge.kind == Edge::Kind::stem) continue;
      std::uint32_t& arrival = arrivalOf(edge.to);
      const std::uint32_t inside = keyLatency(edge);
      if (strip.outLatency > arrival + inside) arrival = strip.outLatency - inside;
    }
  }
  latency_ = masterArrival_ + masterRack_.latency();
  const auto masteringLatency = static_cast<std::uint32_t>(mastering_ ? masteringRack_.latency() : 0);
  original_.setDelay(masteringLatency, atOnce ? 0 : fadeFrames_, delays_);
  latency_ += masteringLatency;
  setDelays(song, atOnce ? 0 : fadeFrames_);
}

void Mixer::setDelays(const Arrangement& song, std::uint32_t fadeFrames) noexcept {
  for (const std::uint32_t slot : byLevel_) {
    Strip& strip = strips_[slot];
    const bool plays = !song.clips.clips(slot).empty();
    strip.clipDelay.setDelay(plays ? strip.arrival : 0, fadeFrames, delays_);
    for (std::uint32_t i = strip.firstEdge; i != noIndex; i = edges_[i].next) {
      Edge& edge = edges_[i];
      if (edge.leaving) continue;
      std::uint32_t due = arrivalOf(edge.to);
      if (edge.kind == Edge::Kind::stem) due = static_cast<std::uint32_t>(latency_);
      edge.delay.setDelay(due + keyLatency(edge) - strip.outLatency, fadeFrames, delays_);
    }
  }
}

}  // namespace mixwell::engine
