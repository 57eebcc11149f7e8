// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "words/catalogue.h"
#include "words/words.h"

namespace dienstbereit::words {
namespace {

constexpr Minutes kNoon = std::chrono::hours(12);
// Mornings that run a little over noon are mornings still.
constexpr Minutes kMorningEnds = std::chrono::hours(13);
constexpr Minutes kOneDay = std::chrono::hours(24);
constexpr Minutes kOneMinute{1};

Minutes minute_of(const Voice& voice, Instant t) {
  const auto local = voice.zone().to_local(t);
  return std::chrono::floor<Minutes>(local - date::floor<date::days>(local));
}

// The end of an interval: 00:00 belongs to the day before, as its last minute, so that nobody has
// to guess which midnight is meant.
Instant end_of(const Voice& voice, Instant t) {
  return minute_of(voice, t) == Minutes(0) ? t - kOneMinute : t;
}

std::string bare_clock(const Voice& voice, Instant t) { return to_hhmm(minute_of(voice, t)); }

Args parts_of(const Voice& voice, Day day, std::string_view length) {
  const date::year_month_day ymd(day);
  const std::string month = std::to_string(static_cast<unsigned>(ymd.month()));
  const std::string weekday = std::to_string(weekday_of(day));
  const std::string form(length);
  return {{"weekday", text(voice.language(), "weekday." + form + "." + weekday)},
          {"month", text(voice.language(), "month." + form + "." + month)},
          {"date", std::to_string(static_cast<unsigned>(ymd.day()))},
          {"number", month},
          {"year", std::to_string(static_cast<int>(ymd.year()))}};
}

// "heute", "morgen", "gestern"; empty for every other day.
std::string near_day(const Voice& voice, Day day) {
  const auto distance = (day - voice.today()).count();
  if (distance == 0) return text(voice.language(), "day.today");
  if (distance == 1) return text(voice.language(), "day.tomorrow");
  if (distance == -1) return text(voice.language(), "day.yesterday");
  return {};
}

// "gestern, 18:00, bis heute, 02:00 Uhr": it began the day before and runs past midnight.
std::string span_from_yesterday(const Voice& voice, const SlotVerdict& slot) {
  return text(voice.language(), "span.from_yesterday",
              {{"begin", bare_clock(voice, slot.begin)},
               {"end", bare_clock(voice, end_of(voice, slot.end))}});
}

bool runs_since_yesterday(const Voice& voice, const SlotVerdict& slot) {
  return voice.zone().day_of(slot.begin) == voice.today() - date::days(1) &&
         voice.zone().day_of(end_of(voice, slot.end)) == voice.today();
}

std::string slot_hours(const Voice& voice, const SlotVerdict& slot) {
  std::string hours = runs_since_yesterday(voice, slot) ? span_from_yesterday(voice, slot)
                                                        : span(voice, slot.begin, slot.end);
  if (!slot.by_appointment) return hours;
  return text(voice.language(), "span.by_appointment", {{"span", std::move(hours)}});
}

// One unit of a duration, or nothing if there is none of it.
void add_unit(std::vector<std::string>& units, Language language, std::string_view key,
              std::int64_t n) {
  if (n > 0) units.push_back(count(language, key, static_cast<std::size_t>(n)));
}

}  // namespace

std::string clock_of(const Voice& voice, Instant t) {
  return text(voice.language(), "time.clock", {{"clock", bare_clock(voice, t)}});
}

std::string end_clock_of(const Voice& voice, Instant t) {
  return clock_of(voice, end_of(voice, t));
}

std::string time_of(const Voice& voice, Instant t) {
  const Day day = voice.zone().day_of(t);
  const Args clock{{"clock", bare_clock(voice, t)}, {"day", short_day(voice, day)}};
  switch ((day - voice.today()).count()) {
    case 0:
      return text(voice.language(), "time.today", clock);
    case 1:
      return text(voice.language(), "time.tomorrow", clock);
    case -1:
      return text(voice.language(), "time.yesterday", clock);
    default:
      return text(voice.language(), "time.on", clock);
  }
}

std::string until_of(const Voice& voice, Instant t) { return time_of(voice, end_of(voice, t)); }

std::string day_of(const Voice& voice, Day day) {
  std::string near = near_day(voice, day);
  if (!near.empty()) return near;
  return text(voice.language(), "day.long", parts_of(voice, day, "long"));
}

std::string on_day(const Voice& voice, Day day) {
  std::string near = near_day(voice, day);
  if (!near.empty()) return near;
  return text(voice.language(), "day.on", parts_of(voice, day, "long"));
}

std::string short_day(const Voice& voice, Day day) {
  const bool this_year =
      date::year_month_day(day).year() == date::year_month_day(voice.today()).year();
  return text(voice.language(), this_year ? "day.short" : "day.short_year",
              parts_of(voice, day, "short"));
}

std::string duration(Language language, Duration d) {
  using namespace std::chrono;
  const auto all = duration_cast<seconds>(d < Duration(0) ? -d : d).count();
  constexpr std::int64_t kMinute = 60, kHour = 60 * kMinute, kDay = 24 * kHour;
  std::vector<std::string> units;
  add_unit(units, language, "duration.days", all / kDay);
  add_unit(units, language, "duration.hours", all % kDay / kHour);
  add_unit(units, language, "duration.minutes", all % kHour / kMinute);
  add_unit(units, language, "duration.seconds", all % kMinute);
  if (units.empty()) return text(language, "duration.below");
  // The two largest units say enough.
  return units.size() == 1 ? units[0] : units[0] + " " + units[1];
}

std::string list(Language language, const std::vector<std::string>& items) {
  std::string all;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (i > 0) all += text(language, i + 1 == items.size() ? "list.and" : "list.comma");
    all += items[i];
  }
  return all;
}

std::string span(const Voice& voice, Instant begin, Instant end) {
  const Instant last = end_of(voice, end);
  const Args clocks{{"begin", bare_clock(voice, begin)}, {"end", bare_clock(voice, last)}};
  if (voice.zone().day_of(last) != voice.zone().day_of(begin)) {
    return text(voice.language(), "span.overnight", clocks);
  }
  return text(voice.language(), "span.day",
              {{"clocks", text(voice.language(), "span.clocks", clocks)}});
}

std::string hours_of(const Voice& voice, const view::DayWord& day) {
  if (!day.has_slots()) return text(voice.language(), "word.counter.closed");
  std::vector<std::string> spans;
  for (const SlotVerdict& slot : day.slots) spans.push_back(slot_hours(voice, slot));
  return list(voice.language(), spans);
}

std::string slot_time(const Voice& voice, const SlotVerdict& slot) {
  const Minutes begin = minute_of(voice, slot.begin);
  const Minutes length = std::chrono::duration_cast<Minutes>(slot.end - slot.begin);
  const Args hours{{"span", slot_hours(voice, slot)}};
  if (begin < kNoon && begin + length <= kMorningEnds) {
    return text(voice.language(), "part.morning", hours);
  }
  if (begin >= kNoon && begin + length <= kOneDay) {
    return text(voice.language(), "part.afternoon", hours);
  }
  return hours.front().value;
}

}  // namespace dienstbereit::words
