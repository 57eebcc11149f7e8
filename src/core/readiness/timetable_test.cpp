// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "core/readiness/timetable.h"

#include <gtest/gtest.h>

#include "core/readiness/week_test.h"

namespace dienstbereit::core::readiness {
namespace {

using test::at;
using test::day;
using test::hours;
using test::week;

constexpr std::size_t kCounter = 0;
constexpr std::size_t kPhone = 1;
constexpr std::size_t kWeb = 2;

Timetable table(const District& district) { return Timetable::compile(district).value(); }
Scope on(const char* service) {
  Scope scope;
  scope.service = ServiceId(service);
  return scope;
}

TEST(Timetable, LooksEightDaysAheadFromTheCivilToday) {
  const auto days = table(week()).plan_offer(kCounter, {at("2026-11-23T23:30+01:00")});
  ASSERT_EQ(days.size(), static_cast<std::size_t>(kDaysAhead));
  EXPECT_EQ(days.front().day, day("2026-11-23"));
  ASSERT_EQ(days.front().slots.size(), 1U);
  EXPECT_EQ(days.front().slots[0].begin, at("2026-11-23T08:00+01:00"));
  EXPECT_EQ(days[3].slots.size(), 2U);
  EXPECT_TRUE(days[5].slots.empty());
}

TEST(Timetable, AServiceMayHaveHoursOfItsOwnAndOnlineHasNone) {
  const Timetable times = table(week());
  const Now now{at("2026-11-23T07:00+01:00")};
  EXPECT_EQ(times.plan_offer(kPhone, now)[0].slots[0].end, at("2026-11-23T16:00+01:00"));
  EXPECT_FALSE(times.offer_has_slots(kWeb));
  EXPECT_TRUE(times.plan_offer(kWeb, now).empty());
}

TEST(Timetable, RoundTheClockHasNoSlots) {
  District district = week("24/7");
  EXPECT_FALSE(table(district).offer_has_slots(kCounter));
  district = week();
  district.services[0].always = true;
  EXPECT_FALSE(table(district).offer_has_slots(kCounter));
}

TEST(Timetable, ASlotOfYesterdayIsTodaysFirstWhileItRunsPastMidnight) {
  const Timetable times = table(week("Mo-Th 18:00-26:00; Tu 08:00-12:00"));
  const auto after_midnight = [&](const char* now) {
    return times.plan_offer(kCounter, {at(now)});
  };
  const auto tuesday = after_midnight("2026-11-24T01:59+01:00");
  EXPECT_EQ(tuesday[0].day, day("2026-11-24"));
  ASSERT_EQ(tuesday[0].slots.size(), 2U);
  EXPECT_EQ(tuesday[0].slots[0].begin, at("2026-11-23T18:00+01:00"));
  EXPECT_EQ(tuesday[0].slots[0].end, at("2026-11-24T02:00+01:00"));
  EXPECT_EQ(tuesday[0].slots[1].begin, at("2026-11-24T08:00+01:00"));
  EXPECT_EQ(after_midnight("2026-11-24T02:00+01:00")[0].slots.size(), 1U);
  // Friday has none of its own.
  EXPECT_EQ(after_midnight("2026-11-27T01:00+01:00")[0].slots.size(), 1U);
  EXPECT_TRUE(after_midnight("2026-11-27T02:00+01:00")[0].slots.empty());
  EXPECT_EQ(times.plan_place(0, {at("2026-11-27T01:00+01:00")})[0].slots.size(), 1U);
}

TEST(Timetable, ASlotOfYesterdayThatRunsIntoTodaysFirstEndsThere) {
  const auto days = table(week("Mo 18:00-34:00; Tu 08:00-12:00"))
                        .plan_offer(kCounter, {at("2026-11-24T07:00+01:00")});
  ASSERT_EQ(days[0].slots.size(), 2U);
  EXPECT_EQ(days[0].slots[0].end, at("2026-11-24T08:00+01:00"));
}

TEST(Timetable, APublicHolidayClosesAndIsNamed) {
  const auto days = table(week()).plan_place(0, {at("2026-12-24T07:00+01:00")});
  EXPECT_TRUE(days[1].slots.empty());
  EXPECT_EQ(days[1].hours.layer, HoursLayer::PublicHoliday);
  EXPECT_FALSE(days[1].hours.cause_de.empty());
}

TEST(Timetable, ALocalRuleHoldsOnlyWhereItSaysSo) {
  District district = week();
  LocalRule rule;
  rule.hours = hours("2026-11-24 off");
  rule.name_de = "Personalversammlung";
  rule.offices = {"A1"};
  district.local_rules = {rule};
  const Now now{at("2026-11-23T07:00+01:00")};
  EXPECT_TRUE(table(district).plan_place(0, now)[1].slots.empty());
  district.local_rules[0].offices = {"A2"};
  EXPECT_FALSE(table(district).plan_place(0, now)[1].slots.empty());
  district.local_rules[0].offices.clear();
  district.local_rules[0].sites = {"S9"};
  EXPECT_FALSE(table(district).plan_place(0, now)[1].slots.empty());
}

TEST(Timetable, AClockChangeMovesNoCivilHour) {
  const auto days = table(week("Mo-Su 08:00-12:00")).plan_place(0, {at("2026-10-24T07:00+02:00")});
  EXPECT_EQ(days[0].slots[0].begin, at("2026-10-24T08:00+02:00"));
  EXPECT_EQ(days[1].slots[0].begin, at("2026-10-25T08:00+01:00"));
}

TEST(Timetable, HoursFollowTheCivilTimeThatWasVouchedFor) {
  // The machine says Sunday 20:00; it is Monday 07:00.
  const Now now{at("2026-11-22T20:00+01:00"), std::chrono::hours(11)};
  const Timetable times = table(week());
  EXPECT_EQ(times.today(now), day("2026-11-23"));
  const auto days = times.plan_offer(kCounter, now);
  EXPECT_EQ(days[0].slots[0].begin, at("2026-11-22T21:00+01:00"));
}

TEST(LastSlotEnd, IsTodaysLastWhileOneRunsOrIsToCome) {
  const Timetable times = table(week());
  EXPECT_EQ(times.last_slot_end(on("COUNTER"), {at("2026-11-26T09:00+01:00")}),
            at("2026-11-26T17:30+01:00"));
  EXPECT_EQ(times.last_slot_end(on("COUNTER"), {at("2026-11-26T13:00+01:00")}),
            at("2026-11-26T17:30+01:00"));
}

TEST(LastSlotEnd, IsTheLatestOfAllThatTheWordSpeaksOf) {
  const Timetable times = table(week());
  const Now now{at("2026-11-23T09:00+01:00")};
  EXPECT_EQ(times.last_slot_end(Scope{}, now), at("2026-11-23T16:00+01:00"));
  Scope node;
  node.node = NodeId("SERVER");
  EXPECT_EQ(times.last_slot_end(node, now), at("2026-11-23T16:00+01:00"));
}

TEST(LastSlotEnd, AfterHoursIsTheNextDayWithASlot) {
  const Now friday_night{at("2026-11-27T20:00+01:00")};
  EXPECT_EQ(table(week()).last_slot_end(on("COUNTER"), friday_night), at("2026-11-30T12:00+01:00"));
  // Exactly at the end nothing is to come.
  EXPECT_EQ(table(week()).last_slot_end(on("COUNTER"), {at("2026-11-23T12:00+01:00")}),
            at("2026-11-24T12:00+01:00"));
}

TEST(LastSlotEnd, OfWhatNeverClosesIsTheEndOfTheDay) {
  EXPECT_EQ(table(week()).last_slot_end(on("WEB"), {at("2026-11-23T09:00+01:00")}),
            at("2026-11-24T00:00+01:00"));
}

TEST(Timetable, AnUnknownTimeZoneIsAnError) {
  District district = week();
  district.administration.time_zone = "Europe/Nowhere";
  EXPECT_FALSE(Timetable::compile(district).has_value());
}

}  // namespace
}  // namespace dienstbereit::core::readiness
