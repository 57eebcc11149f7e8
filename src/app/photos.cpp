// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "app/photos.h"

#include <algorithm>

#include <fmt/format.h>

#include "accounts/secrets.h"
#include "base/file.h"
#include "web/operate/picture.h"

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

Error missing(const std::string& id) {
  return Error(Errc::NotFound, fmt::format("there is no photo '{}'; it may have been erased", id));
}

}  // namespace

Result<fs::path> Photos::path_of(const std::string& id) const {
  if (!is_id(id)) return tl::unexpected(missing("?"));
  return folder_ / id;
}

Result<std::string> Photos::keep(const std::string& picture) {
  std::error_code failed;
  fs::create_directories(folder_, failed);
  if (!failed) fs::permissions(folder_, fs::perms::owner_all, failed);
  if (failed) {
    return fail(Errc::Io, fmt::format("cannot make {}: {}", folder_.string(), failed.message()));
  }
  const auto entries = fs::directory_iterator(folder_, failed);
  if (failed ||
      std::distance(fs::begin(entries), fs::end(entries)) >= static_cast<std::ptrdiff_t>(kMost)) {
    return fail(Errc::LimitExceeded,
                fmt::format("{} holds {} photos, the most there can be; erase some",
                            folder_.string(), kMost));
  }
  const std::string id = accounts::random_token();
  if (auto kept = write_file(folder_ / id, picture); !kept) return tl::unexpected(kept.error());
  return id;
}

Result<std::string> Photos::find(const std::string& id) const {
  const auto path = path_of(id);
  if (!path) return tl::unexpected(path.error());
  auto picture = read_file(*path, web::operate::kPictureBytesMax);
  if (!picture) return tl::unexpected(missing(id));
  return picture;
}

Result<std::string> Photos::erase(const std::string& id) {
  const auto path = path_of(id);
  if (!path) return tl::unexpected(path.error());
  std::error_code failed;
  if (!fs::remove(*path, failed) || failed) return tl::unexpected(missing(id));
  return std::string();
}

}  // namespace dienstbereit::app
