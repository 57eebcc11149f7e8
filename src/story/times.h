// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/time.h"

namespace dienstbereit::story {

// Times as a story writes them, civil in the administration's zone: "Fr 07:10" and "Fri" mean the
// first such day on or after the day of the start, "Mo+1 08:00" that of the week after.
class Times {
 public:
  static constexpr int kMostWeeks = 8;

  Times(Instant start, TimeZone zone) : first_(zone.day_of(start)), zone_(std::move(zone)) {}

  // Nothing if it is written otherwise.
  std::optional<Day> day(std::string_view text) const;      // "Mo", "Mo+1"
  std::optional<Instant> time(std::string_view text) const;  // "Mo 08:00", "Mo 08:00:30", RFC 3339

 private:
  Day first_;
  TimeZone zone_;
};

// "Fr 2026-11-20 07:10:00", for whoever follows a story.
std::string told_time(Instant t, const TimeZone& zone);

}  // namespace dienstbereit::story
