// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>
#include <vector>

#include "base/time.h"
#include "model/district.h"
#include "model/input.h"
#include "model/reason.h"
#include "view/pages.h"
#include "view/public_history.h"
#include "words/language.h"

// Facts of the record -> text for people, from one catalogue (src/words/catalogue). Pure; thread-
// safe; plain text, never markup: the caller escapes. Full sentences end with a full stop.
namespace dienstbereit::words {

// Who is spoken to in what language, and the clock and names that the text refers to. Keeps a
// reference to the district.
class Voice {
 public:
  Voice(Language language, const District& district, Instant now);
  Voice(Language language, const view::Stamp& stamp);

  Language language() const { return language_; }
  const District& district() const { return district_; }
  const TimeZone& zone() const { return zone_; }
  Instant now() const { return now_; }
  Day today() const { return zone_.day_of(now_); }

 private:
  Language language_;
  const District& district_;
  TimeZone zone_;
  Instant now_;
};

// A fixed text of a page by its key: label(Language::De, "page.works") = "Das funktioniert".
// Keys without placeholders only; the key must exist (src/words/catalogue/de.json, "page.*").
std::string label(Language language, std::string_view key);
// A title or sentence that leaves the pages, in an exercise: "ÜBUNG – Störung der Zulassung".
std::string marked(Language language, bool exercise, std::string title);

// ---- times and names (words/times.cpp, words/names.cpp)
// "heute, 07:10 Uhr", "Mo., 23.11., 08:00 Uhr".
std::string time_of(const Voice& voice, Instant t);
std::string clock_of(const Voice& voice, Instant t);  // "07:10 Uhr"
std::string end_clock_of(const Voice& voice, Instant t);  // as clock_of; 00:00 is 23:59
// As time_of; 00:00 is 23:59 of the day before.
std::string until_of(const Voice& voice, Instant t);
std::string day_of(const Voice& voice, Day day);  // "heute", "morgen", "Montag, 23. November"
std::string on_day(const Voice& voice, Day day);  // "heute", "am Montag, 23. November,"
std::string short_day(const Voice& voice, Day day);  // "Mo., 23.11."
std::string duration(Language language, Duration d);  // "5 Minuten", "2 Stunden 30 Minuten"
std::string list(Language language, const std::vector<std::string>& items);  // "A, B und C"
std::string span(const Voice& voice, Instant begin, Instant end);  // "08:00 bis 12:00 Uhr"
// "08:00 bis 12:00 Uhr und 14:00 bis 17:30 Uhr (nach Vereinbarung)"; no slot: "geschlossen".
std::string hours_of(const Voice& voice, const view::DayWord& day);
// One slot with its part of the day: "vormittags, 08:00 bis 12:00 Uhr".
std::string slot_time(const Voice& voice, const SlotVerdict& slot);

std::string place_name(const Voice& voice, const view::PlaceName& place);
std::string scope_name(const Voice& voice, const Scope& scope);
// The name citizens read for any node, place, offer or uplink; the id where there is none.
std::string node_name(const Voice& voice, const NodeId& node);
// What it asks, and its own name there: "Zulassungsdatenbank, Messung „sql“"; the id if unknown.
std::string probe_name(const Voice& voice, const ProbeId& probe);

// ---- words and verdicts (words/verdicts.cpp)
// `counter`: "geschlossen"; without one: "nicht verfügbar".
std::string word(Language language, Readiness readiness, bool counter = true);
// As above, and "keine Störung bekannt (nicht gemessen)" for a presumed normal.
std::string word(Language language, const Verdict& verdict, bool counter = true);
// As above, of what the page shows of the place; one without any service says that.
std::string place_word(Language language, const view::PlaceView& place);
// "mindestens eingeschränkt nutzbar", "höchstens eingeschränkt", "nicht gemessen"; empty if exact.
std::string bound_text(Language language, const Verdict& verdict);
// The word, and what is to be said with it: "Eingeschränkt: Anträge werden auf Papier angenommen."
Phrases verdict_sentence(const Voice& voice, const Verdict& verdict, bool counter = true);
// Of one slot: adds "nach heutigem Stand" or "planmäßig ab 08:00 Uhr, derzeit gestört, ...".
Phrases slot_sentence(const Voice& voice, const SlotVerdict& slot, bool counter = true);
// Of a day: says which slots differ ("vormittags ...; nachmittags ..."). Closed days name why.
Phrases day_sentence(const Voice& voice, const view::DayWord& day, bool counter = true);
// What a page says of the service on its day, with what the place offers of it by design.
Phrases service_sentence(const Voice& voice, const view::ServiceView& service);
// "hier nur Annahme"; empty for the full extent.
std::string extent_text(Language language, Extent extent);
// What is left without IT: the district's text, else a default for the mode.
Phrase offline_text(const Voice& voice, OfflineMode mode, const Wording& text);
// "Jetzt geöffnet bis 12:00 Uhr", "Öffnet heute, 14:00 Uhr", "Nächster Öffnungstag: ...".
std::string door_sentence(const Voice& voice, const view::Schedule& schedule);

// ---- reasons (words/reasons.cpp)
std::string reason(const Voice& voice, const ReasonStep& step);  // plain, for citizens
// For `why` and operators: adds ids, states and the probe's own sentence.
std::string technical_reason(const Voice& voice, const ReasonStep& step);
std::vector<std::string> reasons(const Voice& voice, const Explanation& why);
std::vector<std::string> technical_reasons(const Voice& voice, const Explanation& why);

// ---- sentences of pages (words/sentences.cpp)
std::string headline(const view::Overview& overview, Language language);
std::string roll_up_sentence(const Voice& voice, const view::RollUp& roll_up);
std::string summary_word(Language language, const view::SummaryWord& word);
// What qualifies the whole page, worst first: journal failed, stale, held after a restart, clock
// doubted, sight lost (unless `headline` says it), samples dropped, mail held, shut today.
std::vector<std::string> notices(const view::Overview& overview, Language language);
std::vector<std::string> notices(const view::Stamp& stamp, Language language);
// "Stand: heute, 07:10 Uhr"; "Nächste Aktualisierung: spätestens heute, 07:15 Uhr"; on a copy
// outside the house until when it holds, and where to look then.
std::string as_of(const Voice& voice, const view::Stamp& stamp);
std::string next_update(const Voice& voice, const view::Stamp& stamp);
std::string sight_sentence(const Voice& voice, const view::SightLoss& loss);
// "Amt für Informationstechnik: Straßenverkehrsamt eingeschränkt, bis heute, 16:00 Uhr." + text
Phrases word_sentence(const Voice& voice, const view::WordView& word);
std::string question_sentence(const Voice& voice, const view::OpenQuestion& question);
std::string said(Language language, Said said);
// What a word changes, which measurements disagree, until when it holds: for who sets it.
std::vector<std::string> answer_sentences(const Voice& voice, const Answer& answer);

// ---- what has been told to the public (words/updates.cpp)
// "Straßenverkehrsamt: eingeschränkt"; of a statement its own title.
Phrase title_of(const Voice& voice, const view::PublicUpdate& update);
Phrases body_of(const Voice& voice, const view::PublicUpdate& update);
// "Ausfall der Zulassung: endgültige Reparatur".
std::string repair_title(Language language, const Wording& incident);
std::string feed_title(Language language, const Wording& administration);

// ---- the accessibility statement (words/updates.cpp)
std::string accessibility_scope(Language language, const Wording& administration);
std::string accessibility_reviewed(const Voice& voice, const std::string& iso_day);

// ---- for terminals and pipes (words/status.cpp): fixed columns, no colour, ends with a newline
std::string status_text(const view::Overview& overview, Language language);

}  // namespace dienstbereit::words
