// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "publish/schedule.h"

#include <gtest/gtest.h>

namespace dienstbereit::publish {
namespace {

using std::chrono::seconds;
using Act = Schedule::Act;

const Instant kStart{std::chrono::hours(24 * 20'000)};
const Result<void> kFine;
Result<void> broken() { return fail(Errc::Unreachable, "no route"); }
constexpr double kNoJitter = 0.5;  // in the middle of what it may be

struct Target : testing::Test {
  Schedule proved{{std::chrono::minutes(15), true}};
  Schedule blind{{std::chrono::minutes(15), false}};
};

TEST_F(Target, WaitsUntilThereIsSomethingToTell) {
  EXPECT_EQ(blind.due(kStart), Act::None);
  EXPECT_FALSE(blind.next());
  blind.wants("a");
  EXPECT_EQ(blind.due(kStart), Act::Push);
}

TEST_F(Target, TheSameIsNotSentAgainBeforeHalfItsTimeIsOver) {
  blind.wants("a");
  const auto settled = blind.pushed("a", kStart, kStart + seconds(1), kFine, kNoJitter);
  ASSERT_TRUE(settled);
  EXPECT_TRUE(settled->ok);
  EXPECT_EQ(blind.due(kStart + std::chrono::minutes(14)), Act::None);
  EXPECT_EQ(blind.next(), kStart + std::chrono::minutes(15));
  EXPECT_EQ(blind.due(kStart + std::chrono::minutes(15)), Act::Push);
}

TEST_F(Target, NewsIsSentAtOnceButPushesBeginTwoSecondsApart) {
  blind.wants("a");
  blind.pushed("a", kStart, kStart + Duration(100), kFine, kNoJitter);
  blind.wants("b");
  EXPECT_EQ(blind.due(kStart + Duration(1999)), Act::None);
  EXPECT_EQ(blind.due(kStart + seconds(2)), Act::Push);
  EXPECT_EQ(blind.next(), kStart + seconds(2));
}

TEST_F(Target, WhatCameUpDuringAPushIsSentNext) {
  blind.wants("a");
  blind.wants("b");
  blind.pushed("a", kStart, kStart + seconds(5), kFine, kNoJitter);
  EXPECT_EQ(blind.due(kStart + seconds(5)), Act::Push);
}

TEST_F(Target, IsUpToDateOnlyWhenTheOutsideServesIt) {
  proved.wants("a");
  EXPECT_FALSE(proved.pushed("a", kStart, kStart + seconds(1), kFine, kNoJitter));
  EXPECT_EQ(proved.due(kStart + seconds(1)), Act::Verify);
  const auto settled = proved.verified(kStart + seconds(1), kFine, kNoJitter);
  ASSERT_TRUE(settled);
  EXPECT_TRUE(settled->ok);
  EXPECT_EQ(proved.next(), kStart + seconds(1) + kVerifyEvery);
  EXPECT_EQ(proved.due(kStart + seconds(1) + kVerifyEvery), Act::Verify);
}

TEST_F(Target, LooksEvenWhileThereIsNewsAllTheTime) {
  proved.wants("a");
  proved.pushed("a", kStart, kStart + seconds(10), kFine, kNoJitter);
  proved.wants("b");
  EXPECT_EQ(proved.due(kStart + seconds(10)), Act::Verify);
}

TEST_F(Target, WhatTheOutsideDoesNotServeIsSentAgain) {
  proved.wants("a");
  proved.pushed("a", kStart, kStart, kFine, kNoJitter);
  proved.verified(kStart, kFine, kNoJitter);
  EXPECT_FALSE(proved.verified(kStart + seconds(60), broken(), kNoJitter));
  EXPECT_EQ(proved.due(kStart + seconds(60)), Act::None);
  EXPECT_EQ(proved.due(kStart + seconds(61)), Act::Push);
}

TEST_F(Target, TwoFailuresInARowSettleAndOneSuccessEndsThem) {
  blind.wants("a");
  EXPECT_FALSE(blind.pushed("a", kStart, kStart, broken(), kNoJitter));
  const auto failing =
      blind.pushed("a", kStart + seconds(2), kStart + seconds(2), broken(), kNoJitter);
  ASSERT_TRUE(failing);
  EXPECT_FALSE(failing->ok);
  EXPECT_EQ(failing->detail, "no route");
  EXPECT_FALSE(blind.pushed("a", kStart + seconds(9), kStart + seconds(9), broken(), kNoJitter));
  const auto well = blind.pushed("a", kStart + seconds(20), kStart + seconds(20), kFine, kNoJitter);
  ASSERT_TRUE(well);
  EXPECT_TRUE(well->ok);
}

TEST_F(Target, RetriesMoreAndMoreSlowlyButNeverLaterThanAMinuteAndAFifth) {
  Instant now = kStart;
  blind.wants("a");
  std::vector<Duration> waits;
  for (int i = 0; i < 40; ++i) {
    ASSERT_EQ(blind.due(now), Act::Push);
    blind.pushed("a", now, now, broken(), i % 2 == 0 ? 0.0 : 1.0);
    waits.push_back(*blind.next() - now);
    now = *blind.next();
  }
  EXPECT_LT(waits[1], waits[5]);
  for (const Duration wait : waits) EXPECT_LE(wait, kLongestRetry * 6 / 5);
  EXPECT_NE(waits[20], waits[21]);  // jitter
}

TEST_F(Target, NewsDoesNotShortenTheWaitAfterAFailure) {
  blind.wants("a");
  for (int i = 0; i < 8; ++i) blind.pushed("a", kStart, kStart, broken(), kNoJitter);
  blind.wants("b");
  EXPECT_EQ(blind.due(kStart + seconds(30)), Act::None);
  EXPECT_EQ(blind.due(kStart + kLongestRetry), Act::Push);
}

}  // namespace
}  // namespace dienstbereit::publish
