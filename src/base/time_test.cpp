// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "base/time.h"

#include <gtest/gtest.h>

namespace dienstbereit {

using namespace std::chrono_literals;

TEST(Time, Rfc3339GoesThereAndBack) {
  const auto t = parse_rfc3339("2026-11-23T07:10:00.250+01:00");
  ASSERT_TRUE(t);
  EXPECT_EQ(to_rfc3339(*t), "2026-11-23T06:10:00.250Z");
  EXPECT_EQ(parse_rfc3339("2026-11-23T06:10Z").value(), *t - 250ms);
}

TEST(Time, Rfc3339InAZoneIsWhatPeopleThereReadAndCanBeReadBack) {
  const auto berlin = TimeZone::find("Europe/Berlin").value();
  const auto winter = parse_rfc3339("2026-11-23T23:30:00.250Z").value();
  EXPECT_EQ(to_rfc3339(winter, berlin), "2026-11-24T00:30:00.250+01:00");
  EXPECT_EQ(parse_rfc3339(to_rfc3339(winter, berlin)).value(), winter);
  EXPECT_EQ(to_rfc3339(parse_rfc3339("2026-07-01T06:00Z").value(), berlin),
            "2026-07-01T08:00:00.000+02:00");
  EXPECT_EQ(to_rfc3339(winter, TimeZone::find("America/St_Johns").value()),
            "2026-11-23T20:00:00.250-03:30");
}

TEST(Time, Rfc3339RefusesWhatIsNoTime) {
  for (const char* text : {"", "2026-11-23", "2026-02-30T00:00Z", "2026-11-23T25:00Z",
                           "2026-11-23T07:10:00", "2026-11-23T07:10:00Zx"}) {
    EXPECT_FALSE(parse_rfc3339(text)) << text;
  }
}

TEST(Time, DurationsUseTheLargestExactUnit) {
  EXPECT_EQ(parse_duration("30min").value(), 30min);
  EXPECT_EQ(to_text(parse_duration("120 s").value()), "2 min");
  EXPECT_FALSE(parse_duration("30"));
  EXPECT_FALSE(parse_duration("-1 h"));
  EXPECT_FALSE(parse_duration("99999999999999 d"));
}

TEST(Time, BerlinSkipsAnHourInSpring) {
  const auto berlin = TimeZone::find("Europe/Berlin").value();
  const Day day = parse_day("2026-03-29").value();
  EXPECT_EQ(to_rfc3339(berlin.at(day, 2h + 30min)), "2026-03-29T01:00:00.000Z");
  EXPECT_EQ(to_rfc3339(berlin.at(day, 8h)), "2026-03-29T06:00:00.000Z");
  EXPECT_EQ(berlin.day_of(berlin.at(day, 24h)), day + date::days(1));
}

TEST(Time, WeekdaysStartOnMonday) {
  EXPECT_EQ(weekday_of(parse_day("2026-11-23").value()), 0);
  EXPECT_EQ(to_hhmm(parse_hhmm("24:00").value()), "24:00");
  EXPECT_FALSE(parse_hhmm("7:30"));
}

}  // namespace dienstbereit
