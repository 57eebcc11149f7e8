// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <filesystem>
#include <string_view>

#include "journal/journal.h"
#include "sqlite/sqlite.h"

namespace dienstbereit::journal {

// The journal's file in a data folder.
inline constexpr const char* kJournalFile = "journal.db";

// Reads a journal that a server may be writing to at the same time, or that has stopped, or a
// backup file. Never writes; sees what was durable when each read began.
class JournalReader {
 public:
  // `place` is a data folder or a backup file. Errc::NotFound if there is no journal.
  static Result<JournalReader> open(const std::filesystem::path& place);

  // For copy_database.
  const sqlite::Database& database() const { return database_; }
  Result<Head> head() const;
  Result<void> read(std::uint64_t from_seq, const Visitor& visit) const;

 private:
  explicit JournalReader(sqlite::Database database) : database_(std::move(database)) {}

  sqlite::Database database_;
};

}  // namespace dienstbereit::journal
