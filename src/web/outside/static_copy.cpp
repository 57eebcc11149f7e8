// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "web/outside/static_copy.h"

#include <algorithm>
#include <array>
#include <unordered_map>

#include <fmt/format.h>

#include "base/hash.h"
#include "web/documents.h"
#include "web/edition.h"
#include "web/outside/feeds.h"
#include "web/outside/statuspage.h"
#include "web/pages/parts.h"
#include "web/pages/style.h"

namespace dienstbereit::web {
namespace {

using words::Language;

constexpr std::array<std::string_view, 6> kData{"/api/v1/situation", "/api/v1/offices",
                                                "/api/v1/sites",     "/api/v1/places",
                                                "/api/v1/services",  "/api/v1/words"};
constexpr std::string_view kIcon = "/favicon.svg";
constexpr std::string_view kCharset = "<meta charset=\"utf-8\">";

// Where each address of the served pages lies in the copy.
using Layout = std::vector<std::pair<std::string, std::string>>;

std::string page_file(const std::string& path) {
  return path.ends_with('/') ? path.substr(1) + "index.html" : path.substr(1) + ".html";
}

Layout layout_of(const District& district) {
  Layout all;
  const auto as_it_is = [&](std::string_view path) { all.emplace_back(path, path.substr(1)); };
  for (const std::string_view path : kData) {
    all.emplace_back(path, std::string(path.substr(1)) + ".json");
  }
  for (const std::string_view path : kStatuspagePaths) as_it_is(path);
  for (const Language language : {Language::De, Language::En}) {
    as_it_is(feed_path(FeedForm::Atom, language));
    as_it_is(feed_path(FeedForm::Rss, language));
  }
  as_it_is(kIcon);
  for (const Language language : {Language::De, Language::En}) {
    for (const Office& office : district.offices) {
      const std::string path = office_path(language, office.id);
      all.emplace_back(path, page_file(path));
    }
    for (const Site& site : district.sites) {
      const std::string path = site_path(language, site.id);
      all.emplace_back(path, page_file(path));
    }
  }
  for (const Language language : {Language::En, Language::De}) {
    for (const std::string& path : {accessibility_path(language), news_path(language)}) {
      all.emplace_back(path, page_file(path));
    }
  }
  for (const Language language : {Language::En, Language::De}) {
    all.emplace_back(home_path(language), page_file(home_path(language)));
  }
  return all;
}

// Turns addresses of the served pages into what leads to the same from within one file.
class Linker {
 public:
  Linker(const Layout& layout, std::string base) : base_(std::move(base)) {
    for (const auto& [path, file] : layout) files_.emplace(path, file);
  }

  // Html escapes quotes everywhere but in its own markup, so an attribute is found by its bytes.
  std::string linked(std::string_view html, const std::string& file) const {
    std::string out;
    for (;;) {
      const auto [at, size] = next_attribute(html);
      if (at == std::string_view::npos) break;
      const auto end = html.find('"', at + size);
      out += html.substr(0, at + size);
      out += target(html.substr(at + size, end - at - size), file);
      html.remove_prefix(end);
    }
    out += html;
    return out;
  }

 private:
  static std::pair<std::size_t, std::size_t> next_attribute(std::string_view html) {
    constexpr std::array<std::string_view, 2> kNames{" href=\"/", " action=\"/"};
    std::pair<std::size_t, std::size_t> first{std::string_view::npos, 0};
    for (const std::string_view name : kNames) {
      const auto at = html.find(name);
      if (at < first.first) first = {at, name.size() - 1};  // the slash belongs to the address
    }
    return first;
  }

  std::string target(std::string_view path, const std::string& file) const {
    const auto found = files_.find(std::string(path));
    // What is no part of the copy is at home only.
    if (found == files_.end()) return base_ + std::string(path.substr(1));
    std::string out;
    for (auto depth = std::count(file.begin(), file.end(), '/'); depth > 0; --depth) out += "../";
    return out + found->second;
  }

  std::unordered_map<std::string, std::string> files_;
  std::string base_;
};

std::string mark_of(const Situation& situation, Instant now) {
  return fmt::format("{}-{}-{}", situation.head, situation.seq, now.time_since_epoch().count());
}

// Says in the page itself which copy it is, for those who prove that it is served.
std::string marked(std::string html, const std::string& mark) {
  const auto at = html.find(kCharset);
  if (at == std::string::npos) return html;
  return html.insert(at + kCharset.size(),
                     fmt::format("<meta name=\"dienstbereit-copy\" content=\"{}\">", mark));
}

}  // namespace

StaticCopy static_copy(std::shared_ptr<const Situation> situation, Instant now,
                       const CopyOptions& options) {
  const District& district = *situation->district;
  StaticCopy copy;
  copy.mark = mark_of(*situation, now);
  copy.valid_until = now + options.valid_for;
  const std::string& check_at =
      options.check_at.empty() ? district.administration.public_url : options.check_at;
  const Layout layout = layout_of(district);
  const Linker linker(layout, base_address(district));
  Edition edition(std::move(situation), now, false, view::CopyNote{copy.valid_until, check_at});
  for (const auto& [path, file] : layout) {
    if (path == kIcon) {
      copy.files.push_back({file, std::string(icon())});
      continue;
    }
    const PayloadPtr payload = edition.find(path, Encoding::Identity);
    if (!payload) continue;
    const bool page = file.ends_with(".html");
    copy.files.push_back({file, page ? marked(linker.linked(payload->body(), file), copy.mark)
                                     : std::string(payload->body())});
  }
  return copy;
}

std::string fingerprint(const Situation& situation, Instant now) {
  view::Overview overview = view::overview(situation, now);
  const view::PublicHistory history = view::public_history(situation);
  overview.stamp.as_of = Instant();
  overview.stamp.next_update = Instant();
  overview.stamp.seq = 0;
  overview.stamp.head.clear();
  std::string all;
  for (const std::string_view path : kData) {
    all += document(situation, overview, now, path).value_or("");
  }
  all += feed({FeedForm::Atom, Language::De}, overview, history);
  return to_hex(sha256(all));
}

}  // namespace dienstbereit::web
