// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace dienstbereit::fallback::site {

inline constexpr std::size_t kLargestPage = 8u << 20;  // bytes of HTML; a larger one is left out

enum class PageLanguage : std::uint8_t { German, English };

// Where the banner goes, in the language of the page: the only comments of a prepared page.
inline constexpr std::string_view kBannerDe = "<!--@de-->";
inline constexpr std::string_view kBannerEn = "<!--@en-->";
// The id of the banner's element. A page that has it already is one of ours.
inline constexpr std::string_view kBannerId = "dienstbereit-banner";

// The content security policy of every page: nothing runs, nothing is sent, nothing is fetched from
// elsewhere.
inline constexpr std::string_view kPagePolicy =
    "default-src 'none'; img-src 'self' data:; font-src 'self' data:; style-src 'self' "
    "'unsafe-inline'; media-src 'self'; script-src 'none'; object-src 'none'; frame-src 'none'; "
    "connect-src 'none'; form-action 'none'; base-uri 'none'";

// What readers are told, in one language.
struct Sentences {
  std::string form;  // why a form is switched off
  std::string frame;  // that something embedded is not shown
};

struct RewriteOptions {
  // "www.example.de", "127.0.0.1:8081": addresses there become addresses of the copy.
  std::vector<std::string> own_hosts;
  // True if the copy holds this address: absolute path with query, decoded. Null: all.
  std::function<bool(std::string_view path)> holds;
  Sentences de;
  Sentences en;
  // The page's own address within the copy, "/a/b.html", for relative ones.
  std::string path = "/";
};

struct Page {
  std::string html;
  std::string charset;  // "utf-8", "windows-1252", "iso-8859-1", "iso-8859-15"
  PageLanguage language = PageLanguage::German;
  std::string title;  // as written
  unsigned forms = 0;  // switched off
};

// UTF-8 as ASCII that means the same in a page of any charset.
std::string ascii_html(std::string_view text);

// A fetched page made harmless and quiet: no script in any form, no element that loads or leads
// elsewhere by itself, forms switched off with a sentence why, places of the banner and of the
// policy set. What comes out parses in one way only: text without '<', quoted attributes, no
// comment but ours. Pure. Fails for what is no page: a NUL byte, or more than kLargestPage.
Result<Page> rewrite(std::string_view html, const RewriteOptions& options);

}  // namespace dienstbereit::fallback::site
