// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "publish/folder.h"

#include <cerrno>
#include <cstdio>
#include <cstring>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

namespace dienstbereit::publish {
namespace {

namespace fs = std::filesystem;

tl::unexpected<Error> io_error(const char* what, const fs::path& path, int error) {
  const Errc code = error == EACCES || error == EPERM ? Errc::Denied : Errc::Io;
  return fail(code, fmt::format("cannot {} {}: {}", what, path.string(), std::strerror(error)));
}

// An open folder: to sync, and to keep a second writer away.
class Folder {
 public:
  explicit Folder(const fs::path& path)
      : fd_(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {}
  ~Folder() {
    if (fd_ >= 0) ::close(fd_);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  bool is_open() const { return fd_ >= 0; }
  bool lock() const { return ::flock(fd_, LOCK_EX | LOCK_NB) == 0; }
  bool sync_all() const { return ::syncfs(fd_) == 0; }
  bool sync() const { return ::fsync(fd_) == 0; }

 private:
  int fd_;
};

Result<void> write_one(const fs::path& path, const std::string& bytes) {
  const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
  if (fd < 0) return io_error("create", path, errno);
  std::string_view rest = bytes;
  int error = 0;
  while (!rest.empty() && error == 0) {
    const ssize_t written = ::write(fd, rest.data(), rest.size());
    if (written >= 0) {
      rest.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno != EINTR) {
      error = errno;
    }
  }
  if (::close(fd) != 0 && error == 0) error = errno;
  if (error != 0) return io_error("write", path, error);
  return {};
}

// May it be replaced? Nothing of anybody else is ever removed.
Result<void> check_ours(const fs::path& folder) {
  std::error_code ec;
  if (fs::exists(folder / kFolderMark, ec) || fs::is_empty(folder, ec)) return {};
  return fail(Errc::Conflict, fmt::format("{} holds something else than a copy of the pages; name "
                                          "an empty or a new folder",
                                          folder.string()));
}

Result<void> sync_all(const fs::path& folder) {
  const Folder whole(folder);
  if (!whole.is_open() || !whole.sync_all()) return io_error("sync", folder, errno);
  return {};
}

Result<void> rename(const fs::path& from, const fs::path& to, unsigned flags) {
  if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), flags) == 0) return {};
  if (errno == EINVAL && flags == RENAME_EXCHANGE) {
    return fail(Errc::Io, fmt::format("the file system of {} cannot exchange folders; make it a "
                                      "symbolic link, which is turned instead",
                                      to.string()));
  }
  return io_error("replace", to, errno);
}

// The link points to one of two names in turn.
Result<void> turn_link(const fs::path& fresh, const fs::path& link) {
  std::error_code ec;
  const fs::path before = fs::read_symlink(link, ec);
  const std::string stem = "." + link.filename().string();
  const std::string name = before.filename() == stem + ".1" ? stem + ".2" : stem + ".1";
  const fs::path place = link.parent_path() / name;
  const fs::path turned = link.parent_path() / (stem + ".link");
  fs::remove_all(place, ec);
  fs::remove(turned, ec);
  if (auto moved = rename(fresh, place, 0); !moved) return moved;
  fs::create_symlink(name, turned, ec);
  if (ec) return io_error("create", turned, ec.value());
  return rename(turned, link, 0);
}

Result<void> take_place(const fs::path& fresh, const fs::path& folder) {
  std::error_code ec;
  const fs::file_status status = fs::symlink_status(folder, ec);
  if (fs::is_symlink(status)) return turn_link(fresh, folder);
  if (!fs::exists(status)) return rename(fresh, folder, 0);
  if (!fs::is_directory(status)) {
    return fail(Errc::Conflict, fmt::format("{} is no folder", folder.string()));
  }
  if (auto ours = check_ours(folder); !ours) return ours;
  if (auto exchanged = rename(fresh, folder, RENAME_EXCHANGE); !exchanged) return exchanged;
  fs::remove_all(fresh, ec);  // what was there before
  return {};
}

}  // namespace

Result<void> write_files(const fs::path& folder, const StaticCopy& copy) {
  for (const StaticFile& file : copy.files) {
    const fs::path path = folder / file.path;
    std::error_code ec;
    fs::create_directories(path.parent_path(), ec);
    if (ec) return io_error("create", path.parent_path(), ec.value());
    if (auto written = write_one(path, file.bytes); !written) return written;
  }
  return {};
}

Result<void> write_folder(const fs::path& folder, const StaticCopy& copy) {
  const fs::path whole = fs::absolute(folder).lexically_normal();
  const fs::path target = whole.has_filename() ? whole : whole.parent_path();
  const Folder parent(target.parent_path());
  if (!parent.is_open()) return io_error("open", target.parent_path(), errno);
  if (!parent.lock()) {
    return fail(Errc::Conflict, fmt::format("another copy is being written in {}; try again",
                                            target.parent_path().string()));
  }
  const fs::path fresh = target.parent_path() / fmt::format(".{}.new", target.filename().string());
  std::error_code ec;
  fs::remove_all(fresh, ec);  // of a writer that was killed
  fs::create_directory(fresh, ec);
  if (ec) return io_error("create", fresh, ec.value());
  auto written = write_one(fresh / kFolderMark, copy.mark + "\n");
  if (written) written = write_files(fresh, copy);
  if (written) written = sync_all(fresh);
  if (written) written = take_place(fresh, target);
  if (!written) fs::remove_all(fresh, ec);
  if (written && !parent.sync()) return io_error("sync", target.parent_path(), errno);
  return written;
}

}  // namespace dienstbereit::publish
