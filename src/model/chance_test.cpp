// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "model/chance.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "model/recovery.h"

namespace dienstbereit {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

Instant at(const char* text) { return parse_rfc3339(text).value(); }
const TimeZone& berlin() {
  static const TimeZone zone = TimeZone::find("Europe/Berlin").value();
  return zone;
}
std::string bound(const char* t, const char* now) {
  return to_rfc3339(public_bound(at(t), at(now), berlin()));
}
std::string complaint(Duration best, Duration likely, Duration worst) {
  const auto checked = check_estimate({best, likely, worst}, "task 'T1'");
  return checked ? "" : checked.error().message;
}

}  // namespace

TEST(ShownPercent, IsNever0Or100) {
  EXPECT_EQ(shown_percent(0), 1);
  EXPECT_EQ(shown_percent(0.004), 1);
  EXPECT_EQ(shown_percent(0.256), 26);
  EXPECT_EQ(shown_percent(0.996), 99);
  EXPECT_EQ(shown_percent(1), 99);
}

TEST(Chance, WordsBeginAtTheirBounds) {
  EXPECT_EQ(chance_of(0.0999), Chance::VeryUnlikely);
  EXPECT_EQ(chance_of(0.10), Chance::Unlikely);
  EXPECT_EQ(chance_of(0.35), Chance::Open);
  EXPECT_EQ(chance_of(0.65), Chance::Likely);
  EXPECT_EQ(chance_of(0.90), Chance::VeryLikely);
  EXPECT_STREQ(name_of(Chance::VeryLikely), "very_likely");
}

TEST(PublicBound, RoundsUpTheCoarserTheFartherAhead) {
  const char* now = "2026-11-27T10:10+01:00";
  EXPECT_EQ(bound("2026-11-27T12:01+01:00", now), "2026-11-27T11:30:00.000Z");
  EXPECT_EQ(bound("2026-11-27T12:30+01:00", now), "2026-11-27T11:30:00.000Z");
  EXPECT_EQ(bound("2026-11-27T17:05+01:00", now), "2026-11-27T17:00:00.000Z");
  EXPECT_EQ(bound("2026-11-28T19:00+01:00", now), "2026-11-29T07:00:00.000Z");
  EXPECT_EQ(bound("2026-12-01T07:00+01:00", now), "2026-12-01T11:00:00.000Z");
  EXPECT_EQ(bound("2026-12-01T18:30+01:00", now), "2026-12-02T11:00:00.000Z");
}

TEST(PublicBound, IsNeverMidnight) {
  const char* now = "2026-11-27T10:10+01:00";
  EXPECT_EQ(bound("2026-11-27T23:30+01:00", now), "2026-11-28T00:00:00.000Z");  // 01:00 there
  EXPECT_EQ(bound("2026-11-28T00:00+01:00", now), "2026-11-28T00:00:00.000Z");
  EXPECT_EQ(bound("2026-11-27T23:40+01:00", "2026-11-27T20:00+01:00"), "2026-11-27T23:30:00.000Z");
}

TEST(PublicBound, KeepsCivilTimesWhenTheClockChanges) {
  // 24 October to 25 October 2026: summer time ends.
  EXPECT_EQ(bound("2026-10-24T20:00+02:00", "2026-10-23T10:00+02:00"), "2026-10-25T07:00:00.000Z");
}

RC_GTEST_PROP(PublicBound, IsNeverEarlierAndKeepsTheOrder, ()) {
  const Instant now = at("2026-10-20T06:13Z") + minutes(*rc::gen::inRange(0, 20'000));
  const auto later = [] { return Duration(*rc::gen::inRange(0, 14 * 24 * 3'600'000)); };
  const Instant a = now + later();
  const Instant b = now + later();
  const Instant told_a = public_bound(a, now, berlin());
  const Instant told_b = public_bound(b, now, berlin());
  RC_ASSERT((told_a >= a && told_b >= b));
  RC_ASSERT(told_a - a < hours(24));
  RC_ASSERT((a <= b ? told_a <= told_b : told_b <= told_a));
}

TEST(Estimate, ImpossibleOnesAreNamed) {
  EXPECT_EQ(complaint(minutes(1), minutes(1), minutes(1)), "");
  EXPECT_NE(complaint(minutes(0), minutes(1), minutes(2)).find("task 'T1': the best case is zero"),
            std::string::npos);
  EXPECT_NE(complaint(minutes(-5), minutes(1), minutes(2)), "");
  EXPECT_NE(
      complaint(hours(2), hours(1), hours(3)).find("best case (2 h) is longer than the likely"),
      std::string::npos);
  EXPECT_NE(complaint(hours(1), hours(4), hours(3)).find("likely case (4 h) is longer"),
            std::string::npos);
  EXPECT_NE(complaint(hours(1), hours(2), hours(24 * 367)).find("longer than a year"),
            std::string::npos);
}

}  // namespace dienstbereit
