// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "model/hours.h"
#include "model/recovery.h"

namespace dienstbereit::core::recovery {

// Working time: [from, to). What is done by `to` is done within the window.
struct Window {
  Instant from;
  Instant to;
  friend bool operator==(const Window&, const Window&) = default;
};

inline constexpr std::size_t kMostWindows = 10'000;

// When a crew works: always, in given windows, or in windows that repeat. A value; compiled once,
// then only read.
class Calendar {
 public:
  Calendar() = default;  // never works
  static Calendar always();
  // InvalidInput: empty or overlapping windows, or not in order. LimitExceeded: too many.
  static Result<Calendar> of(std::vector<Window> windows);
  // The windows lie in [origin, origin + period) and repeat for ever, before and after.
  static Result<Calendar> repeating(std::vector<Window> windows, Instant origin, Duration period);

  bool works_at(Instant t) const;
  // The first window that begins after t.
  std::optional<Instant> next_begin(Instant t) const;
  // Working time between two instants; 0 if `to` is not after `from`.
  Duration worked(Instant from, Instant to) const;
  // The first instant by which `work` (more than 0) is done if it begins at `from`. None: the
  // windows end before.
  std::optional<Instant> finish(Instant from, Duration work) const;

 private:
  Result<void> set_windows(std::vector<Window> windows);
  Duration since_origin(Instant t) const;  // working time from the origin to t, below 0 before it
  Duration within(Duration offset) const;  // working time of the first `offset` of one period

  bool always_ = false;
  Instant origin_{};
  Duration period_{0};  // 0: no repetition
  std::vector<Window> windows_;
  std::vector<Duration> before_;  // working time before each window, and in all of them
};

// How far ahead the hours of a crew are looked up, and how far back for work that has begun.
inline constexpr Duration kCalendarReach = std::chrono::hours(400 * 24);

struct CivilTime {
  TimeZone zone;
  Duration offset{0};  // civil = logical + offset
};

// The crew's working time on the days of `over`, with what began the day before and goes on past
// midnight; of more than kMostWindows the first. On call: always. Public holidays close it unless
// its hours say otherwise.
Calendar working_calendar(const Crew& crew, std::optional<Land> land, const CivilTime& civil,
                          const Window& over);

}  // namespace dienstbereit::core::recovery
