// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "journal/disk.h"
#include "journal/record.h"

namespace dienstbereit::journal {

// The last record; all zero and empty before the first.
struct Head {
  std::string site;
  std::uint64_t seq = 0;
  std::uint64_t epoch = 0;
  Instant logical;
  Digest hash{};

  std::string text() const { return head_text(hash); }
  friend bool operator==(const Head&, const Head&) = default;
};
Head head_after(const Record& record);

// Gets the records in order; false ends the reading early.
using Visitor = std::function<bool(const Record&)>;

inline constexpr std::size_t kMostInBatch = 10'000;

// The record of everything that happened, in one order, chained by hashes. All calls from one
// thread; append blocks for a sync.
class Journal {
 public:
  virtual ~Journal() = default;
  Journal() = default;
  Journal(const Journal&) = delete;
  Journal& operator=(const Journal&) = delete;

  // Stores the batch whole, in one transaction with one sync; success means it survives a power
  // cut. Assigns nothing: seq must go on from the head without a gap, site must stay the same,
  // epoch and logical time must not fall. A failure of any kind is final: nothing of the batch is
  // acknowledged (a failed sync may still leave it on disk, whole), and every later append is
  // Errc::Unavailable with the first failure's text. An empty batch changes nothing.
  Result<Head> append(std::span<const Event> batch);
  // The same for records whose payload is already text; sets their `previous` and `hash`.
  Result<Head> append_records(std::span<Record> batch);

  const Head& head() const { return head_; }
  // Why nothing can be appended any more.
  const std::optional<Error>& failure() const { return failure_; }

  // Every record from `from_seq` (1 = the first) on.
  virtual Result<void> read(std::uint64_t from_seq, const Visitor& visit) const = 0;
  // How full the disk is; a few system calls.
  virtual DiskState disk_state() const { return {}; }
  // Copies everything appended so far to `file`, which must not exist, and syncs it. Blocks for as
  // long as the disk needs.
  virtual Result<void> backup(const std::filesystem::path& file);

 protected:
  // From storage, once, before the first append.
  void start_from(Head head) { head_ = std::move(head); }
  // After a success whose aftermath failed (a checkpoint): the next append says so.
  void stop_writing(Error why) { failure_ = std::move(why); }

 private:
  // Writes the sealed batch and syncs it.
  virtual Result<void> store(std::span<const Record> batch) = 0;
  Result<void> seal(std::span<Record> batch);

  Head head_;
  std::optional<Error> failure_;
  std::string scratch_;
};

// For tests, exercises and virtual time: keeps the records in memory.
class MemoryJournal final : public Journal {
 public:
  Result<void> read(std::uint64_t from_seq, const Visitor& visit) const override;

 private:
  Result<void> store(std::span<const Record> batch) override;

  std::vector<Record> records_;
};

}  // namespace dienstbereit::journal
