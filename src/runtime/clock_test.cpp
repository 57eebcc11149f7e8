// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "runtime/clock.h"

#include <gtest/gtest.h>

namespace dienstbereit::runtime {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr Instant kWall{std::chrono::hours(500'000)};
constexpr Steady kSteady{std::chrono::hours(7)};

TEST(Clock, StartsAtItsBaseAndOnlyRunsForward) {
  const Clock clock(kWall);
  const auto first = clock.now();
  EXPECT_GE(first, kWall);
  EXPECT_LT(first - kWall, seconds(60));
  EXPECT_GE(clock.now(), first);
}

TEST(Clock, LogicalAndMonotonicTimeTranslateBothWays) {
  const Clock clock(kWall);
  const auto later = kWall + milliseconds(1234);
  EXPECT_EQ(clock.instant(clock.steady(later)), later);
  EXPECT_EQ(clock.steady(later) - clock.steady(kWall), milliseconds(1234));
}

TEST(StepDetector, SeesASmoothClockAsInPlace) {
  StepDetector steps(kWall, kSteady);
  EXPECT_FALSE(steps.look(kWall + seconds(10), kSteady + seconds(10)));
}

TEST(StepDetector, FollowsSlowDriftSilently) {
  StepDetector steps(kWall, kSteady);
  for (int i = 1; i <= 100; ++i) {
    EXPECT_FALSE(steps.look(kWall + i * milliseconds(1100), kSteady + i * seconds(1)));
  }
}

TEST(StepDetector, TellsStepsForwardsAndBackwardsOnce) {
  StepDetector steps(kWall, kSteady);
  EXPECT_EQ(*steps.look(kWall + seconds(3601), kSteady + seconds(1)), std::chrono::hours(1));
  EXPECT_FALSE(steps.look(kWall + seconds(3602), kSteady + seconds(2)));
  EXPECT_EQ(*steps.look(kWall + seconds(3), kSteady + seconds(3)), -std::chrono::hours(1));
}

}  // namespace dienstbereit::runtime
