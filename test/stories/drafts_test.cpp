// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <gtest/gtest.h>

#include "words/draft/draft.h"
#include "world.h"

// Statements drafted from what the real engine has put on record.
namespace dienstbereit::stories {
namespace {

using namespace std::chrono_literals;

const char* kKreis = R"yaml(
administration: {name: {de: Kreis Probe, en: Probe District}, ags: 05998, observer_at: HALL}
sites: [{id: HALL, name: {de: Kreishaus, en: District hall}}]
offices:
  - {id: KFZ, name: {de: Straßenverkehrsamt, en: Road traffic office}, sites: [HALL],
     hours: "Mo-Fr 08:00-16:00"}
  - {id: PR, name: {de: Pressestelle, en: Press office}, sites: [HALL],
     hours: "Mo-Fr 08:00-16:00"}
services:
  - {id: ZULASSUNG, name: {de: Fahrzeug zulassen, en: Register a vehicle}, kind: counter,
     offered: KFZ, needs: [SQL]}
  - {id: WEB, name: {de: Homepage, en: Website}, kind: channel, offered: PR, needs: [SQL]}
components:
  - id: SQL
    name: {de: Datenbank, en: database}
    kind: database
    site: HALL
    probes: [{kind: tcp, name: query, target: "192.0.2.1:5432", proves: works, every: 30 s,
              timeout: 5 s}]
crews: [{id: IT, name: IT-Betrieb, size: 2, hours: "Mo-Su 00:00-24:00"}]
)yaml";

words::Draft drafted(const World& world, StatementKind kind) {
  const Situation& now = world.now();
  const Incident* incident =
      now.record->incidents.empty() ? nullptr : now.record->incidents.front().get();
  return words::draft(kind, {*now.district, *now.record, incident, now, now.as_of, false, now.seq});
}

bool tells(const words::Draft& draft, const std::string& part) {
  return (draft.title_de + "\n" + draft.de).find(part) != std::string::npos;
}

TEST(DraftStory, WhatWasAffectedStaysTellableOnceItIsBack) {
  World world(kKreis, "2026-11-20T07:00+01:00");
  world.pass(10min);
  EXPECT_TRUE(tells(drafted(world, StatementKind::Holding), "Wir prüfen"));
  world.fails("SQL/query");
  world.pass(3min);
  const words::Draft during = drafted(world, StatementKind::Press);
  EXPECT_TRUE(tells(during, "sind die Datendienste der Verwaltung nicht nutzbar")) << during.de;
  EXPECT_TRUE(tells(during, "Betroffen ist 1 von 1 Anlaufstellen: Straßenverkehrsamt."))
      << during.de;
  EXPECT_TRUE(tells(during, "Gestört ist außerdem: Homepage.")) << during.de;
  world.ask(MakeForecast{IncidentId("incident-1"), "erste Schätzung"});
  world.works("SQL/query");
  world.pass(3min);
  const words::Draft after = drafted(world, StatementKind::Press);
  EXPECT_TRUE(tells(after, "Die Dienste laufen wieder")) << after.title_de;
  EXPECT_TRUE(tells(after, "Betroffen war 1 von 1 Anlaufstellen: Straßenverkehrsamt.")) << after.de;
  EXPECT_TRUE(tells(after, "Gestört war außerdem: Homepage.")) << after.de;
  EXPECT_TRUE(tells(after, "Wieder verfügbar und geprüft: Homepage.")) << after.de;
}

TEST(DraftStory, ASavedAndPublishedHoldingStatementIsOnTheFirstPage) {
  World world(kKreis, "2026-11-20T07:00+01:00");
  world.pass(10min);
  const words::Draft draft = drafted(world, StatementKind::Holding);
  StatementSaved saved;
  saved.kind = StatementKind::Holding;
  saved.title_de = draft.title_de;
  saved.title_en = draft.title_en;
  saved.de = draft.de;
  saved.en = draft.en;
  saved.based_on = draft.based_on;
  saved.next_information = draft.next_information;
  StatementMoved published;
  published.id = StatementId("new");
  world.ask(WriteRecord{{saved, published}});
  world.pass(1min);
  EXPECT_NE(world.page("/").find("Störung: Wir prüfen"), std::string::npos);
  EXPECT_NE(world.page("/en/").find("Disruption: we are checking"), std::string::npos);
}

// Every kind must pass the bounds and the checks of the record.
TEST(DraftStory, EveryDraftCanBeSaved) {
  World world(kKreis, "2026-11-20T07:00+01:00");
  world.pass(10min);
  world.fails("SQL/query");
  world.pass(3min);
  for (int kind = 0; kind <= static_cast<int>(StatementKind::Breach); ++kind) {
    const words::Draft draft = drafted(world, static_cast<StatementKind>(kind));
    StatementSaved saved;
    saved.kind = static_cast<StatementKind>(kind);
    saved.incident = IncidentId("incident-1");
    saved.title_de = draft.title_de;
    saved.title_en = draft.title_en;
    saved.de = draft.de;
    saved.en = draft.en;
    world.ask(WriteRecord{{saved}});
  }
  EXPECT_EQ(world.outage().statements.size(), 10u);
}

}  // namespace
}  // namespace dienstbereit::stories
