// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "words/catalogue.h"
#include "words/words.h"

namespace dienstbereit::words {

const char* code_of(Language language) { return language == Language::De ? "de" : "en"; }

std::string plain(const Phrases& phrases) {
  std::string all;
  for (const Phrase& phrase : phrases) all += phrase.text;
  return all;
}

Phrase say(const Wording& wording, Language language) {
  if (language == Language::En && !wording.en.empty()) return {wording.en, Language::En};
  return {wording.de, Language::De};
}

Voice::Voice(Language language, const District& district, Instant now)
    : language_(language), district_(district), zone_(view::zone_of(district)), now_(now) {}

Voice::Voice(Language language, const view::Stamp& stamp)
    : Voice(language, *stamp.district, stamp.now) {}

std::string label(Language language, std::string_view key) { return text(language, key); }

std::string marked(Language language, bool exercise, std::string title) {
  return exercise ? text(language, "exercise.marked", {{"text", std::move(title)}}) : title;
}

}  // namespace dienstbereit::words
