#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace mixwell::test {

// Puts a file together field by field, right or wrong as a test wants it.
class ByteMaker {
 public:
  explicit ByteMaker(bool bigEndian = false) : bigEndian_(bigEndian) {}

  ByteMaker& text(std::string_view characters) {
    for (const char c : characters) bytes_.push_back(static_cast<uint8_t>(c));
    return *this;
  }
  ByteMaker& number(uint64_t value, size_t bytes) {
    for (size_t i = 0; i < bytes; ++i) {
      const size_t shift = 8 * (bigEndian_ ? bytes - 1 - i : i);
      bytes_.push_back(static_cast<uint8_t>(value >> shift));
    }
    return *this;
  }
  ByteMaker& zeros(size_t count) {
    bytes_.insert(bytes_.end(), count, 0);
    return *this;
  }
  ByteMaker& append(const std::vector<uint8_t>& more) {
    bytes_.insert(bytes_.end(), more.begin(), more.end());
    return *this;
  }

  // "fmt " of integers.
  ByteMaker& format(uint64_t channels = 2, uint64_t rateHz = 48000, uint64_t bits = 16, uint64_t tag = 1) {
    const uint64_t align = channels * ((bits + 7) / 8);
    return text("fmt ")
        .number(16, 4)
        .number(tag, 2)
        .number(channels, 2)
        .number(rateHz, 4)
        .number(rateHz * align, 4)
        .number(align, 2)
        .number(bits, 2);
  }
  ByteMaker& extensibleFormat(uint64_t channels, uint64_t containerBits, uint64_t validBits,
                              uint64_t tag = 1) {
    const uint64_t align = channels * ((containerBits + 7) / 8);
    return text("fmt ")
        .number(40, 4)
        .number(0xfffe, 2)
        .number(channels, 2)
        .number(48000, 4)
        .number(48000 * align, 4)
        .number(align, 2)
        .number(containerBits, 2)
        .number(22, 2)
        .number(validBits, 2)
        .number(0, 4)
        .number(tag, 4)
        .number(0, 2)
        .number(0x10, 2)
        .number(0x80, 1)
        .zeros(2)
        .number(0xaa, 1)
        .number(0, 1)
        .number(0x38, 1)
        .number(0x9b, 1)
        .number(0x71, 1);
  }

  size_t size() const { return bytes_.size(); }
  const std::vector<uint8_t>& bytes() const { return bytes_; }

 private:
  bool bigEndian_;
  std::vector<uint8_t> bytes_;
};

}  // namespace mixwell::test
