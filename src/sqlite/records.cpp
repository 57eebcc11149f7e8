// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "sqlite/records.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

namespace dienstbereit::sqlite {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kFileVersion = 1;
constexpr mode_t kOwnerOnly = S_IRUSR | S_IWUSR;

// Before SQLite makes it: side files take the mode of the file they belong to.
Result<void> make_file(const fs::path& file) {
  const int fd = ::open(file.c_str(), O_CREAT | O_RDWR | O_CLOEXEC | O_NOFOLLOW, kOwnerOnly);
  const bool mine = fd >= 0 && ::fchmod(fd, kOwnerOnly) == 0;
  if (fd >= 0) ::close(fd);
  if (mine) return {};
  return fail(Errc::Io, fmt::format("{} cannot be opened by this user alone; check who owns it",
                                    file.string()));
}

Result<void> prepare(Database& database) {
  auto ready =
      database.execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON");
  if (!ready) return ready;
  const auto version = database.integer("PRAGMA user_version");
  if (!version) return tl::unexpected(version.error());
  if (*version == kFileVersion) return {};
  if (*version != 0) {
    return fail(Errc::Corrupt,
                fmt::format("it has version {}, this program reads {}", *version, kFileVersion));
  }
  return database.execute(fmt::format(
      "BEGIN; CREATE TABLE record(kind TEXT, id TEXT, body TEXT NOT NULL, PRIMARY KEY(kind, id))"
      " WITHOUT ROWID; PRAGMA user_version={}; COMMIT",
      kFileVersion));
}

}  // namespace

Result<Records> Records::open(const fs::path& file, std::string_view what) {
  if (auto made = make_file(file); !made) return tl::unexpected(made.error());
  auto database = Database::open(file, Database::Mode::Write);
  if (!database) return tl::unexpected(database.error());
  if (auto ready = prepare(*database); !ready) {
    return fail(
        ready.error().code,
        fmt::format("{} in {} cannot be read: {}; put a copy of it back, or move it away to "
                    "begin without",
                    what, file.string(), ready.error().message));
  }
  auto put = database->prepare("INSERT OR REPLACE INTO record(kind, id, body) VALUES(?,?,?)");
  if (!put) return tl::unexpected(put.error());
  auto remove = database->prepare("DELETE FROM record WHERE kind=? AND id=?");
  if (!remove) return tl::unexpected(remove.error());
  return Records(std::move(*database), {std::move(*put), std::move(*remove)});
}

Result<void> Records::read(const Visitor& visit) const {
  auto select = database_.prepare("SELECT kind, id, body FROM record ORDER BY kind, id");
  if (!select) return tl::unexpected(select.error());
  while (true) {
    const auto row = select->step();
    if (!row) return tl::unexpected(row.error());
    if (!*row) return {};
    if (auto seen = visit(select->text(0), select->text(1), select->text(2)); !seen) return seen;
  }
}

Result<void> Records::write_one(const Change& change) {
  Statement& statement = change.body ? statements_.put : statements_.remove;
  statement.bind(1, std::string_view(change.kind)).bind(2, std::string_view(change.id));
  if (change.body) statement.bind(3, std::string_view(*change.body));
  return statement.run();
}

Result<void> Records::write(std::span<const Change> changes) {
  auto written = database_.execute("BEGIN IMMEDIATE");
  for (const Change& change : changes) {
    if (written) written = write_one(change);
  }
  if (written) written = database_.execute("COMMIT");
  if (!written) static_cast<void>(database_.execute("ROLLBACK"));
  return written;
}

Result<void> Records::fold_log() { return database_.execute("PRAGMA wal_checkpoint(TRUNCATE)"); }

}  // namespace dienstbereit::sqlite
