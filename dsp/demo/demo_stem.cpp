#include "demo/demo_stem.h"

#include <algorithm>
#include <cmath>

#include "demo/tone_math.h"

namespace mixwell::demo {

namespace {

constexpr double kTakeFadeS = 0.02;

std::int64_t roundUpToBlock(std::int64_t frames) {
  return (frames + kBlockFrames - 1) / kBlockFrames * kBlockFrames;
}

/// A player who is early must not lose the attack to the edit: notes wait for their clip to begin.
std::int64_t heldInsideClip(const Track& track, const Note& note, std::int64_t songFrame, double rateHz) {
  const double bar = 1.0 + note.beat / kBeatsPerBar;
  for (const Clip& clip : track.clips) {
    const bool inside = clip.take == note.take && bar >= clip.startBar - 1e-9 && bar < clip.endBar;
    if (inside) return std::max(songFrame, frameOfBar(clip.startBar, rateHz));
  }
  return songFrame;
}

std::vector<TimedNote> timePart(const Track& track, const std::vector<std::int64_t>& takeStarts,
                                double rateHz) {
  std::vector<TimedNote> part;
  for (const Note& note : composeStem(track.stem)) {
    const Take& take = track.takes[static_cast<std::size_t>(note.take)];
    const double seconds = secondsOfBeat(note.beat) + note.lateMs * 0.001;
    const double endSeconds = secondsOfBeat(note.beat + note.beats);
    std::int64_t start = std::llround(std::max(seconds, 0.0) * rateHz);
    const std::int64_t end = std::llround(endSeconds * rateHz);
    const std::int64_t takeStart = frameOfBar(take.startBar, rateHz);
    if (end <= takeStart || start >= frameOfBar(take.endBar, rateHz)) continue;
    start = std::max(heldInsideClip(track, note, start, rateHz), takeStart);
    const std::int64_t offset = takeStarts[static_cast<std::size_t>(note.take)] - takeStart;
    part.push_back({start + offset, std::max<std::int64_t>(end - start, 1), note});
  }
  std::stable_sort(part.begin(), part.end(),
                   [](const TimedNote& a, const TimedNote& b) { return a.frame < b.frame; });
  return part;
}

std::unique_ptr<Instrument> makeInstrument(Stem stem, double rateHz, const std::vector<TimedNote>& part) {
  switch (stem) {
    case Stem::kick:
      return makeKick(rateHz);
    case Stem::snare:
      return makeSnare(rateHz);
    case Stem::hats:
      return makeCymbals(rateHz);
    case Stem::perc:
      return makePercussion(rateHz);
    case Stem::bass:
      return makeBass(rateHz);
    case Stem::rhodes:
      return makeRhodes(rateHz);
    case Stem::guitar:
      return makeGuitar(rateHz);
    case Stem::pad:
      return makePad(rateHz);
    case Stem::lead:
    case Stem::doubles:
    case Stem::harmonies:
      return makeSinger(stem, rateHz, part);
    case Stem::ambience:
      break;
  }
  return makeAmbience(rateHz);
}

}  // namespace

std::vector<std::int64_t> takeStartsOf(const Track& track, double sampleRateHz) {
  std::vector<std::int64_t> starts{0};
  for (const Take& take : track.takes) {
    const std::int64_t length =
        frameOfBar(take.endBar, sampleRateHz) - frameOfBar(take.startBar, sampleRateHz);
    starts.push_back(starts.back() + roundUpToBlock(length));
  }
  return starts;
}

DemoStem::DemoStem(Stem stem, double sampleRateHz)
    : track_(songTrack(stem)),
      level_(static_cast<float>(dbToGain(track_.levelDb))),
      fadeFrames_(static_cast<std::int64_t>(kTakeFadeS * sampleRateHz)),
      takeStarts_(takeStartsOf(track_, sampleRateHz)),
      part_(timePart(track_, takeStarts_, sampleRateHz)),
      instrument_(makeInstrument(stem, sampleRateHz, part_)) {
  constexpr double kDcCutoffHz = 8.0;
  frames_ = takeStarts_.back();
  for (DcBlocker& blocker : blockers_) blocker.setCutoff(kDcCutoffHz, sampleRateHz);
}

std::int64_t DemoStem::render(float* left, float* right, std::int64_t count) {
  const std::int64_t wanted = std::clamp<std::int64_t>(count, 0, frames_ - position_);
  std::int64_t done = 0;
  while (done < wanted) {
    if (position_ == rendered_) renderBlock();
    const std::int64_t available = rendered_ - position_;
    const std::int64_t n = std::min(available, wanted - done);
    const std::int64_t from = kBlockFrames - available;
    std::copy_n(block_[0].begin() + from, n, left + done);
    if (channels() == 2 && right != nullptr) std::copy_n(block_[1].begin() + from, n, right + done);
    position_ += n;
    done += n;
  }
  return done;
}

void DemoStem::renderBlock() {
  if (take_ < track_.takes.size() && rendered_ == takeStarts_[take_]) {
    instrument_->beginTake(static_cast<int>(take_));
    for (DcBlocker& blocker : blockers_) blocker.reset();
    ++take_;
  }
  for (auto& channel : block_) channel.fill(0.0f);
  while (nextNote_ < part_.size() && part_[nextNote_].frame < rendered_ + kBlockFrames) {
    const TimedNote& note = part_[nextNote_++];
    instrument_->strike(note, static_cast<int>(std::max<std::int64_t>(note.frame - rendered_, 0)));
  }
  instrument_->render(block_[0].data(), block_[1].data());

  const std::int64_t takeEnd = takeStarts_[take_];
  for (int channel = 0; channel < channels(); ++channel) {
    DcBlocker& blocker = blockers_[static_cast<std::size_t>(channel)];
    auto& samples = block_[static_cast<std::size_t>(channel)];
    for (int i = 0; i < kBlockFrames; ++i) {
      const std::int64_t rest = takeEnd - (rendered_ + i) - 1;
      const float fade =
          rest >= fadeFrames_ ? 1.0f : static_cast<float>(rest) / static_cast<float>(fadeFrames_);
      auto& sample = samples[static_cast<std::size_t>(i)];
      sample = level_ * fade * blocker.tick(sample);
    }
    blocker.flush();
  }
  rendered_ += kBlockFrames;
}

}  // namespace mixwell::demo
