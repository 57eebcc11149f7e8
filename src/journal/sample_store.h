// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <filesystem>
#include <span>
#include <vector>

#include "journal/samples.h"
#include "sqlite/sqlite.h"

namespace dienstbereit::journal {

inline constexpr const char* kSamplesFile = "samples.db";
inline constexpr std::size_t kMostPoints = 20'000;  // of one series() answer

struct StoreBounds {
  Duration minutes_kept = std::chrono::hours(48);
  Duration hours_kept = std::chrono::hours(24 * 400);
  std::uint64_t max_bytes = 512ULL << 20;  // beyond it the oldest minutes go first
};

enum class Resolution : std::uint8_t { Minute, Hour };

// Roll-ups of probe samples by the minute and by the hour, in a file of their own beside the
// journal. Loss is tolerated: synchronous=NORMAL, and a damaged file is replaced by an empty one.
// One thread; write blocks for the disk.
class SampleStore {
 public:
  // `dir` must exist and be held by this process (FolderLock).
  static Result<SampleStore> open(const std::filesystem::path& dir, StoreBounds bounds = {});

  // Adds minutes, folds them into their hours, and drops what is beyond age and size.
  Result<void> write(std::span<const Rollup> minutes);
  // The roll-ups of one probe with from <= begin < to, oldest first, within the first kMostPoints
  // minutes or hours of it.
  Result<std::vector<Rollup>> series(const ProbeId& probe, Resolution resolution, Instant from,
                                     Instant to) const;

 private:
  SampleStore(sqlite::Database database, StoreBounds bounds)
      : database_(std::move(database)), bounds_(bounds) {}
  Result<void> write_rows(std::span<const Rollup> minutes);
  Result<std::int64_t> id_of(const ProbeId& probe);
  Result<void> prune(Instant newest);
  Result<void> cut(Resolution resolution, Instant cutoff);

  sqlite::Database database_;
  StoreBounds bounds_;
  std::unordered_map<ProbeId, std::int64_t> ids_;
  Instant newest_;  // begin of the newest minute written
};

}  // namespace dienstbereit::journal
