// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "web/edition.h"

#include <optional>

#include "web/documents.h"
#include "web/pages/pages.h"

namespace dienstbereit::web {
namespace {

using words::Language;

std::optional<std::string_view> after(std::string_view path, std::string_view prefix) {
  if (!path.starts_with(prefix)) {
    return std::nullopt;
  }
  return path.substr(prefix.size());
}

std::optional<std::string> office(const Edition& edition, Language language, std::string_view id) {
  const auto page =
      view::office_page(edition.situation(), OfficeId(std::string(id)), edition.now());
  if (!page) {
    return std::nullopt;
  }
  return office_html(*page, edition.situation(), language);
}

std::optional<std::string> site(const Edition& edition, Language language, std::string_view id) {
  const auto page = view::site_page(edition.situation(), SiteId(std::string(id)), edition.now());
  if (!page) {
    return std::nullopt;
  }
  return site_html(*page, edition.situation(), language);
}

std::optional<std::string> html_at(const Edition& edition, std::string_view path) {
  if (path == "/") return overview_html(edition.overview(), Language::De);
  if (path == "/en/") return overview_html(edition.overview(), Language::En);
  if (const auto id = after(path, "/amt/")) return office(edition, Language::De, *id);
  if (const auto id = after(path, "/en/office/")) return office(edition, Language::En, *id);
  if (const auto id = after(path, "/standort/")) return site(edition, Language::De, *id);
  if (const auto id = after(path, "/en/site/")) return site(edition, Language::En, *id);
  return std::nullopt;
}

}  // namespace

Edition::Edition(std::shared_ptr<const Situation> situation, Instant now, bool tls)
    : situation_(std::move(situation)),
      now_(now),
      tls_(tls),
      overview_(view::overview(*situation_, now)) {}

Edition::Entry* Edition::entry_of(std::string_view path) {
  if (const auto found = entries_.find(path); found != entries_.end()) {
    return &found->second;
  }
  const bool api = path.starts_with("/api/");
  const std::optional<std::string> body =
      api ? document(*situation_, overview_, now_, path) : html_at(*this, path);
  if (!body) {
    return nullptr;
  }
  const PayloadKind kind = api ? kJsonDocument : kHtmlPage;
  Entry entry{kind, {}};
  entry.ready[0] = make_payload(kind, tls_, *body);
  return &entries_.emplace(std::string(path), std::move(entry)).first->second;
}

PayloadPtr Edition::find(std::string_view path, Encoding encoding) {
  Entry* entry = entry_of(path);
  if (entry == nullptr) {
    return nullptr;
  }
  PayloadPtr& wanted = entry->ready[static_cast<std::size_t>(encoding)];
  if (!wanted) {
    wanted = make_payload(entry->kind, tls_, entry->ready[0]->body(), encoding);
  }
  return wanted;
}

}  // namespace dienstbereit::web
