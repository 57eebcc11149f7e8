// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "base/file.h"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

namespace dienstbereit {
namespace {

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return fd_; }

 private:
  int fd_;
};

tl::unexpected<Error> io_error(const std::filesystem::path& path, const char* what) {
  const Errc code = errno == ENOENT ? Errc::NotFound : errno == EACCES ? Errc::Denied : Errc::Io;
  return fail(code, fmt::format("cannot {} {}: {}", what, path.string(), std::strerror(errno)));
}

bool write_all(int fd, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(fd, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

}  // namespace

Result<std::string> read_file(const std::filesystem::path& path, std::size_t limit) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (file.get() < 0) return io_error(path, "open");
  struct stat info{};
  if (::fstat(file.get(), &info) != 0) return io_error(path, "read");
  if (!S_ISREG(info.st_mode)) {
    return fail(Errc::InvalidInput, fmt::format("{} is not a regular file", path.string()));
  }
  std::string text;
  char buffer[65536];
  while (true) {
    const ssize_t got = ::read(file.get(), buffer, sizeof buffer);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return io_error(path, "read");
    if (got == 0) return text;
    if (text.size() + static_cast<std::size_t>(got) > limit) {
      return fail(
          Errc::LimitExceeded,
          fmt::format("{} is larger than {} bytes, the most that is read", path.string(), limit));
    }
    text.append(buffer, static_cast<std::size_t>(got));
  }
}

Result<void> write_file(const std::filesystem::path& path, std::string_view text) {
  const std::filesystem::path neighbour = path.string() + ".new";
  {
    const Descriptor file(
        ::open(neighbour.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644));
    if (file.get() < 0) {
      return errno == ENOENT ? fail(Errc::NotFound, fmt::format("cannot create {}: its folder does "
                                                                "not exist; make it first",
                                                                path.string()))
                             : io_error(path, "create");
    }
    if (!write_all(file.get(), text) || ::fsync(file.get()) != 0) {
      return io_error(path, "write");
    }
  }
  if (::rename(neighbour.c_str(), path.c_str()) != 0) return io_error(path, "replace");
  return {};
}

}  // namespace dienstbereit
