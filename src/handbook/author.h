// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "handbook/document.h"
#include "handbook/facts.h"
#include "handbook/restart.h"
#include "words/catalogue.h"
#include "words/words.h"

namespace dienstbereit::handbook {

// Writes the parts that handbook and packs share into a document of one language.
class Author {
 public:
  Author(words::Language language, const Facts& facts);

  const Facts& facts() const { return facts_; }
  const District& district() const { return facts_.district(); }
  const words::Voice& voice() const { return voice_; }
  words::Language language() const { return voice_.language(); }
  Document& document() { return document_; }

  // ---- blocks, by keys of the catalogue
  void part(std::string_view key);
  void heading(std::string text);
  void say(std::string_view key, const words::Args& args = {});
  void say(Phrase phrase);
  // The texts KEY.1, KEY.2, ... up to the first that is empty, `count` of them.
  void steps(std::string_view key, unsigned count);
  // Columns are keys, one text of the catalogue each. Without rows nothing is written.
  void table(std::string caption, const std::vector<std::string_view>& columns,
             std::vector<std::vector<Phrase>> rows);

  // ---- phrases
  std::string text(std::string_view key, const words::Args& args = {}) const;
  Phrase own(std::string text) const { return {std::move(text), language()}; }
  Phrase name(const Wording& wording) const { return words::say(wording, language()); }
  // As `written`; a dash where there is nothing.
  Phrase or_dash(std::string written) const;
  Phrase time(const std::optional<Duration>& duration) const;
  // With the year, since paper is read later.
  std::string moment(Instant t) const;

  // ---- parts
  // "Stand ..., gilt bis ..., Journal ... (Nr. ...), Bezirk ..."
  void stamp(std::string_view key, Instant valid_until);
  // What each service of this site gives without IT; empty site: of all.
  void without_it(const SiteId& site);
  void restart(const std::vector<RestartStep>& steps);
  void contacts(const SiteId& site);
  void people();
  void partners(const SiteId& site);

 private:
  void without_it(const Office& office, const SiteId& site);

  const Facts& facts_;
  words::Voice voice_;
  Document document_;
};

// "A, B und (eines von: C und D)": what something stands on, by the names that the staff uses.
std::string needs_in_words(const words::Voice& voice, const Needs& needs);

}  // namespace dienstbereit::handbook
