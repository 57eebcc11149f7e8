// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>

#include "view/pages.h"
#include "words/language.h"

namespace dienstbereit::web {

// The accessibility statement, with a way to report barriers that needs no mail of the house
// (Directive (EU) 2016/2102, BGG NRW, BITVNRW).
std::string accessibility_html(const view::Stamp& stamp, words::Language language);

}  // namespace dienstbereit::web
