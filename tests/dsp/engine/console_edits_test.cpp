// A console edited in any way, while it plays or not, against one built fresh.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>

#include "engine/device_types.h"
#include "support/console.h"

using namespace mixwell;
using engine::CommandError;
using engine::StripParam;
using test::Console;
using test::ConsoleInsert;
using test::ConsoleTrack;
using test::Dice;
using test::EngineRig;
using test::noise;
using test::Signal;
using test::toMaster;
using test::unkeyed;

namespace {

constexpr int sourceCount = 5;
constexpr std::size_t sourceFrames = 20000;

void addSources(EngineRig& rig) {
  for (int source = 1; source <= sourceCount; ++source) {
    const auto seed = static_cast<unsigned>(source);
    rig.addSource(source, noise(sourceFrames, seed), noise(sourceFrames, seed + 50));
  }
}

/// Changes a console and tells an engine; what the engine refuses does not happen.
class Editor {
 public:
  explicit Editor(unsigned seed) : dice(seed) {}

  Dice dice;
  Console console;
  int refused = 0;

  void change(EngineRig& rig) {
    if (console.tracks.empty() || (console.tracks.size() < 9 && dice.oneIn(10))) return add(rig);
    ConsoleTrack& track = console.tracks[dice.roll(console.tracks.size())];
    switch (dice.roll(13)) {
      case 0:
        return remove(rig, track.handle);
      case 1:
        for (std::size_t i = console.tracks.size() - 1; i > 0; --i) {
          std::swap(console.tracks[i], console.tracks[dice.roll(i + 1)]);
        }
        return accept(rig.trackList(console.order()));
      case 2:
        track.clips = {{.source = 1 + static_cast<int>(dice.roll(sourceCount)),
                        .start = static_cast<double>(dice.roll(8000)),
                        .length = static_cast<double>(dice.roll(12000)),
                        .fadeIn = static_cast<double>(dice.roll(500))}};
        return accept(rig.clips(track.handle, track.clips));
      case 3:
        return attempt(
            track, [&] { track.output = dice.oneIn(3) ? toMaster : anyTrack(); },
            [&] { return tellRoute(rig, track); });
      case 4:
        return attempt(
            track, [&] { replaceSends(track); }, [&] { return tellSends(rig, track); });
      case 5:
        return attempt(
            track, [&] { track.keys[dice.roll(2)] = dice.oneIn(3) ? unkeyed : anyTrack(); },
            [&] { return tellKeys(rig, track); });
      case 6:
      case 7:
        return dice.oneIn(4) ? changeChain(rig, toMaster, console.masterInserts)
                             : changeChain(rig, track.handle, track.inserts);
      case 8:
      case 9:
        return dice.oneIn(4) ? changeInsert(rig, console.masterInserts) : changeInsert(rig, track.inserts);
      default:
        return setParam(rig, track);
    }
  }

 private:
  static void accept(CommandError error) { REQUIRE(error == CommandError::none); }

  template <typename Part, typename Change, typename Tell>
  void attempt(Part& part, Change change, Tell tellEngine) {
    const Part before = part;
    change();
    const CommandError error = tellEngine();
    if (error == CommandError::none) return;
    REQUIRE(error == CommandError::routingLoop);
    ++refused;
    part = before;
  }

  int anyTrack() { return console.tracks[dice.roll(console.tracks.size())].handle; }

  void add(EngineRig& rig) {
    const auto place = static_cast<std::ptrdiff_t>(dice.roll(console.tracks.size() + 1));
    console.tracks.insert(console.tracks.begin() + place, ConsoleTrack{.handle = nextTrack_++});
    accept(rig.trackList(console.order()));
  }

  void remove(EngineRig& rig, int handle) {
    std::erase_if(console.tracks, [&](const ConsoleTrack& track) { return track.handle == handle; });
    const auto forget = [&](std::vector<ConsoleInsert>& inserts) {
      for (ConsoleInsert& insert : inserts) insert.key = insert.key == handle ? unkeyed : insert.key;
    };
    for (ConsoleTrack& track : console.tracks) {
      if (track.output == handle) track.output = toMaster;
      std::erase_if(track.sends, [&](const test::ConsoleSend& send) { return send.bus == handle; });
      for (int& key : track.keys) key = key == handle ? unkeyed : key;
      forget(track.inserts);
    }
    forget(console.masterInserts);
    accept(rig.trackList(console.order()));
  }

  void replaceSends(ConsoleTrack& track) {
    if (!track.sends.empty() && dice.oneIn(2)) {
      track.sends[dice.roll(track.sends.size())].gainDb = dice.between(-90, 6);
      return;
    }
    track.sends.clear();
    for (std::size_t count = dice.roll(4); count > 0; --count) {
      track.sends.push_back({.bus = anyTrack(),
                             .gainDb = dice.between(-30, 3),
                             .pan = dice.between(-100, 100),
                             .pre = dice.oneIn(2),
                             .on = !dice.oneIn(4)});
    }
  }

  void changeChain(EngineRig& rig, int owner, std::vector<ConsoleInsert>& inserts) {
    if (inserts.size() < 4 && !dice.oneIn(3)) {
      const auto place = static_cast<std::ptrdiff_t>(dice.roll(inserts.size() + 1));
      inserts.insert(inserts.begin() + place, dice.insert(nextInsert_++));
    } else if (!inserts.empty() && dice.oneIn(2)) {
      inserts.erase(inserts.begin() + static_cast<std::ptrdiff_t>(dice.roll(inserts.size())));
    } else if (!inserts.empty()) {
      std::swap(inserts.front(), inserts[dice.roll(inserts.size())]);
    }
    accept(tellInserts(rig, owner, inserts));
    for (const ConsoleInsert& insert : inserts) accept(tellInsertParams(rig, insert));
  }

  void changeInsert(EngineRig& rig, std::vector<ConsoleInsert>& inserts) {
    if (inserts.empty()) return;
    ConsoleInsert& insert = inserts[dice.roll(inserts.size())];
    const auto infos = engine::deviceTypes()[insert.device].table->params;
    attempt(
        insert,
        [&] {
          if (dice.oneIn(3)) insert.key = dice.oneIn(2) ? unkeyed : anyTrack();
          if (dice.oneIn(3)) insert.on = !insert.on;
          if (dice.oneIn(4)) insert.levelMatched = !insert.levelMatched;
        },
        [&] { return tellInsertState(rig, insert); });
    // The state may be told in part where the key was refused.
    accept(rig.command(engine::Opcode::insertOn, {static_cast<double>(insert.handle), insert.on ? 1.0 : 0.0,
                                                  insert.levelMatched ? 1.0 : 0.0}));
    const std::size_t index = dice.roll(infos.size());
    insert.params[index] = dice.valueOf(infos[index], 0.7);
    accept(tellInsertParams(rig, insert));
  }

  void setParam(EngineRig& rig, ConsoleTrack& track) {
    const std::size_t index =
        dice.oneIn(2) ? dice.roll(engine::stripParams.size()) : dice.roll(engine::channelParams.size());
    const params::ParamInfo& info = engine::channelParams[index];
    double value = dice.valueOf(info);
    const bool hides = index >= static_cast<std::size_t>(StripParam::mute) &&
                       index < engine::stripParams.size();  // mute, solo, safe
    if (hides && !dice.oneIn(3)) value = 0.0;
    track.params[index] = value;
    accept(rig.param(track.handle, static_cast<StripParam>(index), value));
    if (!dice.oneIn(3)) return;
    ConsoleTrack sections{};
    dice.strip(sections);
    for (const auto& [place, one] : sections.params) {
      track.params[place] = one;
      accept(rig.param(track.handle, static_cast<StripParam>(place), one));
    }
  }

  int nextTrack_ = 1;
  int nextInsert_ = 1000;
};

}  // namespace

TEST_CASE("After any edits of a console the engine equals one built fresh, to the bit") {
  int sounding = 0;
  int refused = 0;
  for (unsigned seed = 1; seed <= 10; ++seed) {
    CAPTURE(seed);
    Editor editor(seed);
    EngineRig edited;
    addSources(edited);
    for (int round = 0; round < 90; ++round) {
      for (std::size_t edits = 1 + editor.dice.roll(3); edits > 0; --edits) editor.change(edited);
      switch (editor.dice.roll(6)) {
        case 0:
          edited.play();
          break;
        case 1:
          edited.stop();
          break;
        case 2:
          edited.seek(static_cast<double>(editor.dice.roll(20000)));
          break;
        default:
          break;
      }
      edited.run(1 + editor.dice.roll(700));
    }
    EngineRig fresh;
    addSources(fresh);
    tell(fresh, editor.console);
    for (EngineRig* rig : {&edited, &fresh}) {
      rig->stop();
      rig->run(1024);
      rig->seek(3000);
      rig->play();
    }
    const Signal sound = edited.run(8000).tap();
    REQUIRE(sound == fresh.run(8000).tap());
    CHECK(edited.engine.telemetry().latencyFrames == fresh.engine.telemetry().latencyFrames);
    sounding += std::any_of(sound.begin(), sound.end(), [](float sample) { return sample != 0.0f; }) ? 1 : 0;
    // And going on from there by a seek while it sounds.
    editor.change(edited);
    edited.run(300);
    edited.seek(5000);
    EngineRig again;
    addSources(again);
    tell(again, editor.console);
    again.seek(5000);
    again.play();
    // The old sound fades for 5 ms before the new one starts.
    const Signal fading = edited.run(1024).tap();
    Signal after = fading;
    const Signal more = edited.run(2048).tap();
    after.insert(after.end(), more.begin(), more.end());
    const Signal expected = again.run(4096).tap();
    REQUIRE(std::equal(after.begin(), after.end(), expected.begin()));
    refused += editor.refused;
  }
  CHECK(sounding >= 7);
  CHECK(refused >= 10);
}
