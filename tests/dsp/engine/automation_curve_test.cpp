#include "engine/automation_curve.h"

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <random>
#include <vector>

using namespace mixwell::engine;
using Catch::Matchers::WithinAbs;

TEST_CASE("A lane holds its first value before and its last value after its points") {
  const std::vector<AutomationPoint> points = {{100, -6.0}, {200, 3.0}};
  CHECK(automationValue(points, 0) == -6.0);
  CHECK(automationValue(points, 100) == -6.0);
  CHECK(automationValue(points, 150) == -1.5);
  CHECK(automationValue(points, 200) == 3.0);
  CHECK(automationValue(points, std::int64_t{1} << 40) == 3.0);
}

TEST_CASE("Hold stays to the frame of the next point") {
  const std::vector<AutomationPoint> points = {{10, 1.0, 0.0, PointShape::hold}, {20, 5.0}};
  CHECK(automationValue(points, 19) == 1.0);
  CHECK(automationValue(points, 20) == 5.0);
}

TEST_CASE("A bent line meets both points, rises all the way and mirrors its opposite") {
  for (const double bend : {-1.0, -0.5, 0.0, 0.3, 1.0}) {
    const std::vector<AutomationPoint> points = {{0, 2.0, bend, PointShape::bend}, {1000, 4.0}};
    const std::vector<AutomationPoint> mirror = {{0, 2.0, -bend, PointShape::bend}, {1000, 4.0}};
    CHECK(automationValue(points, 0) == 2.0);
    CHECK(automationValue(points, 1000) == 4.0);
    CHECK_THAT(automationValue(points, 500), WithinAbs(3.0 + 0.9375 * bend, 1e-12));
    for (std::int64_t frame = 1; frame <= 1000; ++frame) {
      REQUIRE(automationValue(points, frame) > automationValue(points, frame - 1));
      const double opposite = 6.0 - automationValue(mirror, 1000 - frame);
      REQUIRE_THAT(automationValue(points, frame), WithinAbs(opposite, 1e-12));
    }
  }
}

TEST_CASE("Breaks are the frames of the points, and rests are where nothing moves") {
  const std::vector<AutomationPoint> points = {
      {10, 1.0}, {20, 1.0}, {30, 2.0, 0.0, PointShape::hold}, {40, 3.0}};
  CHECK(nextBreak(points, 0) == 10);
  CHECK(nextBreak(points, 10) == 20);
  CHECK(nextBreak(points, 39) == 40);
  CHECK(nextBreak(points, 40) == noBreak);
  CHECK(restsAt(points, 0));
  CHECK(restsAt(points, 10));
  CHECK_FALSE(restsAt(points, 20));
  CHECK(restsAt(points, 30));
  CHECK(restsAt(points, 40));
}

TEST_CASE("The point before a frame is found as a search from the front finds it") {
  std::mt19937 random(5);
  std::vector<AutomationPoint> points;
  for (std::int64_t frame = 0; points.size() < 300;) points.push_back({frame += 1 + random() % 7, 0.0});
  for (std::int64_t frame = 0; frame < points.back().frame + 5; ++frame) {
    std::size_t expected = points.size();
    for (std::size_t i = 0; i < points.size() && points[i].frame <= frame; ++i) expected = i;
    REQUIRE(pointBefore(points, frame) == expected);
  }
}

TEST_CASE("A step is heard as a straight way of the smoothing time that begins at its point") {
  const std::vector<AutomationPoint> points = {
      {100, 0.0, 0.0, PointShape::hold}, {200, 8.0, 0.0, PointShape::hold}, {202, 4.0}};
  CHECK(heardValue(points, 199, 4) == 0.0);
  CHECK(heardValue(points, 200, 4) == 2.0);
  CHECK(heardValue(points, 201, 4) == 4.0);
  // The way of the first step goes on below that of the second.
  CHECK(heardValue(points, 202, 4) == 4.0 - 2.0 + 3.0);
  CHECK(heardValue(points, 203, 4) == 4.0 + 2.0);
  CHECK(heardValue(points, 205, 4) == 4.0);
  CHECK(heardValue(points, 200, 0) == 8.0);
}

TEST_CASE("Without steps a lane is heard as it is drawn") {
  const std::vector<AutomationPoint> points = {{0, 1.0, 0.5, PointShape::bend}, {700, 3.0}, {900, -2.0}};
  for (std::int64_t frame = 0; frame < 1000; ++frame) {
    REQUIRE(heardValue(points, frame, 960) == automationValue(points, frame));
  }
}

TEST_CASE("Straight lines end at the grid and at points") {
  const std::vector<AutomationPoint> points = {{20, 1.0}, {48, 2.0}};
  CHECK(lineEnd(points, 0) == 16);
  CHECK(lineEnd(points, 15) == 16);
  CHECK(lineEnd(points, 16) == 20);
  CHECK(lineEnd(points, 20) == 32);
  CHECK(lineEnd(points, 33) == 48);
}
