// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "journal/backup.h"

#include <cerrno>
#include <cstring>

#include <fmt/format.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include "journal/folder.h"
#include "journal/reader.h"

namespace dienstbereit::journal {
namespace {

namespace fs = std::filesystem;

Result<void> copy_pages(const sqlite::Database& source, const fs::path& file) {
  auto target = sqlite::Database::open(file, sqlite::Database::Mode::Write);
  if (!target) return tl::unexpected(target.error());
  ::chmod(file.c_str(), kFileMode);
  // Nobody reads the copy before it is whole and synced.
  if (auto set = target->execute("PRAGMA synchronous=OFF;PRAGMA journal_mode=OFF"); !set) {
    return set;
  }
  sqlite3_backup* backup = sqlite3_backup_init(target->handle(), "main", source.handle(), "main");
  if (backup == nullptr) return tl::unexpected(sqlite::error_of(target->handle(), "copy to"));
  constexpr int kAllPages = -1;
  const int code = sqlite3_backup_step(backup, kAllPages);
  sqlite3_backup_finish(backup);
  if (code != SQLITE_DONE) return tl::unexpected(sqlite::error_of(target->handle(), "copy to"));
  return {};
}

// Gives the finished copy its name, unless something has it already.
Result<void> publish(const fs::path& part, const fs::path& file) {
  if (auto synced = sync_path(part); !synced) return synced;
  if (::link(part.c_str(), file.c_str()) != 0) {
    return fail(errno == EEXIST ? Errc::Conflict : Errc::Io,
                fmt::format("cannot create {}: {}; choose another name", file.string(),
                            std::strerror(errno)));
  }
  ::unlink(part.c_str());
  return sync_path(fs::absolute(file).parent_path());
}

}  // namespace

Result<void> copy_database(const sqlite::Database& source, const fs::path& file) {
  std::error_code error;
  if (fs::exists(file, error)) {
    return fail(
        Errc::Conflict,
        fmt::format("{} exists already and stays as it is; choose another name", file.string()));
  }
  const fs::path part = file.string() + ".part";
  fs::remove(part, error);
  auto copied = copy_pages(source, part);
  if (copied) copied = publish(part, file);
  if (!copied) fs::remove(part, error);
  return copied;
}

Result<VerifyReport> restore(const fs::path& file, const fs::path& dir) {
  auto report = verify(file);
  if (!report) return report;
  if (!report->clean()) {
    return fail(Errc::Corrupt, fmt::format("the backup {} is not good and was not restored: {}",
                                           file.string(), to_text(*report)));
  }
  if (auto made = make_folder(dir); !made) return tl::unexpected(made.error());
  std::error_code error;
  if (!fs::is_empty(dir, error) || error) {
    return fail(Errc::Conflict, fmt::format("the folder {} is not empty and stays as it is; "
                                            "restore into a new one",
                                            dir.string()));
  }
  const auto lock = FolderLock::acquire(dir);
  if (!lock) return tl::unexpected(lock.error());
  const auto reader = JournalReader::open(file);
  if (!reader) return tl::unexpected(reader.error());
  if (auto copied = copy_database(reader->database(), dir / kJournalFile); !copied) {
    return tl::unexpected(copied.error());
  }
  return report;
}

}  // namespace dienstbereit::journal
