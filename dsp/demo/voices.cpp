#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "demo/instrument.h"
#include "demo/singer.h"
#include "demo/tone_filters.h"

namespace mixwell::demo {

namespace {

std::vector<TimedNote> notesOf(std::span<const TimedNote> part, int singer) {
  std::vector<TimedNote> own;
  std::copy_if(part.begin(), part.end(), std::back_inserter(own),
               [singer](const TimedNote& timed) { return timed.note.singer == singer; });
  return own;
}

/// The compressor a voice is recorded through: about 2 to 1 at a strength of 0.5, one gain a block.
class Leveller {
 public:
  Leveller(float strength, double sampleRateHz)
      : strength_(strength),
        attack_(slewFactor(0.015, sampleRateHz / kBlockFrames)),
        release_(slewFactor(0.18, sampleRateHz / kBlockFrames)) {}

  void reset() noexcept {
    power_ = 0.0f;
    gain_ = 1.0f;
  }

  void process(float* samples) noexcept {
    float sum = 0.0f;
    for (int i = 0; i < kBlockFrames; ++i) sum += samples[i] * samples[i];
    const float now = sum / kBlockFrames;
    power_ += (now > power_ ? attack_ : release_) * (now - power_);
    flushTiny(power_);
    const float over = std::sqrt(power_ / kThreshold) - 1.0f;
    const float target = over > 0.0f ? 1.0f / (1.0f + strength_ * over) : 1.0f;
    for (int i = 0; i < kBlockFrames; ++i) {
      const float t = static_cast<float>(i + 1) / kBlockFrames;
      samples[i] *= gain_ + t * (target - gain_);
    }
    gain_ = target;
  }

 private:
  static constexpr float kThreshold = 0.01f;  ///< power, -20 dBFS

  float strength_;
  float attack_;
  float release_;
  float power_ = 0.0f;
  float gain_ = 1.0f;
};

class Voices final : public Instrument {
 public:
  Voices(std::span<const Singer::Character> characters, float levelling, double sampleRateHz,
         std::span<const TimedNote> part)
      : leveller_(levelling, sampleRateHz) {
    int index = 0;
    for (const Singer::Character& character : characters) {
      singers_.emplace_back(character, sampleRateHz, notesOf(part, index));
      ++index;
    }
  }

  void beginTake(int) override {
    for (Singer& singer : singers_) singer.reset();
    leveller_.reset();
  }

  void strike(const TimedNote&, int) override {}

  void render(float* left, float*) override {
    std::array<float, kBlockFrames> sum{};
    for (Singer& singer : singers_) singer.render(frame_, sum.data());
    leveller_.process(sum.data());
    for (std::size_t i = 0; i < sum.size(); ++i) left[i] += sum[i];
    frame_ += kBlockFrames;
  }

 private:
  std::vector<Singer> singers_;
  Leveller leveller_;
  std::int64_t frame_ = 0;
};

constexpr std::array kLead{Singer::Character{.seed = 91,
                                             .formantScale = 1.0,
                                             .breath = 1.0,
                                             .scoopSemitones = 1.1,
                                             .vibratoSemitones = 0.3,
                                             .consonants = 1.0}};
constexpr std::array kDoubles{Singer::Character{.seed = 95,
                                                .formantScale = 1.03,
                                                .breath = 1.5,
                                                .scoopSemitones = 0.7,
                                                .vibratoSemitones = 0.2,
                                                .consonants = 0.5}};
constexpr std::array kHarmonies{Singer::Character{.seed = 191,
                                                  .formantScale = 0.96,
                                                  .breath = 1.4,
                                                  .scoopSemitones = 0.5,
                                                  .vibratoSemitones = 0.22,
                                                  .consonants = 0.4},
                                Singer::Character{.seed = 195,
                                                  .formantScale = 0.91,
                                                  .breath = 1.4,
                                                  .scoopSemitones = 0.5,
                                                  .vibratoSemitones = 0.2,
                                                  .consonants = 0.4}};

}  // namespace

std::unique_ptr<Instrument> makeSinger(Stem stem, double sampleRateHz, std::span<const TimedNote> part) {
  std::span<const Singer::Character> characters = kLead;
  if (stem == Stem::doubles) characters = kDoubles;
  if (stem == Stem::harmonies) characters = kHarmonies;
  const float levelling = stem == Stem::lead ? 0.3f : 0.4f;
  return std::make_unique<Voices>(characters, levelling, sampleRateHz, part);
}

}  // namespace mixwell::demo
