#include "params/json_writer.h"

#include <array>
#include <cstdio>

namespace mixwell::params {

namespace {

std::string_view nameOf(ParamKind kind) {
  switch (kind) {
    case ParamKind::continuous:
      return "continuous";
    case ParamKind::choice:
      return "choice";
    case ParamKind::onOff:
      break;
  }
  return "switch";
}

std::string_view nameOf(ParamCurve curve) {
  switch (curve) {
    case ParamCurve::linear:
      return "linear";
    case ParamCurve::fader:
      return "fader";
    case ParamCurve::logarithmic:
      break;
  }
  return "logarithmic";
}

}  // namespace

void JsonWriter::member(std::string_view key) {
  if (!json_.empty() && json_.back() != '{' && json_.back() != '[') json_ += ',';
  if (!key.empty()) json_.append("\"").append(key).append("\":");
}

void JsonWriter::open(std::string_view key, char bracket) {
  member(key);
  json_ += bracket;
}

void JsonWriter::close(char bracket) {
  json_ += bracket;
}

void JsonWriter::text(std::string_view key, std::string_view value) {
  member(key);
  json_.append("\"").append(value).append("\"");
}

void JsonWriter::number(std::string_view key, double value) {
  std::array<char, 32> digits{};
  std::snprintf(digits.data(), digits.size(), "%.17g", value);
  member(key);
  json_ += digits.data();
}

void JsonWriter::table(std::string_view key, std::span<const ParamInfo> params) {
  beginArray(key);
  for (const ParamInfo& info : params) {
    beginObject();
    text("id", info.id);
    text("name", info.name);
    text("unit", info.unit);
    number("min", info.min);
    number("max", info.max);
    number("default", info.defaultValue);
    text("curve", nameOf(info.curve));
    number("smoothingMs", info.smoothingMs);
    text("kind", nameOf(info.kind));
    beginArray("choices");
    for (const std::string_view choice : info.choices) item(choice);
    endArray();
    number("changesLatency", info.changesLatency ? 1 : 0);
    endObject();
  }
  endArray();
}

}  // namespace mixwell::params
