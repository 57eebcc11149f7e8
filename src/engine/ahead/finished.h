// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <vector>

#include "core/recovery/learning/learn.h"
#include "engine/working_state.h"

namespace dienstbereit::engine {

// The finished tasks of all incidents, each once, with how long they took by the working time of
// who is first to take them (docs/formats/forecast.md, "Learning from what is done"). The incidents
// in the order of the record.
std::vector<core::recovery::Finished> finished_tasks(const WorkingState& state);

}  // namespace dienstbereit::engine
