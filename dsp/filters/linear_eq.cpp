#include "filters/linear_eq.h"

#include <algorithm>

#include "core/spectrum_product.h"
#include "filters/crossover.h"

namespace mixwell::filters {

using core::addProduct;

namespace {

std::size_t blockFramesAt(double sampleRateHz) noexcept {
  std::size_t frames = 1024;
  for (double most = 50000.0; sampleRateHz > most; most *= 2.0) frames *= 2;
  return frames;
}

}  // namespace

void LinearEq::takeMemory(const params::DeviceSpec& spec, core::Memory& memory) noexcept {
  blockFrames_ = blockFramesAt(spec.sampleRateHz);
  const std::size_t spectrumFloats = kernelParts * 2 * blockFrames_;
  fft_.takeMemory(2 * blockFrames_, memory);
  design_.takeMemory(blockFrames_, memory);
  spare_ = memory.take<float>(2 * blockFrames_);
  for (LinearKernel& kernel : kernels_) {
    for (std::span<float>& spectrum : kernel.spectra) spectrum = memory.take<float>(spectrumFloats);
  }
  for (Side& side : sides_) {
    for (std::span<float>& block : side.blocks) block = memory.take<float>(blockFrames_);
    side.spectra = memory.take<float>(spectrumFloats);
    for (auto& pair : side.results) {
      for (std::span<float>& result : pair) result = memory.take<float>(blockFrames_);
    }
    for (std::span<float>& sum : side.sums) sum = memory.take<float>(2 * blockFrames_);
  }
}

void LinearEq::prepare(const params::DeviceSpec& spec) noexcept {
  design_.prepare(spec.sampleRateHz);
  hasTables_ = hasKernel_ = false;
  stale_ = true;
}

void LinearEq::clear() noexcept {
  for (Side& side : sides_) {
    for (const std::span<float> block : side.blocks) std::fill(block.begin(), block.end(), 0.0f);
    for (const auto& pair : side.results) {
      for (const std::span<float> result : pair) std::fill(result.begin(), result.end(), 0.0f);
    }
  }
  filled_ = slot_ = at_ = heard_ = filling_ = playing_ = 0;
  quietFrames_ = tailFrames() + 1;
  if (!hasTables_) fft_.prepare();
  hasTables_ = true;
}

void LinearEq::reset(const EqValues& values) noexcept {
  clear();
  entry_.start(0, 1.0f, 0);
  if (!hasKernel_ || stale_ || change_ != Change::none || design_.isUnderWay()) designAtOnce(values);
}

void LinearEq::start(bool atOnce) noexcept {
  clear();
  entry_.start(0, atOnce ? 1.0f : 0.0f, 0);
  entry_.start(0, 1.0f, static_cast<std::uint32_t>(blockFrames_));
  design_.stop();
  change_ = Change::none;
  hasKernel_ = false;
  stale_ = true;
  atOnce_ = atOnce;
}

void LinearEq::change(bool atOnce) noexcept {
  stale_ = true;
  atOnce_ = atOnce_ || (atOnce && isQuiet());
}

void LinearEq::designAtOnce(const EqValues& values) noexcept {
  design_.begin(values);
  while (!design_.step(kernels_[active_], fft_)) {
  }
  hasKernel_ = true;
  stale_ = atOnce_ = false;
  change_ = Change::none;
}

void LinearEq::process(float* left, float* right, std::size_t frames, const EqValues& values) noexcept {
  if (atOnce_ && stale_) designAtOnce(values);
  const std::array<float*, 2> io = {left, right};
  for (std::size_t at = 0; at < frames;) {
    const std::size_t count = std::min(frames - at, slotFrames - filled_);
    const std::size_t place = slot_ * slotFrames + filled_;
    for (std::size_t i = 0; i < count; ++i) {
      bool sounds = false;
      const float entry = entry_.next();
      for (std::size_t s = 0; s < 2; ++s) {
        Side& side = sides_[s];
        const float in = static_cast<float>(sane(io[s][at + i])) * entry;
        const float heard = in < 1e-15f && in > -1e-15f ? 0.0f : in;
        sounds = sounds || heard != 0.0f;
        side.blocks[filling_][place + i] = heard;
        float out = side.results[playing_][0][place + i];
        if (change_ == Change::fading) {
          const float share = static_cast<float>(place + i + 1) / static_cast<float>(blockFrames_);
          out += share * (side.results[playing_][1][place + i] - out);
        }
        io[s][at + i] = out;
      }
      quietFrames_ = sounds ? 0 : quietFrames_ + 1;
    }
    entry_.passed(count);
    at += count;
    filled_ += count;
    if (filled_ < slotFrames) continue;
    filled_ = 0;
    runSlot(values);
    if (++slot_ == blockFrames_ / slotFrames) endBlock();
  }
}

// A block goes out two blocks after it came in: its spectra, products with the kernel's parts, and sounds are
// computed while the next one fills.
void LinearEq::runSlot(const EqValues& values) noexcept {
  constexpr std::size_t firstProductSlot = 2;
  const std::size_t firstInverseSlot = blockFrames_ / slotFrames - 2;
  runDesign(values);
  if (slot_ < firstProductSlot) {
    Side& side = sides_[slot_];
    if (slot_ == 0) {
      if (change_ == Change::designed) change_ = Change::prepared;
      at_ = (at_ + kernelParts - 1) % kernelParts;
      heard_ = std::min(heard_ + 1, kernelParts);
    }
    float* spectrum = &side.spectra[at_ * 2 * blockFrames_];
    fft_.forward(side.blocks[(filling_ + 1) % 3].data(), side.blocks[(filling_ + 2) % 3].data(), spectrum,
                 spectrum + blockFrames_);
    return;
  }
  const bool both = change_ == Change::prepared;
  // While the new kernel fades in, what is computed will be heard after the old one has gone.
  const std::size_t first = change_ == Change::fading ? 1 - active_ : active_;
  if (slot_ < firstInverseSlot) {
    const std::size_t slots = firstInverseSlot - firstProductSlot;
    const std::size_t bins = (blockFrames_ / slots + 4) / 4 * 4;
    const std::size_t from = std::min((slot_ - firstProductSlot) * bins, blockFrames_);
    const std::size_t to = std::min(from + bins, blockFrames_);
    if (from < to) multiply(first, from, to);
    if (both && from < to) multiply(1 - active_, from, to);
    return;
  }
  Side& side = sides_[slot_ - firstInverseSlot];
  for (std::size_t result = 0; result < (both ? 2U : 1U); ++result) {
    const std::span<float> sum = side.sums[result == 0 ? first : 1 - active_];
    fft_.inverse(sum.data(), sum.data() + blockFrames_, spare_.data());
    const std::span<float> sound = spare_.subspan(blockFrames_);
    std::copy(sound.begin(), sound.end(), side.results[1 - playing_][result].begin());
  }
}

void LinearEq::runDesign(const EqValues& values) noexcept {
  if (!design_.isUnderWay()) {
    if (!stale_ || change_ != Change::none) return;
    stale_ = false;
    design_.begin(values);
  }
  if (design_.step(kernels_[1 - active_], fft_)) change_ = Change::designed;
}

void LinearEq::multiply(std::size_t which, std::size_t firstBin, std::size_t lastBin) noexcept {
  const LinearKernel& kernel = kernels_[which];
  const bool silent = which == active_ && !hasKernel_;
  for (std::size_t out = 0; out < 2; ++out) {
    float* sum = sides_[out].sums[which].data();
    std::fill(sum + firstBin, sum + lastBin, 0.0f);
    std::fill(sum + blockFrames_ + firstBin, sum + blockFrames_ + lastBin, 0.0f);
    for (std::size_t in = 0; in < 2; ++in) {
      const KernelWay& way = kernel.ways[out][in];
      if (!way.used || silent) continue;
      for (std::size_t part = 0; part < heard_; ++part) {
        addProduct(&sides_[in].spectra[(at_ + part) % kernelParts * 2 * blockFrames_],
                   &kernel.spectra[way.spectrum][part * 2 * blockFrames_], sum, blockFrames_, firstBin,
                   lastBin);
      }
    }
  }
}

void LinearEq::endBlock() noexcept {
  slot_ = 0;
  filling_ = (filling_ + 1) % 3;
  playing_ = 1 - playing_;
  if (change_ == Change::prepared) {
    change_ = Change::fading;
  } else if (change_ == Change::fading) {
    active_ = 1 - active_;
    change_ = Change::none;
    hasKernel_ = true;
  }
}

}  // namespace mixwell::filters
