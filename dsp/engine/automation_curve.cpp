#include "engine/automation_curve.h"

namespace mixwell::engine {

std::size_t pointBefore(std::span<const AutomationPoint> points, std::int64_t frame) noexcept {
  std::size_t first = 0;
  std::size_t past = points.size();
  while (first < past) {
    const std::size_t middle = (first + past) / 2;
    if (points[middle].frame <= frame) {
      first = middle + 1;
    } else {
      past = middle;
    }
  }
  return first == 0 ? points.size() : first - 1;
}

double automationValue(std::span<const AutomationPoint> points, std::int64_t frame) noexcept {
  const std::size_t at = pointBefore(points, frame);
  if (at == points.size()) return points.front().value;
  const AutomationPoint& a = points[at];
  if (at + 1 == points.size() || a.shape == PointShape::hold) return a.value;
  const AutomationPoint& b = points[at + 1];
  const double t = static_cast<double>(frame - a.frame) / static_cast<double>(b.frame - a.frame);
  if (a.shape == PointShape::linear) return a.value + (b.value - a.value) * t;
  const double k = 0.9375 * a.bend;
  const double y = (t * (1.0 + k)) / ((1.0 - k) + (2.0 * k) * t);
  return a.value + (b.value - a.value) * y;
}

std::int64_t nextBreak(std::span<const AutomationPoint> points, std::int64_t frame) noexcept {
  const std::size_t at = pointBefore(points, frame);
  const std::size_t next = at == points.size() ? 0 : at + 1;
  return next < points.size() ? points[next].frame : noBreak;
}

double heardValue(std::span<const AutomationPoint> points, std::int64_t frame,
                  std::uint32_t smoothingFrames) noexcept {
  double value = automationValue(points, frame);
  const std::size_t at = pointBefore(points, frame);
  if (at == points.size()) return value;
  const auto smoothing = static_cast<std::int64_t>(smoothingFrames);
  for (std::size_t i = at; i > 0 && frame - points[i].frame < smoothing; --i) {
    const AutomationPoint& before = points[i - 1];
    if (before.shape != PointShape::hold) continue;
    const double way = static_cast<double>(frame - points[i].frame + 1) / static_cast<double>(smoothing);
    value += (before.value - points[i].value) * (1.0 - way);
  }
  return value;
}

std::int64_t lineEnd(std::span<const AutomationPoint> points, std::int64_t frame) noexcept {
  const std::int64_t grid = (frame / automationGrid + 1) * automationGrid;
  const std::int64_t next = nextBreak(points, frame);
  return next < grid ? next : grid;
}

bool restsAt(std::span<const AutomationPoint> points, std::int64_t frame) noexcept {
  const std::size_t at = pointBefore(points, frame);
  if (at == points.size() || at + 1 == points.size()) return true;
  return points[at].shape == PointShape::hold || points[at].value == points[at + 1].value;
}

}  // namespace mixwell::engine
