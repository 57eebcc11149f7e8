// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "words/catalogue.h"
#include "words/words.h"

namespace dienstbereit::words {
namespace {

const char* key_of(view::UpdateKind kind) {
  switch (kind) {
    case view::UpdateKind::Investigating:
      return "update.investigating";
    case view::UpdateKind::Identified:
      return "update.identified";
    case view::UpdateKind::Monitoring:
      return "update.monitoring";
    case view::UpdateKind::Resolved:
      return "update.resolved";
    case view::UpdateKind::Postmortem:
      return "update.postmortem";
    case view::UpdateKind::Scheduled:
      return "update.scheduled";
    case view::UpdateKind::InProgress:
      return "update.in_progress";
    case view::UpdateKind::Verifying:
      return "update.verifying";
    case view::UpdateKind::Completed:
      return "update.completed";
    case view::UpdateKind::Word:
      break;
  }
  return nullptr;
}

}  // namespace

std::string kind_of(Language language, view::UpdateKind kind) {
  const char* key = key_of(kind);
  return key == nullptr ? std::string() : text(language, key);
}

Phrase title_of(const Voice& voice, const view::PublicUpdate& update) {
  const Language language = voice.language();
  if (update.word) {
    return {text(language, "update.word",
                 {{"scope", scope_name(voice, update.word->scope)},
                  {"word", said(language, update.word->said)}}),
            language};
  }
  const Phrase name = say(update.title, language);
  const std::string kind = kind_of(language, update.kind);
  if (kind.empty()) return name;
  return {text(language, "update.incident", {{"name", name.text}, {"kind", kind}}), name.language};
}

Phrases body_of(const Voice& voice, const view::PublicUpdate& update) {
  if (update.word) return word_sentence(voice, *update.word);
  return {say(update.body, voice.language())};
}

std::string feed_title(Language language, const Wording& administration) {
  return text(language, "feed.title", {{"name", say(administration, language).text}});
}

}  // namespace dienstbereit::words
