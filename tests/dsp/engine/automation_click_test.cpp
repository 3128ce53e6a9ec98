// Automation of any parameter of any device makes no step beyond what its curve asks for.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <iostream>
#include <random>
#include <string>

#include "support/device_rig.h"

using namespace mixwell;
using namespace mixwell::test;

namespace {

constexpr std::size_t grid = 16;
constexpr std::size_t frames = 30000;
constexpr std::size_t settled = 9600;

/// Values by which a device does something to a sine at -10 dB.
void makeActive(DeviceRig& rig) {
  const std::pair<std::string_view, double> values[] = {{"mix", 50},
                                                        {"thresholdDb", -30},
                                                        {"amount", 50},
                                                        {"driveDb", 6},
                                                        {"inputGainDb", 6},
                                                        {"ceilingDb", -6},
                                                        {"on", 1},
                                                        {"band1.on", 1},
                                                        {"band1.gainDb", 6},
                                                        {"band1.freqHz", 400},
                                                        {"attackDb", 6},
                                                        {"sustainDb", 6},
                                                        {"band1.thresholdDb", -30},
                                                        {"band2.thresholdDb", -30},
                                                        {"feedback", 40}};
  const auto params = rig.device().table().params;
  for (const auto& [id, value] : values) {
    const auto has = std::find_if(params.begin(), params.end(), [&](const auto& p) { return p.id == id; });
    if (has != params.end()) rig.set(id, std::clamp(value, has->min, has->max));
  }
}

double valueAt(const params::ParamInfo& info, double part) {
  if (info.kind != params::ParamKind::continuous) return std::round(info.min + part * (info.max - info.min));
  if (info.curve == params::ParamCurve::logarithmic) return info.min * std::pow(info.max / info.min, part);
  return info.min + part * (info.max - info.min);
}

Signal tone() {
  Signal in = sine(frames, 200.0 / 48000.0, 0.3);
  for (std::size_t i = 0; i < settled / 2; ++i) in[i] *= static_cast<float>(i) / (settled / 2);
  return in;
}

// The largest click where the parameter moves in straight lines of 25 to 80 ms between any places of its
// range, or is switched as often.
float clickOfMotion(std::string_view device, const params::ParamInfo& info, unsigned seed) {
  std::mt19937 random(seed);
  DeviceRig rig(device);
  makeActive(rig);
  rig.device().reset();
  const Signal in = tone();
  Signal out;
  const std::size_t index = rig.indexOf(info.id);
  double from = info.accepted(info.defaultValue) ? info.defaultValue : info.min;
  double to = from;
  std::size_t start = 0;
  std::size_t end = settled;
  for (std::size_t at = 0; at < frames; at += grid) {
    if (at >= end) {
      from = to;
      to = valueAt(info, static_cast<double>(random() % 1001) / 1000.0);
      start = end;
      end = start + grid * (75 + random() % 165);
      if (info.kind != params::ParamKind::continuous) rig.turn(info.id, to);
    }
    if (at >= settled && info.kind == params::ParamKind::continuous) {
      const double part = static_cast<double>(at + grid - start) / static_cast<double>(end - start);
      rig.device().setParam(index, from + (to - from) * std::min(part, 1.0), grid);
    }
    const Signal piece(in.begin() + static_cast<std::ptrdiff_t>(at),
                       in.begin() + static_cast<std::ptrdiff_t>(at + grid));
    const Stereo made = rig.run({piece, piece});
    out.insert(out.end(), made.left.begin(), made.left.end());
  }
  return clickSize(Signal(out.begin() + settled / 2, out.end()));
}

}  // namespace

TEST_CASE("Automation of any parameter of any device clicks no more than its straight lines ask for") {
  // Of a tone at 0.3, the bends where straight lines over a whole range meet make some 0.003; a mix that goes
  // from grid point to grid point in steps makes 0.018.
  constexpr float asked = 0.005f;
  float worst = 0.0f;
  std::string worstOf;
  for (const engine::DeviceType& type : engine::deviceTypes()) {
    for (const params::ParamInfo& info : type.table->params) {
      const bool laterBand = info.id.starts_with("band") && info.id[4] > '2';
      if (info.changesLatency || laterBand) continue;
      const float click = clickOfMotion(type.table->id, info, 1);
      INFO(type.table->id << " " << info.id);
      CHECK(click < asked);
      if (click <= worst) continue;
      worst = click;
      worstOf = std::string(type.table->id) + " " + std::string(info.id);
    }
  }
  std::cout << "automation: worst click " << worst << ", " << worstOf << "\n";
}
