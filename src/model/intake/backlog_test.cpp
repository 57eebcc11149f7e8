// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "model/intake/backlog.h"

#include <gtest/gtest.h>

namespace dienstbereit {
namespace {

constexpr Instant kNow{std::chrono::hours(495'000)};
constexpr Duration kDay = std::chrono::hours(24);

ServiceBacklog told(const BacklogFigures& figures) {
  ServiceBacklog backlog;
  forecast(figures, kNow, backlog);
  return backlog;
}

TEST(Backlog, EndFollowsFromWhatWasEnteredADay) {
  // 60 in three days: 20 a day; 40 wait and nothing comes in any more.
  const ServiceBacklog backlog = told({40, kNow - kDay * 5, 60, kNow - kDay * 3, 0});
  EXPECT_DOUBLE_EQ(backlog.per_day, 20);
  EXPECT_EQ(backlog.expected_end, kNow + kDay * 2);
  EXPECT_EQ(backlog.oldest, kNow - kDay * 5);
}

TEST(Backlog, WhatStillComesInDelaysTheEnd) {
  const ServiceBacklog backlog = told({40, kNow, 60, kNow - kDay * 3, 10});
  EXPECT_EQ(backlog.expected_end, kNow + kDay * 4);
}

TEST(Backlog, AFirstHourIsNoRateOfADay) {
  const ServiceBacklog backlog = told({100, kNow, 10, kNow - std::chrono::hours(1), 0});
  EXPECT_DOUBLE_EQ(backlog.per_day, 10);
}

TEST(Backlog, NoEndIsToldWhereNoneIsInSight) {
  EXPECT_FALSE(told({40, kNow, 0, {}, 0}).expected_end);                     // nobody enters
  EXPECT_FALSE(told({40, kNow, 60, kNow - kDay * 3, 20}).expected_end);      // as much comes in
  EXPECT_FALSE(told({100'000, kNow, 3, kNow - kDay * 3, 0}).expected_end);   // in centuries
  EXPECT_FALSE(told({0, kNow, 60, kNow - kDay * 3, 0}).expected_end);        // nothing waits
  EXPECT_FALSE(told({0, kNow, 60, kNow - kDay * 3, 0}).oldest);
}

}  // namespace
}  // namespace dienstbereit
