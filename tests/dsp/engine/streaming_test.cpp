#include <algorithm>
#include <array>
#include <catch2/catch_test_macros.hpp>
#include <limits>
#include <set>

#include "support/engine_rig.h"

using mixwell::engine::Engine;
using mixwell::engine::Opcode;
using mixwell::engine::PageId;
using mixwell::engine::StripParam;
using mixwell::test::clickSize;
using mixwell::test::EngineRig;
using mixwell::test::noise;
using mixwell::test::Recording;
using mixwell::test::Signal;
using mixwell::test::sine;

namespace {

constexpr std::size_t songFrames = 400000;

std::vector<PageId> requests(Engine& engine) {
  std::vector<PageId> pages(4096);
  pages.resize(engine.takeRequests(pages));
  return pages;
}

/// A rig that fetches nothing by itself.
EngineRig silentRig(std::size_t pageSlots = 256) {
  return EngineRig({.sampleRateHz = 48000, .trackCapacity = 256, .pageSlots = pageSlots});
}

struct Counts {
  double starved;
  double waited;
};

Counts counts(const EngineRig& rig) {
  return {rig.engine.telemetry().starvedQuanta, rig.engine.telemetry().waitedQuanta};
}

}  // namespace

TEST_CASE("While stopped the engine asks for a second from the position, nearest first, each page once") {
  EngineRig rig = silentRig();
  rig.delivers = false;
  for (int track = 1; track <= 3; ++track) rig.addSource(track, Signal(songFrames, 0.1f));
  rig.trackPerSource();
  rig.seek(4096 * 20 + 100);
  rig.run(128 * 40);
  const std::vector<PageId> pages = requests(rig.engine);
  std::set<std::pair<int, int>> distinct;
  for (const PageId& page : pages) distinct.insert({page.source, page.index});
  CHECK(distinct.size() == pages.size());
  REQUIRE(pages.size() >= 3 * 12);
  for (int track = 1; track <= 3; ++track) {
    for (int index = 20; index <= 31; ++index) CHECK(distinct.contains({track, index}));
  }
  for (std::size_t i = 0; i < 36; ++i) CHECK(pages[i].index <= 20 + static_cast<int>(i) / 3 + 1);
  CHECK(requests(rig.engine).empty());
}

TEST_CASE("A start waits for its first pages, and then is exact") {
  EngineRig rig = silentRig();
  rig.delivers = false;
  const Signal sound = noise(songFrames, 5);
  rig.addSource(1, sound);
  rig.trackPerSource();
  rig.play();
  const Recording waiting = rig.run(1280);
  CHECK(waiting.tap().empty());
  CHECK(rig.engine.telemetry().holding == 1.0);
  CHECK(counts(rig).waited == 10.0);
  CHECK(counts(rig).starved == 0.0);
  rig.delivers = true;
  CHECK(rig.run(128).tapLeft == Signal(sound.begin(), sound.begin() + 128));
  CHECK(rig.engine.telemetry().holding == 0.0);
}

TEST_CASE("Starvation holds the transport, is counted, and loses no frame") {
  EngineRig rig = silentRig();
  const Signal sound = noise(songFrames, 6);
  rig.addSource(1, sound);
  rig.trackPerSource();
  rig.delivers = false;
  rig.play();
  std::array<PageId, 8> missing{};
  REQUIRE(rig.engine.missingPages(8192, missing) == 2);
  rig.deliverPage({1, 0});
  rig.deliverPage({1, 1});
  Recording out = rig.run(8192 + 640);
  CHECK(out.tap().size() == 2 * 8192);
  CHECK(counts(rig).starved == 5.0);
  CHECK(rig.engine.telemetry().positionFrames == 8192.0);
  rig.delivers = true;
  Signal tap = out.tap();
  const Signal more = rig.run(1024).tap();
  tap.insert(tap.end(), more.begin(), more.end());
  for (std::size_t i = 0; i < 8192 + 1024; ++i) REQUIRE(tap[2 * i] == sound[i]);
}

TEST_CASE("When sound runs out the monitor fades instead of breaking off") {
  EngineRig rig = silentRig();
  rig.addSource(1, sine(songFrames, 220.0 / 48000.0, 0.9));
  rig.trackPerSource();
  rig.delivers = false;
  rig.play();
  rig.run(128);
  rig.deliverPage({1, 0});
  rig.deliverPage({1, 1});
  Signal heard = rig.run(10000).monitorLeft;
  rig.delivers = true;
  const Signal back = rig.run(4000).monitorLeft;
  heard.insert(heard.end(), back.begin(), back.end());
  heard.erase(heard.begin(), heard.begin() + 200);
  CHECK(clickSize(heard) < 0.0005f);
}

TEST_CASE("A page that holds up the block is asked for first") {
  EngineRig rig = silentRig();
  rig.delivers = false;
  for (int track = 1; track <= 20; ++track) rig.addSource(track, Signal(songFrames, 0.1f));
  rig.trackPerSource();
  rig.run(128 * 20);  // much is asked for and not taken
  rig.param(1, StripParam::mute, 1.0);
  rig.clips(7, {{.source = 7, .offset = 300000, .length = 50000}});
  rig.play();
  rig.run(128);
  const std::vector<PageId> pages = requests(rig.engine);
  const auto urgent = std::find(pages.begin(), pages.end(), PageId{7, 300000 / 4096});
  CHECK(urgent - pages.begin() < 20);
}

TEST_CASE("Seek makes requests stale: they are forgotten, the flag goes up once, new ones are made") {
  EngineRig rig = silentRig();
  rig.delivers = false;
  rig.addSource(1, Signal(songFrames, 0.1f));
  rig.trackPerSource();
  rig.run(1024);
  const std::vector<PageId> before = requests(rig.engine);
  REQUIRE_FALSE(before.empty());
  rig.engine.takeFlush();
  rig.seek(200000);
  CHECK(rig.engine.takeFlush());
  CHECK_FALSE(rig.engine.takeFlush());
  CHECK(rig.engine.claimPage(before[0]) == nullptr);
  rig.run(1024);
  const std::vector<PageId> after = requests(rig.engine);
  REQUIRE_FALSE(after.empty());
  CHECK(after[0].index == 200000 / 4096);
}

TEST_CASE("A request that is not answered within a second is made again, not before") {
  EngineRig rig = silentRig();
  rig.delivers = false;
  rig.addSource(1, Signal(4096, 0.1f));
  rig.trackPerSource();
  rig.run(128);
  CHECK(requests(rig.engine).size() == 1);
  rig.run(40000);
  CHECK(requests(rig.engine).empty());
  rig.run(12000);
  CHECK(requests(rig.engine).size() == 1);
  rig.deliverPage({1, 0});
  rig.run(200000);
  CHECK(requests(rig.engine).empty());
}

TEST_CASE("Pages that nobody asked for, twice-delivered and foreign ones are turned away") {
  EngineRig rig = silentRig();
  rig.addSource(1, Signal(songFrames, 0.1f));
  rig.trackPerSource();
  rig.delivers = false;
  rig.run(128);
  CHECK(rig.engine.claimPage({1, 90}) == nullptr);
  CHECK(rig.engine.claimPage({42, 0}) == nullptr);
  CHECK(rig.engine.claimPage({-1, -1}) == nullptr);
  CHECK_FALSE(rig.engine.commitPage({1, 0}));
  REQUIRE(rig.deliverPage({1, 0}));
  CHECK_FALSE(rig.deliverPage({1, 0}));
  CHECK_FALSE(rig.engine.commitPage({1, 0}));
}

TEST_CASE("The start of the loop and the place where playing began stay in the cache") {
  EngineRig rig = silentRig(30);  // room for a second and little more
  const Signal sound = noise(songFrames, 9);
  rig.addSource(1, sound);
  rig.trackPerSource();
  rig.loop(50000, 350000);
  rig.seek(20000);
  rig.play();
  rig.run(200000);
  rig.run(8192);
  rig.delivers = false;
  rig.seek(50000);
  CHECK(rig.run(4096).tap().size() >= 2 * 3000);
  rig.seek(20000);
  CHECK(rig.run(4096).tap().size() >= 2 * 3000);
  CHECK(counts(rig).starved == 0.0);
}

TEST_CASE("The pages before a wrap of the loop are there in time") {
  EngineRig rig = silentRig();
  rig.addSource(1, noise(songFrames, 10));
  rig.trackPerSource();
  rig.loop(10000, 110000);
  rig.play();
  for (int quantum = 0; quantum < 3000; ++quantum) {
    for (const PageId& page : requests(rig.engine)) rig.deliverPage(page);
    rig.engine.process(128);
  }
  CHECK(counts(rig).starved == 0.0);
  CHECK(rig.engine.telemetry().advancedFrames >= 128.0 * 2998);
}

TEST_CASE("Deliveries that come late by a fixed time do not starve a second of read-ahead") {
  EngineRig rig = silentRig(1500);
  for (int track = 1; track <= 64; ++track)
    rig.addSource(track, Signal(songFrames, 0.01f), Signal(songFrames, 0.01f));
  rig.trackPerSource();
  rig.delivers = false;
  std::vector<std::vector<PageId>> onTheWay;
  const std::size_t delay = 100;  // quanta, about a quarter of a second
  const auto quantum = [&] {
    onTheWay.push_back(requests(rig.engine));
    if (onTheWay.size() > delay) {
      for (const PageId& page : onTheWay[onTheWay.size() - 1 - delay]) rig.deliverPage(page);
    }
    rig.engine.process(128);
  };
  for (int i = 0; i < 300; ++i) quantum();
  rig.play();
  for (int i = 0; i < 2500; ++i) quantum();
  CHECK(counts(rig).starved == 0.0);
  CHECK(counts(rig).waited == 0.0);
}

TEST_CASE("A cache with little more than what sounds at once still plays everything") {
  EngineRig rig = silentRig(40);
  std::vector<Signal> sounds;
  for (int track = 1; track <= 16; ++track) {
    sounds.push_back(noise(60000, static_cast<unsigned>(track)));
    rig.addSource(track, sounds.back());
  }
  rig.trackPerSource();
  rig.delivers = false;
  rig.play();
  std::size_t advanced = 0;
  for (int quantum = 0; quantum < 4000 && advanced < 60000; ++quantum) {
    std::array<PageId, 8> few{};
    const std::size_t count = rig.engine.takeRequests(few);
    for (std::size_t i = 0; i < count; ++i) rig.deliverPage(few[i]);
    advanced += rig.engine.process(128);
  }
  CHECK(advanced >= 60000);
}

TEST_CASE(
    "Asked offline, the engine names all pages of the next stretch, and only those of tracks that are "
    "heard") {
  EngineRig rig = silentRig();
  rig.addSource(1, Signal(songFrames, 0.1f));
  rig.addSource(2, Signal(songFrames, 0.1f));
  rig.trackPerSource();
  rig.param(2, StripParam::mute, 1.0);
  rig.delivers = false;
  rig.seek(4000);
  rig.play();
  std::array<PageId, 64> pages{};
  const std::size_t count = rig.engine.missingPages(4096 * 5, pages);
  REQUIRE(count == 6);
  for (std::size_t i = 0; i < count; ++i) {
    CHECK(pages[i] == PageId{1, static_cast<int>(i)});
    rig.deliverPage(pages[i]);
  }
  CHECK(rig.engine.missingPages(4096 * 5, pages) == 0);
  CHECK(rig.run(4096 * 5).tap().size() == 2 * 4096 * 5);
  CHECK(counts(rig).waited == 0.0);
  CHECK(rig.engine.missingPages(4096 * 1000, std::span(pages).first(3)) == 3);
}

TEST_CASE("No number, infinite and absurd samples become silence and are reported, the rest plays on") {
  EngineRig rig;
  Signal sound(20000, 0.5f);
  sound[100] = std::numeric_limits<float>::quiet_NaN();
  sound[101] = std::numeric_limits<float>::infinity();
  sound[102] = -std::numeric_limits<float>::infinity();
  sound[103] = 3e38f;
  rig.addSource(1, sound);
  rig.addSource(2, Signal(20000, 0.25f));
  rig.trackPerSource();
  rig.play();
  const Recording out = rig.run(4000);
  for (std::size_t i = 0; i < 4000; ++i) REQUIRE(out.tapLeft[i] == (i >= 100 && i <= 103 ? 0.25f : 0.75f));
  CHECK(rig.engine.levels()[1].flags == 2.0f);
  CHECK(rig.engine.levels()[2].flags == 0.0f);
  rig.run(4096);  // past the page
  rig.command(Opcode::resetPeaks, {-1});
  rig.run(128);
  CHECK(rig.engine.levels()[1].flags == 0.0f);
}

TEST_CASE("A source that is removed takes its pages along") {
  EngineRig rig = silentRig(8);
  rig.delivers = false;
  rig.addSource(1, Signal(songFrames, 0.5f));
  rig.trackPerSource();
  rig.run(128);
  rig.deliverPage({1, 0});
  rig.command(Opcode::sourceRemove, {1});
  rig.command(Opcode::sourceAdd, {1, 1, 4096});
  rig.play();
  rig.run(128);
  CHECK(rig.engine.telemetry().holding == 1.0);
}
