// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <fmt/format.h>

#include "words/catalogue.h"
#include "words/words.h"

namespace dienstbereit::words {

Phrase title_of(const Voice& voice, const view::PublicUpdate& update) {
  const Language language = voice.language();
  if (!update.word) return say(update.title, language);
  return {text(language, "update.word",
               {{"scope", scope_name(voice, update.word->scope)},
                {"word", said(language, update.word->said)}}),
          language};
}

Phrases body_of(const Voice& voice, const view::PublicUpdate& update) {
  if (update.word) return word_sentence(voice, *update.word);
  return {say(update.body, voice.language())};
}

std::string repair_title(Language language, const Wording& incident) {
  return text(language, "update.repair", {{"name", say(incident, language).text}});
}

std::string feed_title(Language language, const Wording& administration) {
  return text(language, "feed.title", {{"name", say(administration, language).text}});
}

std::string accessibility_scope(Language language, const Wording& administration) {
  return text(language, "access.scope", {{"name", say(administration, language).text}});
}

std::string accessibility_reviewed(const Voice& voice, const std::string& iso_day) {
  const auto day = parse_day(iso_day);
  if (!day) return {};
  const date::year_month_day date(*day);
  const unsigned month = static_cast<unsigned>(date.month());
  const bool german = voice.language() == Language::De;
  return text(
      voice.language(), "access.reviewed",
      {{"day", fmt::format("{}{} {} {}", static_cast<unsigned>(date.day()), german ? "." : "",
                           text(voice.language(), "month.long." + std::to_string(month)),
                           static_cast<int>(date.year()))}});
}

}  // namespace dienstbereit::words
