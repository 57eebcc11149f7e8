// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "web/edition.h"

#include <optional>

#include "web/documents.h"
#include "web/outside/accessibility.h"
#include "web/outside/feeds.h"
#include "web/outside/statuspage.h"
#include "web/pages/pages.h"
#include "web/pages/parts.h"
#include "web/pages/style.h"

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
  auto page = view::office_page(edition.situation(), OfficeId(std::string(id)), edition.now());
  if (!page) {
    return std::nullopt;
  }
  page->stamp.copy = edition.copy();
  return office_html(*page, edition.situation(), language);
}

std::optional<std::string> site(const Edition& edition, Language language, std::string_view id) {
  auto page = view::site_page(edition.situation(), SiteId(std::string(id)), edition.now());
  if (!page) {
    return std::nullopt;
  }
  page->stamp.copy = edition.copy();
  return site_html(*page, edition.situation(), language);
}

std::optional<std::string> html_at(const Edition& edition, std::string_view path) {
  if (path == "/") return overview_html(edition.overview(), Language::De);
  if (path == "/en/") return overview_html(edition.overview(), Language::En);
  for (const Language language : {Language::De, Language::En}) {
    if (path == accessibility_path(language)) {
      return accessibility_html(edition.overview().stamp, language);
    }
    if (path == news_path(language)) {
      return news_html(edition.situation(), edition.overview().stamp, language);
    }
  }
  if (const auto id = after(path, "/amt/")) return office(edition, Language::De, *id);
  if (const auto id = after(path, "/en/office/")) return office(edition, Language::En, *id);
  if (const auto id = after(path, "/standort/")) return site(edition, Language::De, *id);
  if (const auto id = after(path, "/en/site/")) return site(edition, Language::En, *id);
  return std::nullopt;
}

constexpr PayloadKind kFormPage{"text/html; charset=utf-8", true, true, false,
                                form_page_security_policy};

PayloadKind kind_at(std::string_view path) {
  if (const auto name = feed_at(path)) {
    return name->form == FeedForm::Atom ? kAtomFeed : kRssFeed;
  }
  if (is_open_document(path)) return kOpenJson;
  for (const Language language : {Language::De, Language::En}) {
    if (path == accessibility_path(language)) return kFormPage;
  }
  return path.starts_with("/api/") ? kJsonDocument : kHtmlPage;
}

}  // namespace

bool is_open_document(std::string_view path) {
  return path.starts_with("/api/v2/") || feed_at(path).has_value();
}

Edition::Edition(std::shared_ptr<const Situation> situation, Instant now, bool tls,
                 std::optional<view::CopyNote> copy)
    : situation_(std::move(situation)),
      now_(now),
      tls_(tls),
      copy_(std::move(copy)),
      overview_(view::overview(*situation_, now)) {
  overview_.stamp.copy = copy_;
}

std::optional<std::string> Edition::body_of(std::string_view path) const {
  if (is_open_document(path)) {
    const view::PublicHistory history = view::public_history(*situation_);
    if (const auto name = feed_at(path)) return feed(*name, overview_, history);
    return statuspage_document(*situation_, overview_, history, path);
  }
  if (path.starts_with("/api/")) return document(*situation_, overview_, now_, path);
  return html_at(*this, path);
}

Edition::Entry* Edition::entry_of(std::string_view path) {
  if (const auto found = entries_.find(path); found != entries_.end()) {
    return &found->second;
  }
  const std::optional<std::string> body = body_of(path);
  if (!body) {
    return nullptr;
  }
  const PayloadKind kind = kind_at(path);
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
