// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "model/hours.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace dienstbereit {
namespace {

using namespace std::chrono_literals;

std::string canonical(std::string_view text) {
  const auto hours = parse_hours(text);
  return hours ? to_osm(*hours) : "error: " + hours.error().message;
}

std::string error_of(std::string_view text) {
  const auto hours = parse_hours(text);
  return hours ? "parsed as " + to_osm(*hours) : hours.error().message;
}

bool mentions(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST(Hours, WeekdaysTimesAndHolidaysAreUnderstood) {
  const auto hours = parse_hours("Mo-Fr 08:00-12:00; Th 08:00-12:00,14:00-17:30; PH off");
  ASSERT_TRUE(hours) << hours.error().message;
  ASSERT_EQ(hours->rules.size(), 3u);
  EXPECT_EQ(hours->rules[0].days.weekdays, (std::vector<DaySelector::Weekdays>{{0, 4, {}}}));
  EXPECT_EQ(hours->rules[1].spans, (std::vector<OpenSpan>{{8h, 12h}, {14h, 17h + 30min}}));
  EXPECT_TRUE(hours->rules[2].off);
  EXPECT_TRUE(hours->rules[2].days.public_holidays);
}

TEST(Hours, EveryFormOfTheSubsetIsUnderstood) {
  for (const char* text :
       {"24/7", "off", "08:00-12:00", "We[1] 08:00-13:30", "Mo[1,3,-1] 08:00-12:00",
        "2026 Dec 19 09:00-12:00 \"by appointment\"", "easter -48 days off",
        "easter -52 days 08:00-11:00", "easter off", "easter +1 day off",
        "Mo-Tu 07:30-15:00; We,Fr 07:30-11:30; Th 07:30-16:30; PH off",
        "Mo 08:00-12:00, Mo 14:00-16:00 \"by appointment, Zimmer 3\"",
        "2026 Dec 24,2026 Dec 31 off", "Fr-Sa 22:00-26:00", "Mo-Su 00:00-24:00",
        "PH,Sa-Su 10:00-12:00", "Sa 10:00-12:00 \"nur Ausgabe\""}) {
    EXPECT_EQ(canonical(text), text);
  }
}

TEST(Hours, EqualMeaningHasOneForm) {
  EXPECT_EQ(canonical("We,Mo,Tu 8:00-12:00"), "Mo-We 08:00-12:00");
  EXPECT_EQ(canonical(" Mo-Fr  08:00 - 12:00 ;PH closed "), "Mo-Fr 08:00-12:00; PH off");
  EXPECT_EQ(canonical("2026-12-19 off"), "2026 Dec 19 off");
  EXPECT_EQ(canonical("Mo 14:00-16:00,08:00-14:00"), "Mo 08:00-16:00");
  EXPECT_EQ(canonical("Mo open"), "Mo 00:00-24:00");
  EXPECT_EQ(canonical("Sa-Mo 10:00-12:00"), "Mo,Sa-Su 10:00-12:00");
  EXPECT_EQ(canonical("Mo[1-3] off"), "Mo[1,2,3] off");
}

TEST(Hours, ClosingBeforeOpeningMeansTheNextDay) {
  EXPECT_EQ(canonical("Fr 22:00-02:00"), "Fr 22:00-26:00");
}

TEST(Hours, ErrorsNameColumnAndCure) {
  EXPECT_EQ(error_of("Mo-Fr,Xx 08:00-12:00"),
            "'Xx' at column 7 is no weekday; use Mo Tu We Th Fr Sa Su");
  EXPECT_EQ(error_of("Di 08:00-12:00"), "'Di' at column 1 is German; write Tu");
  EXPECT_EQ(error_of("Mo 08:00-25:61"),
            "'25:61' at column 10 is no time; write 00:00 to 24:00, up to 48:00 for the next day");
  EXPECT_EQ(error_of("Mo 08:00-12:00;"),
            "the opening hours end at column 16, where days, times or 'off' are missing");
  EXPECT_EQ(error_of("Sa 10:00-12:00 \"für alle\" Xx"),
            "'Xx' at column 27 does not belong here; separate rules by ';'");
}

TEST(Hours, WhatIsOutsideTheSubsetIsRefusedWithItsPosition) {
  struct Case {
    const char* text;
    const char* column;
  };
  for (const auto& [text, column] :
       {Case{"Dec 24 off", "column 1 "}, Case{"Mo-Fr 08:00-12:00; Dec 24 off", "column 20 "},
        Case{"week 1-10 Mo 08:00-12:00", "column 1 "}, Case{"SH off", "column 1 "},
        Case{"Mo sunrise-sunset", "column 4 "}, Case{"Mo 08:00+", "column 9 "},
        Case{"2026 Dec 24-26 off", "column 12 "}, Case{"Mo 08:00-12:00 || off", "column 16 "},
        Case{"Mo-Fr[1] off", "column 6 "}, Case{"Mo We 08:00-12:00", "column 4 "},
        Case{"Mo,2026 Dec 24 off", "column 1 "}, Case{"24/7; PH off", "column 1 "},
        Case{"Mo 08:00-12:00/00:30", "column 15 "}, Case{"Mo", "column 3,"},
        Case{"Mo-Fr", "column 6,"}, Case{"Mo off, 08:00-12:00", "column 9 "},
        Case{"Mo 24/7", "column 4 "}, Case{"", "column 1,"}}) {
    EXPECT_TRUE(mentions(error_of(text), column)) << text << ": " << error_of(text);
  }
}

TEST(Hours, NonsenseIsRefused) {
  for (const char* text :
       {"Mo 08:00-08:00", "Mo 08:00-12:00,11:00-13:00", "Mo 20:00-46:00",
        "Mo 07:00-14:00,14:00-11:30", "2026-02-30 off", "1999-01-01 off", "Mo[6] off", "Mo[-2] off",
        "Mo[] off", "easter -999 days off", "easter -48 off", "Mo 08:00-12:00 \"open end",
        "Mo 8-12", "Mo 08:00-12:000", "Mo,,Tu off", "Mo \"by appointment\"", "Mo 08:00-12:00\x01",
        "Mo 08:00-12:00 \"\xff\""}) {
    EXPECT_FALSE(parse_hours(text)) << text;
  }
}

TEST(Hours, LengthAndNumberOfRulesAreBounded) {
  const std::string longest(kHoursBytesMax + 1, ' ');
  EXPECT_EQ(parse_hours(longest).error().code, Errc::LimitExceeded);
  std::string many = "off";
  for (std::size_t i = 1; i < kHoursRulesMax; ++i) many += "; off";
  EXPECT_TRUE(parse_hours(many));
  EXPECT_EQ(parse_hours(many + "; off").error().code, Errc::LimitExceeded);
}

namespace {

rc::Gen<std::string> any_of(std::vector<std::string> texts) {
  return rc::gen::elementOf(std::move(texts));
}

rc::Gen<std::string> any_rule() {
  return rc::gen::map(
      rc::gen::tuple(any_of({"", "Mo ", "Sa-Mo ", "We,Fr,Mo-Tu ", "Mo[1] ", "Tu[1-3,-1],Fr ", "PH ",
                             "PH,Mo ", "2026-12-19 ", "2027 Feb 8,2026-12-24 ", "easter -48 days ",
                             "easter,easter +1 day "}),
                     any_of({"off", "open", "closed", "8:00-12:00", "14:00-16:00,08:00-12:00",
                             "22:00-2:00", "00:00-24:00", "08:00 - 10:00 , 10:00-11:30"}),
                     any_of({"", " \"by appointment\"", " \"by appointment; Zimmer 3\"",
                             " \"nur Ausgabe\"", " \"by appointments\"", "\"\""})),
      [](const auto& parts) {
        return std::get<0>(parts) + std::get<1>(parts) + std::get<2>(parts);
      });
}

}  // namespace

RC_GTEST_PROP(Hours, RenderedTextParsesToTheSame, ()) {
  const auto rules = *rc::gen::nonEmpty(
      rc::gen::resize(8, rc::gen::container<std::vector<std::string>>(any_rule())));
  std::string text;
  for (const std::string& rule : rules) {
    if (!text.empty()) text += *any_of({"; ", ", ", ";"});
    text += rule;
  }
  const auto hours = parse_hours(text);
  // ", 08:00-12:00" after times is a further span, which may overlap: refused, not misread.
  if (!hours) RC_DISCARD(hours.error().message);
  const auto again = parse_hours(to_osm(*hours));
  RC_ASSERT(again.has_value());
  RC_ASSERT(*again == *hours);
  RC_ASSERT(to_osm(*again) == to_osm(*hours));
}

}  // namespace dienstbereit
