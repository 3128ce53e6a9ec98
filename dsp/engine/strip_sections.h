#pragma once

#include "dynamics/compressor_params.h"
#include "dynamics/gate_params.h"
#include "engine/strip_params.h"
#include "filters/cut_params.h"
#include "filters/eq_params.h"

/// The whole table of a strip: its own parameters, then those of its sections, whose ids begin with the
/// section's name ("eq.band1.gainDb"). Sound goes through cuts, gate, EQ and compressor, in this order.
namespace mixwell::engine {

enum class StripSection : std::uint8_t { cut, gate, eq, compressor };

namespace detail {

template <std::size_t N>
struct Ids {
  struct Text {
    char letters[32]{};
    std::size_t length = 0;
  };
  std::array<Text, N> texts{};
};

template <std::size_t N>
constexpr Ids<N> idsWithPrefix(std::string_view prefix, const std::array<params::ParamInfo, N>& table) {
  Ids<N> ids;
  for (std::size_t i = 0; i < N; ++i) {
    auto& text = ids.texts[i];
    for (const char letter : prefix) text.letters[text.length++] = letter;
    for (const char letter : table[i].id) text.letters[text.length++] = letter;
  }
  return ids;
}

inline constexpr auto cutIds = idsWithPrefix("cut.", filters::cutParams);
inline constexpr auto gateIds = idsWithPrefix("gate.", dynamics::gateParams);
inline constexpr auto eqIds = idsWithPrefix("eq.", filters::eqParams);
inline constexpr auto compressorIds = idsWithPrefix("compressor.", dynamics::compressorParams);

}  // namespace detail

/// Where the parameters of a section begin in the strip's table.
constexpr std::size_t sectionOffset(StripSection section) noexcept {
  std::size_t at = stripParams.size();
  if (section == StripSection::cut) return at;
  at += filters::cutParams.size();
  if (section == StripSection::gate) return at;
  at += dynamics::gateParams.size();
  if (section == StripSection::eq) return at;
  return at + filters::eqParams.size();
}

inline constexpr std::size_t channelParamCount =
    sectionOffset(StripSection::compressor) + dynamics::compressorParams.size();

namespace detail {

constexpr auto channelTable() {
  std::array<params::ParamInfo, channelParamCount> table{};
  std::size_t at = 0;
  for (const params::ParamInfo& info : stripParams) table[at++] = info;
  // A fresh strip's sections are off, so that they cost nothing.
  const auto append = [&](const auto& section, const auto& ids) {
    for (std::size_t i = 0; i < section.size(); ++i, ++at) {
      table[at] = section[i];
      table[at].id = {ids.texts[i].letters, ids.texts[i].length};
      if (section[i].id == "on") table[at].defaultValue = 0;
    }
  };
  append(filters::cutParams, cutIds);
  append(dynamics::gateParams, gateIds);
  append(filters::eqParams, eqIds);
  append(dynamics::compressorParams, compressorIds);
  return table;
}

}  // namespace detail

inline constexpr auto channelParams = detail::channelTable();

}  // namespace mixwell::engine
