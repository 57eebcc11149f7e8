// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/recovery/opens.h"
#include "core/recovery/plan.h"

// Small plans. Time is in minutes since Monday 23 November 2026, 00:00 UTC.
namespace dienstbereit::core::recovery::test {

using std::chrono::minutes;

inline Instant minute(int m) { return parse_rfc3339("2026-11-23T00:00Z").value() + minutes(m); }
inline int minute_of(Instant t) {
  return static_cast<int>(std::chrono::duration_cast<minutes>(t - minute(0)).count());
}

inline Effort exactly(int m) { return Discrete{{minutes(m), 1.0}}; }
inline Estimate points(int best, int likely, int worst) {
  return {minutes(best), minutes(likely), minutes(worst)};
}

inline PlannedTask task(std::string id, Effort effort, std::vector<std::string> after = {},
                        std::vector<std::size_t> restores = {}) {
  PlannedTask made;
  made.id = std::move(id);
  made.effort = std::move(effort);
  made.after = std::move(after);
  made.restores = std::move(restores);
  return made;
}

inline PlannedCrew crew(const char* id, unsigned size, Calendar calendar = Calendar::always(),
                        std::vector<std::string> skills = {}) {
  PlannedCrew made;
  made.id = CrewId(id);
  made.size = size;
  made.skills = std::move(skills);
  made.calendar = std::move(calendar);
  return made;
}

// Working windows in minutes of the week, for ever.
inline Calendar weekly(const std::vector<std::pair<int, int>>& windows) {
  std::vector<Window> all;
  for (const auto& [from, to] : windows) all.push_back({minute(from), minute(to)});
  return Calendar::repeating(all, minute(0), minutes(7 * 24 * 60)).value();
}

inline Plan plan(std::vector<PlannedTask> tasks, unsigned members = 1) {
  Plan made;
  made.start = minute(0);
  made.crews = {crew("IT", members)};
  made.tasks = std::move(tasks);
  made.shared = {0, 0, 0};
  made.sickness.share = 0;
  return made;
}

// One faulty node, without a restart, that each task of the same place repairs.
inline Plan with_nodes(Plan made) {
  for (std::size_t i = 0; i < made.tasks.size(); ++i) {
    made.nodes.push_back({NodeId("N" + std::to_string(i)), true, Duration(0), {}});
    made.tasks[i].restores = {i};
  }
  return made;
}

}  // namespace dienstbereit::core::recovery::test
