#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <map>
#include <random>

#include "support/engine_rig.h"

using mixwell::engine::CommandError;
using mixwell::engine::StripParam;
using mixwell::engine::stripParams;
using mixwell::test::ClipSpec;
using mixwell::test::EngineRig;
using mixwell::test::noise;
using mixwell::test::Signal;

namespace {

constexpr int sourceCount = 6;
constexpr std::size_t sourceFrames = 30000;

void addSources(EngineRig& rig) {
  for (int source = 1; source <= sourceCount; ++source) {
    const auto seed = static_cast<unsigned>(source);
    if (source % 2 == 0) {
      rig.addSource(source, noise(sourceFrames, seed));
    } else {
      rig.addSource(source, noise(sourceFrames, seed), noise(sourceFrames, seed + 50));
    }
  }
}

/// A document as a person would change it, and the same changes for an engine.
class Document {
 public:
  explicit Document(unsigned seed) : random_(seed) {}

  /// Changes something and tells the engine.
  void change(EngineRig& rig) {
    switch (random_() % 8) {
      case 0:
        return add(rig);
      case 1:
        return remove(rig);
      case 2:
        std::shuffle(order_.begin(), order_.end(), random_);
        REQUIRE(rig.trackList(order_) == CommandError::none);
        return;
      case 3:
      case 4:
        return replaceClips(rig);
      default:
        return setParam(rig);
    }
  }

  /// Tells a fresh engine everything.
  void writeTo(EngineRig& rig) const {
    addSources(rig);
    REQUIRE(rig.trackList(order_) == CommandError::none);
    for (const auto& [handle, track] : tracks_) {
      for (const auto& [index, value] : track.params)
        rig.param(handle, static_cast<StripParam>(index), value);
      rig.command(mixwell::engine::Opcode::trackChannels, {static_cast<double>(handle), track.channels});
      REQUIRE(rig.clips(handle, track.clips) == CommandError::none);
    }
  }

  unsigned number(unsigned below) { return static_cast<unsigned>(random_() % below); }

 private:
  struct Track {
    std::map<std::size_t, double> params;
    std::vector<ClipSpec> clips;
    double channels = 2;
  };

  int anyTrack() { return order_[random_() % order_.size()]; }

  void add(EngineRig& rig) {
    if (order_.size() == 11) return;
    const int handle = next_++;
    order_.insert(order_.begin() + static_cast<std::ptrdiff_t>(random_() % (order_.size() + 1)), handle);
    tracks_[handle] = {};
    REQUIRE(rig.trackList(order_) == CommandError::none);
  }

  void remove(EngineRig& rig) {
    if (order_.empty()) return;
    const int handle = anyTrack();
    order_.erase(std::find(order_.begin(), order_.end(), handle));
    tracks_.erase(handle);
    REQUIRE(rig.trackList(order_) == CommandError::none);
  }

  void replaceClips(EngineRig& rig) {
    if (order_.empty()) return;
    const int handle = anyTrack();
    Track& track = tracks_[handle];
    track.clips.clear();
    for (unsigned count = number(5); count > 0; --count) {
      track.clips.push_back({.source = 1 + static_cast<int>(number(sourceCount)),
                             .start = static_cast<double>(number(30000)),
                             .offset = static_cast<double>(number(20000)),
                             .length = static_cast<double>(number(15000)),
                             .gainDb = static_cast<double>(number(12)) - 6.0,
                             .fadeIn = static_cast<double>(number(3000)),
                             .fadeInCurve = static_cast<int>(number(5)),
                             .fadeOut = static_cast<double>(number(3000)),
                             .fadeOutCurve = static_cast<int>(number(5))});
    }
    track.channels = 1 + number(2);
    rig.command(mixwell::engine::Opcode::trackChannels, {static_cast<double>(handle), track.channels});
    REQUIRE(rig.clips(handle, track.clips) == CommandError::none);
  }

  void setParam(EngineRig& rig) {
    if (order_.empty()) return;
    const int handle = anyTrack();
    const std::size_t index = random_() % stripParams.size();
    const auto& info = stripParams[index];
    const bool rare = index >= static_cast<std::size_t>(StripParam::mute) && number(3) > 0;
    double value = info.min + (info.max - info.min) * number(101) / 100.0;
    if (info.kind != mixwell::params::ParamKind::continuous)
      value = rare ? 0.0 : static_cast<double>(static_cast<int>(value));
    tracks_[handle].params[index] = value;
    REQUIRE(rig.param(handle, static_cast<StripParam>(index), value) == CommandError::none);
  }

  std::mt19937 random_;
  std::map<int, Track> tracks_;
  std::vector<int> order_;
  int next_ = 1;
};

}  // namespace

TEST_CASE("After any edits, made while it plays or not, the engine equals one built fresh, to the bit") {
  int sounding = 0;
  for (unsigned seed = 1; seed <= 12; ++seed) {
    CAPTURE(seed);
    Document document(seed);
    EngineRig edited;
    addSources(edited);
    for (int round = 0; round < 120; ++round) {
      document.change(edited);
      switch (document.number(6)) {
        case 0:
          edited.play();
          break;
        case 1:
          edited.stop();
          break;
        case 2:
          edited.seek(document.number(40000));
          break;
        default:
          break;
      }
      edited.run(1 + document.number(700));
    }
    EngineRig fresh;
    document.writeTo(fresh);
    edited.stop();
    edited.run(1024);
    for (EngineRig* rig : {&edited, &fresh}) {
      rig->seek(3000);
      rig->play();
    }
    const Signal sound = edited.run(30000).tap();
    REQUIRE(sound == fresh.run(30000).tap());
    sounding += std::any_of(sound.begin(), sound.end(), [](float sample) { return sample != 0.0f; }) ? 1 : 0;
  }
  CHECK(sounding >= 8);  // the others end with nothing heard
}

TEST_CASE("The tap does not depend on how time is cut into quanta") {
  const auto render = [](unsigned seed) {
    std::mt19937 random(seed);
    EngineRig rig;
    addSources(rig);
    rig.trackPerSource();
    rig.clips(
        3, {{.source = 3, .start = 501, .offset = 77, .length = 9000, .fadeIn = 1000, .fadeInCurve = 1},
            {.source = 4, .start = 6000, .offset = 4095, .length = 9001, .fadeOut = 333, .fadeOutCurve = 2}});
    if (seed > 0) rig.quantum = [&] { return std::size_t{1} + random() % 128; };
    rig.loop(2000, 9111);
    rig.play();
    Signal tap;
    const auto append = [&](std::size_t frames) {
      const Signal more = rig.run(frames).tap();
      tap.insert(tap.end(), more.begin(), more.end());
    };
    append(1000);
    rig.param(2, StripParam::pan, 55.0);
    rig.param(1, StripParam::volumeDb, -9.0);
    append(300);
    rig.param(4, StripParam::mute, 1.0);
    rig.param(1, StripParam::polarity, 1.0);
    append(123);
    rig.param(4, StripParam::mute, 0.0);
    rig.masterVolume(-4.0);
    append(20000);
    return tap;
  };
  const Signal whole = render(0);
  for (unsigned seed = 1; seed <= 10; ++seed) REQUIRE(render(seed) == whole);
}

TEST_CASE("Smoothing goes on while a track and its neighbours are silent") {
  const auto render = [](bool neighbourSounds) {
    EngineRig rig;
    rig.addSource(1, Signal(20000, 0.5f));
    rig.addSource(2, Signal(20000, 0.0f));
    rig.trackPerSource();
    rig.clips(1, {{.source = 1, .length = 1000}, {.source = 1, .start = 1700, .length = 10000}});
    if (!neighbourSounds) rig.clips(2, {});
    rig.play();
    rig.run(1280);
    rig.param(1, StripParam::volumeDb, -60.0);
    rig.param(1, StripParam::trimDb, -24.0);
    return rig.run(4096).tap();
  };
  CHECK(render(true) == render(false));
}

TEST_CASE("Tracks that change places go on smoothing from where they are") {
  const auto render = [](bool reorder) {
    EngineRig rig;
    rig.addSource(1, Signal(20000, 0.5f));
    for (int source = 2; source <= 7; ++source) rig.addSource(source, Signal(20000, 0.0f));
    rig.trackPerSource();
    rig.play();
    rig.run(1280);
    rig.param(1, StripParam::volumeDb, -90.0);
    rig.param(1, StripParam::pan, -100.0);
    rig.run(256);
    if (reorder) rig.trackList({7, 5, 6, 2, 3, 1, 4});
    return rig.run(2048).tap();
  };
  CHECK(render(true) == render(false));
}

TEST_CASE("A track that joins or leaves while others play does not disturb them") {
  EngineRig rig;
  const Signal sound = noise(20000, 31);
  rig.addSource(1, sound);
  rig.addSource(2, noise(20000, 32));
  rig.trackList({1});
  rig.clips(1, {{.source = 1, .length = 20000}});
  rig.play();
  Signal heard = rig.run(1000).tapLeft;
  const auto append = [&](std::size_t frames) {
    const Signal more = rig.run(frames).tapLeft;
    heard.insert(heard.end(), more.begin(), more.end());
  };
  rig.trackList({2, 1});
  append(1000);
  rig.trackList({1});
  append(1000);
  CHECK(heard == Signal(sound.begin(), sound.begin() + 3000));
}
