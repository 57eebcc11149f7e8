// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "runtime/boot.h"

#include <gtest/gtest.h>

namespace dienstbereit::runtime {

using std::chrono::seconds;

TEST(Boot, WithinOneStartOfTheMachineItsClockDoesNotCount) {
  const Moment then{"a", seconds(100), Instant(seconds(1'000'000))};
  const Moment now{"a", seconds(130), Instant(seconds(5))};  // set back meanwhile
  EXPECT_EQ(age_of(then, now).age, seconds(30));
  EXPECT_FALSE(age_of(then, now).by_clock);
}

TEST(Boot, AfterAnotherStartTheClockTellsAndThatIsSaid) {
  const Moment then{"a", seconds(100), Instant(seconds(1000))};
  const Moment now{"b", seconds(10), Instant(seconds(1060))};
  EXPECT_EQ(age_of(then, now).age, seconds(60));
  EXPECT_TRUE(age_of(then, now).by_clock);
  const Moment before{"b", seconds(10), Instant(seconds(3))};  // no battery: begins at 1970
  EXPECT_EQ(age_of(then, before).age, seconds(0));
  EXPECT_TRUE(age_of(then, before).by_clock);
}

TEST(Boot, ThisMachineTellsItsStartAndItsUptime) {
  const Moment first = moment_now();
  const Moment second = moment_now();
  EXPECT_EQ(first.boot.size(), 36u);
  EXPECT_EQ(first.boot, second.boot);
  EXPECT_LE(first.uptime, second.uptime);
  EXPECT_GT(first.uptime, Duration(0));
}

}  // namespace dienstbereit::runtime
