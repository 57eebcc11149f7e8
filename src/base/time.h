// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include <date/date.h>

#include "base/result.h"

namespace date {
class time_zone;
}

namespace dienstbereit {

// Milliseconds are the finest time the product speaks of; latencies of a probe use microseconds.
using Duration = std::chrono::milliseconds;

// A point of logical time: milliseconds since 1970-01-01T00:00Z. Only runtime/clock makes one from
// a real clock; everywhere else it arrives as data.
using Instant = std::chrono::time_point<std::chrono::system_clock, Duration>;

// A civil day of the administration, and a wall-clock minute within it (24:00 = end of day).
using Day = date::local_days;
using Minutes = std::chrono::minutes;

class TimeZone;

// "2026-11-23T07:10:00.000Z"; with a zone "2026-11-23T08:10:00.000+01:00".
std::string to_rfc3339(Instant t);
std::string to_rfc3339(Instant t, const TimeZone& zone);
// Accepts "2026-11-23T07:10[:00[.000]](Z|+01:00)".
Result<Instant> parse_rfc3339(std::string_view text);
class TimeZone;
// The same instant as people there read it: "2026-11-23T08:10:00.000+01:00".
std::string to_rfc3339(Instant t, const TimeZone& zone);

// "90 s", "5 min", "30min", "12 h", "1 d", "500 ms". At most 10 years.
Result<Duration> parse_duration(std::string_view text);
// The same grammar back, in the largest unit that is exact: "5 min".
std::string to_text(Duration d);

// One administration's civil time. Copies share the zone data, which lives for the whole process.
class TimeZone {
 public:
  static Result<TimeZone> find(const std::string& name);  // "Europe/Berlin"

  // Civil time at t.
  date::local_time<Duration> to_local(Instant t) const;
  Day day_of(Instant t) const;
  // The instant of `minute` on `day`. A minute that a clock change skips is its end; one that
  // occurs twice is the first.
  Instant at(Day day, Minutes minute) const;
  // Offset from UTC at t, in minutes (+60 for CET).
  Minutes offset(Instant t) const;
  const std::string& name() const { return name_; }

 private:
  TimeZone(const date::time_zone* zone, std::string name) : zone_(zone), name_(std::move(name)) {}

  const date::time_zone* zone_;
  std::string name_;
};

// 0 = Monday ... 6 = Sunday.
int weekday_of(Day day);
// "2026-11-23".
std::string to_iso(Day day);
Result<Day> parse_day(std::string_view iso);
// "07:30", "24:00".
std::string to_hhmm(Minutes minute);
// Accepts 00:00 to 48:00 (hours beyond 24 belong to the next day, as OSM writes them).
Result<Minutes> parse_hhmm(std::string_view text);

}  // namespace dienstbereit
