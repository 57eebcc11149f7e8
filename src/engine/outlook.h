// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "engine/working_state.h"
#include "model/record/events.h"

namespace dienstbereit::engine {

// Looks ahead from the working state (docs/formats/forecast.md): what is planned in the record,
// the district's crews and estimates, and the dependency graph become a plan, and the plan a
// forecast. Blocks for the time of the calculation.

// The forecast of one incident, as the event that it becomes, without its id. Faults without a task
// are repaired as long as such repairs took in the past. NotFound: no such incident. Conflict:
// nothing is out of order, so there is nothing to forecast.
Result<ForecastMade> make_forecast(const WorkingState& state, const IncidentId& incident,
                                   const std::string& reason, Instant now);

// What the rule proposes for the opening on the days ahead, from this forecast; only what differs
// from the newest proposal on record.
std::vector<OpeningProposed> propose_openings(const WorkingState& state,
                                              const ForecastMade& forecast, Instant now);

}  // namespace dienstbereit::engine
