// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "fallback/site/copy.h"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "base/text.h"
#include "fallback/site/media.h"

namespace dienstbereit::fallback::site {
namespace {

namespace fs = std::filesystem;

constexpr const char* kCurrent = "current";
constexpr const char* kFacts = "copy.txt";
constexpr const char* kDraftPrefix = ".making-";
constexpr std::size_t kLongestFacts = 4096;
constexpr std::size_t kMostCopies = 400;

Error io_error(const std::string& what, const fs::path& path, const std::error_code& error) {
  return Error(Errc::Io, fmt::format("cannot {} '{}': {}", what, path.string(), error.message()));
}

// "files 12" -> 12.
std::uint64_t number_after(std::string_view text, std::string_view key) {
  for (std::string_view line : split(text, '\n')) {
    if (!line.starts_with(key) || line.size() <= key.size() || line[key.size()] != ' ') continue;
    line.remove_prefix(key.size() + 1);
    std::uint64_t value = 0;
    std::from_chars(line.data(), line.data() + line.size(), value);
    return value;
  }
  return 0;
}

// Everything below is on the disk when it returns.
Result<void> sync_all(const fs::path& folder) {
  const int fd = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const bool synced = fd >= 0 && ::syncfs(fd) == 0;
  const int error = errno;
  if (fd >= 0) ::close(fd);
  if (synced) return {};
  return fail(Errc::Io, fmt::format("cannot bring '{}' to the disk: {}", folder.string(),
                                    std::strerror(error)));
}

}  // namespace

// ---- the addresses of one copy -----------------------------------------------------------------

Result<CopyIndex> CopyIndex::read(const fs::path& folder, std::vector<std::string> roots,
                                  std::size_t most_files) {
  CopyIndex index;
  index.roots_ = std::move(roots);
  std::error_code error;
  auto at = fs::recursive_directory_iterator(folder, error);
  for (; !error && at != fs::recursive_directory_iterator(); at.increment(error)) {
    struct stat facts{};
    if (::lstat(at->path().c_str(), &facts) != 0 || !S_ISREG(facts.st_mode)) continue;
    if (index.files_.size() >= most_files) {
      return fail(Errc::LimitExceeded,
                  fmt::format("'{}' holds more than {} files", folder.string(), most_files));
    }
    index.add(folder, at->path().lexically_relative(folder).string(),
              static_cast<std::uint64_t>(facts.st_size), static_cast<std::int64_t>(facts.st_mtime));
  }
  if (error) return tl::unexpected(io_error("read", folder, error));
  // What a page is called without the ending that it got as a file; never over a file's own name.
  for (const auto& file : index.files_) {
    if (!file->page) continue;
    std::string_view name = file->path;
    if (name.ends_with(".html")) name.remove_suffix(5);
    index.by_address_.emplace(name, file.get());
    if (name.ends_with("/index")) name.remove_suffix(5);
    index.by_address_.emplace(name, file.get());
  }
  return index;
}

void CopyIndex::add(const fs::path& folder, std::string path, std::uint64_t size,
                    std::int64_t changed) {
  auto file = std::make_unique<CopyFile>();
  file->size = size;
  file->type = media_type(path);
  if (*file->type == '\0') file->type = sniffed_type(folder / path);
  file->page = std::string_view(file->type) == kPageType;
  file->etag = fmt::format("\"{:x}-{:x}\"", size, changed);
  file->path = std::move(path);
  bytes_ += size;
  by_address_[file->path] = file.get();
  files_.push_back(std::move(file));
}

const CopyFile* CopyIndex::at(std::string_view key) const {
  const auto found = by_address_.find(key);
  return found == by_address_.end() ? nullptr : found->second;
}

const CopyFile* CopyIndex::find_in(const std::string& key, const std::string& query) const {
  if (!query.empty()) {
    for (const char* folder : {"", "index.html"}) {
      if (const CopyFile* file = at(fmt::format("{}{}?{}", key, folder, query))) return file;
    }
  }
  const CopyFile* file = at(key);
  return file != nullptr && (query.empty() || !file->page) ? file : nullptr;
}

const CopyFile* CopyIndex::find(std::string_view path, std::string_view query) const {
  if (!path.starts_with('/')) return nullptr;
  std::string asked(query);
  for (std::size_t at = 0; (at = asked.find('/', at)) != std::string::npos; at += 3) {
    asked.replace(at, 1, "%2F");  // as wget writes it in a name
  }
  for (const std::string& root : roots_) {
    if (const CopyFile* file = find_in(root + std::string(path), asked)) return file;
  }
  return find_in(std::string(path.substr(1)), asked);
}

bool CopyIndex::is_folder(std::string_view path) const {
  return !path.ends_with('/') && find(std::string(path) + "/", "") != nullptr;
}

// ---- the folder of copies ----------------------------------------------------------------------

Result<void> Copies::open() const {
  std::error_code error;
  fs::create_directories(folder_, error);
  if (error) return tl::unexpected(io_error("make the folder", folder_, error));
  for (const auto& entry : fs::directory_iterator(folder_, error)) {
    if (!entry.path().filename().string().starts_with(kDraftPrefix)) continue;
    log::info("homepage: removing {}, which was not finished", entry.path().string());
    std::error_code ignored;
    fs::remove_all(entry.path(), ignored);
  }
  return {};
}

std::vector<HomepageCopy> Copies::list() const {
  std::vector<HomepageCopy> copies;
  std::error_code error;
  for (auto at = fs::directory_iterator(folder_, error);
       !error && at != fs::directory_iterator() && copies.size() < kMostCopies;
       at.increment(error)) {
    const std::string name = at->path().filename().string();
    if (name.starts_with('.') || name == kCurrent) continue;
    const auto facts = read_file(at->path() / kFacts, kLongestFacts);
    if (!facts) continue;
    copies.push_back({name, Instant(Duration(number_after(*facts, "taken_ms"))),
                      number_after(*facts, "files"), number_after(*facts, "bytes")});
  }
  std::sort(copies.begin(), copies.end(), [](const HomepageCopy& a, const HomepageCopy& b) {
    return std::tie(a.taken, a.name) > std::tie(b.taken, b.name);
  });
  return copies;
}

std::string Copies::current() const {
  std::error_code error;
  const fs::path target = fs::read_symlink(folder_ / kCurrent, error);
  if (error || !fs::exists(folder_ / target / kFacts, error)) return {};
  return target.filename().string();
}

Result<Copies::Draft> Copies::begin(const std::string& name) const {
  Draft draft;
  draft.name = name;
  std::error_code error;
  for (int again = 2; fs::exists(folder_ / draft.name, error); ++again) {
    draft.name = fmt::format("{}-{}", name, again);
  }
  draft.folder = folder_ / (kDraftPrefix + draft.name);
  fs::remove_all(draft.folder, error);
  fs::create_directories(draft.folder / kSiteFolder, error);
  if (error) return tl::unexpected(io_error("make the folder", draft.folder, error));
  return draft;
}

Result<void> Copies::finish(const Draft& draft, const HomepageCopy& facts) const {
  const std::string text =
      fmt::format("taken_ms {}\nfiles {}\nbytes {}\n", facts.taken.time_since_epoch().count(),
                  facts.files, facts.bytes);
  if (auto written = write_file(draft.folder / kFacts, text); !written) return written;
  if (auto synced = sync_all(draft.folder); !synced) return synced;
  std::error_code error;
  fs::rename(draft.folder, folder_ / draft.name, error);
  if (error) return tl::unexpected(io_error("rename", draft.folder, error));
  return make_current(draft.name);
}

void Copies::drop(const Draft& draft) const {
  std::error_code ignored;
  fs::remove_all(draft.folder, ignored);
}

Result<void> Copies::make_current(const std::string& copy) const {
  std::error_code error;
  const fs::path next = folder_ / ".current-next";
  fs::remove(next, error);
  fs::create_symlink(copy, next, error);
  if (!error) fs::rename(next, folder_ / kCurrent, error);
  if (error) return tl::unexpected(io_error("turn the link", folder_ / kCurrent, error));
  return sync_all(folder_);
}

std::size_t Copies::prune(std::size_t keep) const {
  const std::vector<HomepageCopy> copies = list();
  const std::string in_use = current();
  std::size_t gone = 0;
  for (std::size_t i = keep; i < copies.size(); ++i) {
    if (copies[i].name == in_use) continue;
    // Out of the list first: a copy that is half gone is none.
    const Draft leaving{copies[i].name, folder_ / (kDraftPrefix + copies[i].name)};
    std::error_code error;
    fs::rename(folder_ / copies[i].name, leaving.folder, error);
    if (error) continue;
    drop(leaving);
    ++gone;
  }
  return gone;
}

}  // namespace dienstbereit::fallback::site
