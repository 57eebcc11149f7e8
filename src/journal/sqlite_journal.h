// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <memory>
#include <string>

#include "journal/folder.h"
#include "journal/journal.h"
#include "sqlite/sqlite.h"

namespace dienstbereit::journal {

struct JournalOptions {
  DiskBounds disk{};
  // The write-ahead log is folded into the main file when it has grown by this many pages (4 kB).
  int checkpoint_pages = 1000;
  std::string vfs{};  // SQLite's file layer; empty: the system's. Fault tests name their own.
};

// The durable journal: SQLite, write-ahead log, synchronous=FULL, one writing connection behind
// the folder's lock file. No other program may write to the folder while it is open; readers use
// JournalReader.
class SqliteJournal final : public Journal {
 public:
  // Creates the folder (mode 0750) and the journal if missing. Errc::Conflict if another process
  // holds the folder (the message names its pid), Errc::Corrupt if the file is no journal.
  static Result<std::unique_ptr<SqliteJournal>> open(const std::filesystem::path& dir,
                                                     const JournalOptions& options = {});
  ~SqliteJournal() override;

  Result<void> read(std::uint64_t from_seq, const Visitor& visit) const override;
  DiskState disk_state() const override;
  Result<void> backup(const std::filesystem::path& file) override;

 private:
  struct Statements {
    sqlite::Statement begin;
    sqlite::Statement insert;
    sqlite::Statement commit;
  };
  SqliteJournal(FolderLock lock, sqlite::Database database, Statements statements,
                std::filesystem::path dir, JournalOptions options);
  Result<void> store(std::span<const Record> batch) override;
  Result<void> write_rows(std::span<const Record> batch);
  Result<void> checkpoint_if_due();
  static Result<Statements> prepare(const sqlite::Database& database);
  std::uint64_t used_bytes() const;

  FolderLock lock_;
  sqlite::Database database_;
  Statements statements_;
  std::filesystem::path dir_;
  JournalOptions options_;
  int log_pages_ = 0;  // in the write-ahead log, after the last commit
  int folded_pages_ = 0;  // of them, when it was last folded in
};

}  // namespace dienstbereit::journal
