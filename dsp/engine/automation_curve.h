#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

namespace mixwell::engine {

/// How a lane goes on from a point: in a straight line, on a bent one, or it stays until the next point.
enum class PointShape : std::uint8_t { linear, bend, hold };

inline constexpr std::array<std::string_view, 3> pointShapeNames = {"linear", "bend", "hold"};

/// A breakpoint; the value is in the unit of the parameter's table.
struct AutomationPoint {
  std::int64_t frame = 0;
  double value = 0.0;
  double bend = 0.0;  ///< -1 to 1
  PointShape shape = PointShape::linear;
};

/// The value of a lane at a frame of the song: the page evaluates the same operations in the same order.
/// Before the first point and after the last their values hold. `points` are by frame, no two at one, at
/// least one. Any thread.
double automationValue(std::span<const AutomationPoint> points, std::int64_t frame) noexcept;

/// The place of the last point at or before a frame; points.size() where there is none.
std::size_t pointBefore(std::span<const AutomationPoint> points, std::int64_t frame) noexcept;

/// The first frame after `frame` at which a lane's line may break or end, or `none`.
inline constexpr std::int64_t noBreak = std::int64_t{1} << 62;
std::int64_t nextBreak(std::span<const AutomationPoint> points, std::int64_t frame) noexcept;

/// The value as it is heard: where a held value gives way to another one, it gets there within
/// `smoothingFrames`, in a straight line. It follows from the points and the frame alone, so that it does not
/// matter where playing began.
double heardValue(std::span<const AutomationPoint> points, std::int64_t frame,
                  std::uint32_t smoothingFrames) noexcept;

/// What can't be computed for each frame follows its lane in straight lines from one frame of a grid to the
/// next, and from break to break.
inline constexpr std::int64_t automationGrid = 16;
/// The end of the straight line that holds `frame`.
std::int64_t lineEnd(std::span<const AutomationPoint> points, std::int64_t frame) noexcept;

/// Whether the lane keeps its value from `frame` on until its next break.
bool restsAt(std::span<const AutomationPoint> points, std::int64_t frame) noexcept;

}  // namespace mixwell::engine
