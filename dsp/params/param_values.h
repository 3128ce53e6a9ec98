#pragma once

#include <array>
#include <optional>

#include "params/param_info.h"

namespace mixwell::params {

/// The values of a table's parameters. Any one thread.
template <std::size_t N>
class ParamValues {
 public:
  /// The table outlives this.
  explicit ParamValues(const std::array<ParamInfo, N>& infos) noexcept : infos_(&infos) { setDefaults(); }

  void setDefaults() noexcept {
    for (std::size_t i = 0; i < N; ++i) values_[i] = (*infos_)[i].defaultValue;
  }
  /// False, and nothing happens, where the table has no such parameter or value.
  bool set(std::size_t index, double value) noexcept {
    if (index >= N) return false;
    const std::optional<double> accepted = (*infos_)[index].accepted(value);
    if (!accepted) return false;
    values_[index] = *accepted;
    return true;
  }
  template <typename Param>
  double operator[](Param which) const noexcept {
    return values_[static_cast<std::size_t>(which)];
  }

 private:
  const std::array<ParamInfo, N>* infos_;
  std::array<double, N> values_{};
};

}  // namespace mixwell::params
