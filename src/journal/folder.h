// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <filesystem>
#include <utility>

#include <sys/types.h>

#include "base/result.h"

namespace dienstbereit::journal {

inline constexpr mode_t kFolderMode = 0750;
inline constexpr mode_t kFileMode = 0640;

// Creates the data folder and what is missing above it. An existing one keeps its mode.
Result<void> make_folder(const std::filesystem::path& dir);
// Makes the names in a folder, or the bytes of a file, survive a power cut. Never for a database
// that this process has open: closing the file would drop SQLite's locks.
Result<void> sync_path(const std::filesystem::path& path);

// The file in a data folder whose flock says who writes there.
inline constexpr const char* kLockFile = "lock";

// Held for as long as the object lives; the system drops it when the process dies.
class FolderLock {
 public:
  // Errc::Conflict names the pid of the process that holds it.
  static Result<FolderLock> acquire(const std::filesystem::path& dir);

  FolderLock(FolderLock&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  FolderLock& operator=(FolderLock&&) = delete;
  ~FolderLock();

 private:
  explicit FolderLock(int fd) : fd_(fd) {}

  int fd_;
};

}  // namespace dienstbereit::journal
