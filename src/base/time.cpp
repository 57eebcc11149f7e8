// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "base/time.h"

#include <array>
#include <charconv>

#include <date/tz.h>
#include <fmt/format.h>

namespace dienstbereit {
namespace {

// Reads exactly `digits` digits from the front of `text` and drops them.
std::optional<int> take_digits(std::string_view& text, std::size_t digits) {
  if (text.size() < digits) return std::nullopt;
  int value = 0;
  for (char c : text.substr(0, digits)) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  text.remove_prefix(digits);
  return value;
}

bool take(std::string_view& text, char expected) {
  if (text.empty() || text.front() != expected) return false;
  text.remove_prefix(1);
  return true;
}

// "Z", "+01:00", "-0330".
std::optional<Minutes> take_offset(std::string_view& text) {
  if (take(text, 'Z') || take(text, 'z')) return Minutes(0);
  const bool east = take(text, '+');
  if (!east && !take(text, '-')) return std::nullopt;
  const auto hours = take_digits(text, 2);
  take(text, ':');
  const auto minutes = take_digits(text, 2);
  if (!hours || !minutes || *hours > 23 || *minutes > 59) return std::nullopt;
  return Minutes((east ? 1 : -1) * (*hours * 60 + *minutes));
}

// ".25" as milliseconds; further digits are read and dropped.
Duration take_fraction(std::string_view& text) {
  if (!take(text, '.')) return Duration(0);
  int scale = 100;
  int value = 0;
  while (auto digit = take_digits(text, 1)) {
    value += *digit * scale;
    scale /= 10;
  }
  return Duration(value);
}

std::optional<Day> take_day(std::string_view& text) {
  const auto y = take_digits(text, 4);
  if (!y || !take(text, '-')) return std::nullopt;
  const auto m = take_digits(text, 2);
  if (!m || !take(text, '-')) return std::nullopt;
  const auto d = take_digits(text, 2);
  if (!d) return std::nullopt;
  const auto ymd = date::year(*y) / *m / *d;
  if (!ymd.ok()) return std::nullopt;
  return Day(ymd);
}

struct Unit {
  std::string_view name;
  Duration length;
};
constexpr std::array<Unit, 5> kUnits{{{"d", std::chrono::hours(24)},
                                      {"h", std::chrono::hours(1)},
                                      {"min", std::chrono::minutes(1)},
                                      {"s", std::chrono::seconds(1)},
                                      {"ms", Duration(1)}}};
constexpr Duration kLongest = std::chrono::hours(24 * 3653);

}  // namespace

std::string to_rfc3339(Instant t) {
  return date::format("%FT%TZ", date::sys_time<Duration>(t.time_since_epoch()));
}

std::string to_rfc3339(Instant t, const TimeZone& zone) {
  const Minutes offset = zone.offset(t);
  const auto away = std::abs(offset.count());
  return fmt::format("{}{}{:02}:{:02}", date::format("%FT%T", zone.to_local(t)),
                     offset < Minutes(0) ? '-' : '+', away / 60, away % 60);
}

Result<Instant> parse_rfc3339(std::string_view text) {
  const std::string original(text);
  const auto invalid = [&] {
    return fail(Errc::InvalidInput,
                fmt::format("'{}' is no time; write it like 2026-11-23T07:10:00+01:00", original));
  };
  const auto day = take_day(text);
  if (!day || !(take(text, 'T') || take(text, ' '))) return invalid();
  const auto hours = take_digits(text, 2);
  if (!hours || !take(text, ':')) return invalid();
  const auto minutes = take_digits(text, 2);
  int seconds = 0;
  Duration fraction(0);
  if (take(text, ':')) {
    const auto read = take_digits(text, 2);
    if (!read) return invalid();
    seconds = *read;
    fraction = take_fraction(text);
  }
  const auto offset = take_offset(text);
  if (!minutes || !offset || !text.empty()) return invalid();
  if (*hours > 23 || *minutes > 59 || seconds > 60) return invalid();
  const Duration within = std::chrono::hours(*hours) + std::chrono::minutes(*minutes) +
                          std::chrono::seconds(seconds) + fraction - *offset;
  return Instant(Duration(day->time_since_epoch()) + within);
}

Result<Duration> parse_duration(std::string_view text) {
  long long count = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
  std::string_view unit = text.substr(static_cast<std::size_t>(end - text.data()));
  while (!unit.empty() && unit.front() == ' ') unit.remove_prefix(1);
  for (const Unit& known : kUnits) {
    if (error != std::errc() || unit != known.name || count < 0) continue;
    if (count > kLongest / known.length) break;
    return Duration(count * known.length);
  }
  return fail(
      Errc::InvalidInput,
      fmt::format("'{}' is no duration up to 10 years; write it like '30 s', '5 min', '12 h' "
                  "or '1 d'",
                  text));
}

std::string to_text(Duration d) {
  for (const Unit& unit : kUnits) {
    if (d.count() != 0 && d % unit.length == Duration(0)) {
      return fmt::format("{} {}", d / unit.length, unit.name);
    }
  }
  return fmt::format("{} ms", d.count());
}

Result<TimeZone> TimeZone::find(const std::string& name) {
  try {
    return TimeZone(date::locate_zone(name), name);
  } catch (const std::exception&) {
    return fail(Errc::NotFound,
                fmt::format("no time zone '{}' on this machine; write one like Europe/Berlin, and "
                            "install the package tzdata if it is missing",
                            name));
  }
}

date::local_time<Duration> TimeZone::to_local(Instant t) const {
  return zone_->to_local(date::sys_time<Duration>(t.time_since_epoch()));
}

Day TimeZone::day_of(Instant t) const { return date::floor<date::days>(to_local(t)); }

Instant TimeZone::at(Day day, Minutes minute) const {
  const date::local_time<std::chrono::seconds> local(day.time_since_epoch() + minute);
  const auto info = zone_->get_info(local);
  if (info.result == date::local_info::nonexistent) {
    return Instant(info.first.end.time_since_epoch());
  }
  return Instant(local.time_since_epoch() - info.first.offset);
}

Minutes TimeZone::offset(Instant t) const {
  const auto info = zone_->get_info(date::sys_time<Duration>(t.time_since_epoch()));
  return std::chrono::duration_cast<Minutes>(info.offset);
}

int weekday_of(Day day) { return static_cast<int>(date::weekday(day).iso_encoding()) - 1; }

std::string to_iso(Day day) { return date::format("%F", day); }

Result<Day> parse_day(std::string_view iso) {
  std::string_view rest = iso;
  const auto day = take_day(rest);
  if (!day || !rest.empty()) {
    return fail(Errc::InvalidInput, fmt::format("'{}' is no day; write it like 2026-11-23", iso));
  }
  return *day;
}

std::string to_hhmm(Minutes minute) {
  return fmt::format("{:02}:{:02}", minute.count() / 60, minute.count() % 60);
}

Result<Minutes> parse_hhmm(std::string_view text) {
  std::string_view rest = text;
  const auto hours = take_digits(rest, 2);
  const bool colon = take(rest, ':');
  const auto minutes = take_digits(rest, 2);
  if (!hours || !colon || !minutes || !rest.empty() || *minutes > 59 ||
      *hours * 60 + *minutes > 48 * 60) {
    return fail(Errc::InvalidInput,
                fmt::format("'{}' is no time of day; write it like 07:30", text));
  }
  return Minutes(*hours * 60 + *minutes);
}

}  // namespace dienstbereit
