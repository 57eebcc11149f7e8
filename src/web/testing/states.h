// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>

#include "view/testing/world.h"
#include "web/testing/outage.h"
#include "web/testing/plans.h"
#include "web/testing/records.h"

// Named situations that pages must show well, for the page tests and for the accessibility test in
// a browser (test/web). Built on the small district of view/testing/world.h.
namespace dienstbereit::web::test {

using dienstbereit::test::World;

// One service that counters take in, with a form of every kind of field.
inline void take_in(World& world) {
  IntakeForm form;
  form.id = "antrag";
  form.title = {"Antrag", "Application"};
  form.purpose = {"Bearbeitung", ""};
  form.proves_not = {"Kein Nachweis", "No proof"};
  for (int type = 0; type <= static_cast<int>(FieldType::Month); ++type) {
    FormField& field = form.fields.emplace_back();
    field.type = static_cast<FieldType>(type);
    field.id = name_of(field.type);
    field.label = {"Feld", "Field"};
    field.help = {"Hilfe", "Help"};
    if (field.type == FieldType::Choice) field.choices = {{"a", {"A", ""}}};
    if (field.type == FieldType::Vin) field.hint = HintPart::Vin;
  }
  form.originals = {{"ZB2", {"Teil II", "Part II"}}};
  world.district->forms = {form};
  world.district->intake.services = {{ServiceId("V1"), "antrag", {"Später", "Later"}}};
}

inline void give_hours(World& world) {
  const auto hours = parse_hours("Mo-Fr 08:00-12:00,14:00-17:30; PH off").value();
  for (Office& office : world.district->offices) {
    for (OfficeSite& at_site : office.sites) {
      at_site.hours = hours;
      at_site.last_admission = std::chrono::minutes(30);
      at_site.note = {"Bitte bringen Sie einen Ausweis mit.", ""};
    }
    office.phone = "0123 456-0";
    office.email = "amt@beispiel.example";
  }
  world.district->subscriptions = {ChannelId("post"), "https://lage.example/"};
  world.district->administration.imprint = {"Die Landrätin, Markt 1", "The District Administrator"};
}

inline Explanation database_is_down(const World& world) {
  Explanation why{dienstbereit::test::step(ReasonKind::NeedDown, "A1@S1/V1", "DB"),
                  dienstbereit::test::step(ReasonKind::ProbeFailed, "DB")};
  for (ReasonStep& step : why) {
    step.since = world.now - std::chrono::minutes(140);
    step.state = kDown;
  }
  why.back().detail = "connection refused";
  return why;
}

inline void limit(World& world) {
  Verdict verdict = dienstbereit::test::limited({"Anträge nur auf Papier", "on paper only"});
  verdict.offline = OfflineMode::TakeIn;
  verdict.why = database_is_down(world);
  world.set("A1", "S1", verdict);
  world.set("A2", "S1", dienstbereit::test::limited({"Manches dauert länger", ""}));
}

inline void suspect(World& world) {
  auto record = std::make_shared<Record>(*world.situation.record);
  auto incident = std::make_shared<Incident>();
  incident->id = IncidentId("incident-1");
  incident->by_rule = true;
  incident->title = {"Datenbank", "Database"};
  incident->since = world.now - std::chrono::minutes(140);
  incident->opened = {incident->since, "observer"};
  incident->to_explain = {NodeId("DB"), NodeId("S2")};
  incident->suspects = {{{NodeId("DB")}, 1, 1, {NodeId("S1")}, {NodeId("S2")}}};
  record->incidents.push_back(std::move(incident));
  world.situation.record = std::move(record);
}

inline void close(World& world) {
  suspect(world);
  world.set_all(dienstbereit::test::closed_by_failure(database_is_down(world)));
  world.offer("A9@S1/I1").now = dienstbereit::test::closed_by_failure();
}

inline void make_unknown(World& world) {
  Verdict verdict = dienstbereit::test::unknown();
  verdict.why = {dienstbereit::test::step(ReasonKind::PathLost, "S2")};
  world.set_all(verdict);
  verdict.bound = Bound::AtMostLimited;
  world.set("A2", "S1", verdict);
  world.situation.paths.push_back(
      {UplinkId("lan"), {}, false, world.now - std::chrono::minutes(20), "no answer"});
}

inline void decide(World& world) {
  Verdict verdict = dienstbereit::test::verdict(Readiness::Closed);
  verdict.closed_by = ClosedBy::Decision;
  verdict.by_word = true;
  verdict.why = {dienstbereit::test::step(ReasonKind::WordInForce, "A1@S1")};
  verdict.why.back().role = "Amt für Informationstechnik";
  verdict.why.back().until = world.now + std::chrono::hours(7);
  world.set("A1", "S1", verdict);
  Verdict open = dienstbereit::test::normal();
  open.by_word = true;
  world.set("A3", "S1", open);
  WordSituation word;
  word.id = WordId("17");
  word.scope.office = OfficeId("A1");
  word.scope.site = SiteId("S1");
  word.said = Said::Closed;
  word.text = {"Umzug der Technik", ""};
  word.role = "Amt für Informationstechnik";
  word.set_at = world.now - std::chrono::hours(1);
  word.until = world.now + std::chrono::hours(7);
  world.situation.words = {word};
}

// A published holding statement and what else readers find, a poster, and hostile text.
inline Statement statement(const World& world, StatementKind kind, Wording title, Wording text) {
  Statement made;
  made.kind = kind;
  made.title_de = title.de;
  made.title_en = title.en;
  made.de = text.de;
  made.en = text.en;
  made.state = StatementState::Published;
  made.published_at = world.now - std::chrono::minutes(30);
  return made;
}

inline void tell(World& world) {
  const std::string evil = "<b onclick=\"alert(1)\">\"'&</b> \xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D ";
  Record record;
  record.statements = {
      statement(world, StatementKind::Holding, {"Störung: Wir prüfen", "We are checking"},
                {"Seit 07:10 Uhr gibt es eine Störung.\n\nNächste Information: 10:00 Uhr.", ""}),
      statement(world, StatementKind::Poster, {"Heute geschlossen", "Closed today"},
                {"Geschlossen:\n- Gesundheitsamt\n\nfür Sie geöffnet: Straßenverkehrsamt",
                 "Closed:\n- Health Office"}),
      statement(world, StatementKind::Press, {evil, evil}, {evil + evil, evil}),
      statement(world, StatementKind::Simple, {"In einfacher Sprache", "In plain language"},
                {"Alle Ämter sind offen.", "All offices are open."})};
  int number = 0;
  for (Statement& one : record.statements) {
    one.id = StatementId("statement-" + std::to_string(++number));
  }
  world.situation.record = std::make_shared<const Record>(std::move(record));
}

// An outpost that is silent and has a wrong clock and a full store, and one nobody has heard yet.
inline void send_outposts(World& world) {
  world.district->outposts = {
      {OutpostId("FERN"), {"Rechenzentrum", "Data centre"}, {}, std::chrono::minutes(3)},
      {OutpostId("NORD"), {"Nebenstelle", ""}, SiteId("S2"), std::chrono::minutes(3)}};
  const Instant since = world.now - std::chrono::minutes(9);
  world.situation.outposts = {
      {OutpostId("FERN"), since, true, since, -std::chrono::minutes(2), 12, 3},
      {OutpostId("NORD"), {}, false, {}, {}, 0, 0}};
  for (NodeSituation& node : world.situation.nodes) {
    if (node.id == NodeId("DB")) node.views = Views::OnlyInside;
  }
}

inline void mix(World& world) {
  limit(world);
  send_outposts(world);
  tell(world);
  world.set("A3", "S1", dienstbereit::test::closed_by_failure(database_is_down(world)));
  Verdict unsure = dienstbereit::test::unknown();
  unsure.why = {dienstbereit::test::step(ReasonKind::PathLost, "S2")};
  world.set("A1", "S2", unsure);
  world.set("A4", "S1", dienstbereit::test::presumed_normal());
}

// Each state by its name in the address the accessibility test opens.
inline const std::map<std::string, std::function<void(World&)>>& states() {
  static const std::map<std::string, std::function<void(World&)>> kStates{
      {"normal", [](World&) {}},
      {"presumed", [](World& world) { world.set_all(dienstbereit::test::presumed_normal()); }},
      {"limited", limit},
      {"closed", close},
      {"unknown", make_unknown},
      {"decision", decide},
      {"mixed", mix},
      {"recorded",
       [](World& world) {
         mix(world);
         keep_record(world);
         add_outage(world);
         add_plans(world);
       }},
      {"night", [](World& world) { world.go_to("2026-11-24T03:00:00+01:00"); }},
      {"holiday",
       [](World& world) {
         world.shut("2026-11-23", HoursLayer::PublicHoliday, "Feiertag", "Holiday");
         world.situation.headline_day = dienstbereit::test::day("2026-11-24");
       }},
      {"held",
       [](World& world) { world.situation.held_until = world.now + std::chrono::minutes(2); }},
      {"clock", [](World& world) { world.situation.clock_doubted = true; }},
      {"exercise", [](World& world) { world.situation.exercise = true; }},
      {"journal",
       [](World& world) {
         world.situation.journal_failed_at = world.now - std::chrono::minutes(3);
         world.situation.journal_failure = "disk full";
       }},
      {"stale", [](World& world) { world.situation.as_of = world.now - std::chrono::hours(2); }},
  };
  return kStates;
}

inline std::shared_ptr<World> world_in(const std::string& state) {
  auto world = std::make_shared<World>();
  give_hours(*world);
  states().at(state)(*world);
  return world;
}

}  // namespace dienstbereit::web::test
