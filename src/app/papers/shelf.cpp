// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "app/papers/shelf.h"

#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/file.h"
#include "handbook/pack.h"
#include "handbook/seal.h"
#include "view/stamp.h"

namespace dienstbereit::app {
namespace {

namespace fs = std::filesystem;

constexpr const char* kBook = "shelf.json";
constexpr std::size_t kLargestBook = 1u << 20;
constexpr std::size_t kMostFiles = 10'000;  // looked at in one folder
constexpr std::string_view kUnfinished = ".new";  // of write_file

fs::path book_of(const fs::path& data) { return data / kBook; }

}  // namespace

Shelf::Shelf(fs::path folder, SiteId site, TimeZone zone)
    : folder_(std::move(folder)), site_(std::move(site)), zone_(std::move(zone)) {}

fs::path Shelf::path_of(Instant made) const {
  return folder_ / handbook::pack_name(site_, made, zone_);
}

std::optional<Instant> Shelf::newest() const {
  std::optional<Instant> newest;
  std::error_code ec;
  std::size_t seen = 0;
  for (fs::directory_iterator it(folder_, ec), end; !ec && it != end && seen < kMostFiles;
       it.increment(ec), ++seen) {
    const auto made = handbook::made_of(it->path().filename().string(), site_, zone_);
    if (made && (!newest || *made > *newest)) newest = made;
  }
  return newest;
}

Result<void> Shelf::put(Instant made, const std::string& page) const {
  const fs::path path = path_of(made);
  if (auto written = write_file(path, page); !written) return written;
  const auto back = read_file(path, page.size());
  if (back && *back == page) return {};
  std::error_code ec;
  fs::remove(path, ec);
  return fail(Errc::Io, fmt::format("{} reads otherwise than it was written", path.string()));
}

void Shelf::prune(Instant before) const {
  const auto keep = newest();
  std::vector<fs::path> old;
  std::error_code ec;
  for (fs::directory_iterator it(folder_, ec), end; !ec && it != end; it.increment(ec)) {
    std::string name = it->path().filename().string();
    const bool unfinished = name.ends_with(kUnfinished);
    if (unfinished) name.resize(name.size() - kUnfinished.size());
    const auto made = handbook::made_of(name, site_, zone_);
    if (made && *made < before && (unfinished || made != keep)) old.push_back(it->path());
  }
  for (const fs::path& path : old) fs::remove(path, ec);
}

fs::path shelf_folder(const fs::path& data, const SiteId& site) {
  return data / "packs" / site.str();
}

Result<PaperBook> PaperBook::read(const fs::path& data) {
  const fs::path path = book_of(data);
  if (!fs::exists(path)) return fail(Errc::NotFound, "no papers were made yet");
  const auto text = read_file(path, kLargestBook);
  if (!text) return tl::unexpected(text.error());
  const auto json = nlohmann::json::parse(*text, nullptr, false);
  const auto corrupt = [&] {
    return fail(Errc::Corrupt, fmt::format("{} is no book of papers", path.string()));
  };
  if (!json.is_object()) return corrupt();
  PaperBook book;
  if (const auto at = json.find("handbook"); at != json.end() && at->is_string()) {
    const auto time = parse_rfc3339(at->get<std::string>());
    if (!time) return corrupt();
    book.handbook = *time;
  }
  const auto forms = json.find("forms");
  if (forms == json.end()) return book;
  if (!forms->is_object()) return corrupt();
  for (const auto& [site, given] : forms->items()) {
    const bool sound = given.is_object() && given.contains("day") && given["day"].is_string() &&
                       given.contains("given") && given["given"].is_number_unsigned();
    if (!sound) return corrupt();
    book.forms[SiteId(site)] = {given["day"].get<std::string>(), given["given"].get<unsigned>()};
  }
  return book;
}

Result<void> PaperBook::write(const fs::path& data) const {
  nlohmann::ordered_json json = nlohmann::ordered_json::object();
  if (handbook) json["handbook"] = to_rfc3339(*handbook);
  json["forms"] = nlohmann::ordered_json::object();
  for (const auto& [site, forms_of_site] : forms) {
    json["forms"][site.str()] = {{"day", forms_of_site.day}, {"given", forms_of_site.given}};
  }
  return write_file(book_of(data), json.dump(1) + "\n");
}

void PaperBook::move_aside(const fs::path& data) {
  std::error_code ec;
  fs::rename(book_of(data), book_of(data).string() + ".lost", ec);
}

handbook::Standing standing_of(const District& district, const fs::path& data) {
  handbook::Standing standing;
  if (const auto book = PaperBook::read(data)) standing.handbook = book->handbook;
  const TimeZone zone = view::zone_of(district);
  for (const PackSite& site : district.pack.sites) {
    const fs::path folder = site.to.empty() ? shelf_folder(data, site.site) : fs::path(site.to);
    standing.packs.push_back({site.site, Shelf(folder, site.site, zone).newest(), {}});
  }
  return standing;
}

}  // namespace dienstbereit::app
