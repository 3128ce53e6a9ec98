#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <random>
#include <vector>

#include "support/engine_rig.h"

namespace mixwell::test {

inline constexpr int toMaster = -2;
inline constexpr int unkeyed = -1;

struct ConsoleSend {
  int bus = 0;
  double gainDb = 0;
  double pan = 0;
  bool pre = false;
  bool on = true;
};

struct ConsoleInsert {
  int handle = 0;
  std::size_t device = 0;  ///< place in deviceTypes()
  bool on = true;
  bool levelMatched = false;
  int key = unkeyed;
  std::map<std::size_t, double> params{};  ///< those that are not at their defaults
};

struct ConsoleTrack {
  int handle = 0;
  int output = toMaster;
  int channels = 2;
  std::array<int, 2> keys{unkeyed, unkeyed};
  std::map<std::size_t, double> params{};  ///< by the places of channelParams
  std::vector<ConsoleSend> sends{};
  std::vector<ConsoleInsert> inserts{};
  std::vector<ClipSpec> clips{};
};

/// A mix as a document has it: tracks in order, and the master.
struct Console {
  std::vector<ConsoleTrack> tracks{};
  std::vector<ConsoleInsert> masterInserts{};

  ConsoleTrack& track(int handle);
  const ConsoleTrack& track(int handle) const;
  /// Handles of the tracks in order.
  std::vector<int> order() const;
};

/// Commands for a part of a console; the error of the first that is refused.
engine::CommandError tellRoute(EngineRig& rig, const ConsoleTrack& track);
engine::CommandError tellSends(EngineRig& rig, const ConsoleTrack& track);
engine::CommandError tellKeys(EngineRig& rig, const ConsoleTrack& track);
engine::CommandError tellInserts(EngineRig& rig, int owner, const std::vector<ConsoleInsert>& inserts);
engine::CommandError tellInsertParams(EngineRig& rig, const ConsoleInsert& insert);
engine::CommandError tellInsertState(EngineRig& rig, const ConsoleInsert& insert);
/// All of a console, for an engine that has no tracks yet. Fails the test where something is refused.
void tell(EngineRig& rig, const Console& console);

/// The place of a parameter of the strip with its sections.
std::size_t channelParam(std::string_view id);

/// Dice for consoles.
class Dice {
 public:
  explicit Dice(unsigned seed) : random_(seed) {}

  /// 0 to sides - 1.
  std::size_t roll(std::size_t sides) { return random_() % sides; }
  bool oneIn(std::size_t sides) { return roll(sides) == 0; }
  double between(double low, double high) {
    return low + (high - low) * static_cast<double>(roll(1001)) / 1000.0;
  }
  int sign() { return oneIn(2) ? -1 : 1; }
  /// A value that the table allows, in the lower `part` of its range.
  double valueOf(const params::ParamInfo& info, double part = 1.0);
  /// A device with a few values off their defaults.
  ConsoleInsert insert(int handle);
  /// Values of the sections, half of which are on, and of the strip's own parameters but mute and solo.
  void strip(ConsoleTrack& track);

 private:
  std::mt19937 random_;
};

}  // namespace mixwell::test
