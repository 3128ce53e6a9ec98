#include "demo/sung_line.h"

#include <algorithm>
#include <string_view>

namespace mixwell::demo {

namespace {

constexpr double kPhraseGapS = 0.14;
constexpr double kBreathGapS = 0.42;
constexpr double kInhaleS = 0.34;
constexpr double kClosureMs = 42.0;

struct Syllable {
  std::string_view onset;
  std::string_view nucleus;
  std::string_view coda;
};

Syllable split(std::string_view text) {
  const auto isVowel = [](char code) { return phoneme(code).vowel; };
  const auto first = std::find_if(text.begin(), text.end(), isVowel);
  const auto last = std::find_if_not(first, text.end(), isVowel);
  const auto a = static_cast<std::size_t>(first - text.begin());
  const auto b = static_cast<std::size_t>(last - text.begin());
  return {text.substr(0, a), text.substr(a, b - a), text.substr(b)};
}

bool isStop(char code) {
  return code == 't' || code == 'k' || code == 'd' || code == 'g';
}

class LineWriter {
 public:
  LineWriter(SungLine& line, double rateHz) : line_(line), rateHz_(rateHz) {}

  std::int64_t frames(double ms) const { return static_cast<std::int64_t>(ms * 0.001 * rateHz_); }

  std::int64_t length(std::string_view consonants) const {
    std::int64_t sum = 0;
    for (const char code : consonants) sum += frames(phoneme(code).ms + (isStop(code) ? kClosureMs : 0.0));
    return sum;
  }

  void put(std::int64_t frame, char code, double ease = 1.0) {
    const std::int64_t last = line_.articulations.empty() ? 0 : line_.articulations.back().frame;
    line_.articulations.push_back({std::max(frame, last), &phoneme(code), ease});
  }

  /// A stop is a closure, then its burst.
  void putConsonants(std::int64_t frame, std::string_view consonants) {
    for (const char code : consonants) {
      if (isStop(code)) {
        put(frame, code == 'd' || code == 'g' ? 'b' : ' ');
        frame += frames(kClosureMs);
      }
      put(frame, code);
      frame += frames(phoneme(code).ms);
    }
  }

 private:
  SungLine& line_;
  double rateHz_;
};

}  // namespace

SungLine::SungLine(std::span<const TimedNote> part, double sampleRateHz) {
  LineWriter writer(*this, sampleRateHz);
  const auto phraseGap = static_cast<std::int64_t>(kPhraseGapS * sampleRateHz);
  const auto breathGap = static_cast<std::int64_t>(kBreathGapS * sampleRateHz);
  std::int64_t lastEnd = -breathGap * 2;
  for (std::size_t i = 0; i < part.size(); ++i) {
    const TimedNote& timed = part[i];
    const Syllable syllable = split(timed.note.syllable);
    const std::int64_t onsetFrame = timed.frame - writer.length(syllable.onset);
    const std::int64_t written = timed.frame + timed.frames;
    const bool last = i + 1 == part.size();
    const bool closes = last || part[i + 1].frame - written > phraseGap;
    const bool opens = timed.frame - lastEnd > phraseGap;

    if (timed.frame - lastEnd > breathGap) {
      writer.put(onsetFrame - writer.frames(kInhaleS * 1000.0 + 50.0), 'h', 0.26);
      writer.put(onsetFrame - writer.frames(50.0), ' ');
    }
    writer.putConsonants(onsetFrame, syllable.onset);

    std::int64_t end = written;
    if (!closes) end = part[i + 1].frame - writer.length(split(part[i + 1].note.syllable).onset);
    const std::int64_t coda = std::max(end - writer.length(syllable.coda), timed.frame + writer.frames(60.0));
    const auto glide = timed.frame + (coda - timed.frame) * 55 / 100;
    writer.put(timed.frame, syllable.nucleus.front());
    if (syllable.nucleus.size() > 1) writer.put(glide, syllable.nucleus[1]);
    writer.putConsonants(coda, syllable.coda);
    if (closes) writer.put(coda + writer.length(syllable.coda), ' ');

    notes.push_back({timed.frame, end, timed.note.pitch, timed.note.velocity, opens, closes});
    lastEnd = written;
  }
}

}  // namespace mixwell::demo
