// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "journal/sample_store.h"

#include <algorithm>

#include <fmt/format.h>
#include <sys/stat.h>

#include "base/log.h"
#include "journal/folder.h"

namespace dienstbereit::journal {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kFileVersion = 1;
// Old rows go in steps, so that no single write stalls after a long pause.
constexpr int kStepsPrunedAtOnce = 10;

// Ordered by time first: writing appends at the end, pruning cuts at the front.
constexpr const char* kCreateTable =
    "CREATE TABLE {}(begin INTEGER, probe INTEGER, count INTEGER, failures INTEGER,"
    " latency_min INTEGER, latency_max INTEGER, latency_sum INTEGER,"
    " PRIMARY KEY(begin, probe)) WITHOUT ROWID;";

// A row without a success has no latencies (NULL), which min and max must pass over.
constexpr const char* kAdd =
    "INSERT INTO {} VALUES(?,?,?,?,?,?,?) ON CONFLICT DO UPDATE SET"
    " count = count + excluded.count, failures = failures + excluded.failures,"
    " latency_min = coalesce(min(latency_min, excluded.latency_min), latency_min,"
    "  excluded.latency_min),"
    " latency_max = coalesce(max(latency_max, excluded.latency_max), latency_max,"
    "  excluded.latency_max),"
    " latency_sum = latency_sum + excluded.latency_sum";

const char* table_of(Resolution resolution) {
  return resolution == Resolution::Minute ? "minute" : "hour";
}

Duration length_of(Resolution resolution) {
  return resolution == Resolution::Minute ? Duration(std::chrono::minutes(1))
                                          : Duration(std::chrono::hours(1));
}

Instant floor_to(Instant t, Duration length) {
  Duration since = t.time_since_epoch() % length;
  if (since < Duration(0)) since += length;
  return t - since;
}

std::int64_t count_of(Instant t) { return t.time_since_epoch().count(); }

Result<void> create_tables(sqlite::Database& database) {
  const auto version = database.integer("PRAGMA user_version");
  if (!version) return tl::unexpected(version.error());
  if (*version == kFileVersion) return {};
  const auto tables = database.integer("SELECT count(*) FROM sqlite_schema");
  if (!tables) return tl::unexpected(tables.error());
  if (*tables != 0) return fail(Errc::Corrupt, "unknown format version");
  return database.execute("BEGIN; CREATE TABLE probe(id INTEGER PRIMARY KEY, name TEXT UNIQUE);" +
                          fmt::format(fmt::runtime(kCreateTable), "minute") +
                          fmt::format(fmt::runtime(kCreateTable), "hour") +
                          fmt::format("PRAGMA user_version={}; COMMIT", kFileVersion));
}

Result<sqlite::Database> open_file(const fs::path& file) {
  auto database = sqlite::Database::open(file, sqlite::Database::Mode::Write);
  if (!database) return database;
  ::chmod(file.c_str(), kFileMode);
  auto ready = database->execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL");
  if (ready) ready = create_tables(*database);
  if (!ready) return tl::unexpected(ready.error());
  return database;
}

void bind_row(sqlite::Statement& add, Instant begin, std::int64_t probe, const Rollup& rollup) {
  add.bind(1, count_of(begin)).bind(2, probe);
  add.bind(3, std::int64_t{rollup.count}).bind(4, std::int64_t{rollup.failures});
  add.bind(7, std::int64_t{rollup.latency_sum.count()});
  if (rollup.failures < rollup.count) {
    add.bind(5, std::int64_t{rollup.latency_min.count()});
    add.bind(6, std::int64_t{rollup.latency_max.count()});
  } else {
    add.bind_null(5).bind_null(6);
  }
}

Rollup rollup_at(const sqlite::Statement& row, const ProbeId& probe, Instant begin) {
  const auto latency = [&](int column) { return std::chrono::microseconds(row.integer(column)); };
  Rollup rollup;
  rollup.probe = probe;
  rollup.begin = begin;
  rollup.count = static_cast<std::uint32_t>(row.integer(0));
  rollup.failures = static_cast<std::uint32_t>(row.integer(1));
  rollup.latency_min = latency(2);
  rollup.latency_max = latency(3);
  rollup.latency_sum = latency(4);
  return rollup;
}

}  // namespace

Result<SampleStore> SampleStore::open(const fs::path& dir, StoreBounds bounds) {
  const fs::path file = dir / kSamplesFile;
  auto database = open_file(file);
  if (!database && database.error().code == Errc::Corrupt) {
    log::warning("{} is damaged and begins anew; only latency series are lost", file.string());
    std::error_code error;
    for (const char* suffix : {"", "-wal", "-shm"}) fs::remove(file.string() + suffix, error);
    database = open_file(file);
  }
  if (!database) return tl::unexpected(database.error());
  return SampleStore(std::move(*database), bounds);
}

Result<void> SampleStore::write(std::span<const Rollup> minutes) {
  if (minutes.empty()) return {};
  auto written = database_.execute("BEGIN");
  if (written) written = write_rows(minutes);
  if (written) written = prune(newest_);
  if (written) written = database_.execute("COMMIT");
  if (!written) {
    static_cast<void>(database_.execute("ROLLBACK"));
    ids_.clear();
  }
  return written;
}

Result<std::int64_t> SampleStore::id_of(const ProbeId& probe) {
  if (const auto known = ids_.find(probe); known != ids_.end()) return known->second;
  auto id = database_.prepare(
      "INSERT INTO probe(name) VALUES(?) ON CONFLICT DO UPDATE SET name = name RETURNING id");
  if (!id) return tl::unexpected(id.error());
  id->bind(1, std::string_view(probe.str()));
  const auto row = id->step();
  if (!row) return tl::unexpected(row.error());
  const std::int64_t value = id->integer(0);
  ids_.emplace(probe, value);
  return value;
}

Result<void> SampleStore::write_rows(std::span<const Rollup> minutes) {
  auto add_minute = database_.prepare(fmt::format(fmt::runtime(kAdd), "minute"));
  if (!add_minute) return tl::unexpected(add_minute.error());
  auto add_hour = database_.prepare(fmt::format(fmt::runtime(kAdd), "hour"));
  if (!add_hour) return tl::unexpected(add_hour.error());
  for (const Rollup& rollup : minutes) {
    const auto probe = id_of(rollup.probe);
    if (!probe) return tl::unexpected(probe.error());
    newest_ = std::max(newest_, rollup.begin);
    bind_row(*add_minute, rollup.begin, *probe, rollup);
    if (auto added = add_minute->run(); !added) return added;
    const Instant hour = floor_to(rollup.begin, length_of(Resolution::Hour));
    bind_row(*add_hour, hour, *probe, rollup);
    if (auto added = add_hour->run(); !added) return added;
  }
  return {};
}

// Deletes the first steps of a table as far as they begin before `cutoff`.
Result<void> SampleStore::cut(Resolution resolution, Instant cutoff) {
  return database_.execute(fmt::format(
      "DELETE FROM {0} WHERE begin < min({1}, (SELECT min(begin) FROM {0}) + {2})",
      table_of(resolution), count_of(cutoff), kStepsPrunedAtOnce * length_of(resolution).count()));
}

Result<void> SampleStore::prune(Instant newest) {
  auto cut_old = cut(Resolution::Minute, newest - bounds_.minutes_kept);
  if (cut_old) cut_old = cut(Resolution::Hour, newest - bounds_.hours_kept);
  if (!cut_old) return cut_old;
  const auto bytes =
      database_.integer("SELECT (page_count - freelist_count) * page_size"
                        " FROM pragma_page_count(), pragma_freelist_count(), pragma_page_size()");
  if (!bytes) return tl::unexpected(bytes.error());
  if (static_cast<std::uint64_t>(*bytes) <= bounds_.max_bytes) return {};
  const auto minutes = database_.integer("SELECT count(*) FROM (SELECT 1 FROM minute LIMIT 1)");
  if (!minutes) return tl::unexpected(minutes.error());
  return cut(*minutes > 0 ? Resolution::Minute : Resolution::Hour, newest);
}

Result<std::vector<Rollup>> SampleStore::series(const ProbeId& probe, Resolution resolution,
                                                Instant from, Instant to) const {
  auto select = database_.prepare(
      fmt::format("SELECT count, failures, latency_min, latency_max, latency_sum FROM {}"
                  " WHERE begin = ? AND probe = (SELECT id FROM probe WHERE name = ?)",
                  table_of(resolution)));
  if (!select) return tl::unexpected(select.error());
  const Duration length = length_of(resolution);
  Instant begin = floor_to(from, length);
  if (begin < from) begin += length;
  std::vector<Rollup> rollups;
  for (std::size_t points = 0; begin < to && points < kMostPoints; ++points, begin += length) {
    select->bind(1, count_of(begin)).bind(2, std::string_view(probe.str()));
    const auto row = select->step();
    if (!row) return tl::unexpected(row.error());
    if (*row) rollups.push_back(rollup_at(*select, probe, begin));
    select->reset();
  }
  return rollups;
}

}  // namespace dienstbereit::journal
