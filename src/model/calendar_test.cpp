// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <gtest/gtest.h>

#include "base/text.h"
#include "model/hours.h"

namespace dienstbereit {
namespace {

OpeningHours hours(std::string_view text) { return parse_hours(text).value(); }
Day day(std::string_view iso) { return parse_day(iso).value(); }

LocalRule local(std::string_view text, std::string name) {
  LocalRule rule;
  rule.hours = hours(text);
  rule.name_de = name;
  rule.name_en = std::move(name);
  return rule;
}

PlaceCalendar place(std::string_view weekly, std::vector<LocalRule> rules = {}) {
  return PlaceCalendar(hours(weekly), Land::NW, std::move(rules));
}

// "08:00-12:00 14:00-17:30", "closed"; "?" marks "by appointment".
std::string on(const PlaceCalendar& calendar, std::string_view iso) {
  std::vector<std::string> slots;
  for (const SlotSpan& slot : calendar.on(day(iso)).slots) {
    slots.push_back(to_hhmm(slot.open.begin) + "-" + to_hhmm(slot.open.end) +
                    (slot.by_appointment ? "?" : ""));
  }
  return slots.empty() ? "closed" : join(slots, " ");
}

constexpr const char* kKreishaus = "Mo-Fr 08:00-12:00; Th 08:00-12:00,14:00-17:30; PH off";

}  // namespace

// Dates from printed calendars, not from a formula: Good Friday, Easter Monday, Ascension,
// Whit Monday, Corpus Christi; the fixed days are the same each year.
TEST(Calendar, HolidaysOfNorthRhineWestphaliaForTenYears) {
  struct Year {
    int year;
    const char* moving[5];
  };
  const Year years[] = {
      {2024, {"2024-03-29", "2024-04-01", "2024-05-09", "2024-05-20", "2024-05-30"}},
      {2025, {"2025-04-18", "2025-04-21", "2025-05-29", "2025-06-09", "2025-06-19"}},
      {2026, {"2026-04-03", "2026-04-06", "2026-05-14", "2026-05-25", "2026-06-04"}},
      {2027, {"2027-03-26", "2027-03-29", "2027-05-06", "2027-05-17", "2027-05-27"}},
      {2028, {"2028-04-14", "2028-04-17", "2028-05-25", "2028-06-05", "2028-06-15"}},
      {2029, {"2029-03-30", "2029-04-02", "2029-05-10", "2029-05-21", "2029-05-31"}},
      {2030, {"2030-04-19", "2030-04-22", "2030-05-30", "2030-06-10", "2030-06-20"}},
      {2031, {"2031-04-11", "2031-04-14", "2031-05-22", "2031-06-02", "2031-06-12"}},
      {2032, {"2032-03-26", "2032-03-29", "2032-05-06", "2032-05-17", "2032-05-27"}},
      {2033, {"2033-04-15", "2033-04-18", "2033-05-26", "2033-06-06", "2033-06-16"}},
  };
  for (const Year& year : years) {
    std::vector<std::string> expected(std::begin(year.moving), std::end(year.moving));
    for (const char* fixed : {"01-01", "05-01", "10-03", "11-01", "12-25", "12-26"}) {
      expected.push_back(std::to_string(year.year) + "-" + fixed);
    }
    std::sort(expected.begin(), expected.end());
    std::vector<std::string> got;
    for (const Holiday& holiday : holidays_of(Land::NW, year.year)) {
      got.push_back(to_iso(holiday.day));
    }
    EXPECT_EQ(got, expected) << year.year;
  }
}

TEST(Calendar, ReformationDayWasAHolidayInItsJubileeOnly) {
  EXPECT_EQ(holidays_of(Land::NW, 2017).size(), 12u);
  EXPECT_EQ(holidays_of(Land::NW, 2018).size(), 11u);
}

TEST(Calendar, EasterIsRightAtItsEarliestAndLatest) {
  EXPECT_EQ(to_iso(easter_sunday(1818)), "1818-03-22");
  EXPECT_EQ(to_iso(easter_sunday(2038)), "2038-04-25");
  EXPECT_EQ(to_iso(easter_sunday(2000)), "2000-04-23");
}

TEST(Calendar, ALaterRuleReplacesTheWeekdayItNames) {
  EXPECT_EQ(on(place(kKreishaus), "2026-11-25"), "08:00-12:00");
  EXPECT_EQ(on(place(kKreishaus), "2026-11-26"), "08:00-12:00 14:00-17:30");
  EXPECT_EQ(on(place("Mo-Fr 08:00-12:00; Th 14:00-17:30"), "2026-11-26"), "14:00-17:30");
  EXPECT_EQ(on(place("Mo-Fr 08:00-12:00, Th 14:00-17:30"), "2026-11-26"),
            "08:00-12:00 14:00-17:30");
  EXPECT_EQ(on(place(kKreishaus), "2026-11-28"), "closed");
}

TEST(Calendar, HolidaysCloseAlsoWhereTheHoursDoNotNameThem) {
  for (const char* text : {kKreishaus, "Mo-Fr 08:00-12:00", "08:00-12:00"}) {
    const DayHours easter_monday = place(text).on(day("2026-04-06"));
    EXPECT_TRUE(easter_monday.slots.empty());
    EXPECT_EQ(easter_monday.layer, HoursLayer::PublicHoliday);
    EXPECT_EQ(easter_monday.cause_de, "Ostermontag");
    EXPECT_EQ(easter_monday.cause_en, "Easter Monday");
  }
  EXPECT_EQ(on(place("Mo-Fr 08:00-12:00; PH 10:00-11:00"), "2026-04-06"), "10:00-11:00");
  EXPECT_EQ(on(place("Mo-Fr 08:00-12:00, PH 10:00-11:00"), "2026-04-06"), "10:00-11:00");
  EXPECT_EQ(on(place("PH off; Mo-Fr 08:00-12:00"), "2026-04-06"), "closed");
}

TEST(Calendar, WithoutALandThereAreNoPublicHolidays) {
  const PlaceCalendar calendar(hours(kKreishaus), std::nullopt, {});
  EXPECT_EQ(on(calendar, "2026-04-06"), "08:00-12:00");
}

TEST(Calendar, RoundTheClockStaysOpenOnEveryDay) {
  const auto calendar = place("24/7", {local("2026-04-06 off", "Betriebsausflug")});
  EXPECT_EQ(on(calendar, "2026-04-06"), "00:00-24:00");
  EXPECT_TRUE(calendar.always());
}

TEST(Calendar, RosenmontagIs48DaysBeforeEaster) {
  const auto calendar = place(kKreishaus, {local("easter -48 days off", "Rosenmontag")});
  for (const char* rosenmontag : {"2024-02-12", "2025-03-03", "2026-02-16", "2027-02-08"}) {
    const DayHours found = calendar.on(day(rosenmontag));
    EXPECT_TRUE(found.slots.empty()) << rosenmontag;
    EXPECT_EQ(found.layer, HoursLayer::LocalRule);
    EXPECT_EQ(found.cause_de, "Rosenmontag");
  }
  EXPECT_EQ(on(calendar, "2026-02-23"), "08:00-12:00");
}

TEST(Calendar, ALocalRuleLimitsAndNeverOpens) {
  const auto altweiber = local("easter -52 days 08:00-11:00", "Altweiber");
  EXPECT_EQ(on(place(kKreishaus, {altweiber}), "2026-02-12"), "08:00-11:00");
  EXPECT_EQ(on(place("Th 09:00-10:00", {altweiber}), "2026-02-12"), "09:00-10:00");
  const DayHours closed = place("We[1] 08:00-13:30", {altweiber}).on(day("2026-02-12"));
  EXPECT_TRUE(closed.slots.empty());
  EXPECT_EQ(closed.layer, HoursLayer::Weekly);
  EXPECT_EQ(closed.cause_de, "");
}

TEST(Calendar, TwoLocalRulesOfOneDayBothLimit) {
  const auto calendar = place(kKreishaus, {local("Th 08:00-15:00", "Personalversammlung"),
                                           local("2026-11-26 10:00-24:00", "Umzug")});
  EXPECT_EQ(on(calendar, "2026-11-26"), "10:00-12:00 14:00-15:00");
  EXPECT_EQ(calendar.on(day("2026-11-26")).cause_de, "Umzug");
}

TEST(Calendar, ASingleDateStandsAboveAll) {
  const auto calendar =
      place("Mo-Fr 08:00-12:00; 2026-12-19 09:00-12:00 \"by appointment\"; 2026-12-25 10:00-11:00; "
            "2027-02-08 09:00-10:00",
            {local("easter -48 days off", "Rosenmontag")});
  EXPECT_EQ(on(calendar, "2026-12-19"), "09:00-12:00?");
  EXPECT_EQ(on(calendar, "2026-12-25"), "10:00-11:00");
  EXPECT_EQ(on(calendar, "2027-02-08"), "09:00-10:00");
  EXPECT_EQ(calendar.on(day("2027-02-08")).layer, HoursLayer::SingleDate);
  EXPECT_EQ(calendar.on(day("2027-02-08")).cause_de, "");
}

TEST(Calendar, AnAdditionalDateAddsToTheHoursOfItsDay) {
  EXPECT_EQ(on(place("Mo-Fr 08:00-12:00, 2026-11-25 14:00-16:00"), "2026-11-25"),
            "08:00-12:00 14:00-16:00");
}

TEST(Calendar, NthWeekdaysOfTheMonth) {
  const auto first = place("We[1] 08:00-13:30");
  EXPECT_EQ(on(first, "2026-12-02"), "08:00-13:30");
  EXPECT_EQ(on(first, "2026-12-09"), "closed");
  const auto last = place("Fr[-1] 08:00-12:00");
  EXPECT_EQ(on(last, "2026-11-27"), "08:00-12:00");
  EXPECT_EQ(on(last, "2026-11-20"), "closed");
  EXPECT_EQ(on(place("Mo[5] 08:00-12:00"), "2026-11-30"), "08:00-12:00");
}

TEST(Calendar, NightsBelongToTheDayOnWhichTheyBegin) {
  const auto calendar = place("Fr 22:00-02:00");
  EXPECT_EQ(on(calendar, "2026-11-27"), "22:00-26:00");
  EXPECT_EQ(on(calendar, "2026-11-28"), "closed");
}

TEST(Calendar, OverlappingAdditionsStayDisjointAndTheEarlierRuleWins) {
  EXPECT_EQ(on(place("Mo 08:00-12:00, Mo 07:00-14:00 \"by appointment\""), "2026-11-23"),
            "07:00-08:00? 08:00-12:00 12:00-14:00?");
}

TEST(Calendar, WeekdayRangesMayRunOverTheWeekend) {
  OpeningHours wrapped;
  HoursRule rule;
  rule.days.weekdays = {{5, 0, {}}};
  wrapped.rules.push_back(rule);
  const PlaceCalendar calendar(wrapped, Land::NW, {});
  EXPECT_EQ(on(calendar, "2026-11-22"), "00:00-24:00");
  EXPECT_EQ(on(calendar, "2026-11-23"), "00:00-24:00");
  EXPECT_EQ(on(calendar, "2026-11-24"), "closed");
}

TEST(Calendar, APlaceWithoutHoursIsNeverOpen) {
  EXPECT_EQ(PlaceCalendar().on(day("2026-11-23")).slots.size(), 0u);
}

}  // namespace dienstbereit
