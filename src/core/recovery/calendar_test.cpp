// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "core/recovery/calendar.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "core/recovery/recovery_test.h"

namespace dienstbereit::core::recovery {
namespace {

using std::chrono::hours;
using test::minute;
using test::minutes;
using test::weekly;

// Monday 08:00 to 12:00 and 13:00 to 17:00.
Calendar monday() { return weekly({{480, 720}, {780, 1020}}); }
int finish(const Calendar& calendar, int from, int work) {
  return test::minute_of(calendar.finish(minute(from), minutes(work)).value());
}
Crew crew_with(const char* hours_text) {
  Crew crew;
  crew.hours = parse_hours(hours_text).value();
  return crew;
}
CivilTime berlin() { return {TimeZone::find("Europe/Berlin").value(), Duration(0)}; }
Instant at(const char* text) { return parse_rfc3339(text).value(); }
Window year_from(const char* text) { return {at(text), at(text) + hours(24 * 365)}; }

}  // namespace

TEST(Calendar, WorkPausesOutsideItsWindowsAndGoesOnInTheNext) {
  EXPECT_EQ(finish(monday(), 0, 60), 540);
  EXPECT_EQ(finish(monday(), 690, 60), 810);
  EXPECT_EQ(finish(monday(), 700, 8 * 60 - 220 + 1), 7 * 1440 + 481);
}

TEST(Calendar, WhatIsDoneAtTheEndOfAWindowBelongsToIt) {
  EXPECT_EQ(finish(monday(), 480, 240), 720);
  EXPECT_EQ(finish(monday(), 480, 480), 1020);
  EXPECT_EQ(finish(monday(), 1020, 480), 7 * 1440 + 1020);
}

TEST(Calendar, RepeatsBeforeItsOriginToo) {
  EXPECT_EQ(finish(monday(), -7 * 1440, 240), -7 * 1440 + 720);
  EXPECT_EQ(monday().worked(minute(-7 * 1440), minute(7 * 1440)), hours(16));
}

TEST(Calendar, AWindowHoldsItsBeginButNotItsEnd) {
  EXPECT_FALSE(monday().works_at(minute(479)));
  EXPECT_TRUE(monday().works_at(minute(480)));
  EXPECT_FALSE(monday().works_at(minute(720)));
  EXPECT_EQ(monday().next_begin(minute(480)), minute(780));
  EXPECT_EQ(monday().next_begin(minute(780)), minute(7 * 1440 + 480));
}

TEST(Calendar, WithoutRepetitionWorkMayNeverEnd) {
  const Calendar once = Calendar::of({{minute(0), minute(60)}}).value();
  EXPECT_EQ(once.finish(minute(0), minutes(60)), minute(60));
  EXPECT_EQ(once.finish(minute(0), minutes(61)), std::nullopt);
  EXPECT_EQ(once.next_begin(minute(0)), std::nullopt);
  EXPECT_EQ(Calendar().finish(minute(0), minutes(1)), std::nullopt);
}

TEST(Calendar, BadWindowsAreNamed) {
  const auto overlapping = Calendar::of({{minute(0), minute(60)}, {minute(30), minute(90)}});
  ASSERT_FALSE(overlapping.has_value());
  EXPECT_NE(overlapping.error().message.find("2026-11-23T00:30"), std::string::npos);
  EXPECT_FALSE(Calendar::of({{minute(60), minute(60)}}).has_value());
  EXPECT_FALSE(Calendar::repeating({{minute(0), minute(61)}}, minute(0), minutes(60)).has_value());
  EXPECT_FALSE(Calendar::repeating({}, minute(0), Duration(0)).has_value());
}

RC_GTEST_PROP(Calendar, FinishIsTheFirstTimeByWhichTheWorkIsDone, ()) {
  std::vector<std::pair<int, int>> windows;
  int at_minute = 0;
  const int count = *rc::gen::inRange(1, 8);
  for (int i = 0; i < count; ++i) {
    const int from = at_minute + *rc::gen::inRange(0, 300);
    at_minute = from + *rc::gen::inRange(1, 600);
    windows.emplace_back(from, at_minute);
  }
  const Calendar calendar = weekly(windows);
  const Instant from = minute(*rc::gen::inRange(-20'000, 20'000));
  const Duration work = Duration(*rc::gen::inRange(1, 5'000'000));
  const Instant end = calendar.finish(from, work).value();
  RC_ASSERT(calendar.worked(from, end) == work);
  RC_ASSERT(calendar.worked(from, end - Duration(1)) == work - Duration(1));
}

TEST(WorkingCalendar, FollowsHoursHolidaysAndTheChangeOfTheClock) {
  const Crew crew = crew_with("Mo-Fr 08:00-12:00; Su 01:00-04:00");
  const Calendar calendar =
      working_calendar(crew, Land::NW, berlin(), year_from("2026-10-23T10:00+02:00"));
  EXPECT_TRUE(calendar.works_at(at("2026-10-23T08:00+02:00")));
  // Sunday 25 October: the hour from 02:00 to 03:00 comes twice.
  EXPECT_EQ(calendar.worked(at("2026-10-25T00:00+02:00"), at("2026-10-25T12:00+01:00")), hours(4));
  // Friday 25 December is a holiday.
  EXPECT_FALSE(calendar.works_at(at("2026-12-25T09:00+01:00")));
  EXPECT_TRUE(calendar.works_at(at("2026-12-28T09:00+01:00")));
}

TEST(WorkingCalendar, OnCallMeansAroundTheClock) {
  Crew crew = crew_with("Mo 08:00-12:00");
  crew.on_call = true;
  const Calendar calendar =
      working_calendar(crew, Land::NW, berlin(), year_from("2026-12-25T00:00Z"));
  EXPECT_EQ(calendar.finish(at("2026-12-25T03:00Z"), hours(30)), at("2026-12-26T09:00Z"));
}

TEST(WorkingCalendar, ADoubtedClockShiftsCivilTime) {
  CivilTime civil = berlin();
  civil.offset = hours(2);
  const Calendar calendar = working_calendar(crew_with("Mo 08:00-12:00"), Land::NW, civil,
                                             year_from("2026-11-23T00:00Z"));
  EXPECT_EQ(calendar.next_begin(at("2026-11-22T20:00Z")), at("2026-11-23T05:00Z"));
}

TEST(WorkingCalendar, ANightShiftThatBeganTheDayBeforeGoesOn) {
  const Calendar calendar = working_calendar(crew_with("Mo-Su 22:00-06:00"), Land::NW, berlin(),
                                             year_from("2026-11-25T01:00+01:00"));
  EXPECT_TRUE(calendar.works_at(at("2026-11-25T01:00+01:00")));
  EXPECT_EQ(calendar.worked(at("2026-11-25T01:00+01:00"), at("2026-11-25T12:00+01:00")), hours(5));
}

TEST(WorkingCalendar, CoversAllItsDays) {
  const Calendar calendar =
      working_calendar(crew_with("Mo-Fr 08:00-16:00"), Land::NW, berlin(),
                       {at("2026-11-25T14:00+01:00"), at("2026-11-27T08:30+01:00")});
  EXPECT_EQ(calendar.worked(at("2026-11-25T14:00+01:00"), at("2026-11-27T08:30+01:00")),
            hours(10) + std::chrono::minutes(30));
}

}  // namespace dienstbereit::core::recovery
