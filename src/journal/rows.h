// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "journal/journal.h"
#include "sqlite/sqlite.h"

namespace dienstbereit::journal {

// The journal's table, for the writer and for readers (docs/formats/journal.md, "File").

// Creates the table in an empty file, or checks that the file is a journal of a known version.
Result<void> prepare_file(sqlite::Database& database);
// The check alone.
Result<void> check_file(const sqlite::Database& database);

Result<sqlite::Statement> prepare_insert(const sqlite::Database& database);
Result<void> insert_row(sqlite::Statement& insert, const Record& record);

// In pieces of kRowsAtOnce, so that a long reading never keeps the log from being folded in.
inline constexpr std::int64_t kRowsAtOnce = 2'000;
Result<void> read_rows(const sqlite::Database& database, std::uint64_t from_seq,
                       const Visitor& visit);
Result<Head> read_head(const sqlite::Database& database);

}  // namespace dienstbereit::journal
