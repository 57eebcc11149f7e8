// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// Journal append beside plain SQLite with the same settings, in one run:
//
//   journal_bench [--json] [--dir FOLDER]      FOLDER on the disk to measure; default: here
//
// plain   = the same table without the hash, SQLite's own API, payload ready as text
// records = Journal::append_records: the same rows, checked, chained and bounded
// events  = Journal::append: encodes each event's payload as well
// encode  = that encoding alone, as events/s: what plain SQLite would have to add
//
// Batches of 100, each synced; rounds alternate; ratios are medians over the rounds. And the cost
// of one probe sample in memory and of one roll-up in its file.
#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <sqlite3.h>

#include "base/assert.h"
#include "journal/sample_store.h"
#include "journal/sqlite_journal.h"

namespace dienstbereit::journal {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr int kRounds = 9;
constexpr std::uint64_t kBatches = 300;
constexpr std::size_t kBatch = 100;
constexpr std::size_t kProbes = 10'000;
constexpr int kSamplesPerProbe = 200;
constexpr Instant kStart{std::chrono::milliseconds(1'795'417'800'000)};

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

Event event_at(std::uint64_t seq) {
  Event event;
  event.site = "zentrale";
  event.epoch = 1;
  event.seq = seq;
  event.logical = kStart + Duration(seq);
  event.observed = event.logical;
  event.recorded = event.logical;
  event.actor = "observer";
  event.payload = ObservationSettled{
      ProbeId("server-17/https"),
      ProbeOutcome::Failure,
      event.logical,
      "connect",
      "connect to 192.0.2.17 port 443 failed: connection refused after 3 attempts, the last took "
      "1250 us; the one before was answered with status 503",
      false};
  return event;
}

std::vector<std::vector<Event>> make_batches() {
  std::vector<std::vector<Event>> batches(kBatches);
  std::uint64_t seq = 0;
  for (auto& batch : batches) {
    for (std::size_t i = 0; i < kBatch; ++i) batch.push_back(event_at(++seq));
  }
  return batches;
}

using RecordBatches = std::vector<std::vector<Record>>;

RecordBatches encode_all(const std::vector<std::vector<Event>>& batches) {
  RecordBatches encoded;
  encoded.reserve(batches.size());
  for (const auto& batch : batches) {
    auto& records = encoded.emplace_back();
    records.reserve(batch.size());
    for (const Event& event : batch) records.push_back(to_record(event));
  }
  return encoded;
}

void run_sql(sqlite3* db, const char* sql) {
  dienstbereit_assert(sqlite3_exec(db, sql, nullptr, nullptr, nullptr) == SQLITE_OK);
}

void bind_text(sqlite3_stmt* insert, int parameter, const std::string& text) {
  sqlite3_bind_text(insert, parameter, text.data(), static_cast<int>(text.size()), SQLITE_STATIC);
}

void insert_plainly(sqlite3_stmt* insert, const Record& record) {
  const auto time = [](Instant t) { return t.time_since_epoch().count(); };
  sqlite3_bind_int64(insert, 1, static_cast<sqlite3_int64>(record.seq));
  bind_text(insert, 2, record.site);
  sqlite3_bind_int64(insert, 3, static_cast<sqlite3_int64>(record.epoch));
  sqlite3_bind_int64(insert, 4, time(record.logical));
  sqlite3_bind_int64(insert, 5, time(record.observed));
  sqlite3_bind_int64(insert, 6, time(record.recorded));
  bind_text(insert, 7, record.actor);
  bind_text(insert, 8, record.type);
  sqlite3_bind_int(insert, 9, record.version);
  bind_text(insert, 10, record.payload);
  dienstbereit_assert(sqlite3_step(insert) == SQLITE_DONE);
  sqlite3_reset(insert);
}

// Seconds for all batches.
double time_plain(const fs::path& dir, const RecordBatches& batches) {
  fs::create_directory(dir);
  sqlite3* db = nullptr;
  dienstbereit_assert(sqlite3_open((dir / "plain.db").c_str(), &db) == SQLITE_OK);
  run_sql(db,
          "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=1000;"
          "CREATE TABLE event(seq INTEGER PRIMARY KEY, site TEXT NOT NULL, epoch INTEGER NOT NULL,"
          " logical INTEGER NOT NULL, observed INTEGER NOT NULL, recorded INTEGER NOT NULL,"
          " actor TEXT NOT NULL, type TEXT NOT NULL, version INTEGER NOT NULL,"
          " payload TEXT NOT NULL) STRICT;");
  sqlite3_stmt* insert = nullptr;
  const char* sql = "INSERT INTO event VALUES(?,?,?,?,?,?,?,?,?,?)";
  dienstbereit_assert(sqlite3_prepare_v2(db, sql, -1, &insert, nullptr) == SQLITE_OK);
  const auto start = Clock::now();
  for (const auto& batch : batches) {
    run_sql(db, "BEGIN IMMEDIATE");
    for (const Record& record : batch) insert_plainly(insert, record);
    run_sql(db, "COMMIT");
  }
  const double seconds = seconds_since(start);
  sqlite3_finalize(insert);
  sqlite3_close(db);
  return seconds;
}

std::unique_ptr<SqliteJournal> open_journal(const fs::path& dir) {
  auto journal = SqliteJournal::open(dir);
  if (!journal) {
    std::fprintf(stderr, "%s\n", journal.error().message.c_str());
    std::exit(2);
  }
  return std::move(*journal);
}

double time_records(const fs::path& dir, RecordBatches& batches) {
  const auto journal = open_journal(dir);
  const auto start = Clock::now();
  for (auto& batch : batches) dienstbereit_assert(journal->append_records(batch).has_value());
  return seconds_since(start);
}

double time_events(const fs::path& dir, const std::vector<std::vector<Event>>& batches) {
  const auto journal = open_journal(dir);
  const auto start = Clock::now();
  for (const auto& batch : batches) dienstbereit_assert(journal->append(batch).has_value());
  return seconds_since(start);
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

struct Figures {
  double plain = 0, records = 0, events = 0, encode = 0;  // events/s
  double records_ratio = 0, events_ratio = 0;             // of plain
  double fair_ratio = 0;  // events beside plain SQLite that encodes too
  double payload_bytes = 0;
  double sample_ns = 0;   // one Samples::add over kProbes probes
  double rollup_us = 0;   // one roll-up written: minute and hour
};

void measure_journal(const fs::path& root, Figures& figures) {
  const auto events = make_batches();
  constexpr double kEvents = kBatches * kBatch;
  std::array<std::vector<double>, 4> seconds;
  std::array<std::vector<double>, 3> ratios;
  for (int round = 0; round < kRounds; ++round) {
    const auto start = Clock::now();
    RecordBatches records = encode_all(events);
    const double encode = seconds_since(start);
    const double plain = time_plain(root / "plain", records);
    const double chained = time_records(root / "records", records);
    const double whole = time_events(root / "events", events);
    for (const char* used : {"plain", "records", "events"}) fs::remove_all(root / used);
    const std::array<double, 4> took{plain, chained, whole, encode};
    for (std::size_t i = 0; i < took.size(); ++i) seconds[i].push_back(took[i]);
    ratios[0].push_back(plain / chained);
    ratios[1].push_back(plain / whole);
    ratios[2].push_back((plain + encode) / whole);
    figures.payload_bytes = static_cast<double>(records[0][0].payload.size());
  }
  figures.plain = kEvents / median(seconds[0]);
  figures.records = kEvents / median(seconds[1]);
  figures.events = kEvents / median(seconds[2]);
  figures.encode = kEvents / median(seconds[3]);
  figures.records_ratio = median(ratios[0]);
  figures.events_ratio = median(ratios[1]);
  figures.fair_ratio = median(ratios[2]);
}

void measure_samples(const fs::path& root, Figures& figures) {
  std::vector<ProbeId> probes;
  for (std::size_t i = 0; i < kProbes; ++i) probes.emplace_back(fmt::format("server-{}/https", i));
  Samples samples;
  const auto start = Clock::now();
  for (int i = 0; i < kSamplesPerProbe; ++i) {
    const Instant at = kStart + std::chrono::seconds(6 * i);
    for (const ProbeId& probe : probes) samples.add(probe, at, std::chrono::microseconds(i), false);
  }
  figures.sample_ns = seconds_since(start) * 1e9 / (kSamplesPerProbe * kProbes);
  const auto rollups = samples.take_finished(true);
  fs::create_directory(root / "samples");
  auto store = SampleStore::open(root / "samples");
  dienstbereit_assert(store.has_value());
  constexpr std::size_t kWrite = 10'000;
  const auto write_start = Clock::now();
  for (std::size_t at = 0; at < rollups.size(); at += kWrite) {
    const std::size_t count = std::min(kWrite, rollups.size() - at);
    dienstbereit_assert(store->write({rollups.data() + at, count}).has_value());
  }
  figures.rollup_us = seconds_since(write_start) * 1e6 / static_cast<double>(rollups.size());
}

void print_table(const Figures& f) {
  std::printf("batches of %zu, payload %.0f bytes, %d rounds\n", kBatch, f.payload_bytes, kRounds);
  std::printf("plain SQLite    %9.0f events/s\n", f.plain);
  std::printf("append_records  %9.0f events/s  %.2f of plain (target 0.80)\n", f.records,
              f.records_ratio);
  std::printf("append (events) %9.0f events/s  %.2f of plain, %.2f of plain that encodes too\n",
              f.events, f.events_ratio, f.fair_ratio);
  std::printf("encoding alone  %9.0f events/s\n", f.encode);
  std::printf("sample stored   %9.0f ns; roll-up written %.1f us\n", f.sample_ns, f.rollup_us);
}

void print_json(const Figures& f) {
  std::printf("{\"bench\":\"journal\",\"plain_events_per_s\":%.0f,\"records_events_per_s\":%.0f,"
              "\"events_events_per_s\":%.0f,\"encode_events_per_s\":%.0f,\"records_ratio\":%.3f,"
              "\"events_ratio\":%.3f,\"events_ratio_with_encoding\":%.3f,\"target\":0.8,"
              "\"payload_bytes\":%.0f,\"sample_ns\":%.0f,\"rollup_us\":%.2f}\n",
              f.plain, f.records, f.events, f.encode, f.records_ratio, f.events_ratio, f.fair_ratio,
              f.payload_bytes, f.sample_ns, f.rollup_us);
}

}  // namespace
}  // namespace dienstbereit::journal

int main(int count, char** arguments) {
  using namespace dienstbereit::journal;
  bool json = false;
  fs::path dir = ".";
  for (int at = 1; at < count; ++at) {
    if (std::strcmp(arguments[at], "--json") == 0) json = true;
    if (std::strcmp(arguments[at], "--dir") == 0 && at + 1 < count) dir = arguments[++at];
  }
  std::string root = (dir / "journal-bench-XXXXXX").string();
  if (::mkdtemp(root.data()) == nullptr) {
    std::fprintf(stderr, "cannot create a folder in %s; name another with --dir\n", dir.c_str());
    return 2;
  }
  Figures figures;
  measure_journal(root, figures);
  measure_samples(root, figures);
  fs::remove_all(root);
  json ? print_json(figures) : print_table(figures);
  return 0;
}
