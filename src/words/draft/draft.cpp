// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "words/draft/draft.h"

#include "base/assert.h"
#include "base/text.h"
#include "words/draft/kinds.h"

namespace dienstbereit::words {
namespace {

using drafts::Teller;
using drafts::Text;

// As core/incident bounds a statement; kept some bytes below.
constexpr std::size_t kLongestTitle = 190;
constexpr std::size_t kLongestBody = 19'000;

Text written(StatementKind kind, const Teller& teller) {
  switch (kind) {
    case StatementKind::Holding:
      return drafts::holding(teller);
    case StatementKind::Short:
      return drafts::brief(teller);
    case StatementKind::Long:
      return drafts::full(teller);
    case StatementKind::Press:
      return drafts::press(teller);
    case StatementKind::Poster:
      return drafts::poster(teller);
    case StatementKind::Phone:
      return drafts::phone(teller);
    case StatementKind::Internal:
      return drafts::internal(teller);
    case StatementKind::Simple:
      return drafts::simple(teller);
    case StatementKind::Breach:
      return drafts::breach(teller);
    case StatementKind::Cap:
      break;
  }
  dienstbereit_assert(false);
}

// An exercise says so before anything else.
Text marked(const Teller& teller, Text text) {
  if (!teller.facts().exercise) return text;
  text.title = words::text(teller.language(), "draft.exercise_title", {{"title", text.title}});
  text.body = teller.exercise() + "\n\n" + text.body;
  return text;
}

Teller::For readers_of(StatementKind kind) {
  const bool inside = kind == StatementKind::Internal || kind == StatementKind::Breach;
  return inside ? Teller::For::House : Teller::For::Public;
}

bool tells_of_repairs(StatementKind kind) {
  return kind == StatementKind::Short || kind == StatementKind::Long ||
         kind == StatementKind::Press || kind == StatementKind::Cap;
}

}  // namespace

Draft draft(StatementKind kind, const DraftFacts& facts) {
  const Teller german(Language::De, facts, readers_of(kind));
  const Teller english(Language::En, facts, readers_of(kind));
  Draft made;
  if (kind == StatementKind::Cap) {
    const Text document = drafts::cap(german, english);
    made.title_de = clean(document.title, kLongestTitle);
    made.title_en = clean(drafts::cap(english, english).title, kLongestTitle);
    made.de = made.en = document.body;
  } else {
    const Text de = marked(german, written(kind, german));
    const Text en = marked(english, written(kind, english));
    made.title_de = clean(de.title, kLongestTitle);
    made.title_en = clean(en.title, kLongestTitle);
    made.de = clean(de.body, kLongestBody);
    made.en = clean(en.body, kLongestBody);
  }
  made.next_information = drafts::next_information(facts);
  made.based_on = facts.based_on;
  made.notes_de = german.notes(tells_of_repairs(kind));
  made.notes_en = english.notes(tells_of_repairs(kind));
  return made;
}

}  // namespace dienstbereit::words
