// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "journal/rows.h"

#include <algorithm>
#include <limits>

#include <fmt/format.h>

namespace dienstbereit::journal {
namespace {

constexpr std::int64_t kApplicationId = 0x44424A31;  // "DBJ1", in the file's header
constexpr std::int64_t kFileVersion = 1;

// The previous hash is not stored twice: it is the hash of the row before.
constexpr const char* kCreate =
    "BEGIN;"
    "CREATE TABLE event("
    " seq INTEGER PRIMARY KEY,"
    " site TEXT NOT NULL, epoch INTEGER NOT NULL, logical INTEGER NOT NULL,"
    " observed INTEGER NOT NULL, recorded INTEGER NOT NULL, actor TEXT NOT NULL,"
    " type TEXT NOT NULL, version INTEGER NOT NULL, payload TEXT NOT NULL, hash BLOB NOT NULL"
    ") STRICT;";

constexpr const char* kSelect =
    "SELECT seq,site,epoch,logical,observed,recorded,actor,type,version,payload,hash FROM event ";

Instant time_at(const sqlite::Statement& row, int column) {
  return Instant(Duration(row.integer(column)));
}

std::int64_t count_of(Instant t) { return t.time_since_epoch().count(); }

Result<Digest> hash_at(const sqlite::Statement& row, int column) {
  const auto blob = row.blob(column);
  Digest digest{};
  if (blob.size() != digest.size()) {
    return fail(Errc::Corrupt, fmt::format("the journal's record {} has a hash of {} bytes instead "
                                           "of 32",
                                           row.integer(0), blob.size()));
  }
  std::copy(blob.begin(), blob.end(), digest.begin());
  return digest;
}

Result<Record> record_at(const sqlite::Statement& row, const Digest& previous) {
  const auto hash = hash_at(row, 10);
  if (!hash) return tl::unexpected(hash.error());
  Record record;
  record.seq = static_cast<std::uint64_t>(row.integer(0));
  record.site = row.text(1);
  record.epoch = static_cast<std::uint64_t>(row.integer(2));
  record.logical = time_at(row, 3);
  record.observed = time_at(row, 4);
  record.recorded = time_at(row, 5);
  record.actor = row.text(6);
  record.type = row.text(7);
  record.version = static_cast<int>(row.integer(8));
  record.payload = row.text(9);
  record.previous = previous;
  record.hash = *hash;
  return record;
}

// One reading transaction; says how many rows it gave, and where the next piece begins.
struct Piece {
  std::int64_t from = 1;
  Digest previous{};
  std::int64_t rows = 0;
  bool stopped = false;
};

Result<Piece> read_piece(sqlite::Statement& select, Piece piece, const Visitor& visit) {
  select.bind(1, piece.from).bind(2, kRowsAtOnce);
  piece.rows = 0;
  for (;;) {
    const auto row = select.step();
    if (!row) return tl::unexpected(row.error());
    if (!*row) break;
    auto record = record_at(select, piece.previous);
    if (!record) return tl::unexpected(record.error());
    ++piece.rows;
    piece.from = select.integer(0) + 1;
    piece.previous = record->hash;
    piece.stopped = !visit(*record);
    if (piece.stopped) break;
  }
  select.reset();
  return piece;
}

// The hash of the last row before `seq`; zeros if there is none.
Result<Digest> hash_before(const sqlite::Database& database, std::int64_t seq) {
  auto select = database.prepare(std::string(kSelect) + "WHERE seq < ? ORDER BY seq DESC LIMIT 1");
  if (!select) return tl::unexpected(select.error());
  select->bind(1, seq);
  const auto row = select->step();
  if (!row) return tl::unexpected(row.error());
  if (!*row) return Digest{};
  return hash_at(*select, 10);
}

}  // namespace

Result<void> prepare_file(sqlite::Database& database) {
  const auto tables = database.integer("SELECT count(*) FROM sqlite_schema");
  if (!tables) return tl::unexpected(tables.error());
  if (*tables != 0) return check_file(database);
  return database.execute(fmt::format("{}PRAGMA application_id={};PRAGMA user_version={};COMMIT",
                                      kCreate, kApplicationId, kFileVersion));
}

Result<void> check_file(const sqlite::Database& database) {
  const auto application = database.integer("PRAGMA application_id");
  if (!application) return tl::unexpected(application.error());
  if (*application != kApplicationId) {
    return fail(Errc::Corrupt, "the file is a database, but not a journal of Dienstbereit; it was "
                               "left as it is");
  }
  const auto version = database.integer("PRAGMA user_version");
  if (!version) return tl::unexpected(version.error());
  if (*version == kFileVersion) return {};
  return fail(Errc::InvalidInput,
              fmt::format("the journal has format version {}, this program knows {}; install the "
                          "program's version that wrote it, or a newer one",
                          *version, kFileVersion));
}

Result<sqlite::Statement> prepare_insert(const sqlite::Database& database) {
  return database.prepare("INSERT INTO event VALUES(?,?,?,?,?,?,?,?,?,?,?)");
}

Result<void> insert_row(sqlite::Statement& insert, const Record& record) {
  insert.bind(1, static_cast<std::int64_t>(record.seq))
      .bind(2, std::string_view(record.site))
      .bind(3, static_cast<std::int64_t>(record.epoch))
      .bind(4, count_of(record.logical))
      .bind(5, count_of(record.observed))
      .bind(6, count_of(record.recorded))
      .bind(7, std::string_view(record.actor))
      .bind(8, std::string_view(record.type))
      .bind(9, static_cast<std::int64_t>(record.version))
      .bind(10, std::string_view(record.payload))
      .bind(11, std::span<const std::uint8_t>(record.hash));
  return insert.run();
}

Result<void> read_rows(const sqlite::Database& database, std::uint64_t from_seq,
                       const Visitor& visit) {
  constexpr std::uint64_t kLast = std::numeric_limits<std::int64_t>::max();
  Piece piece;
  piece.from = static_cast<std::int64_t>(std::min(std::max<std::uint64_t>(from_seq, 1), kLast));
  const auto previous = hash_before(database, piece.from);
  if (!previous) return tl::unexpected(previous.error());
  piece.previous = *previous;
  auto select = database.prepare(std::string(kSelect) + "WHERE seq >= ? ORDER BY seq LIMIT ?");
  if (!select) return tl::unexpected(select.error());
  for (;;) {
    const auto read = read_piece(*select, piece, visit);
    if (!read) return tl::unexpected(read.error());
    piece = *read;
    if (piece.stopped || piece.rows < kRowsAtOnce) return {};
  }
}

Result<Head> read_head(const sqlite::Database& database) {
  auto select = database.prepare(std::string(kSelect) + "ORDER BY seq DESC LIMIT 1");
  if (!select) return tl::unexpected(select.error());
  const auto row = select->step();
  if (!row) return tl::unexpected(row.error());
  if (!*row) return Head{};
  const auto record = record_at(*select, Digest{});
  if (!record) return tl::unexpected(record.error());
  return head_after(*record);
}

}  // namespace dienstbereit::journal
