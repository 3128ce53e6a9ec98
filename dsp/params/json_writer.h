#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "params/param_info.h"

namespace mixwell::params {

/// Writes JSON member by member. Names and texts are the program's own: plain characters without quotes or
/// backslashes.
class JsonWriter {
 public:
  void beginObject(std::string_view key = {}) { open(key, '{'); }
  void endObject() { close('}'); }
  void beginArray(std::string_view key = {}) { open(key, '['); }
  void endArray() { close(']'); }

  void text(std::string_view key, std::string_view value);
  void number(std::string_view key, double value);
  void item(std::string_view value) { text({}, value); }
  void table(std::string_view key, std::span<const ParamInfo> params);

  std::string take() { return std::exchange(json_, {}); }

 private:
  void open(std::string_view key, char bracket);
  void close(char bracket);
  void member(std::string_view key);

  std::string json_;
};

}  // namespace mixwell::params
