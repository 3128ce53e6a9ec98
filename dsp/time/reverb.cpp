#include "time/reverb.h"

#include <cstring>

#include "core/math.h"

namespace mixwell::time {

using core::Float4;

namespace {

constexpr double longestPreDelayMs = 250.0;
constexpr double deepestModulationMs = 1.6;
// Sixteen lines that stand still have too few modes not to ring; so much (2 to 4 cents) blurs them.
constexpr double leastModulationMs = 0.25;
constexpr double strongestDiffusion = 0.75;
constexpr double airHz = 7000.0;
constexpr double tunedHz = 707.0;       // between the bands in which a decay is measured
constexpr double longestDecayS = 60.0;  // of any band
constexpr double log2OfMinus60Db = -9.965784284662087;
constexpr double tankEnergy = 0.5;  // of the tail of an impulse, each side

float cornerShare(double frequencyHz, double sampleRateHz) noexcept {
  return static_cast<float>(1.0 -
                            core::exp2(-2.0 * core::pi * 1.4426950408889634 * frequencyHz / sampleRateHz));
}

// A one-pole low pass at one frequency.
struct OnePoleAt {
  double re;
  double im;

  OnePoleAt(float share, double turns) noexcept {
    const double kept = 1.0 - static_cast<double>(share);
    const double x = 1.0 - kept * core::cos(2.0 * core::pi * turns);
    const double y = kept * core::sin(2.0 * core::pi * turns);
    const double scale = static_cast<double>(share) / (x * x + y * y);
    re = x * scale;
    im = -y * scale;
  }
  // Of ofRest + (1 - ofRest) * low pass.
  double shelfPower(double ofRest) const noexcept {
    const double a = ofRest + (1.0 - ofRest) * re;
    const double b = (1.0 - ofRest) * im;
    return a * a + b * b;
  }
};

double modulationMs(double percent) noexcept {
  const double set = 0.01 * percent * deepestModulationMs;
  return __builtin_sqrt(set * set + leastModulationMs * leastModulationMs);
}

double leftAfter(double seconds, double decayS) noexcept {
  return core::exp2(log2OfMinus60Db * seconds / decayS);
}

template <std::size_t n>
Float4 four(const std::array<float, n>& from, std::size_t vector) noexcept {
  return Float4::load(&from[vector * 4]);
}

}  // namespace

const params::DeviceTable& Reverb::description() noexcept {
  static constexpr params::DeviceTable table{.id = "reverb", .name = "Reverb", .params = reverbParams};
  return table;
}

void Reverb::takeMemory(const params::DeviceSpec& spec, core::Memory& memory) noexcept {
  const auto frames = [&spec](double ms) {
    return static_cast<std::size_t>(core::framesIn(ms, spec.sampleRateHz)) + 2;
  };
  leftInput_.takeMemory(frames(longestPreDelayMs + longestEarlyMs) + reverbGrid, memory);
  rightInput_.takeMemory(frames(longestPreDelayMs + longestEarlyMs) + reverbGrid, memory);
  diffuser_.takeMemory(frames(longestDiffuserMs), memory);
  tank_.takeMemory(frames(longestLineMs), memory);
}

void Reverb::prepare(const params::DeviceSpec& spec) noexcept {
  sampleRateHz_ = spec.sampleRateHz;
  for (std::size_t i = 0; i < values_.size(); ++i) values_[i] = reverbParams[i].defaultValue;
  reset();
}

void Reverb::reset() noexcept {
  leftInput_.clear();
  rightInput_.clear();
  for (auto& cut : cuts_) cut.clear();
  for (std::size_t line = 0; line < reverbLines; ++line) {
    const double phase = 0.30277563773199465 * static_cast<double>(line);
    phases_[line] = phase - static_cast<double>(static_cast<std::int32_t>(phase));
  }
  for (std::size_t index = 0; index < values_.size(); ++index) startRamps(index, 0);
  takeKind(static_cast<std::size_t>(value(ReverbParam::kind)));
  fade_.start(0, 1.0f, 0);
  target_ = now_ = targets();
  settingsLeft_ = pendingFrames_ = 0;
  changed_ = false;
  moveSettings(true);
  moveDelays(true);
  frame_ = 0;
}

// Another kind has other lines: they begin empty.
void Reverb::takeKind(std::size_t kind) noexcept {
  kind_ = kind;
  const ReverbKind& shape = reverbKindShapes[kind];
  for (std::size_t line = 0; line < reverbLines; ++line) {
    lineMs_[line] =
        shape.shortestLineMs * core::pow(shape.longestLineMs / shape.shortestLineMs, linePlaces[line]);
  }
  std::array<double, diffuserStages> frames{};
  for (std::size_t i = 0; i < frames.size(); ++i) {
    frames[i] = shape.diffuserMs[i] * 0.001 * sampleRateHz_;
  }
  diffuser_.setDelays(frames);
  diffuser_.clear();
  tank_.clear();
}

bool Reverb::setParam(std::size_t index, double value, std::uint32_t glideFrames) noexcept {
  if (index >= values_.size()) return false;
  const auto accepted = reverbParams[index].accepted(value);
  if (!accepted) return false;
  values_[index] = *accepted;
  startRamps(index, glideFrames);
  pendingFrames_ = glideFrames;
  changed_ = true;
  return true;
}

void Reverb::startRamps(std::size_t index, std::uint32_t frames) noexcept {
  const double set = values_[index];
  switch (static_cast<ReverbParam>(index)) {
    case ReverbParam::kind:
      // The old kind fades out before the next point of the grid takes the new one.
      fade_.start(0, static_cast<std::size_t>(set) != kind_ ? 0.0f : 1.0f, frames);
      fadeFrames_ = frames;
      break;
    case ReverbParam::preDelayMs:
      preDelay_.start(0, static_cast<float>(set * 0.001 * sampleRateHz_), frames);
      break;
    case ReverbParam::size:
      scale_.start(0, static_cast<float>(reverbScale(0.01 * set)), frames);
      break;
    case ReverbParam::modulation:
      depth_.start(0, static_cast<float>(modulationMs(set) * 0.001 * sampleRateHz_), frames);
      break;
    case ReverbParam::width:
      width_.start(0, static_cast<float>(0.01 * set), frames);
      break;
    case ReverbParam::mix:
      mix_.start(0, static_cast<float>(0.01 * set), frames);
      break;
    case ReverbParam::lowCutHz:
      lowCut_.start(filters::cornerOf(set, sampleRateHz_), frames);
      break;
    case ReverbParam::highCutHz:
      highCut_.start(filters::cornerOf(set, sampleRateHz_), frames);
      break;
    default:
      break;
  }
}

Reverb::Settings Reverb::targets() const noexcept {
  Settings settings{};
  const double scale = reverbScale(0.01 * value(ReverbParam::size));
  settings.corners = {cornerShare(value(ReverbParam::highHz), sampleRateHz_),
                      cornerShare(airHz, sampleRateHz_),
                      cornerShare(value(ReverbParam::lowHz), sampleRateHz_), 0.0f};
  setLosses(settings, scale);
  setEarlyGains(settings, scale);
  return settings;
}

void Reverb::setLosses(Settings& settings, double scale) const noexcept {
  const double decayS = value(ReverbParam::decayS);
  const bool frozen = value(ReverbParam::freeze) != 0.0;
  const double turns = tunedHz / sampleRateHz_;
  const OnePoleAt highAt(settings.corners[0], turns);
  const OnePoleAt airAt(settings.corners[1], turns);
  const OnePoleAt lowAt(settings.corners[2], turns);
  const double airMult = 1.0 - 0.009 * value(ReverbParam::damping);
  double meanS = 0.0;
  for (std::size_t line = 0; line < reverbLines; ++line) {
    const double lengthS = lineMs_[line] * 0.001 * scale;
    meanS += lengthS / static_cast<double>(reverbLines);
    const double middle = leftAfter(lengthS, decayS);
    const double high = leftAfter(lengthS, decayS * value(ReverbParam::highMult)) / middle;
    const double air = leftAfter(lengthS, decayS * airMult) / middle;
    const double low = leftAfter(lengthS, decayS * value(ReverbParam::lowMult)) / middle;
    // What the shelves take in the middle is given back, so that the decay there is the one that is set.
    const double taken =
        highAt.shelfPower(high) * airAt.shelfPower(air) * lowAt.shelfPower(1.0 / low) * low * low;
    const double most = leftAfter(lengthS, longestDecayS) / (low > 1.0 ? low : 1.0);
    const double gain = middle / __builtin_sqrt(taken);
    settings.gain[line] = static_cast<float>(frozen ? 1.0 : (gain < most ? gain : most));
    settings.high[line] = static_cast<float>(frozen ? 1.0 : high);
    settings.air[line] = static_cast<float>(frozen ? 1.0 : air);
    settings.lowMore[line] = static_cast<float>(frozen ? 0.0 : low - 1.0);
  }
  // Noise leaves as loud as it came, however long it stays.
  const double kept = leftAfter(2.0 * meanS, decayS);
  const double level = __builtin_sqrt(tankEnergy * (1.0 - kept) / (kept * static_cast<double>(reverbLines)));
  settings.levels = {frozen ? 0.0f : 1.0f, static_cast<float>(level),
                     static_cast<float>(strongestDiffusion * 0.01 * value(ReverbParam::diffusion)), 0.0f};
}

// Reflections have the energy that the beginning of the decay would have, and fall with it.
void Reverb::setEarlyGains(Settings& settings, double scale) const noexcept {
  const double decayS = value(ReverbParam::decayS);
  const double lastS = kind().earlyMs * 0.001 * scale;
  const double energy = tankEnergy * kind().earlyPart * (1.0 - leftAfter(2.0 * lastS, decayS));
  double sum = 0.0;
  for (const EarlyTap& tap : earlyPattern) sum += leftAfter(2.0 * tap.place * lastS, decayS);
  const double level = params::faderGain(reverbParams[static_cast<std::size_t>(ReverbParam::earlyDb)],
                                         value(ReverbParam::earlyDb)) *
                       __builtin_sqrt(energy / sum);
  for (std::size_t i = 0; i < earlyTaps; ++i) {
    const double gain = level * leftAfter(earlyPattern[i].place * lastS, decayS) * earlyPattern[i].sign;
    settings.earlyLeft[i] = static_cast<float>(gain);
    settings.earlyRight[i] = static_cast<float>(i % 2 == 0 ? gain : -gain);
  }
}

void Reverb::gridPoint() noexcept {
  for (auto& cut : cuts_) cut.flush();
  tank_.flush();
  const auto wanted = static_cast<std::size_t>(value(ReverbParam::kind));
  bool jump = false;
  if (wanted != kind_ && fade_.value(0) == 0.0f) {
    takeKind(wanted);
    fade_.start(0, 1.0f, fadeFrames_);
    changed_ = jump = true;
    pendingFrames_ = 0;
  }
  if (changed_) {
    target_ = targets();
    settingsLeft_ = pendingFrames_;
    changed_ = false;
    arrived_ = false;
    still_ = false;
    jump = jump || pendingFrames_ == 0;
    moveSettings(jump);
  } else if (!still_) {
    moveSettings(false);
  }
  moveDelays(jump);
}

// One stretch of the grid on the way to the targets.
void Reverb::moveSettings(bool jump) noexcept {
  still_ = arrived_;
  if (jump || settingsLeft_ <= reverbGrid) {
    now_ = target_;
    settingsLeft_ = 0;
    arrived_ = true;
  } else {
    const float part = static_cast<float>(reverbGrid) / static_cast<float>(settingsLeft_);
    std::array<float, settingCount> from{};
    std::array<float, settingCount> to{};
    std::memcpy(from.data(), &now_, sizeof(Settings));
    std::memcpy(to.data(), &target_, sizeof(Settings));
    for (std::size_t i = 0; i < settingCount; ++i) from[i] += (to[i] - from[i]) * part;
    std::memcpy(&now_, from.data(), sizeof(Settings));
    settingsLeft_ -= reverbGrid;
  }
  jump = jump || still_;
  std::array<ReverbTank::Losses, reverbVectors> losses;
  for (std::size_t i = 0; i < reverbVectors; ++i) {
    losses[i] = {four(now_.gain, i), four(now_.high, i), four(now_.air, i), four(now_.lowMore, i)};
  }
  tank_.moveLosses(losses, jump);
  tank_.setCorners(now_.corners[0], now_.corners[1], now_.corners[2]);
  const auto move = [jump](MovingFloats& moving, Float4 end) {
    if (jump) {
      moving.jumpTo(end);
    } else {
      moving.moveTo(end);
    }
  };
  for (std::size_t i = 0; i < earlyVectors; ++i) {
    move(earlyGains_[i], four(now_.earlyLeft, i));
    move(earlyGains_[earlyVectors + i], four(now_.earlyRight, i));
  }
  move(levels_, four(now_.levels, 0));
}

void Reverb::moveDelays(bool jump) noexcept {
  if (!jump) {
    for (core::Ramp<float>* ramp : {&scale_, &preDelay_, &depth_}) ramp->skip(reverbGrid);
  }
  const auto scale = static_cast<double>(scale_.value(0));
  const auto preDelay = static_cast<double>(preDelay_.value(0));
  const auto depth = static_cast<double>(depth_.value(0));
  const double framesPerMs = 0.001 * sampleRateHz_;
  const auto move = [jump](MovingDelay& delay, double frames) {
    if (jump) {
      delay.jumpTo(frames);
    } else {
      delay.moveTo(frames);
    }
  };
  for (std::size_t line = 0; line < reverbLines; ++line) {
    const double turnsAGrid = kind().modulationHz * (0.6 + 0.8 * linePlaces[line]) *
                              static_cast<double>(reverbGrid) / sampleRateHz_;
    if (!jump) phases_[line] += turnsAGrid;
    if (phases_[line] >= 1.0) phases_[line] -= 1.0;
    const double sway = depth * core::sinQuarterTurns(4.0 * phases_[line]);
    move(tank_.delays()[line], lineMs_[line] * scale * framesPerMs + sway);
  }
  move(preDelayLine_, preDelay);
  for (std::size_t i = 0; i < earlyTaps; ++i) {
    const double frames = earlyPattern[i].place * kind().earlyMs * scale * framesPerMs;
    move(earlyDelays_[i], preDelay + frames);
    move(earlyDelays_[earlyTaps + i], preDelay + 1.045 * frames);
  }
}

namespace {

// Rows of a stretch are whole vectors.
constexpr std::size_t rowFrames = reverbGrid + 4;

// A moving delay of what was written last, `frames` frames of it.
void readMoving(const core::DelayLine& line, MovingDelay& delay, std::size_t frames, float* to) noexcept {
  const auto count = static_cast<std::uint32_t>(frames);
  if (delay.step != 0) {
    for (std::uint32_t i = 0; i < count; ++i) {
      const std::uint32_t whole = delay.whole() + count - 1 - i;
      const float a = line.read(whole);
      to[i] = a + delay.part() * (line.read(whole + 1) - a);
      delay.position += delay.step;
    }
    return;
  }
  float samples[rowFrames + 1];
  line.copy(delay.whole(), count + 1, samples);
  const Float4 part(delay.part());
  for (std::size_t i = 0; i < frames; i += 4) {
    const Float4 a = Float4::load(samples + i + 1);
    (a + part * (Float4::load(samples + i) - a)).store(to + i);
  }
}

Float4 lanesSummed(Float4 a, Float4 b, Float4 c, Float4 d) noexcept {
  core::transpose(a, b, c, d);
  return (a + b) + (c + d);
}

}  // namespace

void Reverb::cut(const float* left, const float* right, std::size_t frames) noexcept {
  for (std::size_t i = 0; i < frames; ++i) {
    const core::Double2 sound(filters::sane(left[i]), filters::sane(right[i]));
    const core::Double2 above = cuts_[0].process(lowCut_.next(), sound).high;
    double sides[2];
    cuts_[1].process(highCut_.next(), above).low.store(sides);
    leftInput_.write(static_cast<float>(sides[0]));
    rightInput_.write(static_cast<float>(sides[1]));
  }
}

void Reverb::addEarly(std::size_t side, std::size_t frames, float* sums) noexcept {
  const core::DelayLine& near = side == 0 ? leftInput_ : rightInput_;
  const core::DelayLine& far = side == 0 ? rightInput_ : leftInput_;
  for (std::size_t vector = 0; vector < earlyVectors; ++vector) {
    MovingFloats& moving = earlyGains_[side * earlyVectors + vector];
    alignas(16) float gains[4][rowFrames];
    MovingFloats ahead = moving;
    for (std::size_t i = 0; i < frames; i += 4) {
      Float4 rows[4];
      for (Float4& row : rows) row = ahead.next();
      core::transpose(rows[0], rows[1], rows[2], rows[3]);
      for (std::size_t lane = 0; lane < 4; ++lane) rows[lane].store(gains[lane] + i);
    }
    for (std::size_t i = 0; i < frames; ++i) moving.next();
    for (std::size_t lane = 0; lane < 4; ++lane) {
      const std::size_t tap = vector * 4 + lane;
      float sound[rowFrames];
      readMoving(earlyPattern[tap].fromOtherSide ? far : near, earlyDelays_[side * earlyTaps + tap], frames,
                 sound);
      for (std::size_t i = 0; i < frames; i += 4) {
        const Float4 part = Float4::load(sound + i) * Float4::load(gains[lane] + i);
        (Float4::load(sums + i) + part).store(sums + i);
      }
    }
  }
}

// At most to the next point of the grid.
void Reverb::processStretch(float* left, float* right, std::size_t frames) noexcept {
  cut(left, right, frames);
  float late[2][rowFrames];
  MovingDelay preDelay = preDelayLine_;
  readMoving(leftInput_, preDelay, frames, late[0]);
  readMoving(rightInput_, preDelayLine_, frames, late[1]);
  Float4 smeared[rowFrames];
  float tailLevels[rowFrames];
  for (std::size_t i = 0; i < frames; ++i) {
    alignas(16) float levels[4];
    levels_.next().store(levels);
    alignas(16) const float chains[4] = {late[0][i], late[1][i], late[0][i], late[1][i]};
    smeared[i] = diffuser_.process(Float4::load(chains) * Float4(levels[0]), Float4(levels[2]));
    tailLevels[i] = levels[1];
  }
  ReverbTank::Output tails[rowFrames];
  tank_.process(smeared, frames, tails);
  float wetLeft[rowFrames];
  float wetRight[rowFrames];
  for (std::size_t i = 0; i < frames; i += 4) {
    const ReverbTank::Output* four = tails + i;
    const Float4 level = Float4::load(tailLevels + i);
    (level * lanesSummed(four[0].left, four[1].left, four[2].left, four[3].left)).store(wetLeft + i);
    (level * lanesSummed(four[0].right, four[1].right, four[2].right, four[3].right)).store(wetRight + i);
  }
  addEarly(0, frames, wetLeft);
  addEarly(1, frames, wetRight);
  for (std::size_t i = 0; i < frames; ++i) {
    const float fade = fade_.next();
    const float middle = 0.5f * fade * (wetLeft[i] + wetRight[i]);
    const float side = 0.5f * width_.next() * fade * (wetLeft[i] - wetRight[i]);
    const float mix = mix_.next();
    left[i] = (1.0f - mix) * left[i] + mix * (middle + side);
    right[i] = (1.0f - mix) * right[i] + mix * (middle - side);
  }
  for (core::Ramp<float>* ramp : {&fade_, &width_, &mix_}) ramp->passed(frames);
  lowCut_.passed(frames);
  highCut_.passed(frames);
}

void Reverb::process(float* left, float* right, std::size_t frames,
                     const params::BlockContext& /*context*/) noexcept {
  for (std::size_t at = 0; at < frames;) {
    const std::size_t place = frame_ % reverbGrid;
    if (place == 0) gridPoint();
    const std::size_t count = frames - at < reverbGrid - place ? frames - at : reverbGrid - place;
    processStretch(left + at, right + at, count);
    frame_ += static_cast<std::uint32_t>(count);
    at += count;
  }
}

std::int64_t Reverb::tailFrames() const noexcept {
  if (value(ReverbParam::freeze) != 0.0) return endless;
  const double lowMult = value(ReverbParam::lowMult);
  // To -360 dB and what is before and in the lines.
  const double seconds = 1.0 + 6.0 * value(ReverbParam::decayS) * (lowMult > 1.0 ? lowMult : 1.0);
  return static_cast<std::int64_t>(seconds * sampleRateHz_);
}

}  // namespace mixwell::time
