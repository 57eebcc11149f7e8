// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "handbook/appointments.h"

#include <algorithm>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace dienstbereit::handbook {
namespace {

TimeZone zone() { return TimeZone::find("Europe/Berlin").value(); }
Day day(const char* iso) { return parse_day(iso).value(); }
Minutes minutes(const char* hhmm) { return parse_hhmm(hhmm).value(); }

TEST(AppointmentTable, IsReadByItsColumnsInEitherLanguage) {
  const auto german = appointments_of(
      {"Datum", "Uhrzeit", "Name", "Anliegen", "Telefon", "Notiz"},
      {{"27.11.2026", "8:30", "Erika Muster", "Umschreibung", "0123", "mit Vollmacht"}});
  ASSERT_TRUE(german) << german.error().message;
  ASSERT_EQ(german->all.size(), 1u);
  const Appointment expected{day("2026-11-27"), minutes("08:30"), "Erika Muster",
                             "Umschreibung",    "0123",           "mit Vollmacht"};
  EXPECT_EQ(german->all.front(), expected);
  const auto english = appointments_of({"start", "name"}, {{"2026-11-27T09:00:00", "A"}});
  ASSERT_TRUE(english);
  EXPECT_EQ(english->all.at(0).at, minutes("09:00"));
}

TEST(AppointmentTable, WhatCannotBeReadIsCountedAndTheRestIsInOrder) {
  const auto made = appointments_of({"date", "time", "name"}, {{"2026-11-28", "10:00", "B"},
                                                               {"2026-02-30", "10:00", "no day"},
                                                               {"2026-11-27", "25:00", "no time"},
                                                               {"", "10:00", "none"},
                                                               {"2026-11-28", "", "whole day"},
                                                               {"2026-11-27", "12:00 Uhr", "A"}});
  ASSERT_TRUE(made);
  EXPECT_EQ(made->unreadable, 3u);
  ASSERT_EQ(made->all.size(), 3u);
  EXPECT_EQ(made->all[0].who, "A");
  EXPECT_EQ(made->all[1].who, "whole day");
  EXPECT_EQ(made->all[2].who, "B");
}

TEST(AppointmentTable, WithoutADayItSaysWhatIsMissing) {
  const auto made = appointments_of({"Vorname", "Geheim"}, {{"Erika", "x"}});
  ASSERT_FALSE(made);
  EXPECT_NE(made.error().message.find("Datum"), std::string::npos);
  EXPECT_EQ(made.error().message.find("Geheim"), std::string::npos) << "no word of the content";
}

constexpr const char* kCalendar =
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"
    "BEGIN:VEVENT\r\nDTSTART:20261127T070000Z\r\nSUMMARY:Belehrung\\, \xC2\xA7 43\r\n"
    "DESCRIPTION:Bitte Ausweis\r\n  mitbringen\r\n"
    "ATTENDEE;ROLE=X;CN=\"Muster; Erika\":mailto:e@m.example\r\n"
    "BEGIN:VALARM\r\nDESCRIPTION:klingelt\r\nEND:VALARM\r\nEND:VEVENT\r\n"
    "BEGIN:VEVENT\r\nDTSTART;TZID=Europe/Berlin:20261127T073000\r\nSUMMARY:frueh\r\n"
    "RRULE:FREQ=DAILY\r\nEND:VEVENT\r\n"
    "BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20261128\r\nSUMMARY:ganztags\r\nEND:VEVENT\r\n"
    "BEGIN:VEVENT\r\nDTSTART:20261127T080000\r\nSTATUS:CANCELLED\r\nEND:VEVENT\r\n"
    "BEGIN:VEVENT\r\nSUMMARY:ohne Zeit\r\nEND:VEVENT\r\n"
    "END:VCALENDAR\r\n";

TEST(Ics, GivesTheEventsInTheCivilTimeOfTheZone) {
  const auto made = parse_ics(kCalendar, zone());
  ASSERT_TRUE(made) << made.error().message;
  ASSERT_EQ(made->all.size(), 3u);
  EXPECT_EQ(made->all[0].matter, "frueh");
  EXPECT_EQ(made->all[1].at, minutes("08:00")) << "07:00 UTC in winter";
  EXPECT_EQ(made->all[1].matter, "Belehrung, \xC2\xA7 43");
  EXPECT_EQ(made->all[1].note, "Bitte Ausweis mitbringen") << "folded, and not the alarm's";
  EXPECT_EQ(made->all[1].who, "Muster; Erika");
  EXPECT_EQ(made->all[2].at, std::nullopt);
  EXPECT_EQ(made->repeating, 1u);
  EXPECT_EQ(made->unreadable, 1u);
}

TEST(Ics, AFileThatIsCutOffLosesNothingSilently) {
  const std::string whole = kCalendar;
  const auto made = parse_ics(whole.substr(0, whole.find("SUMMARY:frueh")), zone());
  ASSERT_TRUE(made);
  EXPECT_EQ(made->all.size(), 1u);
  EXPECT_EQ(made->unreadable, 1u);
}

TEST(Ics, WhatIsNoCalendarIsRefused) {
  for (const char* text : {"", "Datum;Uhrzeit\n", "\n\nBEGIN:VCALENDAR"}) {
    EXPECT_FALSE(parse_ics(text, zone())) << text;
  }
}

RC_GTEST_PROP(Ics, AnyTextGivesBoundedFieldsAndNoEventTwice, (const std::string& noise)) {
  const std::string around[] = {"SUMMARY:",       "DTSTART:2026112", "DTSTART;",
                                "ATTENDEE;CN=\"", "DESCRIPTION:\\",  " "};
  std::string text = "BEGIN:VCALENDAR\n";
  for (const std::string& begin : around) {
    text += "BEGIN:VEVENT\nDTSTART:20261127\n" + begin + noise + "\nEND:VEVENT\n";
  }
  const auto made = parse_ics(text, zone());
  RC_ASSERT(made.has_value());
  RC_ASSERT(made->all.size() + made->unreadable <= std::size(around) + 2);
  for (const Appointment& one : made->all) {
    RC_ASSERT(std::max({one.who.size(), one.matter.size(), one.note.size()}) <= kLongestField);
    RC_ASSERT(one.note.find('\n') == std::string::npos);
  }
}

RC_GTEST_PROP(AppointmentTable, EveryRowIsEitherThereOrCounted,
              (const std::vector<std::string>& cells)) {
  std::vector<std::vector<std::string>> rows;
  for (const std::string& cell : cells) rows.push_back({cell, "2026-11-27 " + cell, cell});
  const auto made = appointments_of({"name", "date", "time"}, rows);
  RC_ASSERT(made.has_value());
  RC_ASSERT(made->all.size() + made->unreadable == rows.size());
}

}  // namespace
}  // namespace dienstbereit::handbook
