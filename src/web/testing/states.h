// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>

#include "view/testing/world.h"

// Named situations that pages must show well, for the page tests and for the accessibility test in
// a browser (test/web). Built on the small district of view/testing/world.h.
namespace dienstbereit::web::test {

using dienstbereit::test::World;

inline void give_hours(World& world) {
  const auto hours =
      parse_hours("Mo-Fr 08:00-12:00,14:00-17:30; PH off").value();
  for (Office& office : world.district->offices) {
    for (OfficeSite& at_site : office.sites) {
      at_site.hours = hours;
      at_site.last_admission = std::chrono::minutes(30);
      at_site.note = {"Bitte bringen Sie einen Ausweis mit.", ""};
    }
    office.phone = "0123 456-0";
    office.email = "amt@beispiel.example";
  }
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

inline void close(World& world) {
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

inline void mix(World& world) {
  limit(world);
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
      {"presumed",
       [](World& world) { world.set_all(dienstbereit::test::presumed_normal()); }},
      {"limited", limit},
      {"closed", close},
      {"unknown", make_unknown},
      {"decision", decide},
      {"mixed", mix},
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
      {"stale",
       [](World& world) { world.situation.as_of = world.now - std::chrono::hours(2); }},
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
