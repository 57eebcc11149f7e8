// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <gtest/gtest.h>

#include "words/suspects.h"
#include "words/what_if.h"
#include "world.h"

// Where the outage may come from, and what planned work would touch, through the real engine.
// Monday 23 November 2026 is an ordinary working day.
namespace dienstbereit::stories {
namespace {

using namespace std::chrono_literals;
using words::Language;

// Two racks on one power feed that nothing measures; the mail relay has a spare elsewhere.
const char* kKreis = R"yaml(
administration: {name: {de: Kreis Probe, en: Probe District}, ags: 05998, observer_at: HALL}
sites: [{id: HALL, name: {de: Kreishaus, en: District hall}}]
uplinks:
  - id: HAUS
    name: {de: Hausnetz, en: House network}
    house: true
    probes: [{kind: tcp, name: gateway, target: "192.0.2.9:80", every: 30 s, timeout: 5 s}]
offices:
  - {id: KFZ, name: {de: Straßenverkehrsamt, en: Road traffic office}, sites: [HALL],
     hours: "Mo-Fr 08:00-16:00"}
  - {id: BAU, name: {de: Bauamt, en: Building office}, sites: [HALL], hours: "Mo-Fr 08:00-12:00"}
services:
  - {id: ZULASSUNG, name: {de: Fahrzeug zulassen, en: Register a vehicle}, kind: counter,
     offered: KFZ, needs: [SQL]}
  - {id: AKTE, name: {de: Bauakte einsehen, en: See a building file}, kind: counter, offered: BAU,
     needs: [FILES]}
  - {id: MAIL, name: {de: E-Mail, en: E-mail}, kind: channel, offered: BAU,
     needs: {any: [RELAY, SPARE]}}
components:
  - {id: FEED, name: {de: Einspeisung, en: power feed}, site: HALL}
  - {id: RACK1, name: {de: Schrank 1, en: rack 1}, site: HALL, needs: [FEED]}
  - {id: RACK2, name: {de: Schrank 2, en: rack 2}, site: HALL, needs: [FEED]}
  - id: SQL
    name: {de: Datenbank, en: database}
    site: HALL
    needs: [RACK1]
    probes: [{kind: tcp, name: query, target: "192.0.2.1:5432", proves: works, every: 30 s,
              timeout: 5 s}]
  - id: FILES
    name: {de: Dateiserver, en: file server}
    site: HALL
    needs: [RACK1]
    probes: [{kind: tcp, name: list, target: "192.0.2.2:445", proves: works, every: 30 s,
              timeout: 5 s}]
  - id: RELAY
    name: {de: Mailserver, en: mail server}
    site: HALL
    needs: [RACK2]
    probes: [{kind: tcp, name: send, target: "192.0.2.3:25", proves: works, every: 30 s,
              timeout: 5 s}]
  - {id: SPARE, name: {de: Ersatz-Mailserver, en: spare mail server}}
)yaml";

const std::string kMorning = "2026-11-23T09:00+01:00";

std::vector<std::string> suspects(const World& world, Language language) {
  const words::Voice voice(language, *world.now().district, world.now().as_of);
  return words::suspect_sentences(voice, *world.outage().incidents.at(0));
}

std::vector<std::string> planned(World& world, Language language, std::vector<NodeId> nodes,
                                 const std::string& from, const std::string& to) {
  const WhatIf question{std::move(nodes), parse_rfc3339(from).value(), parse_rfc3339(to).value()};
  const Answer answer = world.ask(question);
  const words::Voice voice(language, *world.now().district, world.now().as_of);
  return words::what_if_sentences(voice, question, answer.touched);
}

void rack_fails(World& world) {
  world.pass(5min);
  world.all_fail({"SQL/query", "FILES/list"});
  world.pass(3min);
}

TEST(CauseStory, WhatFailsTogetherPointsAtWhatNobodyMeasures) {
  World world(kKreis, kMorning);
  rack_fails(world);
  ASSERT_EQ(world.outage().incidents.size(), 1u);
  EXPECT_EQ(suspects(world, Language::De),
            (std::vector<std::string>{
                "Schrank 1: erklärt 2 von 2 gestörten Komponenten.",
                "Einspeisung: erklärt 2 von 2 gestörten Komponenten; dagegen spricht: Mailserver "
                "ist nicht ausgefallen."}));
  EXPECT_EQ(suspects(world, Language::En),
            (std::vector<std::string>{
                "rack 1: explains 2 of 2 failed components.",
                "power feed: explains 2 of 2 failed components; against it: mail server is not "
                "down."}));
  EXPECT_TRUE(world.outage().incidents[0]->hypotheses.empty()) << "people suspect and confirm";
  for (const std::string& page : {world.page("/"), world.page("/amt/KFZ")}) {
    EXPECT_EQ(page.find("Schrank"), std::string::npos) << "no suspicion is public: " << page;
  }
}

TEST(CauseStory, WhatElseFailsMovesTheSuspicionAndItStaysWhenAllIsBack) {
  World world(kKreis, kMorning);
  rack_fails(world);
  world.fails("RELAY/send");
  world.pass(3min);
  EXPECT_EQ(suspects(world, Language::De),
            std::vector<std::string>{"Einspeisung: erklärt 3 von 3 gestörten Komponenten."})
      << "the spare carries the mail, and its failing relay is a trace all the same";
  world.all_work({"SQL/query", "FILES/list", "RELAY/send"});
  world.pass(10min);
  EXPECT_EQ(world.outage().incidents[0]->phase, Phase::ServicesBack);
  EXPECT_EQ(suspects(world, Language::De),
            std::vector<std::string>{"Einspeisung: erklärt 3 von 3 gestörten Komponenten."});
}

TEST(CauseStory, AChangeOfTheSameMorningIsNamedFirst) {
  World world(kKreis, kMorning);
  rack_fails(world);
  NoteAdded change;
  change.incident = world.outage().incidents.at(0)->id;
  change.kind = NoteKind::Change;
  change.text = "Neue Firmware";
  change.nodes = {NodeId("SQL"), NodeId("FILES")};
  change.changed_at = parse_rfc3339("2026-11-23T08:05+01:00").value();
  world.ask(WriteRecord{{change}});
  world.pass(1min);
  const Incident& incident = *world.outage().incidents.at(0);
  const auto first = [&](Language language) {
    const words::Voice voice(language, *world.now().district, world.now().as_of);
    const auto sentences = words::weighing_sentences(voice, incident);
    return sentences.empty() ? "" : sentences.front();
  };
  const std::string german = first(Language::De);
  EXPECT_TRUE(
      german.starts_with("Änderung an Datenbank und Dateiserver vom Mo., 23.11., 08:05 Uhr (etwa "))
      << german;
  const std::string english = first(Language::En);
  EXPECT_TRUE(english.starts_with("A change to database and file server on Mon, 23 Nov, 08:05 "))
      << english;
}

TEST(CauseStory, WhileTheHouseIsOutOfSightNothingIsSuspected) {
  World world(kKreis, kMorning);
  rack_fails(world);
  const auto before = world.outage().incidents[0]->suspects;
  world.all_fail({"HAUS/gateway", "SQL/query", "FILES/list", "RELAY/send"});
  world.pass(10min);
  EXPECT_NE(world.de().find("keine Sicht auf das Hausnetz"), std::string::npos) << world.de();
  EXPECT_EQ(world.outage().incidents[0]->suspects, before);
}

TEST(PlanStory, WorkAfterHoursTouchesNoOpeningHour) {
  World world(kKreis, kMorning);
  world.pass(5min);
  const NodeId sql("SQL");
  EXPECT_EQ(
      planned(world, Language::De, {sql}, "2026-11-24T17:00+01:00", "2026-11-25T07:30+01:00"),
      std::vector<std::string>{
          "Die Arbeiten an Datenbank von morgen, 17:00 Uhr bis Mi., 25.11., 07:30 Uhr berühren "
          "keine Öffnungszeit."});
  EXPECT_EQ(planned(world, Language::En, {sql}, "2026-11-24T17:00+01:00", "2026-11-25T07:30+01:00")
                .at(0)
                .find("The work on database"),
            0u);
}

TEST(PlanStory, WorkByDayNamesOfficesServicesAndSlots) {
  World world(kKreis, kMorning);
  world.pass(5min);
  const NodeId rack("RACK1");
  EXPECT_EQ(
      planned(world, Language::De, {rack}, "2026-11-24T11:00+01:00", "2026-11-24T13:00+01:00"),
      (std::vector<std::string>{
          "Die Arbeiten an Schrank 1 von morgen, 11:00 Uhr bis morgen, 13:00 Uhr berühren 2 "
          "Öffnungszeiten:",
          "Straßenverkehrsamt, Di., 24.11., 08:00 bis 16:00 Uhr: geschlossen (Fahrzeug "
          "zulassen geschlossen)",
          "Bauamt, Di., 24.11., 08:00 bis 12:00 Uhr: geschlossen (Bauakte einsehen "
          "geschlossen)"}));
  const auto en =
      planned(world, Language::En, {rack}, "2026-11-24T12:30+01:00", "2026-11-24T13:00+01:00");
  ASSERT_EQ(en.size(), 2u) << "the building office has closed by then";
  EXPECT_NE(en[1].find("Road traffic office"), std::string::npos);
  EXPECT_NE(en[1].find("closed (Register a vehicle closed)"), std::string::npos) << en[1];
}

TEST(PlanStory, AContinuousServiceIsTouchedOnlyWithoutItsSpare) {
  World world(kKreis, kMorning);
  world.pass(5min);
  const std::string from = "2026-11-24T20:00+01:00";
  const std::string to = "2026-11-24T21:00+01:00";
  EXPECT_EQ(planned(world, Language::De, {NodeId("RELAY")}, from, to).size(), 1u);
  const auto both = planned(world, Language::De, {NodeId("RELAY"), NodeId("SPARE")}, from, to);
  ASSERT_EQ(both.size(), 2u);
  EXPECT_EQ(both[1], "Bauamt: E-Mail nicht verfügbar ab morgen, 20:00 Uhr");
}

}  // namespace
}  // namespace dienstbereit::stories
