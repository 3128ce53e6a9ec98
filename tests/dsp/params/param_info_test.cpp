#include "params/param_info.h"

#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <limits>
#include <set>
#include <string_view>

#include "engine/device_types.h"
#include "engine/strip_sections.h"

using mixwell::params::ParamCurve;
using mixwell::params::ParamInfo;
using mixwell::params::ParamKind;

namespace {

constexpr double inf = std::numeric_limits<double>::infinity();
constexpr double notANumber = std::numeric_limits<double>::quiet_NaN();

void checkTable(std::span<const ParamInfo> table) {
  std::set<std::string_view> ids;
  for (const ParamInfo& info : table) {
    INFO(info.id);
    CHECK(ids.insert(info.id).second);
    CHECK(info.min < info.max);
    CHECK(info.accepted(info.defaultValue) == info.defaultValue);
    CHECK(info.accepted(info.min) == info.min);
    CHECK(info.accepted(info.max) == info.max);
    CHECK_FALSE(info.accepted(notANumber));
    CHECK_FALSE(info.accepted(info.max + 1.0));
    CHECK_FALSE(info.accepted(inf));
    if (info.kind == ParamKind::choice) {
      CHECK(info.choices.size() == static_cast<std::size_t>(info.max) + 1);
    }
    if (info.kind != ParamKind::continuous) CHECK_FALSE(info.accepted(0.5));
  }
}

}  // namespace

TEST_CASE("Every table is sound and takes its own values only") {
  checkTable(mixwell::engine::channelParams);
  checkTable(mixwell::engine::masterParams);
  for (const auto& type : mixwell::engine::deviceTypes()) checkTable(type.table->params);
}

TEST_CASE("A fader takes anything below its minimum as off, others refuse it") {
  constexpr ParamInfo fader{.id = "f",
                            .name = "",
                            .unit = "dB",
                            .min = -90,
                            .max = 12,
                            .defaultValue = 0,
                            .curve = ParamCurve::fader};
  constexpr ParamInfo plain{.id = "p", .name = "", .unit = "dB", .min = -24, .max = 24, .defaultValue = 0};
  CHECK(fader.accepted(-inf) == -90.0);
  CHECK(fader.accepted(-1e9) == -90.0);
  CHECK_FALSE(plain.accepted(-25.0));
  CHECK(mixwell::params::faderGain(fader, -90.0) == 0.0);
  CHECK(mixwell::params::faderGain(fader, 0.0) == 1.0);
  CHECK(std::abs(mixwell::params::faderGain(fader, -6.0) - std::pow(10.0, -0.3)) < 1e-15);
}

TEST_CASE("Ids that documents hold stand in their places") {
  using mixwell::engine::stripParams;
  constexpr std::string_view strip[] = {"trimDb",   "polarity", "pan",  "panLaw",
                                        "volumeDb", "mute",     "solo", "soloSafe"};
  for (std::size_t i = 0; i < stripParams.size(); ++i) CHECK(stripParams[i].id == strip[i]);
  CHECK(mixwell::engine::masterParams[0].id == "volumeDb");
  CHECK(mixwell::engine::deviceTypes()[0].table->id == "gain");
}
