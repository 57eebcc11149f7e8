// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "app/drawer.h"

#include <algorithm>

#include <fmt/format.h>

#include "accounts/secrets.h"
#include "base/file.h"

namespace dienstbereit::app {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kLongestId = 64;

bool is_id(const std::string& text) {
  return !text.empty() && text.size() <= kLongestId &&
         std::all_of(text.begin(), text.end(), [](unsigned char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                  c == '-' || c == '_';
         });
}

std::vector<fs::path> files_in(const fs::path& folder) {
  std::error_code failed;
  std::vector<fs::path> files;
  for (auto it = fs::directory_iterator(folder, failed); !failed && it != fs::directory_iterator();
       it.increment(failed)) {
    if (is_id(it->path().filename().string())) files.push_back(it->path());
  }
  return files;
}

}  // namespace

Result<fs::path> Drawer::path_of(const std::string& id) const {
  if (!is_id(id)) return fail(Errc::NotFound, "this is no id");
  return folder_ / id;
}

Result<std::string> Drawer::keep(const std::string& content) {
  std::error_code failed;
  fs::create_directories(folder_, failed);
  if (!failed) fs::permissions(folder_, fs::perms::owner_all, failed);
  if (failed) {
    return fail(Errc::Io, fmt::format("cannot make {}: {}", folder_.string(), failed.message()));
  }
  if (content.size() > bounds_.bytes || files_in(folder_).size() >= bounds_.most) {
    return fail(Errc::LimitExceeded,
                fmt::format("{} holds at most {} files of {} bytes; erase some", folder_.string(),
                            bounds_.most, bounds_.bytes));
  }
  const std::string id = accounts::random_token();
  if (auto kept = write_file(folder_ / id, content); !kept) return tl::unexpected(kept.error());
  return id;
}

Result<std::string> Drawer::find(const std::string& id) const {
  const auto path = path_of(id);
  if (!path) return tl::unexpected(path.error());
  return read_file(*path, bounds_.bytes);
}

Result<std::string> Drawer::erase(const std::string& id) {
  const auto path = path_of(id);
  if (!path) return tl::unexpected(path.error());
  std::error_code failed;
  if (!fs::remove(*path, failed) || failed) {
    return fail(Errc::NotFound, fmt::format("there is no '{}'; it may be erased already", id));
  }
  return std::string();
}

std::vector<std::pair<std::string, std::string>> Drawer::all() const {
  std::vector<fs::path> files = files_in(folder_);
  std::sort(files.begin(), files.end(), [](const fs::path& a, const fs::path& b) {
    std::error_code ignored;
    return fs::last_write_time(a, ignored) < fs::last_write_time(b, ignored);
  });
  std::vector<std::pair<std::string, std::string>> contents;
  for (const fs::path& file : files) {
    if (auto content = read_file(file, bounds_.bytes)) {
      contents.emplace_back(file.filename().string(), std::move(*content));
    }
  }
  return contents;
}

}  // namespace dienstbereit::app
