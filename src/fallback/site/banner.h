// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>
#include <vector>

#include "fallback/site/rewrite.h"

namespace dienstbereit::fallback::site {

// What readers of the fallback are told in one language, worded by the caller: plain text.
struct Told {
  PageLanguage language = PageLanguage::German;
  std::string label;                // "Hinweis": names the banner for screen readers
  std::string lead;                 // that this is a copy, and of when; empty in the dark site
  std::string state;                // how things stand
  std::vector<std::string> notes;   // stale, what works, the district's own sentence
  std::string as_of;                // "Stand: ..."
  std::string status_url;           // empty: no link
  std::string status_label;
  std::string title;     // of the dark page and of pages that are not there
  std::string contact;   // how to reach the administration
  std::string missing;   // that an address is not in the copy
  std::string refused;   // that nothing can be sent here
  std::string off;       // that nothing is served here just now
  std::string start_label;  // of the link to the first page
};

// The banner as an element of a page in any charset: styled in itself, so that no style sheet of
// the page is needed, and few can hide it.
std::string banner_html(const Told& told);

// A whole page that says `sentence` and what the banner says.
std::string small_page(const Told& told, const std::string& sentence, bool links_to_start);

}  // namespace dienstbereit::fallback::site
