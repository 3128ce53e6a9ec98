#include "codec/pcm_convert.h"

#include <array>
#include <bit>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <limits>
#include <vector>

using mixwell::codec::convertToPlanar;
using mixwell::codec::NonFiniteCounts;
using mixwell::codec::SampleEncoding;
using mixwell::codec::SampleFormat;

namespace {

std::vector<float> convert(const std::vector<uint8_t>& bytes, SampleFormat format,
                           NonFiniteCounts* counts = nullptr) {
  std::vector<float> out(bytes.size() / format.bytes);
  const auto met = convertToPlanar(bytes, format, 1, out.data(), out.size());
  if (counts != nullptr) *counts = met;
  return out;
}

template <typename Word>
std::vector<uint8_t> bigEndianBytes(const std::vector<Word>& words) {
  std::vector<uint8_t> bytes;
  for (const Word word : words) {
    for (size_t i = sizeof(Word); i-- > 0;) bytes.push_back(static_cast<uint8_t>(word >> (8 * i)));
  }
  return bytes;
}

}  // namespace

TEST_CASE("Integers of n bits are divided by 2^(n-1)") {
  CHECK(convert({0, 64, 128, 192, 255}, {SampleEncoding::UnsignedInt, 1, false}) ==
        std::vector<float>{-1.0F, -0.5F, 0.0F, 0.5F, 127.0F / 128.0F});
  CHECK(convert({0x80, 0xc0, 0, 0x40, 0x7f}, {SampleEncoding::SignedInt, 1, false}) ==
        std::vector<float>{-1.0F, -0.5F, 0.0F, 0.5F, 127.0F / 128.0F});
  CHECK(convert({0x00, 0x80, 0xff, 0xff, 0x01, 0x00, 0xff, 0x7f}, {SampleEncoding::SignedInt, 2, false}) ==
        std::vector<float>{-1.0F, -1.0F / 32768.0F, 1.0F / 32768.0F, 32767.0F / 32768.0F});
  CHECK(convert({0x80, 0x00, 0x00, 0xff, 0xff, 0xff, 0x00, 0x00, 0x01, 0x7f, 0xff, 0xff},
                {SampleEncoding::SignedInt, 3, true}) ==
        std::vector<float>{-1.0F, -1.0F / 8388608.0F, 1.0F / 8388608.0F, 8388607.0F / 8388608.0F});
  CHECK(convert({0x00, 0x00, 0x00, 0x80, 0x00, 0x00, 0x00, 0x40, 0xff, 0xff, 0xff, 0x7f},
                {SampleEncoding::SignedInt, 4, false}) == std::vector<float>{-1.0F, 0.5F, 1.0F});
}

TEST_CASE("Every 24-bit integer converts without loss") {
  std::vector<uint8_t> bytes;
  for (uint32_t value = 0; value < (1U << 24); value += 251) {
    for (const unsigned shift : {0U, 8U, 16U}) bytes.push_back(static_cast<uint8_t>(value >> shift));
  }
  const auto floats = convert(bytes, {SampleEncoding::SignedInt, 3, false});
  for (size_t i = 0; i < floats.size(); ++i) {
    const auto value = static_cast<int64_t>(i * 251);
    const auto expected = value < (1 << 23) ? value : value - (1 << 24);
    REQUIRE(static_cast<double>(floats[i]) * 8388608.0 == static_cast<double>(expected));
  }
}

TEST_CASE("Channels come out planar at the stride asked for") {
  const std::array<uint8_t, 6> bytes = {128, 192, 64, 160, 96, 255};
  std::vector<float> out(10, 9.0F);
  convertToPlanar(bytes, {SampleEncoding::UnsignedInt, 1, false}, 3, out.data(), 4);
  CHECK(out == std::vector<float>{0.0F, 0.25F, 9.0F, 9.0F, 0.5F, -0.25F, 9.0F, 9.0F, -0.5F, 127.0F / 128.0F});
}

TEST_CASE("What is no number becomes silence and is counted") {
  constexpr float inf = std::numeric_limits<float>::infinity();
  const std::vector<uint32_t> floats = {0x3f800000, 0x7fc00000, 0x7f800000,
                                        0xff800000, 0xff800001, 0x7f7fffff};
  NonFiniteCounts counts;
  const auto out = convert(bigEndianBytes(floats), {SampleEncoding::Float, 4, true}, &counts);
  CHECK(out == std::vector<float>{1.0F, 0.0F, 0.0F, 0.0F, 0.0F, std::numeric_limits<float>::max()});
  CHECK(counts.nan == 2);
  CHECK(counts.infinite == 2);

  std::vector<uint64_t> doubles;
  const double largest = static_cast<double>(std::numeric_limits<float>::max());
  const double half = std::ldexp(1.0, 103);  // half a step of a float of that size
  for (const double value : {0.1, largest, largest + half, std::nextafter(largest + half, 0.0), -1e300,
                             static_cast<double>(-inf), std::numeric_limits<double>::quiet_NaN()}) {
    doubles.push_back(std::bit_cast<uint64_t>(value));
  }
  const auto wide = convert(bigEndianBytes(doubles), {SampleEncoding::Float, 8, true}, &counts);
  const float max = std::numeric_limits<float>::max();
  CHECK(wide == std::vector<float>{0.1F, max, 0.0F, max, 0.0F, 0.0F, 0.0F});
  CHECK(counts.nan == 1);
  CHECK(counts.infinite == 3);
}
