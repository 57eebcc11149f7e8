// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "intake/tables.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "accounts/secrets.h"
#include "intake/rows.h"

namespace dienstbereit::intake {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kFileVersion = 1;
constexpr mode_t kOwnerOnly = S_IRUSR | S_IWUSR;
constexpr std::size_t kHintKeyBytes = 32;

constexpr const char* kSchema = R"(
CREATE TABLE setting(name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE device(id TEXT PRIMARY KEY, site TEXT NOT NULL, counter INTEGER NOT NULL,
  label TEXT NOT NULL, made_at INTEGER NOT NULL, code TEXT NOT NULL, code_until INTEGER,
  token TEXT NOT NULL, public_key BLOB NOT NULL, pending INTEGER NOT NULL, oldest INTEGER,
  heard INTEGER) WITHOUT ROWID;
CREATE TABLE counter(site TEXT, counter INTEGER, PRIMARY KEY(site, counter)) WITHOUT ROWID;
CREATE TABLE office_key(id TEXT PRIMARY KEY, office TEXT NOT NULL, public_key BLOB NOT NULL,
  made_by TEXT NOT NULL, made_at INTEGER NOT NULL, confirmed_by TEXT NOT NULL,
  confirmed_at INTEGER) WITHOUT ROWID;
CREATE TABLE record(n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, device TEXT NOT NULL,
  sequence INTEGER NOT NULL, digest TEXT NOT NULL, form TEXT NOT NULL,
  form_version INTEGER NOT NULL, office TEXT NOT NULL, service TEXT NOT NULL,
  receipt TEXT NOT NULL, recorded_at TEXT NOT NULL, recorded INTEGER NOT NULL,
  received INTEGER NOT NULL, key_id TEXT NOT NULL, urgent INTEGER NOT NULL,
  originals TEXT NOT NULL, hint TEXT NOT NULL, sealed BLOB NOT NULL, signature BLOB NOT NULL,
  state TEXT NOT NULL, moved INTEGER NOT NULL, file_number TEXT NOT NULL,
  duplicate_of TEXT NOT NULL, UNIQUE(device, sequence));
CREATE INDEX record_place ON record(office, service, state);
CREATE INDEX record_state ON record(state, moved);
CREATE INDEX record_hint ON record(hint) WHERE hint <> '';
CREATE TABLE move(record TEXT NOT NULL, state TEXT NOT NULL, at INTEGER NOT NULL,
  by TEXT NOT NULL, reason TEXT NOT NULL);
CREATE INDEX move_record ON move(record);
CREATE INDEX move_state ON move(state, at);
CREATE TABLE conflict(digest TEXT PRIMARY KEY, device TEXT NOT NULL, sequence INTEGER NOT NULL,
  id TEXT NOT NULL, received INTEGER NOT NULL, signed TEXT NOT NULL, sealed BLOB NOT NULL,
  signature BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE custody(record TEXT NOT NULL, item TEXT NOT NULL, kind TEXT NOT NULL,
  whom TEXT NOT NULL, at INTEGER NOT NULL, by TEXT NOT NULL);
CREATE INDEX custody_record ON custody(record, item);
CREATE TABLE protocol(at INTEGER NOT NULL, by TEXT NOT NULL, count INTEGER NOT NULL,
  hash TEXT NOT NULL);
)";

// Before SQLite makes it: side files take the mode of the file they belong to.
Result<void> make_file(const fs::path& file) {
  const int fd = ::open(file.c_str(), O_CREAT | O_RDWR | O_CLOEXEC | O_NOFOLLOW, kOwnerOnly);
  const bool mine = fd >= 0 && ::fchmod(fd, kOwnerOnly) == 0;
  if (fd >= 0) ::close(fd);
  if (mine) return {};
  return fail(Errc::Io, fmt::format("{} cannot be opened by this user alone; check who owns it",
                                    file.string()));
}

Result<void> make_tables(sqlite::Database& database) {
  auto made = database.execute(std::string("BEGIN;") + kSchema);
  if (!made) return made;
  auto statement = database.prepare("INSERT INTO setting VALUES('hint_key', ?)");
  if (!statement) return tl::unexpected(statement.error());
  const std::string key = accounts::random_bytes(kHintKeyBytes);
  statement->bind(1, bytes_of(key));
  if (auto put = statement->run(); !put) return put;
  return database.execute(fmt::format("PRAGMA user_version={}; COMMIT", kFileVersion));
}

Result<void> prepare(sqlite::Database& database) {
  auto ready =
      database.execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON");
  if (!ready) return ready;
  const auto version = database.integer("PRAGMA user_version");
  if (!version) return tl::unexpected(version.error());
  if (*version == kFileVersion) return {};
  if (*version == 0) return make_tables(database);
  return fail(Errc::Corrupt,
              fmt::format("it has version {}, this program reads {}", *version, kFileVersion));
}

}  // namespace

Result<Tables> Tables::open(const fs::path& data, const std::string& vfs) {
  const fs::path file = data / kIntakeFile;
  if (auto made = make_file(file); !made) return tl::unexpected(made.error());
  auto database = sqlite::Database::open(file, sqlite::Database::Mode::Write, vfs);
  if (!database) return tl::unexpected(database.error());
  if (auto ready = prepare(*database); !ready) {
    return fail(ready.error().code,
                fmt::format("the cases of emergency intake in {} cannot be read: {}; keep that "
                            "file, put a copy of it back, or move it away to begin without cases",
                            file.string(), ready.error().message));
  }
  return Tables(std::move(*database));
}

// ---- settings, devices, keys -------------------------------------------------------------------

Result<std::string> Tables::hint_key() const {
  auto select = Query::prepare(file_, "SELECT value FROM setting WHERE name='hint_key'");
  if (!select) return tl::unexpected(select.error());
  std::string key;
  auto read = select->each([&](Row& row) { key = row.bytes(); });
  if (!read) return tl::unexpected(read.error());
  return key;
}

Result<std::vector<StoredDevice>> Tables::devices() const {
  auto select = Query::prepare(
      file_,
      "SELECT id, site, counter, label, made_at, code, code_until, token, public_key, pending, "
      "oldest, heard, (SELECT count(*) FROM record WHERE record.device=device.id) FROM device "
      "ORDER BY site, counter");
  if (!select) return tl::unexpected(select.error());
  std::vector<StoredDevice> all;
  auto read = select->each([&](Row& row) {
    StoredDevice& one = all.emplace_back();
    IntakeDevice& device = one.device;
    device.id = DeviceId(row.text());
    device.site = SiteId(row.text());
    device.counter = static_cast<unsigned>(row.number());
    device.label = row.text();
    device.made_at = row.time();
    one.code = row.text();
    device.code_until = row.time_if_any();
    one.token = row.text();
    one.public_key = row.bytes();
    device.pending = row.number();
    device.oldest_pending = row.time_if_any();
    device.heard = row.time_if_any();
    device.received = row.number();
    device.enrolled = !one.token.empty();
  });
  if (!read) return tl::unexpected(read.error());
  return all;
}

Result<void> Tables::put(const StoredDevice& one) {
  const IntakeDevice& d = one.device;
  auto change =
      Query::prepare(file_, "INSERT OR REPLACE INTO device VALUES(?,?,?,?,?,?,?,?,?,?,?,?)");
  if (!change) return tl::unexpected(change.error());
  change->text(d.id.str()).text(d.site.str()).number(d.counter).text(d.label).time(d.made_at);
  change->text(one.code).time(d.code_until).text(one.token).bytes(one.public_key);
  change->number(d.pending).time(d.oldest_pending).time(d.heard);
  if (auto done = change->run(); !done) return done;
  auto counter = Query::prepare(file_, "INSERT OR IGNORE INTO counter VALUES(?,?)");
  if (!counter) return tl::unexpected(counter.error());
  return counter->text(d.site.str()).number(d.counter).run();
}

Result<void> Tables::remove(const DeviceId& device) {
  auto change = Query::prepare(file_, "DELETE FROM device WHERE id=?");
  if (!change) return tl::unexpected(change.error());
  return change->text(device.str()).run();
}

Result<bool> Tables::counter_taken(const SiteId& site, unsigned counter) const {
  auto select = Query::prepare(file_, "SELECT count(*) FROM counter WHERE site=? AND counter=?");
  if (!select) return tl::unexpected(select.error());
  bool taken = false;
  auto read =
      select->text(site.str()).number(counter).each([&](Row& row) { taken = row.number() > 0; });
  if (!read) return tl::unexpected(read.error());
  return taken;
}

Result<std::vector<OfficeKey>> Tables::keys() const {
  auto select =
      Query::prepare(file_, "SELECT id, office, public_key, made_by, made_at, confirmed_by, "
                            "confirmed_at FROM office_key ORDER BY office, made_at, id");
  if (!select) return tl::unexpected(select.error());
  std::vector<OfficeKey> all;
  auto read = select->each([&](Row& row) {
    OfficeKey& key = all.emplace_back();
    key.id = row.text();
    key.office = OfficeId(row.text());
    key.public_key = row.bytes();
    key.made_by = row.text();
    key.made_at = row.time();
    key.confirmed_by = row.text();
    key.confirmed_at = row.time_if_any();
  });
  if (!read) return tl::unexpected(read.error());
  return all;
}

Result<void> Tables::put(const OfficeKey& key) {
  auto change = Query::prepare(file_, "INSERT OR REPLACE INTO office_key VALUES(?,?,?,?,?,?,?)");
  if (!change) return tl::unexpected(change.error());
  change->text(key.id).text(key.office.str()).bytes(key.public_key).text(key.made_by);
  change->time(key.made_at).text(key.confirmed_by).time(key.confirmed_at);
  return change->run();
}

}  // namespace dienstbereit::intake
