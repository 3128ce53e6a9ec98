#include "demo/demo_stem.h"

#include <catch2/catch_test_macros.hpp>
#include <cstdio>
#include <set>

#include "demo/noise.h"
#include "rendered.h"

using namespace mixwell::demo;

namespace {

std::vector<float> renderInPieces(Stem stem, std::int64_t frames, std::uint32_t seed) {
  Noise chance(seed);
  DemoStem source(stem, kTestRateHz);
  std::vector<float> samples(static_cast<std::size_t>(frames * source.channels()));
  for (std::int64_t at = 0; at < frames;) {
    const std::int64_t piece = std::min(frames - at, static_cast<std::int64_t>(chance.uniform() * 700.0));
    float* right = source.channels() == 2 ? samples.data() + frames + at : nullptr;
    REQUIRE(source.render(samples.data() + at, right, piece) == piece);
    at += piece;
  }
  return samples;
}

}  // namespace

TEST_CASE("a stem's samples do not depend on the sizes of the calls", "[demo]") {
  constexpr std::int64_t kFrames = 500'000;
  for (const Track& track : songTracks()) {
    INFO(track.name);
    DemoStem source(track.stem, kTestRateHz);
    std::vector<float> whole(static_cast<std::size_t>(kFrames * source.channels()));
    source.render(whole.data(), source.channels() == 2 ? whole.data() + kFrames : nullptr, kFrames);
    CHECK(whole == renderInPieces(track.stem, kFrames, 7));
    CHECK(source.position() == kFrames);
  }
}

TEST_CASE("a stem ends where its last take ends, and gives nothing after that", "[demo]") {
  for (const Track& track : songTracks()) {
    INFO(track.name);
    DemoStem source(track.stem, 44100.0);
    CHECK(source.frames() == takeStartsOf(track, 44100.0).back());
    CHECK(source.channels() == track.channels);
  }
  DemoStem perc(Stem::perc, 44100.0);
  std::vector<float> samples(static_cast<std::size_t>(perc.frames()) + 100);
  CHECK(perc.render(samples.data(), nullptr, perc.frames() + 100) == perc.frames());
  CHECK(perc.render(samples.data(), nullptr, 100) == 0);
}

TEST_CASE("every sample of the song is a normal number or zero", "[demo]") {
  for (const Track& track : songTracks()) {
    INFO(track.name);
    CHECK(factsOf(track.stem).notFinite == 0);
    CHECK(factsOf(track.stem).subnormal == 0);
  }
}

TEST_CASE("stems leave headroom: peaks between -9 and -3 dBFS, no DC above -60 dB", "[demo]") {
  for (const Track& track : songTracks()) {
    INFO(track.name << " peaks at " << decibels(factsOf(track.stem).peak) << " dBFS");
    CHECK(decibels(factsOf(track.stem).peak) < -3.0);
    CHECK(decibels(factsOf(track.stem).peak) > -9.0);
    CHECK(decibels(factsOf(track.stem).dc) < -60.0);
  }
}

TEST_CASE("stems keep to the same peaks at the other sample rates", "[demo]") {
  // The noise is drawn a sample at a time, so that rates differ in detail; loudness must not.
  for (const Track& track : songTracks()) {
    const StemFacts facts = measure(renderStem(track.stem, 44100.0));
    INFO(track.name << " peaks at " << decibels(facts.peak) << " dBFS");
    CHECK(decibels(facts.peak) < -3.0);
    CHECK(decibels(facts.peak) > -9.0);
    CHECK(std::abs(10.0 * std::log10(facts.meanSquare / factsOf(track.stem).meanSquare)) < 0.8);
  }
}

TEST_CASE("drums are as peaky as microphones find them, held sounds are not", "[demo]") {
  const auto crestDb = [](Stem stem) {
    const StemFacts& facts = factsOf(stem);
    const double channels = songTrack(stem).channels;
    return decibels(facts.peak) - 10.0 * std::log10(facts.meanSquare / channels);
  };
  CHECK(crestDb(Stem::kick) > 12.0);
  CHECK(crestDb(Stem::snare) > 18.0);
  CHECK(crestDb(Stem::hats) > 18.0);
  CHECK(crestDb(Stem::pad) < 16.0);
  CHECK(crestDb(Stem::bass) < 16.0);
}

TEST_CASE("no two stems are alike, and stereo stems are not mono", "[demo]") {
  std::set<std::uint32_t> hashes;
  for (const Track& track : songTracks()) {
    INFO(track.name);
    hashes.insert(factsOf(track.stem).hash);
    const double side =
        10.0 * std::log10(factsOf(track.stem).difference / factsOf(track.stem).meanSquare + 1e-12);
    CHECK((track.channels == 2 ? side > -24.0 : factsOf(track.stem).difference == 0.0));
  }
  CHECK(hashes.size() == kStemCount);
}

// Hidden: prints what tests/web/engine/demoSong.test.ts holds against the hashes of the wasm module.
TEST_CASE("hashes of the stems, native", "[.demo-hashes]") {
  for (const Track& track : songTracks())
    std::printf("demo-hash %s: %08x\n", track.name, factsOf(track.stem).hash);
}
