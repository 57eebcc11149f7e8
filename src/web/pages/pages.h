// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>

#include "view/pages.h"
#include "words/language.h"

namespace dienstbereit::web {

// A page of whole HTML: style inside, no script but JSON-LD data, at most kPageBytesMax.
//
// There is no automatic reload: a page that changes under a reader breaks WCAG 2.2.4 and 3.2.5, and
// loses the place of a screen reader. Each page says how old it is, when news is due, and carries a
// link that loads it again; programs follow /api/v1/events.
std::string overview_html(const view::Overview& overview, words::Language language);
// `situation` is the one that `page` was made from.
std::string office_html(const view::OfficePage& page, const Situation& situation,
                        words::Language language);
std::string site_html(const view::SitePage& page, const Situation& situation,
                      words::Language language);

// All published statements, newest first.
std::string news_html(const Situation& situation, const view::Stamp& stamp,
                      words::Language language);

// Before the first situation is known: the program replays its journal.
std::string starting_html(words::Language language);
// What a status code means, in both languages since the reader's is not known; `language` first.
std::string error_html(int status, words::Language language);

// Lists beyond this are shortened, and say where the rest stands.
inline constexpr std::size_t kPageBytesMax = 60'000;

}  // namespace dienstbereit::web
