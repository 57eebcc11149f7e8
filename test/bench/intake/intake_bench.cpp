// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// Cases taken in and synced, beside plain SQLite with the same settings, in one run:
//
//   intake_bench [--json] [--dir FOLDER]      FOLDER on the disk to measure; default: here
//
// store = Store::handle, where a counter's upload arrives: signatures checked, numbers looked up,
//         cases stored with their history and in the indexes of the work lists, the device kept
// plain = the same columns into one table with the same unique keys, SQLite's own API
// check = that check of the signatures alone: what plain SQLite would have to add
//
// Each upload is one sync, of one case and of as many as an upload may hold; both files hold the
// cases of a long outage already. Rounds alternate; ratios are medians over the rounds. Target:
// half of plain SQLite, for uploads of many of plain that checks too: the store writes two rows and
// eight entries of indexes for each case, plain SQLite one and two.
#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <memory>
#include <string>
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

constexpr int kRounds = 9;
constexpr std::size_t kUploads = 60;  // of a round
constexpr std::size_t kThereAlready = 20'000;  // cases
constexpr std::size_t kSealedBytes = 1'024;
constexpr unsigned kCounter = 1;
constexpr Instant kNow{std::chrono::milliseconds(1'795'417'800'000)};
constexpr double kTarget = 0.5;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

const unsigned char* raw(const std::string& text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* raw(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

using Upload = std::vector<IntakeRecord>;

// A counter's browser: seals (to nobody in particular) and signs.
class Device {
 public:
  Device() { crypto_sign_keypair(raw(public_key), raw(secret_key_)); }

  std::vector<Upload> uploads(std::size_t count, std::size_t at_once) {
    std::vector<Upload> made(count);
    for (Upload& upload : made) {
      for (std::size_t i = 0; i < at_once; ++i) upload.push_back(next());
    }
    return made;
  }

  DeviceId id{"d-bench"};
  std::string public_key = std::string(crypto_sign_PUBLICKEYBYTES, '\0');

 private:
  IntakeRecord next() {
    IntakeRecord one;
    one.device = id;
    one.sequence = ++sequence_;
    one.id = IntakeId(fmt::format("{:016x}{:016x}", random(), random()));
    one.form = "fahrzeug";
    one.form_version = 1;
    one.office = OfficeId("STRASSENVERKEHR");
    one.service = ServiceId("KFZ-NEU");
    one.receipt = make_receipt(SiteId("S1"), kCounter, sequence_);
    one.recorded_at = "2026-11-26T07:10:00Z";
    one.recorded = kNow;
    one.key_id = "0123456789abcdef";
    one.hint = fmt::format("{:016x}{:016x}", random(), random());
    one.sealed = std::string(kSealedBytes, '\0');
    randombytes_buf(one.sealed.data(), one.sealed.size());
    one.signature.resize(crypto_sign_BYTES);
    const std::string text = signed_text(one);
    crypto_sign_detached(raw(one.signature), nullptr, raw(text), text.size(), raw(secret_key_));
    return one;
  }
  static std::uint64_t random() {
    std::uint64_t value = 0;
    randombytes_buf(&value, sizeof value);
    return value;
  }

  std::string secret_key_ = std::string(crypto_sign_SECRETKEYBYTES, '\0');
  std::uint64_t sequence_ = 0;
};

class Product {
 public:
  Product(const fs::path& folder, Device& device) {
    fs::create_directory(folder);
    auto opened = Store::open(folder, [](const std::string&, const IntakeNoted&) {});
    dienstbereit_assert(opened.has_value());
    store_ = std::move(*opened);
    const IntakeAnswer made = ask(MakeDevice{SiteId("S1"), kCounter, ""});
    device.id = ask(EnrolDevice{made.secret, device.public_key, ""}).device->id;
  }

  void take(const std::vector<Upload>& uploads) {
    for (const Upload& upload : uploads) {
      TakeRecords command{upload.front().device, {}};
      for (const IntakeRecord& one : upload) command.items.push_back({one.sequence, one});
      for (const TakenRecord& one : ask(command).taken) {
        dienstbereit_assert(one.state == TakenState::Stored);
      }
    }
  }

 private:
  IntakeAnswer ask(const IntakeCommand& command) {
    auto answer = store_->handle(command, {"bench", AccountId()}, kNow);
    dienstbereit_assert(answer.has_value());
    return std::move(*answer);
  }

  std::unique_ptr<Store> store_;
};

class Plain {
 public:
  explicit Plain(const fs::path& folder) {
    fs::create_directory(folder);
    dienstbereit_assert(sqlite3_open((folder / "plain.db").c_str(), &database_) == SQLITE_OK);
    run("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;"
        "CREATE TABLE record(n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, device TEXT NOT NULL,"
        " sequence INTEGER NOT NULL, digest TEXT NOT NULL, form TEXT NOT NULL,"
        " form_version INTEGER NOT NULL, office TEXT NOT NULL, service TEXT NOT NULL,"
        " receipt TEXT NOT NULL, recorded_at TEXT NOT NULL, recorded INTEGER NOT NULL,"
        " received INTEGER NOT NULL, key_id TEXT NOT NULL, urgent INTEGER NOT NULL,"
        " originals TEXT NOT NULL, hint TEXT NOT NULL, sealed BLOB NOT NULL,"
        " signature BLOB NOT NULL, state TEXT NOT NULL, moved INTEGER NOT NULL,"
        " file_number TEXT NOT NULL, duplicate_of TEXT NOT NULL, UNIQUE(device, sequence))");
    const char* sql = "INSERT INTO record VALUES(NULL,?,?,?,?,?,?,?,?,?,?,?,?,?,0,'',?,?,?,"
                      "'recorded',?,'','')";
    dienstbereit_assert(sqlite3_prepare_v2(database_, sql, -1, &insert_, nullptr) == SQLITE_OK);
  }
  ~Plain() {
    sqlite3_finalize(insert_);
    sqlite3_close(database_);
  }
  Plain(const Plain&) = delete;
  Plain& operator=(const Plain&) = delete;

  void take(const std::vector<Upload>& uploads) {
    for (const Upload& upload : uploads) {
      run("BEGIN IMMEDIATE");
      for (const IntakeRecord& one : upload) insert(one);
      run("COMMIT");
    }
  }

 private:
  void run(const char* sql) {
    dienstbereit_assert(sqlite3_exec(database_, sql, nullptr, nullptr, nullptr) == SQLITE_OK);
  }
  void insert(const IntakeRecord& r) {
    static const std::string digest(64, 'd');
    int at = 0;
    const auto text = [&](const std::string& value) {
      const int size = static_cast<int>(value.size());
      sqlite3_bind_text(insert_, ++at, value.data(), size, SQLITE_STATIC);
    };
    const auto blob = [&](const std::string& value) {
      const int size = static_cast<int>(value.size());
      sqlite3_bind_blob(insert_, ++at, value.data(), size, SQLITE_STATIC);
    };
    const auto number = [&](auto value) {
      sqlite3_bind_int64(insert_, ++at, static_cast<sqlite3_int64>(value));
    };
    text(r.id.str()), text(r.device.str()), number(r.sequence), text(digest), text(r.form);
    number(r.form_version), text(r.office.str()), text(r.service.str()), text(r.receipt);
    text(r.recorded_at), number(r.recorded.time_since_epoch().count());
    number(kNow.time_since_epoch().count()), text(r.key_id), text(r.hint), blob(r.sealed);
    blob(r.signature), number(kNow.time_since_epoch().count());
    dienstbereit_assert(sqlite3_step(insert_) == SQLITE_DONE);
    sqlite3_reset(insert_);
  }

  sqlite3* database_ = nullptr;
  sqlite3_stmt* insert_ = nullptr;
};

void check(const std::vector<Upload>& uploads, const std::string& public_key) {
  for (const Upload& upload : uploads) {
    for (const IntakeRecord& one : upload) {
      const std::string text = signed_text(one);
      dienstbereit_assert(crypto_sign_verify_detached(raw(one.signature), raw(text), text.size(),
                                                      raw(public_key)) == 0);
    }
  }
}

struct Figures {
  std::size_t at_once = 0;
  double store = 0, plain = 0, check = 0;  // cases/s
  double ratio = 0, fair_ratio = 0;  // of plain; of plain that checks too
};

template <class Work>
double timed(const Work& work) {
  const auto start = Clock::now();
  work();
  return seconds_since(start);
}

Figures measure(Product& product, Plain& plain, Device& device, std::size_t at_once) {
  std::array<std::vector<double>, 3> seconds;
  std::array<std::vector<double>, 2> ratios;
  for (int round = 0; round < kRounds; ++round) {
    const auto uploads = device.uploads(kUploads, at_once);
    const double own = timed([&] { product.take(uploads); });
    const double theirs = timed([&] { plain.take(uploads); });
    const double checking = timed([&] { check(uploads, device.public_key); });
    seconds[0].push_back(own);
    seconds[1].push_back(theirs);
    seconds[2].push_back(checking);
    ratios[0].push_back(theirs / own);
    ratios[1].push_back((theirs + checking) / own);
  }
  const auto cases = static_cast<double>(kUploads * at_once);
  return {at_once,
          cases / median(seconds[0]),
          cases / median(seconds[1]),
          cases / median(seconds[2]),
          median(ratios[0]),
          median(ratios[1])};
}

void print_table(const std::array<Figures, 2>& all) {
  fmt::print("cases of {} sealed bytes beside {} others, each upload synced, {} rounds\n",
             kSealedBytes, kThereAlready, kRounds);
  fmt::print("signatures checked alone {:.0f}/s\n", all[1].check);
  const std::string target = fmt::format(" (target {:.1f})", kTarget);
  for (const Figures& f : all) {
    const bool many = f.at_once > 1;
    fmt::print("{:>2} at once: store {:.0f}/s, plain SQLite {:.0f}/s\n", f.at_once, f.store,
               f.plain);
    fmt::print("            {:.2f} of plain{}, {:.2f} of plain that checks too{}\n", f.ratio,
               many ? "" : target, f.fair_ratio, many ? target : "");
  }
}

void print_json(const std::array<Figures, 2>& all) {
  for (const Figures& f : all) {
    fmt::print("{{\"bench\":\"intake\",\"at_once\":{},\"store_per_s\":{:.0f},"
               "\"plain_per_s\":{:.0f},\"check_per_s\":{:.0f},\"ratio\":{:.3f},"
               "\"ratio_with_check\":{:.3f},\"target\":{:.1f}}}\n",
               f.at_once, f.store, f.plain, f.check, f.ratio, f.fair_ratio, kTarget);
  }
}

}  // namespace
}  // namespace dienstbereit::intake

int main(int count, char** arguments) {
  using namespace dienstbereit::intake;
  bool json = false;
  fs::path dir = ".";
  for (int at = 1; at < count; ++at) {
    if (std::strcmp(arguments[at], "--json") == 0) json = true;
    if (std::strcmp(arguments[at], "--dir") == 0 && at + 1 < count) dir = arguments[++at];
  }
  std::string root = (dir / "intake-bench-XXXXXX").string();
  if (sodium_init() < 0 || ::mkdtemp(root.data()) == nullptr) {
    std::fprintf(stderr, "cannot create a folder in %s; name another with --dir\n", dir.c_str());
    return 2;
  }
  std::array<Figures, 2> all;
  {
    Device device;
    Product product(fs::path(root) / "store", device);
    Plain plain(fs::path(root) / "plain");
    constexpr std::size_t kMost = dienstbereit::kRecordsAtOnceMax;
    const auto there = device.uploads(kThereAlready / kMost, kMost);
    product.take(there);
    plain.take(there);
    all = {measure(product, plain, device, 1), measure(product, plain, device, kMost)};
  }
  fs::remove_all(root);
  json ? print_json(all) : print_table(all);
  return 0;
}
