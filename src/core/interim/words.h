// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>

#include "model/interim/events.h"

namespace dienstbereit::core::interim {

// "probe 'DB1/sql': failure", "'DB1': down".
std::string to_text(const Condition& condition);
// The key under which the helper knows a step of a run, and of its undoing.
std::string key_of(const RunId& run, Instant started, unsigned step, bool undo);

// True if the step leaves nothing behind whatever became of it.
bool leaves_nothing(const Step& step);

}  // namespace dienstbereit::core::interim
