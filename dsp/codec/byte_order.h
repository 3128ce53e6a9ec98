#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace mixwell::codec {

// Reads an unsigned integer of `bytes` bytes (1..8) at `data[offset]`; the caller has checked the range.
inline uint64_t readUnsigned(std::span<const uint8_t> data, size_t offset, size_t bytes, bool bigEndian) {
  uint64_t value = 0;
  for (size_t i = 0; i < bytes; ++i) {
    value = (value << 8) | data[offset + (bigEndian ? i : bytes - 1 - i)];
  }
  return value;
}

inline uint16_t readU16(std::span<const uint8_t> data, size_t offset, bool bigEndian) {
  return static_cast<uint16_t>(readUnsigned(data, offset, 2, bigEndian));
}

inline uint32_t readU32(std::span<const uint8_t> data, size_t offset, bool bigEndian) {
  return static_cast<uint32_t>(readUnsigned(data, offset, 4, bigEndian));
}

// A chunk's four-character name as a number, first character highest.
constexpr uint32_t fourCc(const char (&name)[5]) {
  uint32_t value = 0;
  for (size_t i = 0; i < 4; ++i) value = (value << 8) | static_cast<uint8_t>(name[i]);
  return value;
}

constexpr bool isPrintableFourCc(uint32_t id) {
  for (int shift = 0; shift < 32; shift += 8) {
    const uint32_t character = (id >> shift) & 0xff;
    if (character < 0x20 || character > 0x7e) return false;
  }
  return true;
}

}  // namespace mixwell::codec
