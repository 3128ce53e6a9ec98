#include <algorithm>

#include "core/math.h"
#include "core/units.h"
#include "engine/mixer.h"
#include "engine/strip_gains.h"

namespace mixwell::engine {

using core::Float4;

namespace {

constexpr auto volumeParam = static_cast<std::uint32_t>(StripParam::volumeDb);
constexpr auto panParam = static_cast<std::uint32_t>(StripParam::pan);
constexpr auto muteParam = static_cast<std::uint32_t>(StripParam::mute);

}  // namespace

void Mixer::indexStrip(std::uint32_t slot, bool atOnce) noexcept {
  Strip& strip = strips_[slot];
  const bool ledOutput = strip.leadsOutput;
  const bool ledMute = strip.leadsMute;
  strip.leadsOutput = strip.leadsSections = strip.leadsMute = false;
  for (const std::uint32_t lane : player_.ofStrip(slot)) {
    const LaneTarget& target = player_.target(lane);
    if (target.kind != LaneKind::strip) continue;
    strip.leadsSections = strip.leadsSections || player_.isLed(lane);
    strip.leadsOutput = strip.leadsOutput || !player_.isLed(lane);
    strip.leadsMute = strip.leadsMute || target.param == muteParam;
  }
  if (strip.leadsMute != ledMute) hearingChanged_ = true;
  OutputStage<Float4>& output = stagesOf(strip).output;
  const std::uint32_t smoothing = smoothingFrames(StripParam::volumeDb);
  if (!ledOutput && strip.leadsOutput) {
    strip.ledOutput.takeOver(output.left.value(strip.lane), output.right.value(strip.lane));
  } else if (ledOutput && !strip.leadsOutput && !atOnce) {
    const float left = output.left.target(strip.lane);
    const float right = output.right.target(strip.lane);
    output.left.start(strip.lane, strip.ledOutput.left(), 0);
    output.right.start(strip.lane, strip.ledOutput.right(), 0);
    output.left.start(strip.lane, left, smoothing);
    output.right.start(strip.lane, right, smoothing);
  }
  if (strip.leadsOutput && !atOnce) strip.ledOutput.redrawn(smoothing);
  for (std::uint32_t i = strip.firstEdge; i != noIndex; i = edges_[i].next) {
    Edge& edge = edges_[i];
    const bool isSend = edge.kind == Edge::Kind::sendPre || edge.kind == Edge::Kind::sendPost;
    const bool wasLed = edge.led;
    edge.led = false;
    if (!isSend || edge.leaving) continue;
    for (const std::uint32_t lane : player_.ofStrip(slot)) {
      const LaneTarget& target = player_.target(lane);
      edge.led = edge.led || (target.kind == LaneKind::send && target.slot == edge.place);
    }
    if (!wasLed && edge.led) edge.ledGains.takeOver(edge.left.value(0), edge.right.value(0));
    if (edge.led && !atOnce) edge.ledGains.redrawn(fadeFrames_);
    if (!wasLed || edge.led) continue;
    const float left = edge.left.target(0);
    const float right = edge.right.target(0);
    edge.start(edge.ledGains.left(), edge.ledGains.right(), 0);
    edge.start(left, right, atOnce ? 0 : fadeFrames_);
  }
}

// After lanes, tracks, sends or inserts have changed: what is moved by which lane.
void Mixer::indexLanes(const Arrangement& song, bool atOnce) noexcept {
  lanesChanged_ = false;
  probed_ = &song;
  player_.index(song, atOnce);
  for (const std::uint32_t slot : song.order()) indexStrip(slot, atOnce);
}

bool Mixer::isLed(const Quad& quad, bool Strip::*what) const noexcept {
  return std::any_of(quad.slots.begin(), quad.slots.end(),
                     [&](std::uint32_t slot) { return slot != noIndex && strips_[slot].*what; });
}

// Cut into stretches in which everything that lanes move goes in straight lines.
void Mixer::runLedSections(Quad& quad, const Block* gateKey, const Block* compressorKey,
                           std::size_t frames) noexcept {
  Lanes& stages = *quad.stages;
  const auto copy = [](const Block& from, std::size_t fromAt, Block& to, std::size_t toAt,
                       std::size_t count) {
    std::copy_n(from.left + fromAt, count, to.left + toAt);
    std::copy_n(from.right + fromAt, count, to.right + toAt);
  };
  for (std::size_t at = 0; at < frames;) {
    std::size_t count = frames - at;
    for (const std::uint32_t slot : quad.slots) {
      if (slot == noIndex || !strips_[slot].leadsSections) continue;
      const Strip& strip = strips_[slot];
      const TimeLine::Piece piece = time_.at(strip.arrival, at, count);
      count = player_.lead(player_.ofStrip(slot), piece.songFrame, piece.frames,
                           [&](std::uint32_t param, double value, std::uint32_t glideFrames) {
                             if (param >= stripParams.size()) {
                               stages.setParam(strip.lane, param, value, glideFrames);
                               return;
                             }
                             const double trim = core::dbToGain(value);
                             const bool turned = probed_->track(slot).isOn(StripParam::polarity);
                             stages.input.gain.start(strip.lane, static_cast<float>(turned ? -trim : trim),
                                                     glideFrames);
                           });
    }
    for (const std::uint32_t slot : quad.slots) {
      if (slot == noIndex || !strips_[slot].leadsSections) continue;
      player_.led(player_.ofStrip(slot), time_.at(strips_[slot].arrival, at, count).songFrame, count);
    }
    copy(block_, at, ledBlock_, 0, count);
    if (gateKey != nullptr) copy(*gateKey, at, ledGateKeys_, 0, count);
    if (compressorKey != nullptr) copy(*compressorKey, at, ledCompressorKeys_, 0, count);
    const Block* gate = gateKey != nullptr ? &ledGateKeys_ : nullptr;
    const Block* compressor = compressorKey != nullptr ? &ledCompressorKeys_ : nullptr;
    stages.processSections(ledBlock_, gate, compressor, count, [&](StripSection section, bool before) {
      if (probing_) probeSection(quad, section, before, ledBlock_, gate, compressor, at, count);
    });
    copy(ledBlock_, 0, block_, at, count);
    at += count;
  }
}

// Values of a lane as a place hears them that sound reaches late.
void Mixer::laneValues(std::uint32_t lane, std::int64_t late, std::size_t frames,
                       double* into) const noexcept {
  for (std::size_t at = 0; at < frames;) {
    const TimeLine::Piece piece = time_.at(late, at, frames - at);
    player_.values(lane, piece.songFrame, {into + at, piece.frames});
    at += piece.frames;
  }
}

// False, and nothing is written, where no lane moves the parameter.
bool Mixer::ledValues(std::uint32_t slot, LaneKind kind, std::uint32_t place, std::uint32_t param,
                      std::size_t frames, double* into) noexcept {
  for (const std::uint32_t lane : player_.ofStrip(slot)) {
    const LaneTarget& target = player_.target(lane);
    if (target.kind != kind || target.slot != place || target.param != param) continue;
    laneValues(lane, strips_[slot].outLatency, frames, into);
    return true;
  }
  return false;
}

// How far an automated mute lets sound through.
void Mixer::ledOpening(std::uint32_t slot, std::size_t frames, float* open) noexcept {
  double mutes[quantumFrames];
  if (!ledValues(slot, LaneKind::strip, 0, muteParam, frames, mutes)) {
    std::fill_n(open, frames, 1.0f);
    return;
  }
  for (std::size_t i = 0; i < frames; ++i) {
    const auto x = static_cast<float>(1.0 - mutes[i]);
    open[i] = x * x * (3.0f - 2.0f * x);
  }
}

void Mixer::leadLane(std::uint32_t slot, std::size_t frames) noexcept {
  Strip& strip = strips_[slot];
  const Track& track = probed_->track(slot);
  double volumes[quantumFrames];
  double pans[quantumFrames];
  float open[quantumFrames];
  if (!ledValues(slot, LaneKind::strip, 0, volumeParam, frames, volumes)) {
    std::fill_n(volumes, frames, track.param(StripParam::volumeDb));
  }
  if (!ledValues(slot, LaneKind::strip, 0, panParam, frames, pans)) {
    std::fill_n(pans, frames, track.param(StripParam::pan));
  }
  ledOpening(slot, frames, open);
  SideGains gains = outputGains(track, volumes[0], pans[0]);
  auto* left = reinterpret_cast<float*>(ledLeft_) + strip.lane;
  auto* right = reinterpret_cast<float*>(ledRight_) + strip.lane;
  for (std::size_t i = 0; i < frames; ++i) {
    if (i > 0 && (volumes[i] != volumes[i - 1] || pans[i] != pans[i - 1])) {
      gains = outputGains(track, volumes[i], pans[i]);
    }
    strip.ledOutput.next(gains.left * open[i], gains.right * open[i]);
    left[lanes * i] = strip.ledOutput.left();
    right[lanes * i] = strip.ledOutput.right();
  }
}

void Mixer::runLedOutput(Quad& quad, std::size_t frames) noexcept {
  OutputStage<Float4>& output = quad.stages->output;
  output.takeGains(ledLeft_, ledRight_, ledOpen_, frames);
  for (const std::uint32_t slot : quad.slots) {
    if (slot != noIndex && strips_[slot].leadsOutput) leadLane(slot, frames);
  }
  output.processWith(block_, ledLeft_, ledRight_, ledOpen_, frames);
}

void Mixer::runLedSend(Edge& edge, std::size_t lane, const float* left, const float* right, bool sounds,
                       std::size_t frames) noexcept {
  if (!sounds && !edge.delay.isDraining()) {
    edge.lastLeft = edge.lastRight = 0.0f;
    return;
  }
  if (sounds) {
    const Track& track = probed_->track(edge.from);
    const Send& send = track.sends[edge.place];
    double levels[quantumFrames];
    double pans[quantumFrames];
    if (!ledValues(edge.from, LaneKind::send, edge.place, 0, frames, levels)) {
      std::fill_n(levels, frames, send.gainDb);
    }
    if (!ledValues(edge.from, LaneKind::send, edge.place, 1, frames, pans)) {
      std::fill_n(pans, frames, send.pan);
    }
    SideGains gains = sendGains(track, send, levels[0], pans[0]);
    for (std::size_t i = 0; i < frames; ++i) {
      if (i > 0 && (levels[i] != levels[i - 1] || pans[i] != pans[i - 1])) {
        gains = sendGains(track, send, levels[i], pans[i]);
      }
      edge.ledGains.next(gains.left, gains.right);
      edgeLeft_[i] = left[i] * edge.ledGains.left();
      edgeRight_[i] = right[i] * edge.ledGains.right();
    }
  } else {
    std::fill_n(edgeLeft_, frames, 0.0f);
    std::fill_n(edgeRight_, frames, 0.0f);
  }
  if (edge.delay.process(edgeLeft_, edgeRight_, frames, !sounds)) {
    deliver(edge, lane, edgeLeft_, edgeRight_, frames);
  }
}

void Mixer::leadMaster(std::size_t frames) noexcept {
  for (const std::uint32_t lane : player_.ofStrip(masterSlot)) {
    if (player_.target(lane).kind != LaneKind::strip) continue;
    double volumes[quantumFrames];
    laneValues(lane, masterArrival_ + static_cast<std::int64_t>(masterRack_.latency()), frames, volumes);
    for (std::size_t i = 0; i < frames; ++i) {
      masterGains_[i] = i > 0 && volumes[i] == volumes[i - 1]
                            ? masterGains_[i - 1]
                            : static_cast<float>(params::faderGain(masterParams[0], volumes[i]));
    }
  }
}

}  // namespace mixwell::engine
