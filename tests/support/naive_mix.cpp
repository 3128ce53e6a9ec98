#include "support/naive_mix.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <memory>

#include "engine/strip_stages.h"
#include "stereo/pan_law.h"

namespace mixwell::test {

namespace {

using engine::StripParam;

double gainOf(double db) {
  return std::pow(10.0, db / 20.0);
}

/// One track, with a scalar strip and devices of its own.
struct Node {
  const ConsoleTrack* track = nullptr;
  std::unique_ptr<engine::StripLanes<float>> strip = std::make_unique<engine::StripLanes<float>>();
  std::vector<std::byte> memory;
  std::vector<std::unique_ptr<engine::OwnedDevice>> devices;
  std::size_t arrival = 0;
  std::size_t outLatency = 0;
  Stereo pre;
  Stereo post;

  double param(StripParam which) const {
    const auto index = static_cast<std::size_t>(which);
    const auto found = track->params.find(index);
    return found == track->params.end() ? engine::channelParams[index].defaultValue : found->second;
  }
  std::size_t sectionLatency() const { return strip->compressor.latencySamples(0); }
};

std::vector<std::unique_ptr<engine::OwnedDevice>> devicesOf(const std::vector<ConsoleInsert>& inserts) {
  std::vector<std::unique_ptr<engine::OwnedDevice>> devices;
  for (const ConsoleInsert& insert : inserts) {
    devices.push_back(std::make_unique<engine::OwnedDevice>(
        engine::deviceTypes()[insert.device],
        params::DeviceSpec{.sampleRateHz = 48000, .sourceChannels = 2}));
    params::Device& device = **devices.back();
    for (const auto& [index, value] : insert.params) REQUIRE(device.setParam(index, value, 0));
    device.reset();
  }
  return devices;
}

std::size_t latencyOf(const std::vector<std::unique_ptr<engine::OwnedDevice>>& devices, std::size_t count) {
  std::size_t sum = 0;
  for (std::size_t i = 0; i < count; ++i) sum += (*devices[i])->latencySamples();
  return sum;
}

class NaiveMixer {
 public:
  NaiveMixer(const Console& console, const std::map<int, Stereo>& sources, std::size_t frames)
      : console_(console), sources_(sources), frames_(frames), heard_(heardTracks(console)) {
    for (const ConsoleTrack& track : console.tracks) build(track);
    masterDevices_ = devicesOf(console.masterInserts);
  }

  NaiveMix mix() {
    sortByWays();
    for (const int handle : sorted_) render(nodes_.at(handle));
    std::size_t arrival = 0;
    for (const auto& [handle, node] : nodes_) {
      if (node.track->output == toMaster) arrival = std::max(arrival, node.outLatency);
    }
    // A key of the master's inserts is due when their sound is.
    for (std::size_t i = 0; i < console_.masterInserts.size(); ++i) {
      const int key = console_.masterInserts[i].key;
      if (key == unkeyed) continue;
      const std::size_t before = latencyOf(masterDevices_, i);
      const std::size_t late = nodes_.at(key).outLatency;
      if (late > arrival + before) arrival = late - before;
    }
    std::vector<double> left(frames_, 0.0);
    std::vector<double> right(frames_, 0.0);
    for (const auto& [handle, node] : nodes_) {
      if (node.track->output == toMaster) add(node.post, arrival - node.outLatency, 1.0, 1.0, left, right);
    }
    Stereo sound = rounded(left, right);
    runInserts(console_.masterInserts, masterDevices_, sound, arrival);
    return {std::move(sound), arrival + latencyOf(masterDevices_, masterDevices_.size())};
  }

 private:
  void build(const ConsoleTrack& track) {
    Node& node = nodes_[track.handle];
    node.track = &track;
    core::Memory counted;
    engine::StripLanes<float>().takeMemory({.sampleRateHz = 48000}, counted);
    node.memory.resize(counted.bytes() + core::Memory::alignment);
    void* start = node.memory.data();
    std::size_t room = node.memory.size();
    std::align(core::Memory::alignment, counted.bytes(), start, room);
    core::Memory memory({static_cast<std::byte*>(start), counted.bytes()});
    node.strip->takeMemory({.sampleRateHz = 48000}, memory);
    node.strip->prepare(48000);
    for (const auto& [index, value] : track.params) node.strip->setParam(0, index, value, 0);
    node.strip->reset(0);
    node.strip->gate.setKeyed(0, track.keys[0] != unkeyed);
    node.strip->compressor.setKeyed(0, track.keys[1] != unkeyed);
    node.devices = devicesOf(track.inserts);
  }

  // What must be known before a track can be rendered.
  std::set<int> feeding(const ConsoleTrack& track) const {
    std::set<int> from;
    for (const ConsoleTrack& other : console_.tracks) {
      if (other.output == track.handle) from.insert(other.handle);
      for (const ConsoleSend& send : other.sends) {
        if (send.bus == track.handle) from.insert(other.handle);
      }
    }
    for (const int key : track.keys) from.insert(key);
    for (const ConsoleInsert& insert : track.inserts) from.insert(insert.key);
    from.erase(unkeyed);
    return from;
  }

  void sortByWays() {
    while (sorted_.size() < console_.tracks.size()) {
      for (const ConsoleTrack& track : console_.tracks) {
        const auto done = [&](int handle) {
          return std::find(sorted_.begin(), sorted_.end(), handle) != sorted_.end();
        };
        const std::set<int> from = feeding(track);
        if (!done(track.handle) && std::all_of(from.begin(), from.end(), done)) {
          sorted_.push_back(track.handle);
        }
      }
    }
  }

  void add(const Stereo& sound, std::size_t delay, double gainLeft, double gainRight,
           std::vector<double>& left, std::vector<double>& right) const {
    for (std::size_t i = delay; i < frames_; ++i) {
      left[i] += static_cast<double>(sound.left[i - delay]) * gainLeft;
      right[i] += static_cast<double>(sound.right[i - delay]) * gainRight;
    }
  }

  static Stereo rounded(const std::vector<double>& left, const std::vector<double>& right) {
    return {Signal(left.begin(), left.end()), Signal(right.begin(), right.end())};
  }

  // The key of a section or an insert, which is due `at` frames late.
  Stereo keyOf(int handle, std::size_t at) const {
    std::vector<double> left(frames_, 0.0);
    std::vector<double> right(frames_, 0.0);
    const Node& from = nodes_.at(handle);
    add(from.pre, at - from.outLatency, 1.0, 1.0, left, right);
    return rounded(left, right);
  }

  void render(Node& node) {
    const ConsoleTrack& track = *node.track;
    const auto eachWayIn = [&](auto visit) {
      for (const auto& [handle, from] : nodes_) {
        const double mono = from.track->channels == 1 ? 1.0 : 0.0;
        if (from.track->output == track.handle) visit(from, from.post, 1.0, 1.0);
        for (const ConsoleSend& send : from.track->sends) {
          if (send.bus != track.handle) continue;
          const double gain = send.on && send.gainDb > -90.0 ? gainOf(send.gainDb) : 0.0;
          const auto pan = stereo::panGains(stereo::PanLaw::zeroDb, send.pan, send.pre && mono == 1.0);
          const double open = send.pre && !heard_.contains(handle) ? 0.0 : 1.0;
          visit(from, send.pre ? from.pre : from.post, gain * open * pan.left, gain * open * pan.right);
        }
      }
    };
    eachWayIn([&](const Node& from, const Stereo&, double, double) {
      node.arrival = std::max(node.arrival, from.outLatency);
    });
    const auto keyIsDue = [&](int key, std::size_t inside) {
      if (key == unkeyed) return;
      const std::size_t late = nodes_.at(key).outLatency;
      if (late > node.arrival + inside) node.arrival = late - inside;
    };
    for (const int key : track.keys) keyIsDue(key, 0);
    for (std::size_t i = 0; i < track.inserts.size(); ++i) {
      keyIsDue(track.inserts[i].key, node.sectionLatency() + latencyOf(node.devices, i));
    }
    std::vector<double> left(frames_, 0.0);
    std::vector<double> right(frames_, 0.0);
    for (const ClipSpec& clip : track.clips) {
      const Stereo& source = sources_.at(clip.source);
      const auto start = static_cast<std::size_t>(clip.start) + node.arrival;
      for (std::size_t i = start; i < std::min(frames_, start + static_cast<std::size_t>(clip.length)); ++i) {
        left[i] += static_cast<double>(source.left[i - start]);
        right[i] += static_cast<double>((source.right.empty() ? source.left : source.right)[i - start]);
      }
    }
    eachWayIn([&](const Node& from, const Stereo& sound, double gainLeft, double gainRight) {
      add(sound, node.arrival - from.outLatency, gainLeft, gainRight, left, right);
    });
    node.pre = rounded(left, right);
    runSections(node);
    runInserts(track.inserts, node.devices, node.pre, node.arrival + node.sectionLatency());
    node.outLatency = node.arrival + node.sectionLatency() + latencyOf(node.devices, node.devices.size());
    runOutput(node);
  }

  void runSections(Node& node) {
    const double trim = gainOf(node.param(StripParam::trimDb));
    node.strip->input.gain.start(0, static_cast<float>(node.param(StripParam::polarity) > 0.0 ? -trim : trim),
                                 0);
    using Block = engine::QuadBlock<float>;
    const auto keys = node.track->keys;
    const Stereo gateKey = keys[0] == unkeyed ? Stereo{} : keyOf(keys[0], node.arrival);
    const Stereo compressorKey = keys[1] == unkeyed ? Stereo{} : keyOf(keys[1], node.arrival);
    Block block{};
    Block gate{};
    Block compressor{};
    for (std::size_t at = 0; at < frames_; at += engine::quantumFrames) {
      const std::size_t count = std::min(engine::quantumFrames, frames_ - at);
      const auto load = [&](Block& into, const Stereo& from) {
        std::copy_n(from.left.data() + at, count, into.left);
        std::copy_n(from.right.data() + at, count, into.right);
        return &into;
      };
      load(block, node.pre);
      node.strip->processSections(block, keys[0] == unkeyed ? nullptr : load(gate, gateKey),
                                  keys[1] == unkeyed ? nullptr : load(compressor, compressorKey), count,
                                  [](engine::StripSection, bool) {});
      std::copy_n(block.left, count, node.pre.left.data() + at);
      std::copy_n(block.right, count, node.pre.right.data() + at);
    }
  }

  // A device runs from the first sound on, and rests when its tail is over until sound comes again.
  void runDevice(params::Device& device, Stereo& sound, std::size_t late, const Stereo& key) const {
    const auto tail = device.tailFrames();
    std::int64_t silentFor = tail + 1;
    for (std::size_t i = 0; i < frames_; ++i) {
      silentFor = sound.left[i] != 0.0f || sound.right[i] != 0.0f ? 0 : silentFor + 1;
      if (silentFor > tail) {
        sound.left[i] = sound.right[i] = 0.0f;
        continue;
      }
      params::BlockContext context;
      const auto songFrame = static_cast<std::int64_t>(i) - static_cast<std::int64_t>(late);
      context.songFrame = songFrame >= 0 ? songFrame : songFrame & 15;
      if (!key.left.empty()) {
        context.keyLeft = key.left.data() + i;
        context.keyRight = key.right.data() + i;
      }
      device.process(&sound.left[i], &sound.right[i], 1, context);
    }
  }

  void runInserts(const std::vector<ConsoleInsert>& inserts,
                  const std::vector<std::unique_ptr<engine::OwnedDevice>>& devices, Stereo& sound,
                  std::size_t late) const {
    for (std::size_t i = 0; i < inserts.size(); ++i) {
      const std::size_t latency = (*devices[i])->latencySamples();
      if (inserts[i].on) {
        runDevice(**devices[i], sound, late,
                  inserts[i].key == unkeyed ? Stereo{} : keyOf(inserts[i].key, late));
      } else {
        for (Signal* side : {&sound.left, &sound.right}) {
          side->insert(side->begin(), latency, 0.0f);
          side->resize(frames_);
        }
      }
      late += latency;
    }
  }

  void runOutput(Node& node) const {
    const double db = node.param(StripParam::volumeDb);
    const double fader = !heard_.contains(node.track->handle) || db <= -90.0 ? 0.0 : gainOf(db);
    const auto law = static_cast<stereo::PanLaw>(static_cast<int>(node.param(StripParam::panLaw)));
    const auto pan = stereo::panGains(law, node.param(StripParam::pan), node.track->channels == 1);
    std::vector<double> left(frames_, 0.0);
    std::vector<double> right(frames_, 0.0);
    add(node.pre, 0, fader * pan.left, fader * pan.right, left, right);
    node.post = rounded(left, right);
  }

  const Console& console_;
  const std::map<int, Stereo>& sources_;
  std::size_t frames_;
  std::set<int> heard_;
  std::map<int, Node> nodes_;
  std::vector<int> sorted_;
  std::vector<std::unique_ptr<engine::OwnedDevice>> masterDevices_;
};

}  // namespace

NaiveMix mixNaively(const Console& console, const std::map<int, Stereo>& sources, std::size_t frames) {
  return NaiveMixer(console, sources, frames).mix();
}

std::set<int> heardTracks(const Console& console) {
  const auto isOn = [&](const ConsoleTrack& track, StripParam which) {
    const auto found = track.params.find(static_cast<std::size_t>(which));
    return found != track.params.end() && found->second > 0.0;
  };
  std::set<int> soloed;
  for (const ConsoleTrack& track : console.tracks) {
    if (isOn(track, StripParam::solo)) soloed.insert(track.handle);
  }
  const auto leadsToSolo = [&](const ConsoleTrack& track) {
    for (int bus = track.output; bus != toMaster; bus = console.track(bus).output) {
      if (soloed.contains(bus)) return true;
    }
    return false;
  };
  std::set<int> carrying;  // buses that something soloed reaches
  std::vector<int> reached(soloed.begin(), soloed.end());
  while (!reached.empty()) {
    const ConsoleTrack& track = console.track(reached.back());
    reached.pop_back();
    std::vector<int> next;
    if (track.output != toMaster) next.push_back(track.output);
    for (const ConsoleSend& send : track.sends) next.push_back(send.bus);
    for (const int bus : next) {
      if (carrying.insert(bus).second) reached.push_back(bus);
    }
  }
  std::set<int> heard;
  for (const ConsoleTrack& track : console.tracks) {
    const bool chosen = soloed.empty() || soloed.contains(track.handle) ||
                        isOn(track, StripParam::soloSafe) || leadsToSolo(track) ||
                        carrying.contains(track.handle);
    if (chosen && !isOn(track, StripParam::mute)) heard.insert(track.handle);
  }
  return heard;
}

}  // namespace mixwell::test
