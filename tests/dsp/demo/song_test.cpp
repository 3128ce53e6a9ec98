#include "demo/song.h"

#include <catch2/catch_test_macros.hpp>
#include <string>

#include "demo/song_json.h"
#include "rendered.h"

using namespace mixwell::demo;

namespace {

constexpr double kQuiet = 0.001;  // -60 dBFS
constexpr std::int64_t kShort = 240;

/// Whether another clip of the track carries the same sound on, or brought it here.
bool isContinued(const Track& track, const Clip& clip, double bar) {
  for (const Clip& other : track.clips) {
    if (&other != &clip && other.take == clip.take && (other.startBar == bar || other.endBar == bar))
      return true;
  }
  return false;
}

}  // namespace

TEST_CASE("the song is 32 bars of 4/4 at 96 bpm, 80 seconds and the tails", "[demo]") {
  CHECK(frameOfBar(kEndBar, 48000.0) == 80 * 48000);
  CHECK(frameOfBar(kEndBar, 44100.0) == 80 * 44100);
  double last = 0.0;
  for (const Track& track : songTracks()) {
    for (const Clip& clip : track.clips) last = std::max(last, clip.endBar);
  }
  CHECK(last == kTailEndBar);
  double bar = 1.0;
  for (const Section& section : songSections()) {
    CHECK(section.startBar == bar);
    bar = section.endBar;
  }
  CHECK(bar == kEndBar);
}

TEST_CASE("tracks stand in the order of their numbers and begin with their first clip", "[demo]") {
  int number = 0;
  for (const Track& track : songTracks()) {
    INFO(track.name);
    CHECK(static_cast<int>(track.stem) == number++);
    CHECK(sourceFrame(track, track.clips.front(), track.clips.front().startBar, 48000.0) == 0);
  }
  CHECK(number == kStemCount);
}

TEST_CASE("clips lie within their takes, and their fades within them", "[demo]") {
  for (const Track& track : songTracks()) {
    for (const Clip& clip : track.clips) {
      INFO(track.name << ": " << clip.name << " at " << clip.startBar);
      const Take& take = track.takes[static_cast<std::size_t>(clip.take)];
      CHECK(clip.startBar >= take.startBar);
      CHECK(clip.endBar <= take.endBar);
      CHECK(clip.fadeInBars + clip.fadeOutBars <= clip.endBar - clip.startBar);
    }
  }
}

TEST_CASE("no clip's edge cuts into a sound", "[demo]") {
  for (const Track& track : songTracks()) {
    for (const Clip& clip : track.clips) {
      INFO(track.name << ": " << clip.name << " at " << clip.startBar);
      const StemFacts& facts = factsOf(track.stem);
      const std::int64_t start = sourceFrame(track, clip, clip.startBar, kTestRateHz);
      const std::int64_t end = sourceFrame(track, clip, clip.endBar, kTestRateHz);
      const bool startsClean = clip.fadeInBars > 0.0 || facts.peakBetween(start - kShort, start) < kQuiet;
      const bool endsClean = clip.fadeOutBars > 0.0 || facts.peakBetween(end - kShort, end) < kQuiet;
      CHECK((startsClean || isContinued(track, clip, clip.startBar)));
      CHECK((endsClean || isContinued(track, clip, clip.endBar)));
    }
  }
}

TEST_CASE("every clip sounds, and a stem is silent between its clips but for the breath before a phrase",
          "[demo]") {
  constexpr std::int64_t kRing = 48000;
  constexpr std::int64_t kBreath = 28800;
  for (const Track& track : songTracks()) {
    const StemFacts& facts = factsOf(track.stem);
    const Clip* before = nullptr;
    for (const Clip& clip : track.clips) {
      INFO(track.name << ": " << clip.name << " at " << clip.startBar);
      const std::int64_t start = sourceFrame(track, clip, clip.startBar, kTestRateHz);
      CHECK(facts.peakBetween(start, start + 5 * 48000) > 0.03);
      if (before != nullptr && before->take == clip.take && before->endBar < clip.startBar) {
        const std::int64_t from = sourceFrame(track, *before, before->endBar, kTestRateHz) + kRing;
        CHECK(facts.peakBetween(from, start - kBreath) < 0.0001);
      }
      before = &clip;
    }
  }
}

TEST_CASE("the tails have died away where the source files end", "[demo]") {
  for (const Track& track : songTracks()) {
    INFO(track.name);
    const StemFacts& facts = factsOf(track.stem);
    // Held sounds and the sea are faded by their clips instead.
    if (track.clips.back().fadeOutBars >= 1.0) continue;
    CHECK(facts.peakBetween(facts.frames - kShort, facts.frames) < kQuiet);
  }
}

TEST_CASE("the description speaks the document's words in frames", "[demo]") {
  const std::string json = describeSong(44100.0);
  const auto holds = [&json](const char* text) { return json.find(text) != std::string::npos; };
  CHECK(holds(
      R"({"name":"Glass Harbour","sampleRateHz":44100,"tempo":{"bpm":96,"beatsPerBar":4,"beatUnit":4})"));
  CHECK(holds(R"("master":{"params":{"volumeDb":-3}},"markers":[{"name":"Intro",)"));
  CHECK(holds(R"({"name":"Verse","startFrame":441000,"endFrame":1323000})"));
  CHECK(holds(R"("name":"Lead chorus, take 4","startFrame":1323000)"));
  CHECK(holds(R"("gainDb":-1.5,)"));
  CHECK(holds(R"({"name":"Harmonies","kind":"backing","colour":"mauve","channels":1,)"));
  CHECK(json.back() == '}');
}
