// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>

#include "engine/outlook.h"

namespace dienstbereit::engine {

// What to do first (docs/formats/forecast.md, "What first"): the order of the tasks that have not
// begun in which visitors wait least, over the plan that forecasts use. As the event that it
// becomes, without its id; its steps are empty where no order is clearly better than the present
// one, that is where the 95 % interval of the hours gained includes 0. Blocks for the time of the
// calculation, some seconds. Fails as look_ahead(); Conflict: less than two tasks have not begun,
// or nothing that visitors get is affected. Unavailable: asked to stop.
Result<OrderProposed> propose_order(const WorkingState& state, const IncidentId& incident,
                                    const std::string& reason, Instant now, const StopFlag& stop);

}  // namespace dienstbereit::engine
