#include "codec/pcm_reader.h"

#include <algorithm>
#include <utility>

#include "codec/aiff_header.h"
#include "codec/byte_order.h"
#include "codec/wav_header.h"

namespace mixwell::codec {
namespace {

constexpr uint64_t formBytes = 12;
constexpr uint64_t chunkHeaderBytes = 8;
constexpr uint32_t maxChunks = 10000;

}  // namespace

PcmReader::PcmReader(uint64_t fileBytes) : fileBytes_(fileBytes) {
  if (fileBytes == 0) {
    fail(State::NotPcm, "It is empty.");
    return;
  }
  neededBytes_ = static_cast<size_t>(std::min<uint64_t>(fileBytes, windowBytes));
}

void PcmReader::supply(std::span<const uint8_t> bytes) {
  if (state_ != State::NeedsBytes) return;
  windowOffset_ = neededOffset_;
  windowLength_ = std::min(bytes.size(), neededBytes_);
  std::copy_n(bytes.begin(), windowLength_, window_.begin());
  if (windowLength_ < neededBytes_) fileBytes_ = windowOffset_ + windowLength_;
  neededBytes_ = 0;

  Step step = Step::Next;
  while (step == Step::Next) {
    if (container_ == nullptr) {
      step = readForm();
    } else if (afterOddChunk_) {
      step = skipPad();
    } else {
      step = readChunk();
    }
  }
  if (step == Step::End) conclude();
}

// Points `found` to up to `bytes` bytes at `offset`, fewer only at the end of the file. False when they are
// to be asked for first.
bool PcmReader::fetch(uint64_t offset, size_t bytes, std::span<const uint8_t>& found) {
  found = {};
  if (offset >= fileBytes_) return true;
  const size_t present = static_cast<size_t>(std::min<uint64_t>(bytes, fileBytes_ - offset));
  if (offset >= windowOffset_ && offset + present <= windowOffset_ + windowLength_) {
    found = std::span<const uint8_t>(window_).subspan(static_cast<size_t>(offset - windowOffset_), present);
    return true;
  }
  neededOffset_ = offset;
  neededBytes_ = static_cast<size_t>(std::min<uint64_t>(windowBytes, fileBytes_ - offset));
  return false;
}

PcmReader::Step PcmReader::readForm() {
  std::span<const uint8_t> form;
  if (!fetch(0, formBytes, form)) return Step::Stay;
  const auto notPcm = [this](const char* sentence) {
    fail(State::NotPcm, sentence);
    return Step::Stay;
  };
  if (form.size() < formBytes) return notPcm("It is neither a WAV nor an AIFF file.");
  const uint32_t id = readU32(form, 0, true);
  const uint32_t type = readU32(form, 8, true);
  if (WavHeader::isFormId(id)) {
    if (type != fourCc("WAVE")) return notPcm("It is a RIFF file, but holds something other than WAV sound.");
    auto wav = std::make_unique<WavHeader>(id);
    bigEndian_ = wav->bigEndian();
    container_ = std::move(wav);
  } else if (id == fourCc("FORM") && (type == fourCc("AIFF") || type == fourCc("AIFC"))) {
    bigEndian_ = true;
    container_ = std::make_unique<AiffHeader>(type);
  } else {
    return notPcm("It is neither a WAV nor an AIFF file.");
  }
  position_ = formBytes;
  return Step::Next;
}

PcmReader::Step PcmReader::readChunk() {
  std::span<const uint8_t> header;
  if (!fetch(position_, chunkHeaderBytes, header)) return Step::Stay;
  if (header.size() < chunkHeaderBytes || chunks_ == maxChunks) return Step::End;

  Chunk chunk;
  chunk.id = readU32(header, 0, true);
  chunk.size = readU32(header, 4, bigEndian_);
  chunk.offset = position_ + chunkHeaderBytes;
  if (!isPrintableFourCc(chunk.id)) return Step::End;
  if (!fetch(chunk.offset, container_->headBytes(chunk.id, chunk.size), chunk.head)) return Step::Stay;
  ++chunks_;

  const uint64_t bodyBytes = container_->take(chunk, fileBytes_);
  if (container_->complete() || bodyBytes >= fileBytes_ - chunk.offset) return Step::End;
  position_ = chunk.offset + bodyBytes;
  afterOddChunk_ = bodyBytes % 2 != 0;
  return Step::Next;
}

// A chunk of odd length is followed by a pad byte; some writers leave it out, which shows where a chunk's
// name stands in its place and none after it.
PcmReader::Step PcmReader::skipPad() {
  std::span<const uint8_t> around;
  if (!fetch(position_, 5, around)) return Step::Stay;
  afterOddChunk_ = false;
  const bool unpadded = around.size() == 5 && isPrintableFourCc(readU32(around, 0, true)) &&
                        !isPrintableFourCc(readU32(around, 1, true));
  if (!unpadded) ++position_;
  return Step::Next;
}

void PcmReader::conclude() {
  std::string sentence = container_->finish(fileBytes_, info_);
  if (sentence.empty()) {
    state_ = State::Ready;
  } else {
    fail(State::Refused, std::move(sentence));
  }
}

void PcmReader::fail(State state, std::string sentence) {
  state_ = state;
  error_ = std::move(sentence);
  neededBytes_ = 0;
}

}  // namespace mixwell::codec
