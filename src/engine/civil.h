// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "model/input.h"
#include "model/record/events.h"
#include "model/situation.h"

namespace dienstbereit::engine {

// Moves every instant of a situation or answer from logical to civil time.
void to_civil(Situation& situation, Duration offset);
void to_civil(Answer& answer, Duration offset);

// The other way: times that people wrote into a change of the record.
void to_logical(RecordEvent& change, Duration offset);

}  // namespace dienstbereit::engine
