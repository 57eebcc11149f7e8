// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "base/result.h"

namespace dienstbereit {

// The whole file, at most `limit` bytes; a larger one, a folder or a device is an error that says
// so. Blocks: for start-up and reload, never on the probes' thread.
Result<std::string> read_file(const std::filesystem::path& path, std::size_t limit);

// Writes to a neighbour, syncs, renames over `path`: readers see the old text or the new.
Result<void> write_file(const std::filesystem::path& path, std::string_view text);

}  // namespace dienstbereit
