// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "words/catalogue.h"
#include "words/draft/findings.h"
#include "words/draft/vague.h"
#include "words/words.h"

namespace dienstbereit::words::drafts {

// Interim fixes told of in public.
inline constexpr std::size_t kFixesTold = 3;

// Says one fact of the record in one language, as whole sentences; empty where the record has no
// such fact. Under suspicion of an attack (Incident::security) the public is not told what would
// help an attacker: trigger, parts, causes, names of fixes.
class Teller {
 public:
  enum class For { Public, House };
  Teller(Language language, const DraftFacts& facts, For readers = For::Public);

  Language language() const { return voice_.language(); }
  const Voice& voice() const { return voice_; }
  const DraftFacts& facts() const { return facts_; }
  const Incident* incident() const { return facts_.incident; }
  bool over() const { return incident() && incident()->phase != Phase::Affected; }
  bool closed() const { return incident() && incident()->phase == Phase::Closed; }
  bool security() const { return incident() && incident()->security; }
  bool withholds() const { return security() && readers_ == For::Public; }

  std::string administration() const;
  std::string name() const;       // of the incident, else a plain word
  std::string headline() const;   // services and repairs are two things
  std::string since() const;
  std::string suspicion() const;  // only if an attack is suspected
  // What happened (teller.cpp).
  std::string trigger() const;
  std::string parts() const;      // that failed, by their public names
  std::string services() const;   // how far they can be used
  std::string places() const;
  std::string channels() const;
  std::string cause() const;
  // What was and is to be expected (teller_ahead.cpp).
  std::string outlook() const;
  std::string reversal() const;
  std::string opening() const;
  std::string channels_back() const;
  std::string works() const;      // of what visitors use without opening hours
  std::string on_paper() const;
  // Who does what (teller_repairs.cpp).
  std::string crew() const;
  std::string shifts() const;
  std::string interim() const;
  std::string repairs() const;
  std::string undisturbed() const;
  std::string backlog() const;    // of cases taken in that wait for their back-entry
  // For the editor; `repairs`: the text tells of them.
  std::vector<std::string> notes(bool repairs) const;
  // At the end of every text (teller.cpp).
  std::string contact() const;
  std::string next() const;
  std::string stand() const;
  std::string exercise() const;

  // Text of people as it may stand in ours: one line, no control of direction, bounded.
  std::string quoted(const Wording& wording) const;
  std::string quoted(const std::string& text) const;
  // "Freitag, 20. November, 07:10 Uhr"; "am Montag, dem 23. November,": never "today", since what
  // is printed is read later.
  std::string moment(Instant t) const;
  std::string moment_with_year(Instant t) const;
  std::string long_day(Day day) const;
  std::string on_day(Day day) const;
  std::string capital_day(Day day) const;  // "Am Montag, dem 23. November,"
  std::string place(const Place& place) const;
  std::string service(const ServiceId& id) const;
  // "A, B und C"; "A, B, C und 4 weitere".
  std::string names(const std::vector<std::string>& all) const;
  std::string places_named(const std::vector<Place>& all) const;
  // An account's id is nobody's business outside: empty for one. An office's id is its name.
  std::string role(const std::string& actor) const;
  // The text of `key`, which ends in a dot, as it reads while it lasts or once it is over.
  std::string tensed(const std::string& key, const Args& args = {}) const;

 private:
  std::string opening(const Opening& day) const;
  std::string mixed(const Opening& day) const;
  std::string end_of_repairs() const;

  const DraftFacts& facts_;
  For readers_;
  Voice voice_;
  Affected affected_;
};

// Paragraphs of sentences; empty sentences and paragraphs are left out.
std::string paragraph(const std::vector<std::string>& sentences);
std::string paragraphs(const std::vector<std::string>& all);

}  // namespace dienstbereit::words::drafts
