#include "demo/singer.h"

#include <algorithm>
#include <cmath>

namespace mixwell::demo {

namespace {

constexpr float kLevel = 0.4f;

double towards(double value, double target, double seconds, double blockS) noexcept {
  const double moved = value + static_cast<double>(slewFactor(seconds, 1.0 / blockS)) * (target - value);
  return target == 0.0 && moved < 1e-6 ? 0.0 : moved;
}

}  // namespace

Singer::Singer(const Character& character, double sampleRateHz, std::span<const TimedNote> part)
    : character_(character),
      rateHz_(sampleRateHz),
      line_(part, sampleRateHz),
      noise_(character.seed),
      drift_(character.seed + 1, 0.9, sampleRateHz / kBlockFrames),
      flutter_(character.seed + 2, 14.0, sampleRateHz / kBlockFrames),
      tempo_(character.seed + 3, 0.7, sampleRateHz / kBlockFrames) {
  air_.set(5200.0, 0.55, rateHz_);
}

void Singer::reset() noexcept {
  posture_ = Posture{};
  for (Resonator& formant : formants_) formant.reset();
  tilt_.reset();
  hissBand_.reset();
  air_.reset();
  lastVoiced_ = lastBreath_ = lastHiss_ = 0.0;
  vibratoDepth_ = 0.0;
}

void Singer::moveMouth(std::int64_t frame) noexcept {
  const auto& shapes = line_.articulations;
  while (articulation_ + 1 < shapes.size() && shapes[articulation_ + 1].frame <= frame) ++articulation_;
  if (shapes.empty() || shapes[articulation_].frame > frame) return;
  const Articulation& now = shapes[articulation_];
  const double blockS = kBlockFrames / rateHz_;

  // Breath and hiss are made at the lips of the sound that follows.
  std::size_t ahead = articulation_;
  const bool resting = now.shape->breath + now.shape->hiss <= 0.0;
  while (!resting && ahead + 1 < shapes.size() && shapes[ahead].shape->formantsHz[0] < 1.0) ++ahead;
  const Phoneme& mouth = *shapes[ahead].shape;
  const double moveS = now.shape->vowel ? 0.024 : 0.013;
  for (std::size_t k = 0; k < 3; ++k) {
    if (mouth.formantsHz[k] > 1.0) {
      posture_.formantsHz[k] = towards(posture_.formantsHz[k], mouth.formantsHz[k], moveS, blockS);
    }
  }
  const double ease = now.ease < 1.0 ? now.ease * character_.consonants : 1.0;
  const bool opening = now.shape->voiced > posture_.voiced;
  posture_.voiced = towards(posture_.voiced, now.shape->voiced, opening ? 0.017 : 0.024, blockS);
  posture_.breath = towards(posture_.breath, ease * now.shape->breath, now.ease < 1.0 ? 0.08 : 0.02, blockS);
  posture_.hiss = towards(posture_.hiss, now.shape->hiss, now.shape->ms < 30.0 ? 0.004 : 0.014, blockS);
  if (now.shape->hiss > 0.0) hissBand_.set(now.shape->hissHz * character_.formantScale, 1.1, rateHz_);
}

/// Returns the fundamental in Hz.
double Singer::movePitch(std::int64_t frame) noexcept {
  const auto& notes = line_.notes;
  const double blockS = kBlockFrames / rateHz_;
  const auto early = static_cast<std::int64_t>(0.035 * rateHz_);
  const std::size_t before = note_;
  while (note_ + 1 < notes.size() && notes[note_ + 1].frame - early <= frame) ++note_;
  const SungNote& now = notes[note_];
  if (now.opensPhrase && (note_ != before || posture_.loudness <= 0.0)) {
    posture_.pitch = posture_.pitchLag = now.pitch - character_.scoopSemitones;
    vibratoDepth_ = 0.0;
  }
  const double age = static_cast<double>(frame - now.frame) / rateHz_;
  const double rest = static_cast<double>(now.end - frame) / rateHz_;
  const double length = static_cast<double>(now.end - now.frame) / rateHz_;
  const double fall = now.closesPhrase && length > 0.4 ? clampUnit(1.0 - rest / 0.12) * 0.7 : 0.0;
  posture_.pitchLag = towards(posture_.pitchLag, now.pitch - fall, 0.022, blockS);
  posture_.pitch = towards(posture_.pitch, posture_.pitchLag, 0.022, blockS);

  const double ripe = clampUnit((age - 0.26) / 0.4);
  vibratoDepth_ =
      towards(vibratoDepth_, length > 0.45 ? ripe * character_.vibratoSemitones : 0.0, 0.06, blockS);
  vibratoPhase_ += (5.4 + 0.25 * tempo_.step()) * blockS;
  if (vibratoPhase_ > 1.0) vibratoPhase_ -= 1.0;

  const double swell = 0.86 + 0.14 * clampUnit(age / 0.35) - 0.12 * clampUnit((age - 0.8) / 1.2);
  const double target = frame < now.end ? now.velocity * swell : 0.6 * now.velocity;
  posture_.loudness = towards(posture_.loudness, target, 0.05, blockS);

  const double waver = 0.07 * drift_.step() + 0.018 * flutter_.step();
  return pitchToHz(posture_.pitch + waver + vibratoDepth_ * sinTurns(vibratoPhase_));
}

/// The first formant opens with the pitch, as singers do, so that the fundamental is never above it.
void Singer::setFormants(double hz) noexcept {
  const double scale = character_.formantScale;
  const double jaw = clampUnit(hz / (posture_.formantsHz[0] * scale) - 0.6);
  const std::array bandwidthsHz{90.0 + 230.0 * jaw, 110.0, 140.0, 190.0, 240.0, 420.0, 600.0};
  const double first = std::max(posture_.formantsHz[0] * scale, hz * 1.06);
  const std::array centresHz{first,
                             std::max(posture_.formantsHz[1] * scale, first * 1.4),
                             posture_.formantsHz[2] * scale,
                             3700.0 * scale,
                             4750.0 * scale,
                             6300.0 * scale,
                             7900.0 * scale};
  for (std::size_t k = 0; k < kFormants; ++k) formants_[k].set(centresHz[k], bandwidthsHz[k], rateHz_);
}

/// Derivative of the flow (KLGLOTT88), with its closing step rounded to the sample rate.
double Singer::glottis(double step, double openQuotient) noexcept {
  phase_ += step;
  if (phase_ >= 1.0) phase_ -= 1.0;
  double flow = 0.0;
  if (phase_ < openQuotient) {
    const double t = phase_ / openQuotient;
    flow = t * (2.0 - 3.0 * t);
  }
  const double after = (phase_ - openQuotient) / step;
  if (after >= 0.0 && after < 1.0) flow -= 0.5 * (1.0 - after) * (1.0 - after);
  if (after < 0.0 && after > -1.0) flow += 0.5 * (1.0 + after) * (1.0 + after);
  return flow;
}

void Singer::render(std::int64_t frame, float* out) noexcept {
  if (line_.notes.empty()) return;
  moveMouth(frame);
  const double hz = movePitch(frame);
  setFormants(hz);
  const double effort = posture_.loudness;
  tilt_.setCutoff(2200.0 + 6000.0 * effort * effort, rateHz_);
  const double openQuotient = 0.70 - 0.16 * effort;
  const double level = 0.35 * effort + 0.65 * effort * effort;
  const double shimmer = 1.0 + 0.02 * flutter_.step();
  const double voiced = posture_.voiced * level * shimmer;
  const double breath = posture_.breath * character_.breath * (0.25 + 0.75 * effort);
  const double hiss = posture_.hiss * character_.consonants * (0.4 + 0.6 * effort);
  const double step = hz / rateHz_;
  if (step_ <= 0.0) step_ = step;

  const double noiseGain = std::sqrt(rateHz_ / 48000.0);
  for (int i = 0; i < kBlockFrames; ++i) {
    const double t = (i + 1) / static_cast<double>(kBlockFrames);
    const double flow = glottis(step_ + t * (step - step_), openQuotient);
    const double white = noiseGain * static_cast<double>(noise_.white());
    const double open = phase_ < openQuotient ? 1.0 : 0.35;
    const double source = (lastVoiced_ + t * (voiced - lastVoiced_)) * flow;
    const double wind = (lastBreath_ + t * (breath - lastBreath_)) * open * white;
    const auto excitation = tilt_.lowpass(static_cast<float>(source)) + 0.5f * static_cast<float>(wind);
    auto mouth = static_cast<double>(excitation);
    for (Resonator& formant : formants_) mouth = formant.tick(mouth);
    const float bright = air_.tick(excitation).band;
    const float hissing =
        hissBand_.tick(static_cast<float>((lastHiss_ + t * (hiss - lastHiss_)) * white)).band;
    out[i] += kLevel * (static_cast<float>(mouth) + 1.3f * bright + hissing);
  }
  step_ = step;
  lastVoiced_ = voiced;
  lastBreath_ = breath;
  lastHiss_ = hiss;
  for (Resonator& formant : formants_) formant.flush();
  tilt_.flush();
  hissBand_.flush();
  air_.flush();
}

}  // namespace mixwell::demo
