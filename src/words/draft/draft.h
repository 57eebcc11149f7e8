// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/record/record.h"
#include "model/situation.h"

namespace dienstbereit::words {

// Drafts of statements from the record alone (docs/formats/statements.md). Pure: facts in, texts
// out. A person edits and publishes them.

// What a draft is made from; nothing else is read. Times are civil.
struct DraftFacts {
  const District& district;
  const Record& record;
  const Incident* incident;    // nullptr: nothing known yet
  const Situation& situation;  // the one that the public pages show
  Instant now;
  bool exercise = false;
  std::uint64_t based_on = 0;  // last event behind the facts
  // When more will be told, where a person has said so; else the record's next report, else soon.
  std::optional<Instant> next_information = std::nullopt;
};

// Plain text, paragraphs set apart by empty lines; of a CAP draft XML, the same in `de` and `en`.
// Fits the bounds of a statement whatever the facts say.
struct Draft {
  std::string title_de, title_en;
  std::string de, en;
  std::optional<Instant> next_information;
  std::uint64_t based_on = 0;
  // For who edits it, never for the public: what stands behind vague phrases, what is missing.
  std::vector<std::string> notes_de, notes_en;
};

Draft draft(StatementKind kind, const DraftFacts& facts);

// Lines of "einfache Sprache" that break its rules: more than kSimpleWords words, a subjunctive,
// more than one sentence. `german`: the language whose subjunctives are looked for.
inline constexpr std::size_t kSimpleWords = 12;
std::vector<std::string> not_simple(std::string_view text, bool german);

}  // namespace dienstbereit::words
