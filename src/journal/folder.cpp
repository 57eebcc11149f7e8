// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "journal/folder.h"

#include <cerrno>
#include <cstring>
#include <string>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace dienstbereit::journal {
namespace {

namespace fs = std::filesystem;

std::string holder_of(int fd) {
  char text[16] = {};
  const ssize_t length = ::pread(fd, text, sizeof text - 1, 0);
  std::string pid(text, length > 0 ? static_cast<std::size_t>(length) : 0);
  pid.erase(pid.find_last_not_of("\n") + 1);
  return pid.empty() ? "another process" : "process " + pid;
}

}  // namespace

Result<void> make_folder(const fs::path& dir) {
  std::error_code error;
  if (fs::is_directory(dir, error)) return {};
  error.clear();
  if (dir.has_parent_path()) fs::create_directories(dir.parent_path(), error);
  if (!error && ::mkdir(dir.c_str(), kFolderMode) != 0) {
    error = std::error_code(errno, std::generic_category());
  }
  if (!error) return {};
  return fail(error == std::errc::permission_denied ? Errc::Denied : Errc::Io,
              fmt::format("cannot create the data folder {}: {}; create it for the user who runs "
                          "this, or choose another",
                          dir.string(), error.message()));
}

Result<void> sync_path(const fs::path& path) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  const bool synced = fd >= 0 && ::fsync(fd) == 0;
  const int error = errno;
  if (fd >= 0) ::close(fd);
  if (synced) return {};
  return fail(Errc::Io, fmt::format("cannot sync {}: {}", path.string(), std::strerror(error)));
}

Result<FolderLock> FolderLock::acquire(const fs::path& dir) {
  const fs::path path = dir / kLockFile;
  FolderLock lock(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, kFileMode));
  if (lock.fd_ < 0) {
    return fail(errno == EACCES ? Errc::Denied : Errc::Io,
                fmt::format("cannot open {}: {}; the data folder must belong to the user who runs "
                            "this",
                            path.string(), std::strerror(errno)));
  }
  if (::flock(lock.fd_, LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK) {
      return fail(Errc::Io, fmt::format("cannot lock {}: {}; the data folder must be on a local "
                                        "file system",
                                        path.string(), std::strerror(errno)));
    }
    return fail(Errc::Conflict,
                fmt::format("the data folder {} is in use by {}; stop it first, or choose another "
                            "folder",
                            dir.string(), holder_of(lock.fd_)));
  }
  // The pid is for people only; the lock counts without it.
  const std::string pid = fmt::format("{}\n", ::getpid());
  if (::ftruncate(lock.fd_, 0) != 0 || ::pwrite(lock.fd_, pid.data(), pid.size(), 0) < 0) {
    return fail(Errc::Io, fmt::format("cannot write {}: {}; is the disk full?", path.string(),
                                      std::strerror(errno)));
  }
  return lock;
}

FolderLock::~FolderLock() {
  if (fd_ >= 0) ::close(fd_);
}

}  // namespace dienstbereit::journal
