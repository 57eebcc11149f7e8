// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "story/times.h"

#include <array>

#include <fmt/format.h>

namespace dienstbereit::story {
namespace {

constexpr std::array kGerman{"Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"};
constexpr std::array kEnglish{"Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"};
constexpr int kWeek = 7;
constexpr std::size_t kName = 2;     // bytes
constexpr std::size_t kMinute = 5;   // "07:10"

std::optional<int> weekday(std::string_view name) {
  for (int day = 0; day < kWeek; ++day) {
    const auto at = static_cast<std::size_t>(day);
    if (name == kGerman[at] || name == kEnglish[at]) return day;
  }
  return std::nullopt;
}

// ":30" -> 30 s.
std::optional<std::chrono::seconds> seconds(std::string_view text) {
  if (text.empty()) return std::chrono::seconds(0);
  const bool digits = text.size() == 3 && text[0] == ':' && text[1] >= '0' && text[1] <= '5' &&
                      text[2] >= '0' && text[2] <= '9';
  if (!digits) return std::nullopt;
  return std::chrono::seconds((text[1] - '0') * 10 + (text[2] - '0'));
}

}  // namespace

std::optional<Day> Times::day(std::string_view text) const {
  const auto wanted = weekday(text.substr(0, kName));
  if (!wanted) return std::nullopt;
  int weeks = 0;
  if (const std::string_view later = text.substr(kName); !later.empty()) {
    const bool readable =
        later.size() == 2 && later[0] == '+' && later[1] >= '1' && later[1] <= '0' + kMostWeeks;
    if (!readable) return std::nullopt;
    weeks = later[1] - '0';
  }
  const int ahead = (*wanted - weekday_of(first_) + kWeek) % kWeek;
  return first_ + date::days(ahead + weeks * kWeek);
}

std::optional<Instant> Times::time(std::string_view text) const {
  const auto space = text.find(' ');
  if (space == std::string_view::npos) {
    const auto exact = parse_rfc3339(text);
    return exact ? std::optional(*exact) : std::nullopt;
  }
  const auto on = day(text.substr(0, space));
  const std::string_view clock = text.substr(space + 1);
  const auto minute = parse_hhmm(clock.substr(0, kMinute));
  const auto second = seconds(clock.size() > kMinute ? clock.substr(kMinute) : "");
  if (!on || !minute || !second) return std::nullopt;
  return zone_.at(*on, *minute) + *second;
}

std::string told_time(Instant t, const TimeZone& zone) {
  const Day day = zone.day_of(t);
  const auto clock = std::chrono::floor<std::chrono::seconds>(zone.to_local(t) - day);
  return fmt::format("{} {} {}:{:02}", kGerman[static_cast<std::size_t>(weekday_of(day))],
                     to_iso(day), to_hhmm(std::chrono::floor<Minutes>(clock)),
                     (clock % Minutes(1)).count());
}

}  // namespace dienstbereit::story
