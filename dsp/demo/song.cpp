#include "demo/song.h"

#include <array>
#include <cmath>

namespace mixwell::demo {

namespace {

constexpr std::array kDrumTake{Take{5, 33.5}};
constexpr std::array kHatTake{Take{3, 33.6}};
constexpr std::array kPercTake{Take{13, 33.25}};
constexpr std::array kBassTake{Take{5, 33.5}};
constexpr std::array kRhodesTake{Take{1, 33.6}};
constexpr std::array kGuitarTake{Take{9, 33.5}};
constexpr std::array kPadTakes{Take{1, 14.5}, Take{12.75, 33.6}};
constexpr std::array kLeadTakes{Take{5, 13.25}, Take{13, 33.5}};
constexpr std::array kBackingTake{Take{13, 33.5}};
constexpr std::array kAmbienceTakes{Take{1, 22.25}, Take{20.25, 33.6}};

constexpr std::array kKickClips{Clip{"Kick", 0, 5, 21, 0, 0, 0}, Clip{"Kick", 0, 25, 33, 0, 0, 0}};
constexpr std::array kSnareClips{Clip{"Snare", 0, 5, 21, 0, 0, 0}, Clip{"Snare", 0, 25, 33, 0, 0, 0}};
constexpr std::array kHatClips{Clip{"Hats", 0, 3, 21, 0.6, 0.05, 0}, Clip{"Hats", 0, 25, 33.6, 0, 0.4, 0}};
constexpr std::array kPercClips{Clip{"Shaker", 0, 13, 21, 0, 0.02, 0}, Clip{"Shaker", 0, 25, 33, 0, 1, 0}};
constexpr std::array kBassClips{Clip{"Bass", 0, 5, 23, 0, 0.5, 0}, Clip{"Bass", 0, 25, 33.25, 0, 0.25, 0}};
constexpr std::array kRhodesClips{Clip{"Rhodes", 0, 1, 13, 0, 0, 0},
                                  Clip{"Rhodes chorus", 0, 13, 33.6, 0, 2, 0}};
constexpr std::array kGuitarClips{Clip{"Guitar take 2", 0, 9, 21, 0, 0.05, 0},
                                  Clip{"Guitar take 2", 0, 25, 33.25, 0, 1.25, 0}};
constexpr std::array kPadClips{Clip{"Pad low", 0, 1, 14.2, 2.5, 1.4, 0},
                               Clip{"Pad high", 1, 12.8, 33.6, 1.4, 2.5, 0}};
constexpr std::array kLeadClips{
    Clip{"Lead verse", 0, 5, 13.2, 0.1, 0.1, 0}, Clip{"Lead chorus, take 4", 1, 13, 21.05, 0.02, 0.1, -1.5},
    Clip{"Lead bridge", 1, 21.05, 25, 0.05, 0.1, 0}, Clip{"Lead chorus 2", 1, 25, 33.25, 0.02, 0.8, 0}};
constexpr std::array kDoubleClips{Clip{"Doubles", 0, 13, 21, 0.02, 0.1, 0},
                                  Clip{"Doubles", 0, 25, 33.25, 0.02, 1, 0}};
constexpr std::array kHarmonyClips{Clip{"Harmonies", 0, 13, 21, 0.02, 0.1, 0},
                                   Clip{"Harmonies", 0, 25, 33.25, 0.02, 1, 0}};
constexpr std::array kAmbienceClips{Clip{"Room and rain", 0, 1, 22, 3, 2, 0},
                                    Clip{"Tape noise", 1, 20.4, 33.6, 1.6, 3, 0}};

constexpr std::array<Track, kStemCount> kTracks{{
    {Stem::kick, "Kick", "drums", "coral", 1, -7.6, 0, 0, kDrumTake, kKickClips},
    {Stem::snare, "Snare", "drums", "coral", 1, -7.1, 0, 0, kDrumTake, kSnareClips},
    {Stem::hats, "Hats", "drums", "apricot", 2, -7.5, -3, 0, kHatTake, kHatClips},
    {Stem::perc, "Perc", "percussion", "apricot", 1, -5.5, -5, -40, kPercTake, kPercClips},
    {Stem::bass, "Bass", "bass", "ochre", 1, -8.5, 0, 0, kBassTake, kBassClips},
    {Stem::rhodes, "Rhodes", "keys", "jade", 2, -11.6, -3, 0, kRhodesTake, kRhodesClips},
    {Stem::guitar, "Guitar", "guitar", "sage", 1, -6.8, 0, 30, kGuitarTake, kGuitarClips},
    {Stem::pad, "Pad", "synth", "sky", 2, -6.9, -6, 0, kPadTakes, kPadClips},
    {Stem::lead, "Lead Vocal", "voice", "violet", 1, -3.3, 0, 0, kLeadTakes, kLeadClips},
    {Stem::doubles, "Doubles", "backing", "mauve", 1, -0.6, -8, -30, kBackingTake, kDoubleClips},
    {Stem::harmonies, "Harmonies", "backing", "mauve", 1, -2.5, -7, 30, kBackingTake, kHarmonyClips},
    {Stem::ambience, "Ambience", "effects", "slate", 2, 2.5, -12, 0, kAmbienceTakes, kAmbienceClips},
}};

constexpr std::array kSections{Section{"Intro", 1, 5}, Section{"Verse", 5, 13}, Section{"Chorus", 13, 21},
                               Section{"Bridge", 21, 25}, Section{"Chorus 2", 25, 33}};

}  // namespace

std::span<const Track> songTracks() noexcept {
  return kTracks;
}

const Track& songTrack(Stem stem) noexcept {
  return kTracks[static_cast<std::size_t>(stem)];
}

std::span<const Section> songSections() noexcept {
  return kSections;
}

std::int64_t frameOfBar(double bar, double sampleRateHz) noexcept {
  return std::llround((bar - 1.0) * kBeatsPerBar * kSecondsPerBeat * sampleRateHz);
}

}  // namespace mixwell::demo
