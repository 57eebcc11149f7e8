// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "engine/ahead/finished.h"

#include <algorithm>

#include "engine/ahead/crews.h"

namespace dienstbereit::engine {
namespace {

namespace recovery = core::recovery;

// Whoever is done outside of working hours has been at work since these ended.
Duration worked(const recovery::Calendar& calendar, Instant from, Instant to) {
  const Duration in_hours = calendar.worked(from, to);
  if (calendar.works_at(to)) return in_hours;
  const Instant idle = in_hours > Duration(0) ? calendar.finish(from, in_hours).value_or(to) : from;
  return in_hours + (to - idle);
}

Duration time_of(const WorkingState& state, const Task& task) {
  const Crew* crew = crew_for(*state.district(), task.crew, task.skill);
  if (!crew || *task.ended <= *task.started) return *task.ended - *task.started;
  const recovery::Window over{std::max(*task.started, *task.ended - recovery::kCalendarReach),
                              *task.ended};
  return worked(calendar_of(state, *crew, over), *task.started, *task.ended);
}

}  // namespace

std::vector<recovery::Finished> finished_tasks(const WorkingState& state) {
  std::vector<recovery::Finished> finished;
  for (const auto& incident : state.ledger().record()->incidents) {
    if (!incident->merged_into.empty()) continue;  // the other has its tasks
    for (const Task& task : incident->tasks) {
      if (task.state != TaskState::Done || !task.started || !task.ended) continue;
      finished.push_back({task.effort, time_of(state, task)});
    }
  }
  return finished;
}

}  // namespace dienstbereit::engine
