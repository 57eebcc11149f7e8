// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "words/draft/spoken.h"

#include "words/catalogue.h"

namespace dienstbereit::words::drafts {
namespace {

constexpr unsigned kTen = 10, kFirstRegular = 20, kNoon = 12;

std::string key_of(const char* prefix, unsigned n) { return prefix + std::to_string(n); }

const char* part_of_day(unsigned hour) {
  if (hour < kNoon) return "spoken.clock.morning";
  if (hour == kNoon) return "spoken.clock.midday";
  constexpr unsigned kEvening = 18;
  return hour < kEvening ? "spoken.clock.afternoon" : "spoken.clock.evening";
}

}  // namespace

std::string spoken_number(Language language, unsigned n) {
  if (n < kFirstRegular) return text(language, key_of("spoken.number.", n));
  const std::string tens = text(language, key_of("spoken.number.", n / kTen * kTen));
  if (n % kTen == 0) return tens;
  const std::string unit =
      n % kTen == 1 ? text(language, "spoken.one_joined") : spoken_number(language, n % kTen);
  return text(language, "spoken.joined", {{"tens", tens}, {"unit", unit}});
}

std::string spoken_clock(const Voice& voice, Instant t) {
  const Language language = voice.language();
  const auto local = voice.zone().to_local(t);
  const auto minutes = std::chrono::floor<Minutes>(local - voice.zone().day_of(t)).count();
  constexpr unsigned kMinutesOfHour = 60;
  const unsigned hour = static_cast<unsigned>(minutes) / kMinutesOfHour;
  const unsigned minute = static_cast<unsigned>(minutes) % kMinutesOfHour;
  // German tells 24 hours, English 12 and the part of the day.
  const unsigned of_twelve = hour % kNoon == 0 ? kNoon : hour % kNoon;
  const unsigned shown = language == Language::De ? hour : of_twelve;
  const std::string hour_word =
      shown == 1 ? text(language, "spoken.one_joined") : spoken_number(language, shown);
  const std::string clock =
      minute == 0 ? text(language, "spoken.clock.full", {{"hour", hour_word}})
                  : text(language, minute < kTen ? "spoken.clock.early" : "spoken.clock.minutes",
                         {{"hour", hour_word}, {"minute", spoken_number(language, minute)}});
  return text(language, part_of_day(hour), {{"clock", clock}});
}

std::string spoken_day(const Voice& voice, Day day) {
  const date::year_month_day date(day);
  const Language language = voice.language();
  return text(
      language, "spoken.day",
      {{"weekday", text(language, "weekday.long." + std::to_string(weekday_of(day)))},
       {"date", text(language, key_of("spoken.ordinal.", static_cast<unsigned>(date.day())))},
       {"month", text(language, key_of("month.long.", static_cast<unsigned>(date.month())))}});
}

}  // namespace dienstbereit::words::drafts
