// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <gtest/gtest.h>

#include "view/testing/world.h"
#include "words/words.h"

namespace dienstbereit::words {
namespace {

using test::at;

struct Both {
  test::World world;
  Voice de{Language::De, *world.district, world.now};
  Voice en{Language::En, *world.district, world.now};
};

TEST(Times, NearDaysHaveNamesOthersTheirDate) {
  const Both both;
  EXPECT_EQ(time_of(both.de, at("2026-11-23T07:10:00+01:00")), "heute, 07:10 Uhr");
  EXPECT_EQ(time_of(both.de, at("2026-11-22T07:10:00+01:00")), "gestern, 07:10 Uhr");
  EXPECT_EQ(time_of(both.de, at("2026-11-30T08:00:00+01:00")), "Mo., 30.11., 08:00 Uhr");
  EXPECT_EQ(time_of(both.de, at("2027-01-04T08:00:00+01:00")), "Mo., 4.1.2027, 08:00 Uhr");
  EXPECT_EQ(time_of(both.en, at("2026-11-24T08:00:00+01:00")), "tomorrow, 08:00");
  EXPECT_EQ(time_of(both.en, at("2026-11-30T08:00:00+01:00")), "Mon 30 Nov, 08:00");
}

TEST(Times, TheEndOfADayIsItsLastMinute) {
  const Both both;
  EXPECT_EQ(until_of(both.de, at("2026-11-24T00:00:00+01:00")), "heute, 23:59 Uhr");
  EXPECT_EQ(end_clock_of(both.en, at("2026-11-24T00:00:00+01:00")), "23:59");
  EXPECT_EQ(span(both.de, at("2026-11-23T00:00:00+01:00"), at("2026-11-24T00:00:00+01:00")),
            "00:00 bis 23:59 Uhr");
}

TEST(Times, ASpanPastTheEndOfTheDaySaysSo) {
  const Both both;
  EXPECT_EQ(span(both.de, at("2026-11-23T20:00:00+01:00"), at("2026-11-24T02:00:00+01:00")),
            "20:00 bis 02:00 Uhr am Folgetag");
  EXPECT_EQ(span(both.en, at("2026-11-23T20:00:00+01:00"), at("2026-11-24T02:00:00+01:00")),
            "20:00 to 02:00 the next day");
}

TEST(Times, DaysInSentencesStandInTheDative) {
  const Both both;
  EXPECT_EQ(on_day(both.de, test::day("2026-11-30")), "am Montag, dem 30. November,");
  EXPECT_EQ(on_day(both.en, test::day("2026-11-30")), "on Monday 30 November");
  EXPECT_EQ(day_of(both.de, test::day("2026-11-24")), "morgen");
}

TEST(Times, DurationsNameTheirTwoLargestUnits) {
  using namespace std::chrono;
  EXPECT_EQ(duration(Language::De, minutes(150)), "2 Stunden 30 Minuten");
  EXPECT_EQ(duration(Language::De, hours(24)), "1 Tag");
  EXPECT_EQ(duration(Language::En, seconds(1)), "1 second");
  EXPECT_EQ(duration(Language::De, milliseconds(20)), "unter 1 Sekunde");
}

TEST(Hours, OfASlotThatBeganYesterdayNameBothDays) {
  Both both;
  view::DayWord day = view::day_word(both.world.place("A1", "S1").days.front(), both.world.now);
  day.slots.resize(1);
  day.slots[0].begin = at("2026-11-22T18:00:00+01:00");
  day.slots[0].end = at("2026-11-23T10:00:00+01:00");
  EXPECT_EQ(hours_of(both.de, day), "gestern 18:00 bis heute 10:00 Uhr");
  EXPECT_EQ(hours_of(both.en, day), "18:00 yesterday to 10:00 today");
  day.slots[0].begin = at("2026-11-23T18:00:00+01:00");
  day.slots[0].end = at("2026-11-24T02:00:00+01:00");
  EXPECT_EQ(hours_of(both.de, day), "18:00 bis 02:00 Uhr am Folgetag");
}

TEST(Lists, EndWithAnd) {
  EXPECT_EQ(list(Language::De, {"A", "B", "C"}), "A, B und C");
  EXPECT_EQ(list(Language::En, {"A", "B"}), "A and B");
  EXPECT_EQ(list(Language::En, {}), "");
}

TEST(Hours, NameEverySlotAndAppointments) {
  Both both;
  view::DayWord day = view::day_word(both.world.place("A1", "S1").days.front(), both.world.now);
  day.slots[1].by_appointment = true;
  EXPECT_EQ(hours_of(both.de, day),
            "08:00 bis 12:00 Uhr und 14:00 bis 17:30 Uhr (nach Vereinbarung)");
  EXPECT_EQ(slot_time(both.de, day.slots[0]), "vormittags, 08:00 bis 12:00 Uhr");
}

}  // namespace
}  // namespace dienstbereit::words
