// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "words/draft/vague.h"

#include <array>

#include "words/catalogue.h"

namespace dienstbereit::words::drafts {
namespace {

constexpr Minutes kHour{60};
constexpr int kSaturday = 5;
constexpr int kDaysOfWeek = 7;
constexpr int kWeeksByPart = 2;  // this and the next one; what is later is told by month

struct WeekPart {
  const char* key;
  Minutes begin, end;  // from Monday 00:00
};
constexpr std::array<WeekPart, 4> kWeekParts{{
    {"begin", 0 * kHour, 36 * kHour},     // until Tuesday noon
    {"middle", 36 * kHour, 84 * kHour},   // Tuesday noon until Thursday noon
    {"end", 84 * kHour, 120 * kHour},     // Thursday noon until Saturday
    {"weekend", 120 * kHour, 168 * kHour},
}};

struct MonthPart {
  const char* key;
  unsigned first, after;  // days of the month; 0: the next month begins
};
constexpr std::array<MonthPart, 3> kMonthParts{
    {{"begin", 1, 11}, {"middle", 11, 21}, {"end", 21, 0}}};

// Monday of the week that people mean on `today`.
Day this_week(Day today) {
  const int weekday = weekday_of(today);
  const Day monday = today - date::days(weekday);
  return weekday >= kSaturday ? monday + date::days(kDaysOfWeek) : monday;
}

Instant within_week(const Voice& voice, Day monday, Minutes offset) {
  constexpr Minutes kDay{24 * 60};
  return voice.zone().at(monday + date::days(offset / kDay), offset % kDay);
}

Vague day_phrase(const Voice& voice, const char* key, Day day) {
  return {text(voice.language(), key), voice.zone().at(day, Minutes(0)),
          voice.zone().at(day + date::days(1), Minutes(0))};
}

std::optional<Vague> by_week(const Voice& voice, Instant t) {
  for (int week = 0; week < kWeeksByPart; ++week) {
    const Day monday = this_week(voice.today()) + date::days(week * kDaysOfWeek);
    for (const WeekPart& part : kWeekParts) {
      const Instant begin = within_week(voice, monday, part.begin);
      const Instant end = within_week(voice, monday, part.end);
      if (t < begin || t >= end) continue;
      const std::string key = std::string(week == 0 ? "vague.week." : "vague.next_week.");
      return Vague{text(voice.language(), key + part.key), begin, end};
    }
  }
  return std::nullopt;
}

Vague by_month(const Voice& voice, Instant t) {
  const date::year_month_day date(voice.zone().day_of(t));
  const date::year_month month = date.year() / date.month();
  const MonthPart* part = &kMonthParts.back();
  for (const MonthPart& one : kMonthParts) {
    if (one.after != 0 && static_cast<unsigned>(date.day()) < one.after) {
      part = &one;
      break;
    }
  }
  const Day begin{date::local_days(month / date::day(part->first))};
  const Day end{part->after == 0 ? date::local_days((month + date::months(1)) / date::day(1))
                                 : date::local_days(month / date::day(part->after))};
  const std::string name =
      text(voice.language(), "month.long." + std::to_string(static_cast<unsigned>(date.month())));
  return {text(voice.language(), std::string("vague.month.") + part->key,
               {{"month", name}, {"year", std::to_string(static_cast<int>(date.year()))}}),
          voice.zone().at(begin, Minutes(0)), voice.zone().at(end, Minutes(0))};
}

}  // namespace

std::optional<Vague> vague(const Voice& voice, Instant t) {
  if (t < voice.now()) return std::nullopt;
  const Day day = voice.zone().day_of(t);
  if (day == voice.today()) return day_phrase(voice, "vague.today", day);
  if (day == voice.today() + date::days(1)) return day_phrase(voice, "vague.tomorrow", day);
  if (auto found = by_week(voice, t)) return found;
  // Saturday's "tomorrow" aside, this week's end may lie before the week that people mean.
  return by_month(voice, t);
}

}  // namespace dienstbereit::words::drafts
