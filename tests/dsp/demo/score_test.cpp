#include "demo/score.h"

#include <catch2/catch_approx.hpp>
#include <catch2/catch_test_macros.hpp>
#include <cmath>

#include "demo/harmony.h"
#include "rendered.h"
#include "support/spectrum.h"

using namespace mixwell::demo;

namespace {

/// Frames at which the sound jumps by 12 dB over what it was in the 30 ms before.
std::vector<std::int64_t> onsetsOf(const StemFacts& facts) {
  constexpr std::size_t kLookback = 30;
  std::vector<std::int64_t> onsets;
  for (std::size_t i = 0; i < facts.envelope.size(); ++i) {
    double before = 0.001;
    for (std::size_t k = i > kLookback ? i - kLookback : 0; k < i; ++k)
      before = std::max(before, facts.envelope[k]);
    if (facts.envelope[i] > 4.0 * before) onsets.push_back(static_cast<std::int64_t>(i) * kEnvelopeStep);
  }
  return onsets;
}

/// Milliseconds to the nearest sixteenth of the swung grid.
double offGridMs(double seconds) {
  const auto nearest = static_cast<int>(seconds / kSecondsPerBeat * 4.0);
  double best = 1e9;
  for (int step = nearest - 1; step <= nearest + 2; ++step) {
    best = std::min(best, std::abs(secondsOfBeat(step * 0.25) - seconds));
  }
  return best * 1000.0;
}

/// Share of the power below 1.2 kHz that lies in the chord's pitch classes, over one half bar.
double chordShare(const std::vector<float>& samples, std::int64_t from, const Chord& chord) {
  constexpr std::size_t kSize = 65536;
  constexpr std::size_t kHalfBar = 60000;
  constexpr std::size_t kAttack = 5000;  // the last chord still rings
  std::vector<double> window(kSize, 0.0);
  for (std::size_t i = kAttack; i < kHalfBar; ++i) {
    const auto at = static_cast<std::size_t>(from) + i;
    if (at < samples.size()) window[i] = static_cast<double>(samples[at]);
  }
  const std::vector<double> power = mixwell::test::powerSpectrum(window);
  double inside = 0.0;
  double all = 0.0;
  for (std::size_t bin = 0; bin < power.size(); ++bin) {
    const double hz = static_cast<double>(bin) * kTestRateHz / kSize;
    if (hz < 60.0 || hz > 1200.0) continue;
    const int pitch = static_cast<int>(std::lround(69.0 + 12.0 * std::log2(hz / 440.0)));
    all += power[bin];
    if (isChordTone(chord, pitch)) inside += power[bin];
  }
  return inside / all;
}

/// Fundamental by the autocorrelation's highest peak between 150 and 800 Hz, in MIDI pitch.
double pitchAt(const std::vector<float>& samples, std::int64_t centre) {
  constexpr std::int64_t kHalf = 2400;
  double best = 0.0;
  double lagOfBest = 1.0;
  std::vector<double> score(321, 0.0);
  for (std::int64_t lag = 60; lag <= 320; ++lag) {
    double product = 0.0;
    double power = 1e-12;
    for (std::int64_t i = centre - kHalf; i < centre + kHalf; ++i) {
      const double a = samples[static_cast<std::size_t>(i)];
      const double b = samples[static_cast<std::size_t>(i + lag)];
      product += a * b;
      power += 0.5 * (a * a + b * b);
    }
    score[static_cast<std::size_t>(lag)] = product / power;
    best = std::max(best, product / power);
  }
  for (std::size_t lag = 61; lag < 320;
       ++lag) {  // the shortest period that is nearly as good: no octave errors
    const bool top = score[lag] >= score[lag - 1] && score[lag] >= score[lag + 1];
    if (!top || score[lag] < 0.96 * best) continue;
    const double bend = score[lag - 1] - 2.0 * score[lag] + score[lag + 1];
    lagOfBest = static_cast<double>(lag) + 0.5 * (score[lag - 1] - score[lag + 1]) / bend;
    break;
  }
  return 69.0 + 12.0 * std::log2(kTestRateHz / lagOfBest / 440.0);
}

}  // namespace

TEST_CASE("off sixteenths are late by the swing, eighths are straight", "[demo]") {
  CHECK(secondsOfBeat(0.0) == 0.0);
  CHECK(secondsOfBeat(1.5) == Catch::Approx(1.5 * kSecondsPerBeat));
  CHECK(secondsOfBeat(0.25) == Catch::Approx(0.5 * kSwing * kSecondsPerBeat));
  CHECK(secondsOfBeat(7.75) == Catch::Approx((7.5 + 0.5 * kSwing) * kSecondsPerBeat));
}

TEST_CASE("parts are written in order, within the song, at playable velocities", "[demo]") {
  for (const Track& track : songTracks()) {
    INFO(track.name);
    const Part part = composeStem(track.stem);
    CHECK(part.size() >= 8);
    double last = 0.0;
    for (const Note& note : part) {
      CHECK(note.beat >= last);
      last = note.beat;
      CHECK((note.beats > 0.0 && note.beat < 128.0));
      CHECK((note.velocity > 0.0 && note.velocity <= 1.0));
    }
  }
}

TEST_CASE("the scale walks in D major", "[demo]") {
  CHECK(diatonicStep(74, -2) == 71);  // D to B
  CHECK(diatonicStep(73, 1) == 74);   // C sharp to D
  CHECK(diatonicStep(62, -1) == 61);
  CHECK(diatonicStep(69, -5) == 61);  // a sixth below A
  CHECK(isInScale(66));
  CHECK_FALSE(isInScale(65));
}

TEST_CASE("kicks fall on the swung grid, and on every downbeat", "[demo]") {
  const Track& track = songTrack(Stem::kick);
  const auto onsets = onsetsOf(factsOf(Stem::kick));
  const double first = (track.takes.front().startBar - 1.0) * kBeatsPerBar * kSecondsPerBeat;
  REQUIRE(onsets.size() > 60);
  std::vector<bool> downbeat(33, false);
  for (const std::int64_t onset : onsets) {
    const double seconds = first + static_cast<double>(onset) / kTestRateHz;
    INFO(seconds << " s");
    CHECK(offGridMs(seconds) < 8.0);
    const double bar = seconds / (kBeatsPerBar * kSecondsPerBeat);
    if (std::abs(bar - std::round(bar)) < 0.004) downbeat[static_cast<std::size_t>(std::lround(bar))] = true;
  }
  for (std::size_t bar = 4; bar < 32; ++bar) {
    INFO("bar " << bar + 1);
    CHECK(downbeat[bar] == (bar < 20 || bar >= 24));
  }
}

TEST_CASE("Rhodes and pad sound the written chords", "[demo]") {
  for (const Stem stem : {Stem::rhodes, Stem::pad}) {
    const Rendered rendered = renderStem(stem, kTestRateHz);
    const Track& track = songTrack(stem);
    for (int half = 0; half < 64; ++half) {
      const double bar = 1.0 + half * 0.5;
      const Clip& clip = bar >= track.clips.back().startBar + 0.5 ? track.clips.back() : track.clips.front();
      INFO(track.name << ", bar " << bar << ", " << chordAt(half * 2.0).name);
      const std::int64_t from = sourceFrame(track, clip, bar, kTestRateHz);
      CHECK(chordShare(rendered.left, from, chordAt(half * 2.0)) > 0.88);
    }
  }
}

TEST_CASE("the lead sings its melody in tune", "[demo]") {
  const Rendered rendered = renderStem(Stem::lead, kTestRateHz);
  const Track& track = songTrack(Stem::lead);
  int measured = 0;
  for (const Note& note : composeLead()) {
    if (note.beats < 0.9) continue;
    const Clip& clip = track.clips[note.take == 0 ? 0 : 1];
    const double seconds = secondsOfBeat(note.beat) + 0.5 * note.beats * kSecondsPerBeat;
    const std::int64_t centre =
        sourceFrame(track, clip, 1.0 + seconds / kSecondsPerBeat / kBeatsPerBar, kTestRateHz);
    INFO("beat " << note.beat << ", " << note.syllable);
    CHECK(std::abs(pitchAt(rendered.left, centre) - note.pitch) < 0.5);
    ++measured;
  }
  CHECK(measured > 40);
}

TEST_CASE("harmonies sing thirds to sixths below the lead, in the choruses only", "[demo]") {
  const Part lead = composeLead();
  for (const Note& harmony : composeHarmonies()) {
    const double bar = 1.0 + harmony.beat / kBeatsPerBar;
    CHECK(((bar >= 13.0 && bar < 21.0) || (bar >= 25.0 && bar < 33.0)));
    for (const Note& note : lead) {
      if (note.beat != harmony.beat) continue;
      const double interval = note.pitch - harmony.pitch;
      INFO("beat " << note.beat);
      CHECK((interval >= 1.0 && interval <= 11.0));
      CHECK(isInScale(static_cast<int>(harmony.pitch)));
    }
  }
}
