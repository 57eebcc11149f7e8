// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>
#include <string_view>

#include "view/pages.h"
#include "words/language.h"

namespace dienstbereit::web {

// The accessibility statement, with a way to report barriers that needs no mail of the house
// (Directive (EU) 2016/2102, BGG NRW, BITVNRW).
std::string accessibility_html(const view::Stamp& stamp, words::Language language);

// What became of a report: the text of `answer`.
std::string feedback_html(const view::Stamp& stamp, words::Language language,
                          std::string_view answer);

}  // namespace dienstbereit::web
