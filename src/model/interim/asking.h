// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "model/interim/board.h"

namespace dienstbereit {

// What a step of a real run wants of a person: by_hand, undo_by_hand, or unsure (to look whether it
// was done); nullptr where it is the helper's, or waits for the world.
const char* wish_of(const Step& step, StepState state);

// True if the run, under way, goes on only when a person approves it or says what became of a step.
bool waits_for_person(const RunSituation& run);

}  // namespace dienstbereit
