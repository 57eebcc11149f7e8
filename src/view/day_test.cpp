// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "view/day.h"

#include <algorithm>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "view/testing/world.h"

namespace dienstbereit::view {
namespace {

using test::World;

DayPlan today_of(World& world) { return world.place("A1", "S1").days.front(); }

TEST(DayWord, SlotsThatAreOverDoNotCountUnlessAllAre) {
  World world;
  DayPlan plan = today_of(world);
  plan.slots[0].verdict = test::closed_by_failure();
  EXPECT_EQ(day_word(plan, test::at("2026-11-23T09:00:00+01:00")).readiness, Readiness::Limited);
  const DayWord afternoon = day_word(plan, test::at("2026-11-23T13:00:00+01:00"));
  EXPECT_EQ(afternoon.readiness, Readiness::Normal);
  EXPECT_FALSE(afternoon.differs);
  const DayWord evening = day_word(plan, test::at("2026-11-23T18:00:00+01:00"));
  EXPECT_TRUE(evening.over());
  EXPECT_EQ(evening.readiness, Readiness::Limited);
}

TEST(DayWord, NormalAndClosedSlotsMakeALimitedDayThatSaysThatItsSlotsDiffer) {
  World world;
  DayPlan plan = today_of(world);
  plan.slots[1].verdict = test::closed_by_failure();
  const DayWord day = day_word(plan, world.now);
  EXPECT_TRUE(day.differs);
  EXPECT_EQ(day.readiness, Readiness::Limited);
  EXPECT_EQ(day.verdict.readiness, Readiness::Limited);
  EXPECT_EQ(day.verdict.closed_by, ClosedBy::None);
}

TEST(DayWord, ADayWithoutSlotsIsClosedByHours) {
  const DayWord day = day_word(DayPlan{}, Instant{});
  EXPECT_EQ(day.readiness, Readiness::Closed);
  EXPECT_EQ(day.verdict.closed_by, ClosedBy::Hours);
  EXPECT_FALSE(day.over());
}

TEST(DayWord, OnePresumedSlotMakesAPresumedDay) {
  World world;
  DayPlan plan = today_of(world);
  plan.slots[1].verdict = test::presumed_normal();
  EXPECT_TRUE(day_word(plan, world.now).presumed);
}

TEST(DayWord, APersonsNormalIsNotPresumed) {
  Verdict verdict = test::presumed_normal();
  EXPECT_TRUE(presumed(verdict));
  verdict.by_word = true;
  EXPECT_FALSE(presumed(verdict));
}

// What the day could be, given what each slot could be.
RC_GTEST_PROP(Together, SaysNoMoreThanIsCertain, ()) {
  const auto raw = *rc::gen::nonEmpty(rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 4)));
  std::vector<Readiness> words;
  for (const int word : raw) words.push_back(static_cast<Readiness>(word));
  const Readiness day = together(words);
  const auto all = [&words](Readiness word) {
    return std::all_of(words.begin(), words.end(), [word](Readiness w) { return w == word; });
  };
  RC_ASSERT((day == Readiness::Normal) == all(Readiness::Normal));
  RC_ASSERT((day == Readiness::Closed) == all(Readiness::Closed));
  const auto has = [&words](Readiness word) {
    return std::find(words.begin(), words.end(), word) != words.end();
  };
  const bool surely_mixed =
      has(Readiness::Limited) || (has(Readiness::Normal) && has(Readiness::Closed));
  RC_ASSERT((day == Readiness::Limited) == surely_mixed);
  std::reverse(words.begin(), words.end());
  RC_ASSERT(together(words) == day);
}

TEST(Schedule, NamesTheDoorByTheHoursOfTheDay) {
  World world;
  const std::vector<DayPlan>& days = world.place("A1", "S1").days;
  const Day today = test::day("2026-11-23");
  const auto door = [&](const std::string& when) {
    return schedule_of(days, today, test::at(when)).door;
  };
  EXPECT_EQ(door("2026-11-23T03:00:00+01:00"), Door::OpensLater);
  EXPECT_EQ(door("2026-11-23T08:00:00+01:00"), Door::Open);
  EXPECT_EQ(door("2026-11-23T12:00:00+01:00"), Door::OpensLater);
  EXPECT_EQ(door("2026-11-23T17:30:00+01:00"), Door::ShutForToday);
  EXPECT_EQ(schedule_of({}, today, world.now).door, Door::NoCounter);
}

TEST(Schedule, FindsTheNextDayWithASlotBehindTheWeekend) {
  World world;
  world.go_to("2026-11-28T10:00:00+01:00");
  const Schedule schedule =
      schedule_of(world.place("A1", "S1").days, test::day("2026-11-28"), world.now);
  EXPECT_EQ(schedule.door, Door::NotToday);
  ASSERT_TRUE(schedule.next.has_value());
  EXPECT_EQ(to_iso(schedule.next->day), "2026-11-30");
}

}  // namespace
}  // namespace dienstbereit::view
