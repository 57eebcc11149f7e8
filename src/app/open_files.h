// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstddef>

#include "model/district.h"

namespace dienstbereit::app {

// Every connection of a reader and every running probe is an open file. What most systems allow a
// program at first, 1,024, is too few for both; what it may take on its own is more.
inline constexpr std::size_t kMostOpenFiles = 65'536;

// Raises the soft limit to the hard one, to kMostOpenFiles at most; never lowers it. The limit that
// is in force then.
std::size_t raise_open_files();

// What `district` could need at once: its probes, as far as they run together, all connections of
// the page, the journal.
std::size_t open_files_needed(const District& district);

// Says in the log if fewer are allowed than that, and what to do.
void check_open_files(const District& district);

}  // namespace dienstbereit::app
