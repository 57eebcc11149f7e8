// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "model/district.h"

namespace dienstbereit::words {

enum class Language : std::uint8_t { De, En };
// For HTML's lang attribute, URLs and JSON: "de", "en".
const char* code_of(Language language);

// A piece of text and the language it really is in: German where the district has no English.
struct Phrase {
  std::string text;
  Language language = Language::De;
  bool empty() const { return text.empty(); }
};

// A text whose pieces may differ in language; a page puts lang="de" on those that do.
using Phrases = std::vector<Phrase>;
std::string plain(const Phrases& phrases);

// The wording in `language`, else the German one, marked.
Phrase say(const Wording& wording, Language language);

}  // namespace dienstbereit::words
