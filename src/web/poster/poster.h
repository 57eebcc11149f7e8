// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>

#include "base/result.h"

namespace dienstbereit::web {

struct PosterText {
  std::string title;  // also the document's title
  std::string body;   // paragraphs set apart by empty lines
  std::string author;  // may be empty
};

// One A4 page for a door as PDF, as large as the text admits, down to kSmallestPrint points; what
// does not fit even then is cut. The font is embedded. Unavailable: the font is not installed (the
// message says what to install).
inline constexpr float kLargestPrint = 34;
inline constexpr float kSmallestPrint = 12;
Result<std::string> poster_pdf(const PosterText& text);

}  // namespace dienstbereit::web
