// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <filesystem>

#include "journal/verify.h"
#include "sqlite/sqlite.h"

namespace dienstbereit::journal {

// Copies the database behind `source`, the writing connection, to `file`; Errc::Conflict if the
// file exists. On success it is complete and synced; on failure there is none.
Result<void> copy_database(const sqlite::Database& source, const std::filesystem::path& file);

// Puts a backup into `dir`, which must be empty or missing. Verifies the backup first: a bad one
// is Errc::Corrupt and changes nothing. On success the folder is ready to be served from.
Result<VerifyReport> restore(const std::filesystem::path& file, const std::filesystem::path& dir);

}  // namespace dienstbereit::journal
