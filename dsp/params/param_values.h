#pragma once

#include <array>
#include <optional>

#include "params/param_info.h"

namespace mixwell::params {

/// The values of a table's parameters; `infos` is the table. Any one thread.
template <const auto& infos>
class ParamValues {
 public:
  ParamValues() noexcept { setDefaults(); }

  void setDefaults() noexcept {
    for (std::size_t i = 0; i < infos.size(); ++i) values_[i] = infos[i].defaultValue;
  }
  /// False, and nothing happens, where the table has no such parameter or value.
  bool set(std::size_t index, double value) noexcept {
    if (index >= infos.size()) return false;
    const std::optional<double> accepted = infos[index].accepted(value);
    if (!accepted) return false;
    values_[index] = *accepted;
    return true;
  }
  template <typename Param>
  double operator[](Param which) const noexcept {
    return values_[static_cast<std::size_t>(which)];
  }

 private:
  std::array<double, infos.size()> values_{};
};

}  // namespace mixwell::params
