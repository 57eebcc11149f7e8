// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "helper/list.h"
#include "model/interim/action.h"

namespace dienstbereit::helper {

inline constexpr std::size_t kLargestOutput = 16u << 10;  // the rest is read and dropped

// Runs `words` as the command wants it, without a shell: its user, its folder, its environment and
// nothing else, no input. When `limit` is over, it and its group get SIGTERM, and 2 s later
// SIGKILL. What it leaves behind in a session of its own, a server that it has started, lives on.
// Refused: it could not be begun. The detail is its last line, or how it ended.
ActionResult execute(const Command& command, const std::vector<std::string>& words, Duration limit);

// Whether execute() could begin it: program, user and folder are there.
Result<void> can_execute(const Command& command);

}  // namespace dienstbereit::helper
