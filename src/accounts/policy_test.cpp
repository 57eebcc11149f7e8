// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "accounts/policy.h"

#include <gtest/gtest.h>

namespace dienstbereit::accounts {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr Instant kStart{hours(500'000)};

Attempts failures(std::uint32_t count, Instant last) { return {count, last}; }

SessionEntry session(Instant made, Instant used) {
  SessionEntry entry;
  entry.made_at = made;
  entry.used_at = used;
  return entry;
}

}  // namespace

TEST(LockOut, TheFirstFailuresAreFreeAndThenEachWaitIsTwiceTheLast) {
  EXPECT_FALSE(locked_until(failures(kFreeFailures - 1, kStart), kFreeFailures, kStart));
  EXPECT_EQ(locked_until(failures(5, kStart), 5, kStart), kStart + seconds(30));
  EXPECT_EQ(locked_until(failures(6, kStart), 5, kStart), kStart + seconds(60));
  EXPECT_EQ(locked_until(failures(8, kStart), 5, kStart), kStart + minutes(4));
  EXPECT_EQ(locked_until(failures(4'000'000, kStart), 5, kStart), kStart + minutes(15));
}

TEST(LockOut, EndsAndIsForgottenAfterADay) {
  EXPECT_TRUE(locked_until(failures(5, kStart), 5, kStart + seconds(29)));
  EXPECT_FALSE(locked_until(failures(5, kStart), 5, kStart + seconds(30)));
  EXPECT_EQ(failed_again(failures(9, kStart), kStart + hours(1)).failed, 10u);
  EXPECT_EQ(failed_again(failures(9, kStart), kStart + hours(24)).failed, 1u);
}

TEST(LockOut, AdmitsFarLessThanAHundredAttemptsAnHour) {
  Attempts attempts;
  Instant now = kStart;
  int made = 0;
  while (now < kStart + hours(1)) {
    if (const auto until = locked_until(attempts, kFreeFailures, now)) {
      now = *until;
      continue;
    }
    attempts = failed_again(attempts, now);
    ++made;
  }
  EXPECT_LT(made, 15);
  EXPECT_GT(made, 5);
}

TEST(Failures, LockOneAddressAndNoOther) {
  Failures by_address(2);
  by_address.add("192.0.2.7", kStart);
  EXPECT_FALSE(by_address.locked("192.0.2.7", kStart));
  by_address.add("192.0.2.7", kStart);
  EXPECT_TRUE(by_address.locked("192.0.2.7", kStart));
  EXPECT_FALSE(by_address.locked("192.0.2.8", kStart));
  by_address.clear("192.0.2.7");
  EXPECT_FALSE(by_address.locked("192.0.2.7", kStart));
}

TEST(Failures, ForgetTheOldestWhenThereAreTooMany) {
  Failures by_address(1);
  for (std::size_t i = 0; i <= kMostAddresses; ++i) {
    by_address.add("address " + std::to_string(i), kStart + Duration(i));
  }
  EXPECT_EQ(by_address.size(), kMostAddresses);
  const Instant now = kStart + Duration(kMostAddresses);
  EXPECT_FALSE(by_address.locked("address 0", now));
  EXPECT_TRUE(by_address.locked("address " + std::to_string(kMostAddresses), now));
}

TEST(EventThrottle, WritesOneEventAMinuteThatCountsWhatItKeptSilent) {
  EventThrottle throttle;
  EXPECT_EQ(throttle.note("u-1", kStart), 1u);
  EXPECT_FALSE(throttle.note("u-1", kStart + seconds(1)));
  EXPECT_FALSE(throttle.note("u-1", kStart + seconds(59)));
  EXPECT_EQ(throttle.note("u-2", kStart + seconds(59)), 1u);
  EXPECT_EQ(throttle.note("u-1", kStart + seconds(60)), 3u);
  EXPECT_FALSE(throttle.note("u-1", kStart + seconds(61)));
}

TEST(Session, EndsWhenIdleAndAfterADayInAnyCase) {
  EXPECT_FALSE(is_over(session(kStart, kStart), kStart + hours(8) - seconds(1)));
  EXPECT_TRUE(is_over(session(kStart, kStart), kStart + hours(8)));
  const Instant late = kStart + hours(23);
  EXPECT_FALSE(is_over(session(kStart, late), kStart + hours(24) - seconds(1)));
  EXPECT_TRUE(is_over(session(kStart, late), kStart + hours(24)));
}

TEST(Session, OfAnEmergencyCodeEndsAfterFourHoursAndAHalfOneAfterFiveMinutes) {
  SessionEntry emergency = session(kStart, kStart + hours(3));
  emergency.emergency = "e-1";
  EXPECT_EQ(end_of(emergency), kStart + hours(4));
  SessionEntry half = session(kStart, kStart + minutes(4));
  half.stage = SessionStage::SecondStep;
  EXPECT_EQ(end_of(half), kStart + minutes(5));
}

TEST(Login, IsAShortPlainWord) {
  for (const char* good : {"anna", "a.meier-2", "it_leitung"}) EXPECT_TRUE(is_login(good)) << good;
  for (const char* bad : {"", "a", "Anna", "2anna", "a b", "a/b", "müller"}) {
    EXPECT_FALSE(is_login(bad)) << bad;
  }
  EXPECT_FALSE(is_login(std::string(41, 'a')));
}

}  // namespace dienstbereit::accounts
