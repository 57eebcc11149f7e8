// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <optional>
#include <vector>

#include "model/district.h"
#include "model/record/record.h"

namespace dienstbereit::view {

struct TimeSpan {
  Instant from;
  Instant to;
};

// One row of the plan: a task, an interim fix, or the repair that the newest forecast assumed for a
// fault without a task (`node`). Exactly one of the three is set.
struct Work {
  const Task* task = nullptr;  // of the incident that was asked about
  const Fix* fix = nullptr;
  NodeId node;
  bool over = false;  // done, cancelled; ended, expired, relapsed
  std::optional<Instant> began;
  std::optional<Instant> ended;
  std::optional<Instant> until;  // an interim fix holds until then
  // 10, 50 and 90 % of its end by the newest forecast; of an interim fix, of being in place.
  std::optional<Instant> early;
  std::optional<Instant> likely;
  std::optional<Instant> late;
};

enum class LaneKind : std::uint8_t { Crew, AnyCrew, Fixes };
struct Lane {
  LaneKind kind = LaneKind::AnyCrew;
  const Crew* crew = nullptr;  // of the district, for LaneKind::Crew
  bool always = false;  // works around the clock
  std::vector<TimeSpan> hours;  // working hours within the plan's time, sorted
  std::vector<Work> work;
};

// The repairs of an incident, by who does them: crews in district order, what any crew may do, and
// interim fixes.
struct Repairs {
  std::vector<Lane> lanes;  // none is empty
  std::size_t shown = 0;
  std::size_t of = 0;
  TimeSpan time;  // from < to; what lies outside is cut at its ends
  bool hours_left_out = false;  // the time is too long for single days to be seen
  std::optional<Instant> forecast_made;
};

inline constexpr std::size_t kMostWork = 20;
inline constexpr Duration kLongestPlanShown = std::chrono::hours(24 * 120);
inline constexpr Duration kLongestWithHours = std::chrono::hours(24 * 21);

// At most kMostWork rows: first what is not over, by its likely end, then what was over last.
// Points into both arguments.
Repairs repairs(const Incident& incident, const District& district, Instant now);

}  // namespace dienstbereit::view
