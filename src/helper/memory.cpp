// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "helper/memory.h"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "base/file.h"
#include "base/text.h"
#include "helper/protocol.h"

namespace dienstbereit::helper {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kFileSize = 8u << 10;
constexpr std::size_t kLongestWhat = 4u << 10;  // bytes of a command with its values
constexpr auto kKeptFor = std::chrono::hours(24 * 90);

Error io_error(const fs::path& path, const char* what) {
  return Error(Errc::Io, fmt::format("cannot {} {}: {}; nothing is carried out that could not be "
                                     "remembered. Make room, or look at the disk",
                                     what, path.string(), std::strerror(errno)));
}

// The folder's own entry for a new file.
bool sync_folder(const fs::path& folder) {
  const int fd = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return false;
  const bool synced = ::fsync(fd) == 0;
  ::close(fd);
  return synced;
}

void drop_old(const fs::path& folder) {
  std::error_code error;
  const auto now = fs::file_time_type::clock::now();
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    std::error_code ignored;
    const auto written = entry.last_write_time(ignored);
    if (!ignored && now - written > kKeptFor) fs::remove(entry.path(), ignored);
  }
}

}  // namespace

Result<Memory> Memory::open(const fs::path& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) {
    return fail(Errc::Io, fmt::format("cannot make {}: {}", folder.string(), error.message()));
  }
  fs::permissions(folder, fs::perms::owner_all, error);
  drop_old(folder);
  return Memory(folder);
}

// Two lines: what was begun, and how it ended.
Result<std::optional<Memory::Known>> Memory::find(const std::string& key) const {
  auto text = read_file(folder_ / key, kFileSize);
  if (!text && text.error().code == Errc::NotFound) return std::optional<Known>();
  if (!text) return tl::unexpected(text.error());
  const auto lines = split(*text, '\n');
  Known known{std::string(lines[0]), std::nullopt};
  if (lines.size() > 1) {
    if (auto ended = parse_result(trim(lines[1]))) known.ended = std::move(*ended);
  }
  return std::optional(std::move(known));
}

Result<void> Memory::write(const std::string& key, std::string text, int flags) const {
  const fs::path path = folder_ / key;
  text.resize(std::max(text.size(), kFileSize), ' ');
  const int fd = ::open(path.c_str(), O_WRONLY | O_CLOEXEC | flags, 0600);
  if (fd < 0) return tl::unexpected(io_error(path, "open"));
  const bool written =
      ::pwrite(fd, text.data(), text.size(), 0) == static_cast<ssize_t>(text.size()) &&
      ::fsync(fd) == 0;
  const Error failure = io_error(path, "write");
  ::close(fd);
  if (written && sync_folder(folder_)) return {};
  if ((flags & O_EXCL) != 0) ::unlink(path.c_str());
  return tl::unexpected(failure);
}

Result<void> Memory::begin(const std::string& key, const std::string& what, bool again) const {
  if (what.size() > kLongestWhat) {
    return fail(Errc::LimitExceeded, "the command's values are too long to be remembered");
  }
  return write(key, what + "\n", again ? 0 : O_CREAT | O_EXCL);
}

Result<void> Memory::end(const std::string& key, const std::string& what,
                         const ActionResult& result) const {
  std::string line = to_line(result);
  if (what.size() + line.size() + 1 > kFileSize) {
    ActionResult brief = result;
    brief.detail.clear();
    line = to_line(brief);
  }
  return write(key, what + "\n" + line, 0);
}

}  // namespace dienstbereit::helper
