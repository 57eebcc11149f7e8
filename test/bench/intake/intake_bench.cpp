// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// Cases taken in and synced, beside plain SQLite with the same settings, in one run:
//
//   intake_bench [FOLDER]      FOLDER on the disk to measure; default: here
//
// store = Store::handle: signature checked, looked up, bounded, stored with its history
// plain = the same bytes into one table with the same unique keys, SQLite's own API
//
// One case, and a full upload, for each sync; rounds alternate; ratios are medians.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <vector>

#include <fmt/format.h>
#include <sodium.h>
#include <sqlite3.h>

#include "base/assert.h"
#include "intake/store.h"
#include "model/intake/receipt.h"

namespace dienstbereit::intake {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr int kRounds = 5;
constexpr std::size_t kUploads = 100;  // of a round
constexpr std::size_t kSealedBytes = 1'024;
constexpr Instant kNow{std::chrono::milliseconds(1'795'417'800'000)};

const unsigned char* raw(const std::string& text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* raw(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

using Upload = std::vector<IntakeRecord>;

class Bench {
 public:
  explicit Bench(fs::path folder) : folder_(std::move(folder)) {
    dienstbereit_assert(sodium_init() >= 0);
    crypto_sign_keypair(raw(public_), raw(secret_));
  }

  double store(std::size_t at_once) {
    const fs::path folder = fresh();
    auto store = Store::open(folder, [](const std::string&, const IntakeNoted&) {});
    dienstbereit_assert(store.has_value());
    const auto ask = [&](const IntakeCommand& command) {
      auto answer = (*store)->handle(command, {"bench", AccountId()}, kNow);
      dienstbereit_assert(answer.has_value());
      return std::move(*answer);
    };
    const IntakeAnswer made = ask(MakeDevice{SiteId("S1"), 1, ""});
    const IntakeAnswer enrolled = ask(EnrolDevice{made.secret, public_, ""});
    const std::vector<Upload> uploads = make(enrolled.device->id, at_once);
    const auto start = Clock::now();
    for (const Upload& upload : uploads) {
      TakeRecords take{enrolled.device->id, {}};
      for (const IntakeRecord& one : upload) take.items.push_back({one.sequence, one});
      for (const TakenRecord& one : ask(take).taken) {
        dienstbereit_assert(one.state == TakenState::Stored);
      }
    }
    return rate(at_once, start);
  }

  double plain(std::size_t at_once) {
    const fs::path file = fresh() / "plain.db";
    sqlite3* database = nullptr;
    dienstbereit_assert(sqlite3_open(file.c_str(), &database) == SQLITE_OK);
    run(database, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;"
                  "CREATE TABLE record(n INTEGER PRIMARY KEY, id TEXT UNIQUE, device TEXT, "
                  "sequence INTEGER, sealed BLOB, signature BLOB, UNIQUE(device, sequence))");
    sqlite3_stmt* add = nullptr;
    sqlite3_prepare_v2(database, "INSERT INTO record VALUES(NULL,?,?,?,?,?)", -1, &add, nullptr);
    const std::vector<Upload> uploads = make(DeviceId("d-plain"), at_once);
    const auto start = Clock::now();
    for (const Upload& upload : uploads) {
      run(database, "BEGIN IMMEDIATE");
      for (const IntakeRecord& one : upload) insert(add, one);
      run(database, "COMMIT");
    }
    const double per_second = rate(at_once, start);
    sqlite3_finalize(add);
    sqlite3_close(database);
    return per_second;
  }

  void clean() const { fs::remove_all(folder_); }

 private:
  static void run(sqlite3* database, const char* sql) {
    dienstbereit_assert(sqlite3_exec(database, sql, nullptr, nullptr, nullptr) == SQLITE_OK);
  }
  static void insert(sqlite3_stmt* add, const IntakeRecord& one) {
    const auto size = [](const std::string& text) { return static_cast<int>(text.size()); };
    const std::string& id = one.id.str();
    const std::string& device = one.device.str();
    sqlite3_bind_text(add, 1, id.data(), size(id), SQLITE_STATIC);
    sqlite3_bind_text(add, 2, device.data(), size(device), SQLITE_STATIC);
    sqlite3_bind_int64(add, 3, static_cast<sqlite3_int64>(one.sequence));
    sqlite3_bind_blob(add, 4, one.sealed.data(), size(one.sealed), SQLITE_STATIC);
    sqlite3_bind_blob(add, 5, one.signature.data(), size(one.signature), SQLITE_STATIC);
    dienstbereit_assert(sqlite3_step(add) == SQLITE_DONE);
    sqlite3_reset(add);
  }
  static double rate(std::size_t at_once, Clock::time_point start) {
    const double seconds = std::chrono::duration<double>(Clock::now() - start).count();
    return static_cast<double>(kUploads * at_once) / seconds;
  }

  fs::path fresh() {
    const fs::path folder = folder_ / std::to_string(++folders_);
    fs::create_directories(folder);
    return folder;
  }
  std::vector<Upload> make(const DeviceId& device, std::size_t at_once) {
    std::vector<Upload> uploads(kUploads);
    std::uint64_t sequence = 0;
    for (Upload& upload : uploads) {
      for (std::size_t i = 0; i < at_once; ++i) upload.push_back(record(device, ++sequence));
    }
    return uploads;
  }
  IntakeRecord record(const DeviceId& device, std::uint64_t sequence) const {
    IntakeRecord one;
    one.device = device;
    one.sequence = sequence;
    one.id = IntakeId(fmt::format("{:032x}", sequence * 0x9e3779b97f4a7c15u));
    one.form = "form";
    one.form_version = 1;
    one.office = OfficeId("office");
    one.service = ServiceId("service");
    one.receipt = make_receipt(SiteId("S1"), 1, sequence);
    one.recorded_at = "2026-11-26T07:10:00Z";
    one.recorded = kNow;
    one.key_id = "0123456789abcdef";
    one.sealed = std::string(kSealedBytes, 'x');
    one.signature.resize(crypto_sign_BYTES);
    const std::string text = signed_text(one);
    crypto_sign_detached(raw(one.signature), nullptr, raw(text), text.size(), raw(secret_));
    return one;
  }

  fs::path folder_;
  int folders_ = 0;
  std::string public_ = std::string(crypto_sign_PUBLICKEYBYTES, '\0');
  std::string secret_ = std::string(crypto_sign_SECRETKEYBYTES, '\0');
};

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

}  // namespace
}  // namespace dienstbereit::intake

int main(int argc, char** argv) {
  using namespace dienstbereit::intake;
  Bench bench(fs::path(argc > 1 ? argv[1] : ".") / "intake-bench");
  fmt::print("cases of {} bytes taken in and synced, medians of {} rounds\n", kSealedBytes,
             kRounds);
  for (const std::size_t at_once : {std::size_t{1}, dienstbereit::kRecordsAtOnceMax}) {
    std::vector<double> stores;
    std::vector<double> plains;
    std::vector<double> ratios;
    for (int round = 0; round < kRounds; ++round) {
      stores.push_back(bench.store(at_once));
      plains.push_back(bench.plain(at_once));
      ratios.push_back(stores.back() / plains.back());
    }
    fmt::print("{:>3} at once: store {:>8.0f}/s   plain SQLite {:>8.0f}/s   ratio {:.2f}\n",
               at_once, median(stores), median(plains), median(ratios));
  }
  bench.clean();
}
