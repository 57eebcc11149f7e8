// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "core/recovery/calendar.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/assert.h"

namespace dienstbereit::core::recovery {
namespace {

// Rounded down, also below zero.
std::int64_t floor_div(Duration a, Duration b) {
  const auto quotient = a / b;
  return a % b < Duration(0) ? quotient - 1 : quotient;
}

std::string text_of(const Window& window) {
  return fmt::format("{} to {}", to_rfc3339(window.from), to_rfc3339(window.to));
}

// Windows that touch or overlap become one; the input is sorted by begin.
std::vector<Window> joined(std::vector<Window> windows) {
  std::vector<Window> result;
  for (const Window& window : windows) {
    if (!result.empty() && window.from <= result.back().to) {
      result.back().to = std::max(result.back().to, window.to);
    } else {
      result.push_back(window);
    }
  }
  return result;
}

}  // namespace

Calendar Calendar::always() {
  Calendar calendar;
  calendar.always_ = true;
  return calendar;
}

Result<void> Calendar::set_windows(std::vector<Window> windows) {
  if (windows.size() > kMostWindows) {
    return fail(Errc::LimitExceeded,
                fmt::format("{} working windows; at most {}", windows.size(), kMostWindows));
  }
  Duration before{0};
  for (std::size_t i = 0; i < windows.size(); ++i) {
    if (windows[i].to <= windows[i].from) {
      return fail(Errc::InvalidInput,
                  fmt::format("the working window {} is empty; correct it", text_of(windows[i])));
    }
    if (i > 0 && windows[i].from < windows[i - 1].to) {
      return fail(Errc::InvalidInput,
                  fmt::format("the working window {} begins before the one ahead of it ends; sort "
                              "and join them",
                              text_of(windows[i])));
    }
    before_.push_back(before);
    before += windows[i].to - windows[i].from;
  }
  before_.push_back(before);
  windows_ = std::move(windows);
  return {};
}

Result<Calendar> Calendar::of(std::vector<Window> windows) {
  Calendar calendar;
  if (!windows.empty()) calendar.origin_ = windows.front().from;
  if (auto set = calendar.set_windows(std::move(windows)); !set) {
    return tl::unexpected(set.error());
  }
  return calendar;
}

Result<Calendar> Calendar::repeating(std::vector<Window> windows, Instant origin, Duration period) {
  const bool outside =
      !windows.empty() && (windows.front().from < origin || windows.back().to > origin + period);
  if (period <= Duration(0) || outside) {
    return fail(Errc::InvalidInput, "repeating working windows must lie within one period");
  }
  Calendar calendar;
  calendar.origin_ = origin;
  calendar.period_ = period;
  if (auto set = calendar.set_windows(std::move(windows)); !set) {
    return tl::unexpected(set.error());
  }
  return calendar;
}

Duration Calendar::within(Duration offset) const {
  const Instant t = origin_ + offset;
  const auto after = std::partition_point(windows_.begin(), windows_.end(),
                                          [&](const Window& w) { return w.from < t; });
  if (after == windows_.begin()) return Duration(0);
  const Window& last = *(after - 1);
  const auto index = static_cast<std::size_t>(after - windows_.begin()) - 1;
  return before_[index] + (std::min(t, last.to) - last.from);
}

Duration Calendar::since_origin(Instant t) const {
  if (always_) return t - origin_;
  if (windows_.empty()) return Duration(0);
  if (period_ == Duration(0)) return within(t - origin_);
  const std::int64_t turns = floor_div(t - origin_, period_);
  return turns * before_.back() + within((t - origin_) - turns * period_);
}

Duration Calendar::worked(Instant from, Instant to) const {
  return to > from ? since_origin(to) - since_origin(from) : Duration(0);
}

bool Calendar::works_at(Instant t) const {
  if (always_) return true;
  const Duration turned =
      period_ == Duration(0) ? Duration(0) : floor_div(t - origin_, period_) * period_;
  const Instant inside = t - turned;
  const auto after = std::partition_point(windows_.begin(), windows_.end(),
                                          [&](const Window& w) { return w.from <= inside; });
  return after != windows_.begin() && inside < (after - 1)->to;
}

std::optional<Instant> Calendar::next_begin(Instant t) const {
  if (always_ || windows_.empty()) return std::nullopt;
  const Duration turned =
      period_ == Duration(0) ? Duration(0) : floor_div(t - origin_, period_) * period_;
  const Instant inside = t - turned;
  const auto after = std::partition_point(windows_.begin(), windows_.end(),
                                          [&](const Window& w) { return w.from <= inside; });
  if (after != windows_.end()) return after->from + turned;
  if (period_ == Duration(0)) return std::nullopt;
  return windows_.front().from + turned + period_;
}

std::optional<Instant> Calendar::finish(Instant from, Duration work) const {
  dienstbereit_assert(work > Duration(0));
  if (always_) return from + work;
  if (windows_.empty()) return std::nullopt;
  Duration wanted = since_origin(from) + work;
  Duration turned{0};
  if (period_ != Duration(0)) {
    // The turn in which the last bit of work is done: wanted lies in (0, all of one turn].
    const std::int64_t turns = floor_div(wanted - Duration(1), before_.back());
    wanted -= turns * before_.back();
    turned = turns * period_;
  } else if (wanted > before_.back()) {
    return std::nullopt;
  }
  const auto after = std::lower_bound(before_.begin() + 1, before_.end(), wanted);
  const auto index = static_cast<std::size_t>(after - before_.begin()) - 1;
  return windows_[index].from + turned + (wanted - before_[index]);
}

Calendar working_calendar(const Crew& crew, std::optional<Land> land, const CivilTime& civil,
                          const Window& over) {
  if (crew.on_call || crew.hours.always) return Calendar::always();
  const PlaceCalendar hours(crew.hours, land, {});
  const Day last = civil.zone.day_of(over.to + civil.offset);
  std::vector<Window> windows;
  Day day = civil.zone.day_of(over.from + civil.offset) - date::days(1);
  for (; day <= last; day += date::days(1)) {
    for (const SlotSpan& span : hours.on(day).slots) {
      const Window window{civil.zone.at(day, span.open.begin) - civil.offset,
                          civil.zone.at(day, span.open.end) - civil.offset};
      if (window.from < window.to) windows.push_back(window);
    }
  }
  windows = joined(std::move(windows));
  if (windows.size() > kMostWindows) windows.resize(kMostWindows);
  auto calendar = Calendar::of(std::move(windows));
  dienstbereit_assert(calendar.has_value());
  return std::move(*calendar);
}

}  // namespace dienstbereit::core::recovery
