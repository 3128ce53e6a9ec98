#include "time/convolution.h"

#include <algorithm>

#include "core/spectrum_product.h"
#include "filters/crossover.h"

namespace mixwell::time {

using core::addProduct;

namespace {

// Slots of a long block: two transforms forth, products, two transforms back.
constexpr std::size_t firstProductSlot = 2;
constexpr std::size_t productSlots = time::tailFrames / headFrames - 4;
constexpr std::size_t firstInverseSlot = firstProductSlot + productSlots;
constexpr std::size_t binsASlot = (time::tailFrames / productSlots + 4) / 4 * 4;
static_assert(binsASlot * productSlots >= time::tailFrames);

}  // namespace

const float* Convolution::Impulse::head(std::size_t part, std::size_t side) const noexcept {
  return &floats[tableHeaderFloats + part * headPartFloats + side * headPartFloats / 2];
}

const float* Convolution::Impulse::tail(std::size_t part, std::size_t side) const noexcept {
  return &floats[tableHeaderFloats + heads * headPartFloats + part * tailPartFloats +
                 side * tailPartFloats / 2];
}

const params::DeviceTable& Convolution::description() noexcept {
  static constexpr params::DeviceTable table{
      .id = "convolution", .name = "Convolution", .params = convolutionParams};
  return table;
}

void Convolution::takeMemory(const params::DeviceSpec& spec, core::Memory& memory) noexcept {
  mostTails_ = mostTailParts(spec.sampleRateHz);
  shortFft_.takeMemory(2 * headFrames, memory);
  longFft_.takeMemory(2 * longFrames, memory);
  longSpare_ = memory.take<float>(2 * longFrames);
  for (Impulse& impulse : impulses_) {
    impulse.floats = memory.take<float>(mostTableFloats(spec.sampleRateHz));
  }
  for (Side& side : sides_) {
    for (std::span<float>& block : side.longBlocks) block = memory.take<float>(longFrames);
    side.headSpectra = memory.take<float>(headParts * 2 * headFrames);
    side.tailSpectra = memory.take<float>(mostTails_ * 2 * longFrames);
    for (auto& pair : side.results) {
      for (std::span<float>& result : pair) result = memory.take<float>(longFrames);
    }
    for (std::span<float>& sum : side.sums) sum = memory.take<float>(2 * longFrames);
  }
}

void Convolution::prepare(const params::DeviceSpec& /*spec*/) noexcept {
  for (std::size_t i = 0; i < values_.size(); ++i) values_[i] = convolutionParams[i].defaultValue;
  shortFft_.prepare();
  longFft_.prepare();
  for (Impulse& impulse : impulses_) impulse.heads = impulse.tails = 0;
  active_ = 0;
  change_ = Change::none;
  reset();
}

void Convolution::reset() noexcept {
  if (change_ != Change::none) active_ = 1 - active_;
  change_ = Change::none;
  for (Side& side : sides_) {
    side.recent = {};
    side.dry = side.wet = {};
    for (const std::span<float> block : side.longBlocks) std::fill(block.begin(), block.end(), 0.0f);
    for (const auto& pair : side.results) {
      for (const std::span<float> result : pair) std::fill(result.begin(), result.end(), 0.0f);
    }
  }
  filled_ = slot_ = headAt_ = headsFilled_ = tailAt_ = tailsFilled_ = filling_ = playing_ = 0;
  untouched_ = true;
  for (const ConvolutionParam which : {ConvolutionParam::width, ConvolutionParam::mix}) {
    const auto index = static_cast<std::size_t>(which);
    setParam(index, values_[index], 0);
  }
}

bool Convolution::setParam(std::size_t index, double value, std::uint32_t glideFrames) noexcept {
  if (index >= values_.size()) return false;
  const auto accepted = convolutionParams[index].accepted(value);
  if (!accepted) return false;
  values_[index] = *accepted;
  const auto share = static_cast<float>(0.01 * *accepted);
  if (index == static_cast<std::size_t>(ConvolutionParam::width)) width_.start(0, share, glideFrames);
  if (index == static_cast<std::size_t>(ConvolutionParam::mix)) mix_.start(0, share, glideFrames);
  return true;
}

std::span<float> Convolution::claimTable(std::size_t floats) noexcept {
  Impulse& next = impulses_[1 - active_];
  if (floats > next.floats.size() || change_ == Change::prepared || change_ == Change::fading) return {};
  change_ = Change::none;
  return next.floats.first(floats);
}

void Convolution::commitTable(std::size_t floats) noexcept {
  if (change_ != Change::none) return;
  Impulse& next = impulses_[1 - active_];
  next.heads = next.tails = 0;
  if (floats >= tableHeaderFloats && floats <= next.floats.size()) {
    const auto countIn = [&](std::size_t place, std::size_t most) {
      const float count = next.floats[place];
      return count >= 0.0f && count <= static_cast<float>(most) ? static_cast<std::size_t>(count) : 0;
    };
    next.heads = countIn(0, headParts);
    next.tails = countIn(1, mostTails_);
    if (tableHeaderFloats + next.heads * headPartFloats + next.tails * tailPartFloats > floats) {
      next.heads = next.tails = 0;
    }
  }
  change_ = Change::waiting;
  if (untouched_) {
    active_ = 1 - active_;
    change_ = Change::none;
  }
}

void Convolution::process(float* left, float* right, std::size_t frames,
                          const params::BlockContext& /*context*/) noexcept {
  untouched_ = untouched_ && frames == 0;
  for (std::size_t i = 0; i < frames; ++i) {
    const std::array<float*, 2> io = {&left[i], &right[i]};
    std::array<float, 2> dry{};
    std::array<float, 2> wet{};
    for (std::size_t s = 0; s < 2; ++s) {
      Side& side = sides_[s];
      dry[s] = side.dry[filled_];
      wet[s] = side.wet[filled_];
      side.dry[filled_] = *io[s];
      const auto in = static_cast<float>(filters::sane(*io[s]));
      const float heard = in < 1e-15f && in > -1e-15f ? 0.0f : in;
      side.recent[headFrames + filled_] = heard;
      side.longBlocks[filling_][slot_ * headFrames + filled_] = heard;
    }
    const float middle = 0.5f * (wet[0] + wet[1]);
    const float difference = 0.5f * width_.next() * (wet[0] - wet[1]);
    const float mix = mix_.next();
    *io[0] = (1.0f - mix) * dry[0] + mix * (middle + difference);
    *io[1] = (1.0f - mix) * dry[1] + mix * (middle - difference);
    if (++filled_ == headFrames) {
      filled_ = 0;
      runBlock();
    }
  }
  width_.passed(frames);
  mix_.passed(frames);
}

// A short block is whole: its sound, and a sixteenth of the long parts' work.
void Convolution::runBlock() noexcept {
  if (slot_ == 0 && change_ == Change::waiting) change_ = Change::prepared;
  headAt_ = (headAt_ + headParts - 1) % headParts;
  headsFilled_ = std::min(headsFilled_ + 1, headParts);
  for (std::size_t side = 0; side < 2; ++side) runHead(side);
  runSlot();
  if (++slot_ == slots) endLongBlock();
}

void Convolution::runHead(std::size_t s) noexcept {
  Side& side = sides_[s];
  float* spectrum = &side.headSpectra[headAt_ * 2 * headFrames];
  shortFft_.forward(side.recent.data(), side.recent.data() + headFrames, spectrum, spectrum + headFrames);
  std::copy(side.recent.begin() + headFrames, side.recent.end(), side.recent.begin());

  std::array<float, 2 * headFrames> sum{};
  std::array<float, 2 * headFrames> sound{};
  addHead(impulses_[active_], s, sum.data());
  shortFft_.inverse(sum.data(), sum.data() + headFrames, sound.data());
  const std::size_t at = slot_ * headFrames;
  for (std::size_t i = 0; i < headFrames; ++i) {
    side.wet[i] = sound[headFrames + i] + side.results[playing_][0][at + i];
  }
  if (change_ != Change::fading) return;
  sum = {};
  addHead(impulses_[1 - active_], s, sum.data());
  shortFft_.inverse(sum.data(), sum.data() + headFrames, sound.data());
  for (std::size_t i = 0; i < headFrames; ++i) {
    const float next = sound[headFrames + i] + side.results[playing_][1][at + i];
    const float share = static_cast<float>(at + i + 1) * (1.0f / static_cast<float>(longFrames));
    side.wet[i] += share * (next - side.wet[i]);
  }
}

void Convolution::addHead(const Impulse& impulse, std::size_t side, float* sum) const noexcept {
  const std::size_t parts = std::min(impulse.heads, headsFilled_);
  for (std::size_t part = 0; part < parts; ++part) {
    const float* heard = &sides_[side].headSpectra[(headAt_ + part) % headParts * 2 * headFrames];
    addProduct(heard, impulse.head(part, side), sum, headFrames, 0, headFrames);
  }
}

// What came in until the last long block began is heard, through the long parts, in the next one.
void Convolution::runSlot() noexcept {
  if (slot_ < firstProductSlot) {
    Side& side = sides_[slot_];
    if (slot_ == 0) {
      tailAt_ = (tailAt_ + mostTails_ - 1) % mostTails_;
      tailsFilled_ = std::min(tailsFilled_ + 1, mostTails_);
    }
    float* spectrum = &side.tailSpectra[tailAt_ * 2 * longFrames];
    const std::size_t before = (filling_ + 1) % 3;
    const std::size_t last = (filling_ + 2) % 3;
    longFft_.forward(side.longBlocks[before].data(), side.longBlocks[last].data(), spectrum,
                     spectrum + longFrames);
    return;
  }
  const bool both = change_ == Change::prepared;
  // While the new table fades in, what is computed will be heard after the old one has gone.
  const std::size_t first = change_ == Change::fading ? 1 - active_ : active_;
  if (slot_ < firstInverseSlot) {
    const std::size_t from = (slot_ - firstProductSlot) * binsASlot;
    const std::size_t to = std::min(from + binsASlot, longFrames);
    for (std::size_t side = 0; side < 2 && from < to; ++side) {
      addTail(first, side, from, to);
      if (both) addTail(1 - active_, side, from, to);
    }
    return;
  }
  Side& side = sides_[slot_ - firstInverseSlot];
  for (std::size_t result = 0; result < (both ? 2U : 1U); ++result) {
    const std::span<float> sum = side.sums[result == 0 ? first : 1 - active_];
    longFft_.inverse(sum.data(), sum.data() + longFrames, longSpare_.data());
    std::copy(longSpare_.begin() + longFrames, longSpare_.end(), side.results[1 - playing_][result].begin());
  }
}

void Convolution::addTail(std::size_t which, std::size_t s, std::size_t firstBin,
                          std::size_t lastBin) noexcept {
  Side& side = sides_[s];
  float* sum = side.sums[which].data();
  std::fill(sum + firstBin, sum + lastBin, 0.0f);
  std::fill(sum + longFrames + firstBin, sum + longFrames + lastBin, 0.0f);
  const std::size_t parts = std::min(impulses_[which].tails, tailsFilled_);
  for (std::size_t part = 0; part < parts; ++part) {
    const float* heard = &side.tailSpectra[(tailAt_ + part) % mostTails_ * 2 * longFrames];
    addProduct(heard, impulses_[which].tail(part, s), sum, longFrames, firstBin, lastBin);
  }
}

void Convolution::endLongBlock() noexcept {
  slot_ = 0;
  filling_ = (filling_ + 1) % 3;
  playing_ = 1 - playing_;
  if (change_ == Change::fading) {
    active_ = 1 - active_;
    change_ = Change::none;
  } else if (change_ == Change::prepared) {
    change_ = Change::fading;
  }
}

std::int64_t Convolution::tailFrames() const noexcept {
  std::size_t parts = 0;
  for (const Impulse& impulse : impulses_) parts = std::max(parts, impulse.tails);
  return static_cast<std::int64_t>(headFrames + (parts + 6) * longFrames);
}

}  // namespace mixwell::time
