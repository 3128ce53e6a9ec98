#include <algorithm>

#include "engine/mixer.h"

namespace mixwell::engine {

using core::Float4;

void Mixer::deliver(Edge& edge, std::size_t lane, const float* left, const float* right,
                    std::size_t frames) noexcept {
  edge.lastLeft = left[frames - 1];
  edge.lastRight = right[frames - 1];
  if (edge.kind == Edge::Kind::stem) {
    float* stem = stems_.data() + 2 * quantumFrames * edge.from;
    std::copy_n(left, frames, stem);
    std::copy_n(right, frames, stem + quantumFrames);
    return;
  }
  if (!edge.isKey()) {
    sumOf(edge.to).add(lane, left, right, frames);
    return;
  }
  KeyInput& key = *edge.key;
  if (!key.sounds) {
    std::copy_n(left, frames, key.left);
    std::copy_n(right, frames, key.right);
    key.sounds = true;
    return;
  }
  for (std::size_t i = 0; i < frames; ++i) {
    key.left[i] += left[i];
    key.right[i] += right[i];
  }
}

void Mixer::runEdge(Edge& edge, std::size_t lane, const float* left, const float* right, bool sounds,
                    std::size_t frames) noexcept {
  if (edge.led) {
    runLedSend(edge, lane, left, right, sounds, frames);
    return;
  }
  const bool passes = sounds && !edge.isShut();
  if (passes && edge.isUnity()) {
    deliver(edge, lane, left, right, frames);
    return;
  }
  if (!passes && !edge.delay.isDraining()) {
    edge.skip(frames);
    edge.lastLeft = edge.lastRight = 0.0f;
    return;
  }
  if (!passes) {
    edge.skip(frames);
    std::fill_n(edgeLeft_, frames, 0.0f);
    std::fill_n(edgeRight_, frames, 0.0f);
  } else if (edge.settled()) {
    const float gainLeft = edge.left.target(0);
    const float gainRight = edge.right.target(0);
    for (std::size_t i = 0; i < frames; ++i) {
      edgeLeft_[i] = left[i] * gainLeft;
      edgeRight_[i] = right[i] * gainRight;
    }
  } else {
    for (std::size_t i = 0; i < frames; ++i) {
      edgeLeft_[i] = left[i] * edge.left.next();
      edgeRight_[i] = right[i] * edge.right.next();
    }
    edge.left.passed(frames);
    edge.right.passed(frames);
  }
  if (edge.delay.process(edgeLeft_, edgeRight_, frames, !passes)) {
    deliver(edge, lane, edgeLeft_, edgeRight_, frames);
  }
}

// Sends in front of the fader, which mute and solo silence all the same, and keys, which they do not.
void Mixer::sendPre(Quad& quad, const std::array<bool, lanes>& sounds, std::size_t frames) noexcept {
  const OutputStage<Float4>& output = quad.stages->output;
  for (std::uint32_t lane = 0; lane < lanes; ++lane) {
    const std::uint32_t slot = quad.slots[lane];
    if (slot == noIndex || !strips_[slot].hasPreEdges) continue;
    const bool open = output.on.settled(lane) && output.on.target(lane) == 1.0f && !strips_[slot].leadsMute;
    float openLeft[quantumFrames];
    float openRight[quantumFrames];
    if (!open && sounds[lane] && strips_[slot].hasPreSends) {
      for (std::size_t i = 0; i < frames; ++i) {
        const float x = output.on.valueAfter(lane, i + 1);
        const float gain = x * x * (3.0f - 2.0f * x);
        openLeft[i] = planar_.left[lane][i] * gain;
        openRight[i] = planar_.right[lane][i] * gain;
      }
      if (strips_[slot].leadsMute) {
        float opening[quantumFrames];
        ledOpening(slot, frames, opening);
        for (std::size_t i = 0; i < frames; ++i) {
          openLeft[i] *= opening[i];
          openRight[i] *= opening[i];
        }
      }
    }
    for (std::uint32_t i = strips_[slot].firstEdge; i != noIndex; i = edges_[i].next) {
      Edge& edge = edges_[i];
      if (!edge.isPre()) continue;
      const bool plain = open || edge.isKey();
      const bool passes = sounds[lane] && (plain || !output.isMuted(lane));
      runEdge(edge, lane, plain ? planar_.left[lane] : openLeft, plain ? planar_.right[lane] : openRight,
              passes, frames);
    }
  }
}

// The bus to which all tracks of a quad go as they are, and nowhere else; or noIndex.
std::uint32_t Mixer::plainBus(const Quad& quad) const noexcept {
  std::uint32_t bus = noIndex;
  for (const std::uint32_t slot : quad.slots) {
    if (slot == noIndex) continue;
    const std::uint32_t first = strips_[slot].firstEdge;
    if (first == noIndex || edges_[first].next != noIndex) return noIndex;
    const Edge& edge = edges_[first];
    if (edge.kind != Edge::Kind::output || !edge.isUnity()) return noIndex;
    if (bus != noIndex && edge.to != bus) return noIndex;
    bus = edge.to;
  }
  return bus;
}

namespace {

// A way into a bus that needs nothing but a gain.
bool isSteady(const Edge& edge) noexcept {
  return edge.kind != Edge::Kind::stem && !edge.led && edge.settled() && edge.delay.isPlain();
}

// Ways of a quad into one bus, at most one a lane.
struct QuadWay {
  std::uint32_t to = noIndex;
  Float4 used{0.0f};  // 1 in the lanes that go there
  Float4 left{0.0f};
  Float4 right{0.0f};
};

}  // namespace

// Steady ways behind the fader, those of all lanes into a bus at once. Returns whether others are left.
bool Mixer::sendSteady(Quad& quad, std::size_t frames) noexcept {
  std::array<QuadWay, lanes*(1 + maxSends)> ways;
  std::size_t count = 0;
  bool others = keepStems_;
  float lastLeft[lanes];
  float lastRight[lanes];
  block_.left[frames - 1].store(lastLeft);
  block_.right[frames - 1].store(lastRight);
  for (std::size_t lane = 0; lane < lanes; ++lane) {
    const std::uint32_t slot = quad.slots[lane];
    for (std::uint32_t i = slot == noIndex ? noIndex : strips_[slot].firstEdge; i != noIndex;
         i = edges_[i].next) {
      Edge& edge = edges_[i];
      if (edge.isPre()) continue;
      if (!isSteady(edge)) {
        others = true;
        continue;
      }
      edge.lastLeft = lastLeft[lane] * edge.left.target(0);
      edge.lastRight = lastRight[lane] * edge.right.target(0);
      if (edge.isShut()) continue;
      std::size_t way = 0;
      while (way < count && (ways[way].to != edge.to || ways[way].used.lane(lane) > 0.0f)) ++way;
      if (way == count) ways[count++] = QuadWay{.to = edge.to};
      ways[way].used.setLane(lane, 1.0f);
      ways[way].left.setLane(lane, edge.left.target(0));
      ways[way].right.setLane(lane, edge.right.target(0));
    }
  }
  for (std::size_t way = 0; way < count; ++way) {
    const QuadWay& one = ways[way];
    sumOf(one.to).add(block_, one.used, one.left, one.right, frames);
  }
  return others;
}

void Mixer::sendPost(Quad& quad, bool sounds, std::size_t frames) noexcept {
  const std::uint32_t bus = sounds ? plainBus(quad) : noIndex;
  if (bus != noIndex) {
    sumOf(bus).add(block_, frames);
    float left[lanes];
    float right[lanes];
    block_.left[frames - 1].store(left);
    block_.right[frames - 1].store(right);
    for (std::size_t lane = 0; lane < lanes; ++lane) {
      if (quad.slots[lane] == noIndex) continue;
      Edge& edge = edges_[strips_[quad.slots[lane]].firstEdge];
      edge.lastLeft = left[lane];
      edge.lastRight = right[lane];
    }
    return;
  }
  if (sounds && !sendSteady(quad, frames)) return;
  if (sounds) toPlanar(frames);
  for (std::uint32_t lane = 0; lane < lanes; ++lane) {
    const std::uint32_t slot = quad.slots[lane];
    if (slot == noIndex) continue;
    if (keepStems_) std::fill_n(stems_.data() + 2 * quantumFrames * slot, 2 * quantumFrames, 0.0f);
    for (std::uint32_t i = strips_[slot].firstEdge; i != noIndex; i = edges_[i].next) {
      Edge& edge = edges_[i];
      if (edge.isPre() || (sounds && isSteady(edge))) continue;
      runEdge(edge, lane, planar_.left[lane], planar_.right[lane], sounds, frames);
    }
  }
}

}  // namespace mixwell::engine
