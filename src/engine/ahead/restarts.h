// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "core/recovery/plan.h"
#include "engine/working_state.h"

namespace dienstbereit::engine {

// Fills `restart_after` of the plan's nodes, as the district tells it of those that the plan has.
// What would wait in a circle with what nodes need is left out, for nothing could start first;
// members of a declared loop do not wait for each other's needs.
void add_restarts(const WorkingState& state, core::recovery::Plan& plan);

}  // namespace dienstbereit::engine
