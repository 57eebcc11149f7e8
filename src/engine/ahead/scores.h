// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <vector>

#include "engine/working_state.h"

namespace dienstbereit::engine {

// How good the forecasts of closed incidents were (docs/formats/forecast.md, "How good were we"):
// of each that was closed since it was scored last, or never scored. What a person decided to keep
// closed is not judged, nor what was usable already when it was told.
std::vector<ForecastsScored> score_closed(const WorkingState& state);

}  // namespace dienstbereit::engine
