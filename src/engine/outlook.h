// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/stop.h"
#include "core/recovery/forecast.h"
#include "core/recovery/learning/learn.h"
#include "core/recovery/opens.h"
#include "core/recovery/plan.h"
#include "engine/working_state.h"
#include "model/record/events.h"

namespace dienstbereit::engine {

// Looks ahead from the working state (docs/formats/forecast.md): what is planned in the record,
// the district's crews and estimates, and the dependency graph become a plan, and the plan a
// forecast. Blocks for the time of the calculation.

// One seed, so that forecasts differ by their facts only, and orders are played on their runs.
inline constexpr std::uint64_t kForecastSeed = 1;

// What is calculated ahead of an incident rests on this. Borrows the state.
struct Ahead {
  core::recovery::Plan plan;
  core::recovery::Lesson lesson;  // of finished tasks; the plan's estimates follow it
  std::unique_ptr<core::recovery::Opens> opens;  // borrows the plan; remembers what was asked
  core::readiness::Assessment today;
  // Of the subjects of `opens`, which are the offers and then the places of `today`, the slots that
  // have not ended.
  core::recovery::SlotBegins begins;

  // As step_of(plan, task).
  OrderStep step(std::size_t task) const;
  // As many runs as are wanted, or fewer where more than a forecast keeps would come of them.
  unsigned runs(unsigned wanted) const;
};

// Faults without a task are repaired as long as such repairs took in the past. NotFound: no such
// incident. Conflict: nothing is out of order, so there is nothing to forecast.
Result<std::unique_ptr<Ahead>> look_ahead(const WorkingState& state, const IncidentId& incident,
                                          Instant now);

// The forecast of one incident, as the event that it becomes, without its id. Fails as
// look_ahead(); Unavailable if it was asked to stop before the chances were known. After that it
// leaves out what matters most.
Result<ForecastMade> make_forecast(const WorkingState& state, const IncidentId& incident,
                                   const std::string& reason, Instant now, const StopFlag& stop);

// What the rule proposes for the opening on the days ahead, from this forecast; only what differs
// from the newest proposal on record.
std::vector<OpeningProposed> propose_openings(const WorkingState& state,
                                              const ForecastMade& forecast, Instant now);

}  // namespace dienstbereit::engine
