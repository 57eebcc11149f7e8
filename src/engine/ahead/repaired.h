// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "engine/working_state.h"

namespace dienstbereit::engine {

// Whether what was done for the node at `done` holds as far as can be seen: no fault of an open
// incident began there later, and it is not measured down although it has had the time to start
// since (docs/formats/forecast.md, "Restart").
bool still_repaired(const WorkingState& state, const NodeId& node, Instant done, Instant now);

}  // namespace dienstbereit::engine
