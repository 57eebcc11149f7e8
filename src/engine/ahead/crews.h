// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <vector>

#include "core/recovery/calendar.h"
#include "core/recovery/plan.h"
#include "engine/working_state.h"

namespace dienstbereit::engine {

// The crews of the district, with their working time from `since` (at most
// core::recovery::kCalendarReach before now) until as long after now. Where the district names
// none, two people work around the clock.
std::vector<core::recovery::PlannedCrew> planned_crews(const WorkingState& state, Instant since,
                                                       Instant now);

// Logical times, as all of a plan.
core::recovery::Calendar calendar_of(const WorkingState& state, const Crew& crew,
                                     const core::recovery::Window& over);

// nullptr where the district has none of that name.
const Crew* crew_named(const District& district, const std::string& name);
// Who is first to take a task: of the crews that have the skill (empty: all) the one that it names;
// where it names none of the district, the one with the fewest skills. nullptr: nobody.
const Crew* crew_for(const District& district, const std::string& crew, const std::string& skill);

}  // namespace dienstbereit::engine
