// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "intake/file.h"
#include "model/intake/backlog.h"
#include "model/intake/case.h"
#include "model/intake/command.h"

namespace dienstbereit::intake {

inline constexpr const char* kIntakeFile = "intake.db";

// A device with what only the store knows of it.
struct StoredDevice {
  IntakeDevice device;
  std::string public_key;  // 32 bytes; empty: not enrolled
  std::string code;        // stored form; empty: used or over
  std::string token;       // stored form; empty: not enrolled
};

// The file. Rows in and out, no rules. What is deleted is overwritten in the file (secure_delete);
// fold_log() removes it from the log too. One thread; whoever opens it holds the data directory's
// lock.
class Tables {
 public:
  // Makes the file if it is missing, readable by its owner alone. Corrupt: the message says what to
  // do. `vfs`: for tests with a disk that fails.
  static Result<Tables> open(const std::filesystem::path& data, const std::string& vfs = {});

  Result<void> begin() { return file_.execute("BEGIN IMMEDIATE"); }
  Result<void> commit() { return file_.execute("COMMIT"); }
  void roll_back() { static_cast<void>(file_.execute("ROLLBACK")); }
  Result<void> fold_log() { return file_.execute("PRAGMA wal_checkpoint(TRUNCATE)"); }

  Result<std::string> hint_key() const;  // 32 bytes
  Result<std::vector<StoredDevice>> devices() const;
  Result<void> put(const StoredDevice& device);
  Result<void> remove(const DeviceId& device);
  // Counters' numbers are never given twice: those of removed devices count.
  Result<bool> counter_taken(const SiteId& site, unsigned counter) const;

  Result<std::vector<OfficeKey>> keys() const;
  Result<void> put(const OfficeKey& key);

  // The digest under which a number of a device, or an id, is taken; nothing if it is free.
  Result<std::optional<std::string>> taken(const IntakeRecord& record) const;
  Result<void> add(const IntakeCase& one, const std::string& digest);
  Result<void> add_conflict(const IntakeRecord& record, const std::string& digest, Instant at);
  Result<bool> has_conflict(const std::string& digest) const;
  Result<std::vector<IntakeConflict>> conflicts() const;
  Result<std::uint64_t> count() const;  // of cases, deleted ones too

  // With history and duplicates; NotFound.
  Result<IntakeCase> find(const IntakeId& id) const;
  Result<std::vector<IntakeCase>> find(const FindRecords& filter) const;
  Result<void> move(const IntakeCase& one, const IntakeMove& move);
  // What is in the case goes; its number, digest and history stay, so that it is not taken again.
  Result<void> erase(const IntakeId& id);
  struct Due {
    IntakeId id;
    std::string digest;
  };
  // Confirmed before `until`; without an original that is held. (Duplicates are a person's.)
  Result<std::vector<Due>> deletable(Instant until, std::size_t limit) const;
  Result<void> add_protocol(Instant at, const std::string& by, std::uint64_t count,
                            const std::string& hash);

  Result<void> add(const CustodyEntry& entry);
  Result<std::vector<CustodyEntry>> custody(const IntakeId& id) const;
  Result<std::vector<CustodyEntry>> held() const;

  Result<BacklogCounted> backlog(Instant now) const;

 private:
  explicit Tables(sqlite::Database database) : file_(std::move(database)) {}

  File file_;
};

}  // namespace dienstbereit::intake
