// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "journal/sqlite_journal.h"

#include <fmt/format.h>
#include <sqlite3.h>
#include <sys/stat.h>

#include "journal/backup.h"
#include "journal/folder.h"
#include "journal/reader.h"
#include "journal/rows.h"

namespace dienstbereit::journal {
namespace {

namespace fs = std::filesystem;

// The log is cut back to this after an unusually large batch.
constexpr std::uint64_t kLogBytesKept = 64ULL << 20;
// What a row needs on disk beyond its texts, in the log and in the main file, generously.
constexpr std::uint64_t kRowOverhead = 512;

Result<void> configure(sqlite::Database& database) {
  auto mode = database.prepare("PRAGMA journal_mode=WAL");
  if (!mode) return tl::unexpected(mode.error());
  const auto row = mode->step();
  if (!row) return tl::unexpected(row.error());
  if (!*row || mode->text(0) != "wal") {
    return fail(Errc::Io, "SQLite cannot use a write-ahead log here; the data folder must be on a "
                          "local file system");
  }
  mode->reset();
  return database.execute(fmt::format("PRAGMA synchronous=FULL;PRAGMA wal_autocheckpoint=0;"
                                      "PRAGMA journal_size_limit={};",
                                      kLogBytesKept));
}

// A batch is in the log first and in the main file later.
std::uint64_t bytes_coming(std::span<const Record> batch) {
  std::uint64_t bytes = 0;
  for (const Record& record : batch) {
    bytes += record.payload.size() + record.actor.size() + record.type.size() + kRowOverhead;
  }
  return 2 * bytes;
}

std::uint64_t size_of(const fs::path& file) {
  struct stat status{};
  return ::stat(file.c_str(), &status) == 0 ? static_cast<std::uint64_t>(status.st_size) : 0;
}

}  // namespace

Result<std::unique_ptr<SqliteJournal>> SqliteJournal::open(const fs::path& dir,
                                                           const JournalOptions& options) {
  if (auto made = make_folder(dir); !made) return tl::unexpected(made.error());
  auto lock = FolderLock::acquire(dir);
  if (!lock) return tl::unexpected(lock.error());
  auto database =
      sqlite::Database::open(dir / kJournalFile, sqlite::Database::Mode::Write, options.vfs);
  if (!database) return tl::unexpected(database.error());
  ::chmod((dir / kJournalFile).c_str(), kFileMode);
  auto ready = configure(*database);
  if (ready) ready = prepare_file(*database);
  if (ready) ready = sync_path(dir);
  if (!ready) return tl::unexpected(ready.error());
  auto head = read_head(*database);
  if (!head) return tl::unexpected(head.error());
  auto statements = prepare(*database);
  if (!statements) return tl::unexpected(statements.error());
  std::unique_ptr<SqliteJournal> journal(new SqliteJournal(std::move(*lock), std::move(*database),
                                                           std::move(*statements), dir, options));
  journal->start_from(std::move(*head));
  return journal;
}

Result<SqliteJournal::Statements> SqliteJournal::prepare(const sqlite::Database& database) {
  auto begin = database.prepare("BEGIN IMMEDIATE");
  if (!begin) return tl::unexpected(begin.error());
  auto insert = prepare_insert(database);
  if (!insert) return tl::unexpected(insert.error());
  auto commit = database.prepare("COMMIT");
  if (!commit) return tl::unexpected(commit.error());
  return Statements{std::move(*begin), std::move(*insert), std::move(*commit)};
}

SqliteJournal::SqliteJournal(FolderLock lock, sqlite::Database database, Statements statements,
                             fs::path dir, JournalOptions options)
    : lock_(std::move(lock)),
      database_(std::move(database)),
      statements_(std::move(statements)),
      dir_(std::move(dir)),
      options_(std::move(options)) {
  const auto count_pages = [](void* pages, sqlite3*, const char*, int in_log) {
    *static_cast<int*>(pages) = in_log;
    return SQLITE_OK;
  };
  sqlite3_wal_hook(database_.handle(), count_pages, &log_pages_);
}

SqliteJournal::~SqliteJournal() {
  // After a failure nothing more is written: the next start reads what the disk really has.
  if (failure()) {
    sqlite3_db_config(database_.handle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
  }
}

Result<void> SqliteJournal::read(std::uint64_t from_seq, const Visitor& visit) const {
  return read_rows(database_, from_seq, visit);
}

std::uint64_t SqliteJournal::used_bytes() const {
  const std::string main = (dir_ / kJournalFile).string();
  return size_of(main) + size_of(main + "-wal");
}

DiskState SqliteJournal::disk_state() const {
  return judge_disk(options_.disk, used_bytes(), free_bytes(dir_).value_or(0), 0);
}

Result<void> SqliteJournal::backup(const fs::path& file) { return copy_database(database_, file); }

Result<void> SqliteJournal::store(std::span<const Record> batch) {
  const DiskState disk =
      judge_disk(options_.disk, used_bytes(), free_bytes(dir_).value_or(0), bytes_coming(batch));
  if (disk.level == DiskLevel::Full) return fail(Errc::LimitExceeded, disk.advice.en);
  if (auto written = write_rows(batch); !written) return written;
  // The batch is durable; should folding in the log fail, only later appends do.
  if (auto folded = checkpoint_if_due(); !folded) stop_writing(folded.error());
  return {};
}

Result<void> SqliteJournal::write_rows(std::span<const Record> batch) {
  auto written = statements_.begin.run();
  for (const Record& record : batch) {
    if (!written) break;
    written = insert_row(statements_.insert, record);
  }
  if (written) written = statements_.commit.run();
  // So that this connection's own readers do not see what is not durable.
  if (!written) static_cast<void>(database_.execute("ROLLBACK"));
  return written;
}

Result<void> SqliteJournal::checkpoint_if_due() {
  if (log_pages_ < folded_pages_) folded_pages_ = 0;  // the log began anew
  if (log_pages_ - folded_pages_ < options_.checkpoint_pages) return {};
  folded_pages_ = log_pages_;
  const int code = sqlite3_wal_checkpoint_v2(database_.handle(), "main", SQLITE_CHECKPOINT_PASSIVE,
                                             nullptr, nullptr);
  if (code == SQLITE_OK || code == SQLITE_BUSY) return {};
  return tl::unexpected(sqlite::error_of(database_.handle(), "fold the log into"));
}

}  // namespace dienstbereit::journal
